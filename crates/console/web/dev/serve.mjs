// Serves `dist/` and the development API on a free loopback port; prints the address.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { answer } from './api.mjs'

const dist = resolve(import.meta.dirname, '../dist')
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' }

export function serve(port = 0) {
  const server = createServer(async (request, response) => {
    if (await answer(request, response)) return
    const { pathname } = new URL(request.url, 'http://localhost')
    const path = extname(pathname) ? pathname : '/index.html'
    try {
      const bytes = await readFile(join(dist, path))
      response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
      response.end(bytes)
    } catch {
      response.statusCode = 404
      response.end('not there')
    }
  })
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)))
}

if (process.argv[1] === import.meta.filename) {
  const server = await serve(Number(process.argv[2] ?? 0))
  console.log(`http://127.0.0.1:${server.address().port}/`)
}
