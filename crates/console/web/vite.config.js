import { svelte } from '@sveltejs/vite-plugin-svelte'
import { resolve } from 'node:path'
import { shell } from './scripts/shell.mjs'

/** The development API, so that `npm run dev` needs no server. */
const api = {
  name: 'api',
  apply: 'serve',
  async configureServer(server) {
    // By its address: a build has no `dev/` to look into.
    const { answer } = await import(new URL('dev/api.mjs', import.meta.url).href)
    server.middlewares.use(async (request, response, next) => ((await answer(request, response)) ? undefined : next()))
  },
}

export default {
  plugins: [svelte(), shell(), api],
  resolve: { alias: { $lib: resolve(import.meta.dirname, 'src/lib') } },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: true },
  server: { host: '127.0.0.1' },
  test: { include: ['src/**/*.test.ts'], css: true },
}
