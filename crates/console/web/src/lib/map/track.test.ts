import { expect, test } from 'vitest'
import type { Track } from '../api/types'
import { horizonDeg, revolutionMs, runs, stateAt } from './track'

const track: Track = { from: '2026-05-30T12:00:00Z', step_s: 60, lat_deg: [0, 2, 4, 6], lon_deg: [176, 179, -178, -175], height_km: [420, 420, 420, 420], sunlit: [true, true, false, false], source: '' }
const at = (s: number) => Date.parse(track.from) + s * 1000

test('crosses the date line the short way', () => {
  expect(stateAt(track, at(80))).toMatchObject({ lat: 2 + 2 / 3, lon: -180 })
  expect(stateAt(track, at(110))?.lon).toBeCloseTo(-178.5)
})

test('claims nothing outside', () => {
  expect([stateAt(track, at(-1)), stateAt(track, at(181))]).toEqual([undefined, undefined])
  expect(runs(track, at(200), at(300))).toEqual([])
})

test('runs of light and shadow join', () => {
  const [light, shadow] = runs(track, at(30), at(170))
  expect([light.isSunlit, shadow.isSunlit]).toEqual([true, false])
  expect(light.points[0]).toEqual([177.5, 1])
  expect(light.points.at(-1)).toEqual(shadow.points[0])
})

test('a revolution at 420 km takes 93.0 minutes (15.49 a day) and is seen 20 degrees far', () => {
  expect(revolutionMs(420) / 60_000).toBeCloseTo(1440 / 15.49, 1)
  expect(horizonDeg(420)).toBeCloseTo(20.26, 1)
})
