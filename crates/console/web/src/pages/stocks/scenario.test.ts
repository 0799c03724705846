import { expect, test } from 'vitest'
import type { Forecast, Losses } from '../../lib/api/types'
import { ALL, isPlan, isSame, machines, presets, quality, query, read, turned, words, write } from './scenario'
import { windowOf } from './window'

const arrival = (flight: string, errand: string) => ({ flight, name: flight, at: '2026-07-14T03:12:00Z', certainty: 'planned', errand })
const forecast = {
  arrivals: [arrival('soyuz-ms-29', 'people'), arrival('spx-35', 'cargo'), arrival('ng-25', 'cargo')],
  assumptions: ['computed from the levels known', 'estimated for 2026-05-30, run on: Food, US segment 2855 kg · Propellant of Zarya 2251 kg'],
} as unknown as Forecast

test('a future comes back from the address as it was, and what is none is left out', () => {
  const s = { without: ['spx-35', 'ng-25'], fail: ['oga'], crew: 5, slip: ['ng-26@2027-01-01T00:00Z'] }
  const own = Object.fromEntries(Object.entries(write(s)).filter((e): e is [string, string] => e[1] !== null))
  expect(read(own)).toEqual(s)
  expect(read({ crew: 'many', without: ',' })).toEqual({ without: [], fail: [], crew: null, slip: [] })
  expect(read({ crew: '99' }).crew).toBeNull()
  expect([isPlan(read({})), isPlan(s)]).toEqual([true, false])
})

test('the next cargo ship and the next crew ship are the first of their kind', () => {
  expect(presets(forecast).map((p) => [p.id, p.flight, p.scenario.without])).toEqual([['plan', undefined, []], ['cargo', 'spx-35', ['spx-35']], ['crew', 'soyuz-ms-29', ['soyuz-ms-29']], ['all', undefined, [ALL]]])
  expect(presets({ ...forecast, arrivals: [] }).map((p) => p.id)).toEqual(['plan', 'all'])
  expect(isSame(presets(forecast)[1].scenario, read({ without: 'spx-35' }))).toBe(true)
})

test('a future in words and as a question', () => {
  const s = { without: ['spx-35'], fail: ['oga'], crew: 3, slip: ['ng-25@2027-01-01T00:00Z', 'spx-35@2027-01-01T00:00Z'] }
  expect(words(s, (id) => id.toUpperCase(), () => 'Oxygen generator')).toBe('without SPX-35 · NG-25 on 2027/001, SPX-35 on 2027/001 · Oxygen generator failed · 3 aboard')
  expect(words({ without: [ALL], fail: [], crew: null, slip: [] }, String, String)).toBe('no ship comes')
  expect(query(s, '2026-05-30T12:25:00Z')).toEqual({ without: ['spx-35'], fail: ['oga@2026-05-30T12:25:00Z'], crew: 3, slip: ['ng-25@2027-01-01T00:00Z'] })
})

test('one flight more means no longer all of them', () => {
  expect([turned([ALL], 'a'), turned(['a', 'b'], 'a')]).toEqual([['a'], ['b']])
})

test('machines are those whose failure is judged', () => {
  const losses = { losses: [{ loss: 'failed', of: 'oga' }, { loss: 'dark', of: '2a' }, { loss: 'lost', of: 'spx-35' }, { loss: 'failed', of: 'oga' }] } as Losses
  expect(machines(losses)).toEqual(['2a', 'oga'])
})

test('the quality of a level is what the forecast says of its stores', () => {
  expect([quality(forecast, ['Food, US segment']), quality(forecast, ['Food']), quality(forecast, ['Potable water'])]).toEqual(['estimated', undefined, undefined])
})

test('a view moved a little asks for nothing new', () => {
  const a = windowOf(1000, 2000)
  expect(windowOf(1010, 2010)).toEqual(a)
  expect(a[0] <= 1000 && a[1] >= 2010).toBe(true)
})

test('where no ship comes none comes at another time', () => {
  const slip = ['spx-35@2026-10-01T00:00Z', 'ng-25@2026-10-02T00:00Z']
  expect(query({ without: [ALL], fail: [], crew: null, slip }, 'now').slip).toEqual([])
  expect(query({ without: ['spx-35'], fail: [], crew: null, slip }, 'now').slip).toEqual([slip[1]])
})
