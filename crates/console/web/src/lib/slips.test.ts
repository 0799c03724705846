import { expect, test } from 'vitest'
import type { Flight, Forecast } from './api/types'
import { named } from './api/flights'
import { arrival, findingChanges, inWeight, lowestChanges, marginChanges, moved, noSeat, readSlips, slipped, writeSlips } from './slips'

const flight = (id: string, more: Partial<Flight> = {}) => ({ id, name: id, is_planned: true, launched: '2026-08-30T20:00Z', dockings: [{ port: null, from: '2026-09-01T06:00Z', to: null, planned_to: '2026-10-01T00:00Z', join: 'dock' }], ...more }) as Flight
const at = Date.parse

test('slips come back from the address as they were, and what is none is left out', () => {
  const slips = readSlips('spx-35@2026-10-01T06:00Z,ng-25@soon,@2026-10-01')
  expect(writeSlips(slips)).toEqual(['spx-35@2026-10-01T06:00Z'])
  expect(slipped(slips, flight('spx-35'), at('2026-09-01T06:00Z')).size).toBe(0)
})

test('launch, arrival and departure move together, and what has flown stays', () => {
  const [a, b] = moved([flight('a'), flight('b', { is_planned: false })], readSlips('a@2026-09-11T06:00Z,b@2026-09-11T06:00Z'))
  expect([a.launched, a.dockings[0].from, a.dockings[0].to, a.dockings[0].planned_to]).toEqual(['2026-09-09T20:00Z', '2026-09-11T06:00Z', null, '2026-10-11T00:00Z'])
  expect([b.launched, arrival(b)]).toEqual(['2026-08-30T20:00Z', undefined])
})

test('a line crossed earlier is worse, one crossed no more is better, one crossed as planned is nothing', () => {
  const forecast = (lines: [number, string | null][], empty: string | null) => ({ reserve: [{ store: 'food', of: 'supply', lines: lines.map(([days, at]) => ({ days, at })), empty }] }) as unknown as Forecast
  const plan = forecast([[45, '2026-12-01T00:00Z'], [30, null], [10, '2026-12-24T00:00Z']], '2027-02-01T00:00Z')
  const changes = marginChanges(plan, forecast([[45, '2026-11-01T00:00Z'], [30, '2026-11-20T00:00Z'], [10, '2026-12-24T00:00Z']], null), (s) => s)
  expect(changes.map((c) => [c.what, c.is, c.at])).toEqual([['food under 45 days', 'worse', at('2026-11-01T00:00Z')], ['food under 30 days', 'worse', at('2026-11-20T00:00Z')], ['food used up', 'better', at('2027-02-01T00:00Z')]])
})

test('the lowest days of a supply are told where they change by a day or more', () => {
  const days = (store: string, ...values: number[]) => ({ name: `supply.${store}.days`, unit: 'd', kind: 'linear' as const, form: 'points' as const, points: values.map((v, i): [string, number] => [`2026-0${i + 1}-01T00:00Z`, v]) })
  const changes = lowestChanges([days('food', 200, 147.4), days('water', 90, 80), days('air', 30, 20)], [days('food', 118.9, 150), days('water', 90, 80.6), days('air', 30, 25)], (s) => s)
  expect(changes.map((c) => [c.what, c.is, c.at])).toEqual([['food: lowest 147 → 118 days', 'worse', at('2026-01-01T00:00Z')], ['air: lowest 20 → 25 days', 'better', at('2026-02-01T00:00Z')]])
})

test('rules broken anew stand before those no longer broken, the gravest first', () => {
  const finding = (rule: string, severity: 'must' | 'should', start: string) => ({ rule, severity, start, end: start, subjects: ['x'], message: '' })
  const changes = inWeight(findingChanges([finding('old', 'must', '2026-07-01')], [finding('late', 'should', '2026-07-02'), finding('grave', 'must', '2026-08-01')]))
  expect(changes.map((c) => [c.what, c.is])).toEqual([['grave', 'worse'], ['late', 'worse'], ['old', 'better']])
  expect(noSeat([{ at: '2027-01-01', rule: 'seats', of: null, line_days: null }, { at: '2026-10-01', rule: 'seats', of: null, line_days: null }])).toBe(at('2026-10-01'))
})

test('a planned flight is called as its line is, and by its id where nothing of its line has flown', () => {
  const flown = (id: string, name: string) => flight(id, { name, is_planned: false })
  expect(named([flown('spx-34', 'CRS-34'), flown('crew-flight', 'Crew flight'), flight('spx-35'), flight('new-1'), flight('other-2', { name: 'Named' })]).map((f) => f.name)).toEqual(['CRS-34', 'Crew flight', 'CRS-35', 'new-1', 'Named'])
})
