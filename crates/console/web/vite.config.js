import { svelte } from '@sveltejs/vite-plugin-svelte'
import { resolve } from 'node:path'
import { shell } from './scripts/shell.mjs'
import { words } from './scripts/words.mjs'

/** Questions of a page under development go to a running program, whose address `CUPOLA_ADDRESS` holds. */
const answers = {
  name: 'answers',
  apply: 'serve',
  config() {
    const target = process.env.CUPOLA_ADDRESS
    // The program takes changes from its own pages only.
    const proxy = { target, changeOrigin: true, headers: { origin: target } }
    return target ? { server: { proxy: { '/api': proxy, '/healthz': proxy } } } : {}
  },
  // Who only reads these settings, as the checker of types and the unit tests do, asks nothing.
  configureServer() {
    if (process.env.CUPOLA_ADDRESS || process.env.VITEST) return
    throw new Error('CUPOLA_ADDRESS is not set. Start `cargo run --release -- serve` and then `CUPOLA_ADDRESS=http://127.0.0.1:PORT npm run dev`, with the address that it prints.')
  },
}

export default {
  plugins: [svelte(), words(), shell(), answers],
  resolve: { alias: { $lib: resolve(import.meta.dirname, 'src/lib') } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // Files that are always loaded together compress better as one.
    rolldownOptions: { output: { advancedChunks: { groups: [
      { name: 'supply', test: /src.pages.(stocks|traffic)/ },
      // The first page and what it shares with others.
      { name: 'earth', test: /src.pages.(now|passes|futures)|src.lib.(map|station)|d3-/ },
      { name: 'frame', test: /node_modules.svelte|src.main|src.lib.(?!map|station)/ },
    ] } } },
  },
  server: { host: '127.0.0.1' },
  test: { include: ['src/**/*.test.ts'], css: true },
}
