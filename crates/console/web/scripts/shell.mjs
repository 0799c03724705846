// Writes `sw.js`: the service worker of `src/sw.js` with the list of built files and a version that changes with them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export function shell() {
  return {
    name: 'shell',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = ['/', ...Object.keys(bundle).filter((f) => f !== 'index.html' && !f.endsWith('.map')).map((f) => `/${f}`)].toSorted()
      const version = createHash('sha256').update(files.join('\n') + bundle['index.html']?.source).digest('hex').slice(0, 12)
      const source = readFileSync(join(import.meta.dirname, '../src/sw.js'), 'utf8')
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: source.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', version) })
    },
  }
}
