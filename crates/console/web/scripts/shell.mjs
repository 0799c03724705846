// Writes `sw.js`: the service worker of `src/sw.js` with the list of built files and a version that changes with them.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function shell() {
  return {
    name: 'shell',
    apply: 'build',
    // What lies in the folder, and not what was to be written: chunks that come out empty are left out at the very end, and a worker
    // whose list names a file that is not there is never installed.
    writeBundle({ dir }) {
      const built = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
      const paths = built.map((f) => join(f.parentPath, f.name).slice(dir.length).replaceAll('\\', '/'))
      const files = ['/', ...paths.filter((p) => !['/index.html', '/sw.js'].includes(p) && !p.endsWith('.map'))].toSorted()
      const version = createHash('sha256').update(files.join('\n') + readFileSync(join(dir, 'index.html'), 'utf8')).digest('hex').slice(0, 12)
      const source = readFileSync(join(import.meta.dirname, '../src/sw.js'), 'utf8')
      writeFileSync(join(dir, 'sw.js'), source.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', version))
    },
  }
}
