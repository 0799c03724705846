// A place by name or by coordinates. Pure.
import type { Site } from '../../lib/api/types'
import { rank } from '../../lib/frame/rank'

export interface Spot { lat: number; lon: number; name: string; site?: string }

const PAIR = /^\s*(-?\d+(?:\.\d+)?)\s*°?\s*([NS])?[\s,;]+(-?\d+(?:\.\d+)?)\s*°?\s*([EW])?\s*$/i

/** Reads `45.5, -73.6`, `45.5 N 73.6 W`; nothing for what is no place on Earth. */
export function coordinates(text: string): Spot | undefined {
  const found = PAIR.exec(text)
  if (!found) return undefined
  const [, a, ns, b, ew] = found
  const lat = Number(a) * (ns?.toUpperCase() === 'S' ? -1 : 1), lon = Number(b) * (ew?.toUpperCase() === 'W' ? -1 : 1)
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? spot(lat, lon) : undefined
}

export function spot(lat: number, lon: number): Spot {
  const part = (v: number, [plus, minus]: string) => `${Math.abs(v).toFixed(2)}° ${v < 0 ? minus : plus}`
  return { lat, lon, name: `${part(lat, 'NS')} ${part(lon, 'EW')}` }
}

export const ofSite = (s: Site): Spot => ({ lat: s.lat_deg, lon: s.lon_deg, name: s.name, site: s.id })

/** Sites by a few letters; cities first, since people look up from there. */
export function find(sites: Site[], text: string): Site[] {
  const cities = sites.toSorted((a, b) => Number(b.kind === 'city') - Number(a.kind === 'city'))
  return text.trim() === '' ? cities : rank(cities, text, (s) => s.name)
}

/** What the address says of the place: a site's id or coordinates. */
export function place(text: string | undefined, sites: Site[]): Spot | undefined {
  const site = sites.find((s) => s.id === text)
  return site ? ofSite(site) : coordinates(text ?? '')
}

/** Points of a pass in the sky: along the arc through rise, culmination and set, azimuth and elevation in degrees. */
export function arc(pass: { rise: Sky; culmination: Sky; set: Sky }, points = 24): [number, number][] {
  const [a, b, c] = [pass.rise, pass.culmination, pass.set].map(direction)
  const leg = (from: Vec, to: Vec, n: number) => Array.from({ length: n + 1 }, (_, i) => between(from, to, i / n))
  return [...leg(a, b, points / 2), ...leg(b, c, points / 2).slice(1)].map(sky)
}

interface Sky { azimuth_deg: number; elevation_deg: number }
type Vec = [number, number, number]
const RAD = Math.PI / 180

/** North, east, up. */
const direction = ({ azimuth_deg: a, elevation_deg: e }: Sky): Vec => [Math.cos(e * RAD) * Math.cos(a * RAD), Math.cos(e * RAD) * Math.sin(a * RAD), Math.sin(e * RAD)]
const sky = ([n, e, u]: Vec): [number, number] => [(Math.atan2(e, n) / RAD + 360) % 360, Math.asin(u / Math.hypot(n, e, u)) / RAD]

function between(a: Vec, b: Vec, part: number): Vec {
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]))
  if (angle < 1e-6) return a
  const [f, g] = [Math.sin((1 - part) * angle) / Math.sin(angle), Math.sin(part * angle) / Math.sin(angle)]
  return a.map((v, i) => f * v + g * b[i]) as Vec
}
