// Condenses Natural Earth's land (1:110 m, from `world-atlas`) to rings of whole tenths of a degree, delta-coded: what a map at
// this scale can show and no more. Written to `src/generated/land.json`; `src/lib/map/land.ts` reads it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const topology = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('world-atlas/land-110m.json'), 'utf8'))
const { scale, translate } = topology.transform

const arcs = topology.arcs.map((arc) => {
  let x = 0, y = 0
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]])
})
const line = (i) => (i < 0 ? arcs[~i].toReversed() : arcs[i])
const ring = (indices) => indices.flatMap((a, n) => (n ? line(a).slice(1) : line(a)))

function coded(points) {
  const out = []
  let [px, py] = [0, 0]
  for (const [lon, lat] of points) {
    const x = Math.round(lon * 10), y = Math.round(lat * 10)
    if (out.length && x === px && y === py) continue
    out.push(x - px, y - py)
    ;[px, py] = [x, y]
  }
  return out
}

const shapes = topology.objects.land.geometries ?? [topology.objects.land]
const polygons = shapes.flatMap((s) => (s.type === 'MultiPolygon' ? s.arcs : [s.arcs]))
const rings = polygons.map((p) => p.map((r) => coded(ring(r)))).filter(([outer]) => outer.length > 8)
const folder = join(import.meta.dirname, '../src/generated')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'land.json'), JSON.stringify(rings))
