import { expect, test } from 'vitest'
import type { Act, Verdict } from './plan'
import { against, humane, notesOfVerdict, signs } from './plan'
import { firstSeen, free, groupsOf, loads, neighbour, rowsOf, tracked } from './rows'

const HOUR = 3_600_000
const act = (id: string, from: number, to: number, more: Partial<Act> = {}) => ({ id, title: id, from: from * HOUR, to: to * HOUR, crew: ['ann'], uses: [], partner: 'esa', progress: { state: 'planned' }, ...more }) as unknown as Act

test('only what overlaps lies side by side', () => {
  const slips = tracked([act('a', 1, 3), act('b', 2, 4), act('c', 3, 5), act('d', 6, 7)])
  expect(slips.map((s) => [s.act.id, s.track, s.tracks])).toEqual([['a', 0, 2], ['b', 1, 2], ['c', 0, 2], ['d', 0, 1]])
})

test('persons stand even when free, shared things only when used', () => {
  const rows = rowsOf([act('a', 1, 2, { crew: ['ann', 'ben'] })], ['ann', 'ben', 'cy'].map((id) => ({ id, name: id, partner: null })), [{ id: 'oven', name: 'Oven', partner: null }])
  expect(rows.map((r) => [r.id, r.slips.length])).toEqual([['ann', 1], ['ben', 1], ['cy', 0]])
})

test('free time is what nothing lies over; what was skipped is free', () => {
  const slips = tracked([act('a', 1, 3), act('b', 2, 4), act('c', 5, 6, { progress: { state: 'skipped' } }), act('d', 8, 9)])
  expect(free(slips, 0, 10 * HOUR).map((g) => [g.from / HOUR, g.to / HOUR])).toEqual([[0, 1], [4, 8], [9, 10]])
})

test('the search for what is seen passes over nothing that still lasts', () => {
  const slips = tracked(Array.from({ length: 100 }, (_, i) => act(`x${i}`, i, i + 1)))
  expect(firstSeen(slips, 50 * HOUR, HOUR)).toBe(49)
  expect(firstSeen(slips, -HOUR)).toBe(0)
})

test('hours of partners by day', () => {
  const slips = tracked([act('a', 1, 3), act('b', 25, 26, { partner: 'csa' }), act('ride', 4, 5, { partner: null })])
  const told = (of: 'person' | 'resource') => loads({ of, slips }).map((l) => [l.day / HOUR, Object.fromEntries(l.hours)])
  expect(told('person')).toEqual([[0, { esa: 2 }], [24, { csa: 1 }]])
  expect(told('resource')).toEqual([[0, { esa: 2, '': 1 }], [24, { csa: 1 }]])
})

test('arrows go along a row and to the nearest of the next', () => {
  const rows = rowsOf([act('a', 1, 2), act('b', 3, 4), act('c', 3, 5, { crew: ['cy'] }), act('d', 9, 10, { crew: ['cy'] })], ['ann', 'ben', 'cy'].map((id) => ({ id, name: id, partner: null })), [])
  expect(neighbour(rows, undefined, 'right', 3.5 * HOUR)?.id).toBe('b')
  expect(neighbour(rows, { row: 0, id: 'a' }, 'right', 0)?.id).toBe('b')
  expect(neighbour(rows, { row: 0, id: 'b' }, 'right', 0)).toBeUndefined()
  expect(neighbour(rows, { row: 0, id: 'b' }, 'down', 0)).toEqual({ row: 2, id: 'c' })
  expect(neighbour(rows, { row: 2, id: 'd' }, 'up', 9 * HOUR)).toEqual({ row: 0, id: 'b' })
})

test('a verdict: the heaviest first, what it is about before the rest; what is mended stands against nothing', () => {
  const f = (rule: string, severity: string, subject: string) => ({ rule, severity, start: '2026-06-01T00:00:00Z', end: '2026-06-02T00:00:00Z', subjects: [subject], message: '' })
  const fault = { fault: 'day-limit', severity: 'should', activity: 'a', with: [], start: '2026-06-01T00:00:00Z', end: '2026-06-02T00:00:00Z', message: '' }
  const notes = notesOfVerdict({ newly_broken: [f('x', 'info', 'a'), f('y', 'must', 'b'), f('z', 'must', 'a')], mended: [f('m', 'must', 'a')], changed: [{ before: f('w', 'should', 'b'), after: f('w', 'should', 'b'), worse: false }], requests: { newly_broken: [fault], mended: [], changed: [] } } as unknown as Verdict, 'a')
  expect(notes.map((n) => n.rule)).toEqual(['z', 'y', 'day-limit', 'w', 'x', 'm'])
  expect(against(notes).map((n) => n.rule)).toEqual(['z', 'y', 'day-limit'])
  expect([...signs(notes)]).toEqual([['a', 'must'], ['b', 'must']])
})

test('ids in messages become names; what is no id stays', () => {
  const names: Record<string, string> = { 'midday-meal.2026-06-04.x-y': 'Midday meal', 'aerobic-gear.2026-06-01.1': 'Breathing gear' }
  expect(humane('2 at once: `midday-meal.2026-06-04.x-y`, aerobic-gear.2026-06-01.1 on 2026-06-04', (id) => names[id])).toBe('2 at once: Midday meal, Breathing gear on 2026-06-04')
})

test('each group has all that belongs to it, whoever does it', () => {
  const acts = [act('a', 1, 2, { kind: 'meal', partner: null }), act('b', 1, 2, { kind: 'suit-work' }), act('c', 3, 4, { kind: 'meal', crew: ['ben'] })]
  const told = (by: 'kind' | 'partner') => groupsOf(acts, by, (p) => p ?? 'everybody').map((r) => [r.name, r.partner, r.slips.map((s) => s.act.id)])
  expect(told('kind')).toEqual([['meal', null, ['a', 'c']], ['suit work', null, ['b']]])
  expect(told('partner')).toEqual([['esa', 'esa', ['b', 'c']], ['everybody', null, ['a']]])
})
