// Puts the English words into the page itself: they are data, as those of other languages are, and there before any program runs.
import { join } from 'node:path'
import { runnerImport } from 'vite'

export function words() {
  return {
    name: 'words',
    async transformIndexHtml() {
      const { module } = await runnerImport(join(import.meta.dirname, '../src/lib/i18n/en.ts'))
      return [{ tag: 'script', attrs: { type: 'application/json', id: 'words' }, children: JSON.stringify(module.en).replaceAll('<', '\\u003c'), injectTo: 'body-prepend' }]
    },
  }
}
