import { expect, test } from 'vitest'
import { add, candidates, edited, fixed, gaps, moving, NONE, redo, snap, undo, wholeDays, type Edits } from './edits'
import { actsOf, type Act, type Activity } from './plan'

const activity = (id: string, start: string, end: string, more: Partial<Activity> = {}): Activity => ({ id, title: id, partner: 'esa', kind: 'experiment', start: `2026-06-01T${start}:00Z`, end: `2026-06-01T${end}:00Z`, crew: ['ann'], element: null, uses: [], hold: 'free', progress: { state: 'planned' }, notes: '', ...more })
const acts = actsOf({ activities: [activity('a', '08:00', '09:00'), activity('b', '09:00', '09:30', { hold: 'locked' }), activity('c', '10:00', '11:00', { crew: ['ben'] })] } as never)
const at = (clock: string) => Date.parse(`2026-06-01T${clock}:00Z`)
const find = (list: Act[], id: string) => list.find((a) => a.id === id) as Act

test('times snap to five minutes', () => {
  expect([snap(at('08:02')), snap(at('08:03')), snap(at('08:00'))]).toEqual([at('08:00'), at('08:05'), at('08:00')])
})

test('an edit is shown as proposed, keeps the length and leaves the plan as it was', () => {
  const moved = find(edited(acts, [{ do: 'move', id: 'a', to: '2026-06-01T14:10Z' }]), 'a')
  expect([moved.from, moved.to, moved.isProposed]).toEqual([at('14:10'), at('15:10'), true])
  expect([find(acts, 'a').from, find(acts, 'a').isProposed]).toEqual([at('08:00'), undefined])
  expect(edited(acts, [{ do: 'move', id: 'gone', to: '2026-06-01T14:10Z' }])).toEqual(acts)
})

test('shift-after leaves what is locked, what lies before, and other people where they are', () => {
  const shifted = edited(acts, [{ do: 'shift-after', from: '2026-06-01T08:00Z', by_min: 30, crew: ['ann'] }])
  expect(shifted.map((a) => a.from)).toEqual([at('08:30'), at('09:00'), at('10:00')])
})

test('locked and begun cannot be moved', () => {
  expect(fixed(find(acts, 'a'))).toBeUndefined()
  expect(fixed(find(acts, 'b'))).toMatch(/locked/)
  expect(fixed(find(edited(acts, [{ do: 'unlock', id: 'b' }]), 'b'))).toBeUndefined()
  expect(fixed({ ...find(acts, 'a'), progress: { state: 'started' } })).toMatch(/begun/)
})

test('undo and redo go step by step; something new forgets what was undone', () => {
  const [one, two, three] = [[{ do: 'lock', id: 'a' }], [{ do: 'lock', id: 'c' }], [{ do: 'unlock', id: 'b' }]] as Edits['done']
  const both = add(add(NONE, one), two)
  expect(redo(undo(both))).toEqual(both)
  expect(undo(undo(undo(both)))).toEqual({ done: [], undone: [two, one] })
  expect(add(undo(both), three)).toEqual({ done: [one, three], undone: [] })
  expect(add(both, [])).toBe(both)
})

test('a gesture in time and to another person is one step', () => {
  const a = find(acts, 'a')
  expect(moving(a, at('08:30'), ['ben'])).toEqual([{ do: 'move', id: 'a', to: '2026-06-01T08:30Z' }, { do: 'assign', id: 'a', crew: ['ben'] }])
  expect(moving(a, a.from, a.crew)).toEqual([])
})

test('gaps are free of the crew\'s other work and of what is used up', () => {
  const span = { from: at('07:00'), to: at('12:00') }
  const oven = { uses: [{ resource: 'oven', amount: 1 }] }
  const list = acts.map((a) => (a.id === 'b' ? a : { ...a, ...oven }))
  expect(gaps(list, find(list, 'a'), span, () => 1).map((g) => [g.from, g.to])).toEqual([[at('07:00'), at('09:00')], [at('11:00'), at('12:00')]])
  expect(gaps(list, find(list, 'a'), span, () => 2).map((g) => [g.from, g.to])).toEqual([[at('07:00'), at('09:00')], [at('09:30'), at('12:00')]])
})

test('candidates lie within gaps, on the grid, the nearest first', () => {
  const list = candidates([{ from: at('07:02'), to: at('09:00') }, { from: at('11:00'), to: at('12:00') }], 3_600_000, at('09:20'))
  expect(list[0]).toBe(at('08:00'))
  expect(list).toContain(at('11:00'))
  expect(list.every((t) => t % 300_000 === 0 && ((t >= at('07:02') && t <= at('08:00')) || t === at('11:00')))).toBe(true)
})

test('only findings of a whole day rule out the day', () => {
  expect(wholeDays([{ start: '2026-06-04T00:00:00Z', end: '2026-06-05T00:00:00Z' }, { start: '2026-06-04T14:00:00Z', end: '2026-06-04T15:00:00Z' }])).toHaveLength(1)
})
