// What the built console weighs, compressed as it is sent: `npm run build && npm run size`. Fails where a page loads more than the limit.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const MOST_JS_KB = 120
const folder = join(import.meta.dirname, '../dist')
const files = readdirSync(folder, { recursive: true }).filter((f) => /\.(js|css|json|html|svg)$/.test(f))
const sizes = files.map((f) => ({ f, kb: gzipSync(readFileSync(join(folder, f)), { level: 9 }).length / 1024 })).toSorted((a, b) => b.kb - a.kb)
for (const { f, kb } of sizes) console.log(`${kb.toFixed(1).padStart(7)} KB  ${f}`)

/** A program and all that it imports before it runs; `import(…)` waits for its page. */
const scripts = new Map(sizes.filter(({ f }) => f.endsWith('.js')).map((s) => [basename(s.f), s]))
function loaded(file, found = new Set()) {
  if (found.has(file) || !scripts.has(file)) return found
  found.add(file)
  const text = readFileSync(join(folder, scripts.get(file).f), 'utf8')
  for (const [, other] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) loaded(other, found)
  return found
}
const first = [...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].flatMap(([, f]) => [...loaded(f)])
const weigh = (list) => [...new Set(list)].reduce((sum, f) => sum + (scripts.get(f)?.kb ?? 0), 0)
const pages = [...scripts.keys()].filter((f) => /^[A-Z]/.test(f)).map((f) => ({ f, kb: weigh([...first, ...loaded(f)]) })).toSorted((a, b) => b.kb - a.kb)
for (const { f, kb } of pages) console.log(`${kb.toFixed(1).padStart(7)} KB  JavaScript with ${f.replace(/-.*/, '')}`)
console.log(`${weigh([...scripts.keys()]).toFixed(1).padStart(7)} KB  JavaScript, all pages together`)
console.log(`${pages[0].kb.toFixed(1).padStart(7)} KB  JavaScript, the heaviest page; at most ${MOST_JS_KB}`)
process.exitCode = pages[0].kb > MOST_JS_KB ? 1 : 0
