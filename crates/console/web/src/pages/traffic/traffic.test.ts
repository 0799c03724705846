import { expect, test } from 'vitest'
import type { Flight, Losses, Port, Stay } from '../../lib/api/types'
import { breachWords, inOrder, lossWords, repairOf, repairWords } from '../../lib/inspect/losses'
import { brief, crews, ports, toCome } from './lanes'
import { massOf, sum, yearsOf } from './years'

const at = Date.parse
const flight = (id: string, more: Partial<Flight> = {}): Flight => ({ id, name: id.toUpperCase(), vehicle: 'v', number: '', partner: 'nasa', launched: '2026-05-01T00:00:00Z', ended: null, end: null, outcome: 'success', elements: [], dockings: [], crew_up: [], crew_down: [], cargo: [], ...more })
const docking = (port: string | null, from: string, to: string | null, planned_to: string | null = null) => ({ port, from, to, planned_to, join: 'dock' })
const end = at('2026-05-30')
const colour = () => '#000000'

test('a ship that is there has the planned part of its stay after it', () => {
  const [lane] = ports([flight('a', { dockings: [docking('p', '2026-05-01', null, '2026-06-10')] }), flight('b', { dockings: [docking('p', '2026-04-01', '2026-04-20')] })], [{ id: 'p', name: 'P' } as Port], colour, end)
  expect(lane.bars.map((b) => [b.id, b.state, b.from, b.to])).toEqual([['a', 'proposed', end, at('2026-06-10')], ['a', 'running', at('2026-05-01'), end], ['b', 'plain', at('2026-04-01'), at('2026-04-20')]])
})

test('ships to come stand in as few rows as hold them, for as long as their type stays where no end is planned', () => {
  const come = (id: string, from: string, to: string | null) => flight(id, { is_planned: true, dockings: [docking(null, from, to)] })
  const lanes = toCome([come('a', '2026-07-01', null), come('b', '2026-07-05', '2026-09-01'), come('c', '2026-08-01', '2026-08-02'), flight('flown')], [], () => ({ usual_stay_days: 10 }) as never, colour)
  expect(lanes.map((l) => l.bars.map((b) => b.id))).toEqual([['a', 'c'], ['b']])
  expect(lanes[0].bars[0].to - lanes[0].bars[0].from).toBe(10 * 86_400_000)
})

test('a crew stays until the last who came with it has left', () => {
  const stay = (person: string, up: string, to: string | null) => ({ person, name: person, up, from: '2026-01-01', to }) as Stay
  const all = crews([flight('one'), flight('two'), flight('three', { is_planned: true, crew_up_segments: ['us', 'us'], dockings: [docking(null, '2026-08-01', '2027-01-01')] })], [stay('x', 'one', '2026-02-01'), stay('y', 'one', '2026-03-01'), stay('z', 'two', null)], end)
  expect(all.map((c) => [c.flight, c.count, c.state, c.to])).toEqual([['one', 2, 'plain', at('2026-03-01')], ['two', 1, 'running', end], ['three', 2, 'proposed', at('2027-01-01')]])
})

test('ports of a phone are told apart', () => {
  const names = (...list: string[]) => brief(list.map((name) => ({ name }) as Port)).map((p) => p.name)
  expect(names('Harmony forward (IDA-2)', 'Harmony zenith (IDA-3)', 'Zvezda aft', 'Prichal nadir')).toEqual(['Harmony fwd', 'Harm. zenith', 'Zvezda aft', 'Prichal nadir'])
  expect(names('Harmony forward (PMA-2)', 'Harmony forward (IDA-2)')).toEqual(['Harmony fwd PMA-2', 'Harmony fwd IDA-2'])
})

const cargo = (direction: string, kind: string, mass_kg: number, quality = 'published') => ({ direction, kind, mass_kg, quality: quality as never })

test('the total counts where it is told, else the parts', () => {
  expect(massOf(flight('a', { cargo: [cargo('up', 'total', 2500), cargo('up', 'food', 300), cargo('down', 'total', 900)] }), ['up'])).toEqual({ kg: 2500, isWeak: false })
  expect(massOf(flight('a', { cargo: [cargo('up', 'dry', 2000), cargo('up', 'water', 100, 'estimated')] }), ['up'])).toEqual({ kg: 2100, isWeak: true })
  expect(massOf(flight('a', { cargo: [cargo('down', 'total', 500), cargo('trash', 'total', 700)] }), ['down', 'trash'])?.kg).toBe(1200)
  expect(massOf(flight('a'), ['up'])).toBeUndefined()
})

test('a year counts what flew and what is planned apart, and what was lost carried nothing', () => {
  const [y] = yearsOf([flight('a', { cargo: [cargo('up', 'total', 2000)] }), flight('b', { outcome: 'lost', cargo: [cargo('up', 'total', 2000)] }), flight('c', { is_planned: true }), flight('d', { launched: null })])
  expect([y.year, sum(y.launches), sum(y.planned), sum(y.up), y.told, y.flown]).toEqual([2026, 2, 1, 2, 1, 2])
})

const id = (loss: string, of: string, days: number | null = null) => ({ loss, of, days, known: '2026-06-01T00:00:00Z', until: null })
const names = { flight: (x: string) => x.toUpperCase(), machine: (x: string) => x, store: (x: string) => x }
const breach = (when: string, rule: string, of: string | null = null, line_days: number | null = null) => ({ at: when, rule, of, line_days })

test('what breaks a rule stands first, the earliest before the later', () => {
  const loss = (of: string, breaches: ReturnType<typeof breach>[]) => ({ ...id('lost', of), verdict: breaches.length ? 'at risk' : 'secure', breaches, measures: [] })
  const losses = { losses: [loss('a', []), loss('b', [breach('2027-01-01', 'seats'), breach('2026-09-01', 'line', 'water', 45)]), loss('c', [breach('2026-08-01', 'nobody')])] } as unknown as Losses
  expect(inOrder(losses).map((l) => l.of)).toEqual(['c', 'b', 'a'])
  expect(inOrder(losses)[1].breaches[0].rule).toBe('line')
})

test('losses, rules and repairs in words', () => {
  expect([id('lost', 'x'), id('slipped', 'x', 30), id('dark', '2a')].map((l) => lossWords(l, names))).toEqual(['X lost', 'X 30 d late', 'Power channel 2A dark'])
  expect([breachWords(undefined, names), breachWords(breach('', 'line', 'water', 45), names)]).toEqual(['no rule broken', 'water under 45 days'])
  const repairs = [{ of: id('lost', 'x'), lever: { kind: 'move', flight: 'y', days: -14 }, verdict: 'secure' }, { of: id('slipped', 'x', 30), lever: null, verdict: null }]
  const of = { repairs } as unknown as Losses
  expect([id('lost', 'x'), id('slipped', 'x', 30), id('slipped', 'x', 60)].map((l) => repairWords(repairOf(of, l), names))).toEqual(['Y 14 d earlier', 'none found', ''])
})
