// What flights to come are called. Pure.
import type { Flight } from './types'

/** Planned flights that have no name but their id are called as the last of their line was, with their own number: `spx-35` after `spx-34`, CRS-34, is CRS-35. */
export function named(flights: Flight[]): Flight[] {
  const NUMBER = /\d+$/
  const line = (id: string) => id.replace(NUMBER, '')
  const last = new Map(flights.flatMap((f) => (!f.is_planned && NUMBER.test(f.id) && f.name.endsWith(NUMBER.exec(f.id)![0]) ? [[line(f.id), f.name.replace(NUMBER, '')] as const] : [])))
  return flights.map((f) => (f.name === f.id && last.has(line(f.id)) && NUMBER.test(f.id) ? { ...f, name: last.get(line(f.id))! + NUMBER.exec(f.id)![0] } : f))
}
