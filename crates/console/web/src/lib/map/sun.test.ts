import { expect, test } from 'vitest'
import { underSun, wrap } from './sun'

// Equinoxes and solstices: times by the Astronomical Almanac; at noon in Greenwich the Sun is off the meridian by the equation of time.
test.each([
  ['2024-03-20T03:06:00Z', 0],
  ['2024-06-20T20:51:00Z', 23.44],
  ['2024-09-22T12:44:00Z', 0],
  ['2024-12-21T09:21:00Z', -23.44],
])('at %s it stands over latitude %d', (at, lat) => expect(Math.abs(underSun(Date.parse(at))[1] - lat)).toBeLessThan(0.02))

test.each([
  ['2024-11-03T12:00:00Z', -4.11], // the clock is 16 min 27 s behind: the Sun has passed
  ['2024-02-11T12:00:00Z', 3.55], // 14 min 13 s
])('at %s noon is at %d east', (at, lon) => expect(Math.abs(underSun(Date.parse(at))[0] - lon)).toBeLessThan(0.05))

test('longitudes stay in one turn', () => expect([wrap(190), wrap(-190), wrap(540), wrap(0)]).toEqual([-170, 170, -180, 0]))
