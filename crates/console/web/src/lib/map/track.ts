// States of a ground track between its samples. The browser propagates nothing: it interpolates what the server computed.
import type { Track } from '../api/types'
import { wrap } from './sun'

export interface State { at: number; lat: number; lon: number; height: number; isSunlit: boolean }

export function span(track: Track): [number, number] {
  const from = Date.parse(track.from)
  return [from, from + (track.lat_deg.length - 1) * track.step_s * 1000]
}

/** The state at a time within the track; nothing outside. */
export function stateAt(track: Track, at: number): State | undefined {
  const [from, to] = span(track)
  if (!(at >= from && at <= to)) return undefined
  const place = (at - from) / (track.step_s * 1000)
  const i = Math.min(track.lat_deg.length - 2, Math.floor(place))
  if (i < 0) return undefined
  const part = place - i
  const [lat, lon, height] = [track.lat_deg, track.lon_deg, track.height_km].map((list) => [list[i], list[i + 1]])
  // What the source does not tell is not made up.
  if (!isKnown(lat) || !isKnown(lon) || !isKnown(height)) return undefined
  const mix = ([a, b]: [number, number]) => a + (b - a) * part
  return { at, lat: mix(lat), lon: wrap(lon[0] + wrap(lon[1] - lon[0]) * part), height: mix(height), isSunlit: track.sunlit[part < 0.5 ? i : i + 1] ?? true }
}

const isKnown = (pair: (number | null)[]): pair is [number, number] => pair[0] !== null && pair[1] !== null

/** Points of a stretch of the track with both ends exact, in runs of light and shadow. */
export function runs(track: Track, from: number, to: number): { isSunlit: boolean; points: [number, number][] }[] {
  const [first, last] = span(track)
  const begin = Math.max(first, from), end = Math.min(last, to)
  if (end <= begin) return []
  const step = track.step_s * 1000
  const times = [begin]
  for (let at = first + Math.ceil((begin - first + 1) / step) * step; at < end; at += step) times.push(at)
  times.push(end)
  const out: { isSunlit: boolean; points: [number, number][] }[] = []
  for (const at of times) {
    const s = stateAt(track, at)
    if (!s) continue
    const point: [number, number] = [s.lon, s.lat]
    const run = out[out.length - 1]
    if (!run || run.isSunlit !== s.isSunlit) {
      run?.points.push(point)
      out.push({ isSunlit: s.isSunlit, points: [point] })
    } else run.points.push(point)
  }
  return out
}

/** Minutes of a revolution, from the height: Kepler's third law on a circle. */
export function revolutionMs(height_km: number): number {
  const GM_KM3_S2 = 398_600.4418
  return 2000 * Math.PI * Math.sqrt((6378.137 + height_km) ** 3 / GM_KM3_S2)
}

/** How far the station is seen, degrees of arc on the ground. */
export function horizonDeg(height_km: number): number {
  return (Math.acos(6371 / (6371 + height_km)) * 180) / Math.PI
}
