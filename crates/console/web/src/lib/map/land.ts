// The land, as `scripts/land.mjs` condensed it.
import type { MultiPolygon } from 'geojson'
import url from '../../generated/land.json?url'

let land: Promise<MultiPolygon> | undefined

export function loadLand(): Promise<MultiPolygon> {
  land ??= fetch(url).then((r) => r.json()).then((polygons: number[][][]) => ({
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) => rings.map(decode)),
  }))
  return land
}

function decode(coded: number[]): [number, number][] {
  const out: [number, number][] = []
  for (let i = 0, x = 0, y = 0; i < coded.length; i += 2) out.push([(x += coded[i]) / 10, (y += coded[i + 1]) / 10])
  return out
}
