// What the built console weighs, compressed as it is sent: `npm run build && npm run size`. Fails past the limit.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const MOST_JS_KB = 120
const folder = join(import.meta.dirname, '../dist')
const files = readdirSync(folder, { recursive: true }).filter((f) => /\.(js|css|json|html|svg)$/.test(f))
const sizes = files.map((f) => ({ f, kb: gzipSync(readFileSync(join(folder, f)), { level: 9 }).length / 1024 })).toSorted((a, b) => b.kb - a.kb)
for (const { f, kb } of sizes) console.log(`${kb.toFixed(1).padStart(7)} KB  ${f}`)
const js = sizes.filter(({ f }) => f.endsWith('.js')).reduce((sum, { kb }) => sum + kb, 0)
console.log(`${js.toFixed(1).padStart(7)} KB  JavaScript, all pages; at most ${MOST_JS_KB}`)
process.exitCode = js > MOST_JS_KB ? 1 : 0
