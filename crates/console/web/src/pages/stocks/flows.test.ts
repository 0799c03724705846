import { expect, test } from 'vitest'
import type { Store } from '../../lib/api/types'
import { amount, drawn, loopOf, powerOf, type Flows } from './flows'
import { generation } from './revolutions'

const store = (id: string, commodity: string, supply: string | null) => ({ id, name: id, commodity, supply, owner: '' }) as Store
const stores = [store('water', 'water', 'water'), store('tap', 'water', null), store('urine', 'urine', null), store('air', 'oxygen', null), store('food', 'food', 'food')]
const run = (id: string, flows: [string, number][]) => ({ id, name: null, flows: flows.map(([store, kg_d]) => ({ store, kg_d })) })
const flows: Flows = {
  at: '', processes: [run('drink', [['tap', -2], ['urine', 2]]), run('distil', [['urine', -2], ['water', 1.8], ['brine', 0.2]]), run('eat', [['food', -1], ['waste', 1]]), run('still', [['water', 0]])],
  loads: [{ load: 'a', name: 'Pumps on 1A', channels: ['1a'], kw: 2 }, { load: 'b', name: 'Pumps on 2B', channels: ['2b'], kw: 1 }, { load: 'oga', name: 'Oxygen', channels: ['2b', '3b'], kw: 1 }],
  channels: [{ channel: '1a', kw: 2.5 }, { channel: '2b', kw: 1.5 }, { channel: '3b', kw: 0.1 }],
}

test('a loop is what touches the supply and what takes on what that gives off; what stands still is left out', () => {
  expect(loopOf(flows, 'water', stores).map((m) => m.id)).toEqual(['drink', 'distil'])
  expect(loopOf(flows, 'food', stores).map((m) => [m.id, amount(m)])).toEqual([['eat', 1]])
})

test('loads of one kind stand together, and every kilowatt hangs on a channel', () => {
  expect(powerOf(flows, 'to others')).toEqual([{ id: 'a', name: 'Pumps', takes: [['1a', 2], ['2b', 1]], gives: [] }, { id: 'oga', name: 'Oxygen', takes: [['2b', 0.5], ['3b', 0.5]], gives: [] }, { id: 'to-others', name: 'to others', takes: [['1a', 0.5]], gives: [] }])
})

test('what is drawn is as wide as it is much, and boxes of a column do not meet', () => {
  const d = drawn(loopOf(flows, 'water', stores), (id) => id, 200)
  const wide = (side: string, id: string) => d.ribbons.filter((r) => r.side === side && (r.from === id || r.to === id)).reduce((s, r) => s + r.wide, 0)
  for (const box of d.middle) expect(wide('takes', box.id)).toBeCloseTo(box.tall)
  for (const column of [d.left, d.middle, d.right]) for (const [i, box] of column.entries()) expect(i === 0 || box.y >= column[i - 1].y + column[i - 1].tall).toBe(true)
  expect(d.tall).toBeGreaterThan(d.middle.at(-1)!.y)
})

test('wings give what they can in sunlight and nothing in shadow', () => {
  const steps = (y: number[]) => ({ x: [0, 10, 20], y, isStep: true })
  expect(generation({ x: [0, 5, 12, 20], y: [1, 0, 1, 1], isStep: true }, [steps([10, 12, 12]), steps([1, 1, 1])])).toEqual({ x: [0, 5, 12, 20], y: [11, 0, 13, 13], low: undefined, high: undefined, isStep: true })
})
