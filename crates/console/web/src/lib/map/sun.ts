// Where the Sun stands overhead, to about a hundredth of a degree: enough to shade a map. Formulas of the Astronomical Almanac
// ("low-precision coordinates of the Sun", good to 0.01° from 1950 to 2050) and Greenwich mean sidereal time, linear part.
const RAD = Math.PI / 180
const DAY_MS = 86_400_000
/** 2000-01-01 12:00 in milliseconds since 1970. */
const J2000_MS = 946_728_000_000

/** Longitude and latitude, degrees, under the Sun. */
export function underSun(at: number): [number, number] {
  const n = (at - J2000_MS) / DAY_MS
  const mean = 280.46 + 0.9856474 * n
  const anomaly = (357.528 + 0.9856003 * n) * RAD
  const longitude = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD
  const tilt = (23.439 - 0.0000004 * n) * RAD
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude)) / RAD
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude)) / RAD
  const sidereal = 280.46061837 + 360.98564736629 * n
  return [wrap(ascension - sidereal), declination]
}

/** A longitude from −180° to 180°. */
export const wrap = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180
