import { svelte } from '@sveltejs/vite-plugin-svelte'
import { resolve } from 'node:path'
import { shell } from './scripts/shell.mjs'
import { words } from './scripts/words.mjs'

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
  plugins: [svelte(), words(), shell(), api],
  resolve: { alias: { $lib: resolve(import.meta.dirname, 'src/lib') } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // Files that are always loaded together compress better as one; the map and the station's drawing come with the pages that show them.
    rolldownOptions: { output: { advancedChunks: { groups: [
      { name: 'supply', test: /src.pages.(stocks|traffic)/ },
      { name: 'frame', test: /node_modules.svelte|src.main|src.lib.(?!map|station)/ },
    ] } } },
  },
  server: { host: '127.0.0.1' },
  test: { include: ['src/**/*.test.ts'], css: true },
}
