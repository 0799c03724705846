import { expect, test } from 'vitest'
import type { ProfileName } from '../../lib/api/types'
import { groupsOf } from './groups'

const name = (name: string, group: ProfileName['group'] = 'forecast'): ProfileName => ({ name, unit: 'kg', kind: 'linear', group, from: '', to: '' })
const store = (id: string, name: string, supply: string | null) => ({ id, name, supply, owner: '', commodity: supply ?? id })
const book = {
  supplies: [{ id: 'food', name: 'Food', lines_days: [45, 30] }], processes: [{ id: 'oga', name: 'Oxygen generation' }],
  stores: [store('food-us', 'Food, US segment', 'food'), store('food-ru', 'Food, Russian segment', 'food'), store('table-us', 'Food unpacked, US segment', 'food'), store('waste', 'Waste', null), store('brine', 'Brine', null)],
}
const names = ['supply.food_kg', 'supply.food.days', 'supply.food.use_kg_d', 'store.food-us_kg', 'store.food-ru_kg', 'store.table-us_kg', 'store.waste_kg', 'process.oga.run', 'power.load_kw', 'power.1a.load_kw', 'power.1a.charge_low', 'env.altitude_km', 'something.new'].map((n) => name(n))

test('every profile of the forecast is in one panel, and nothing else is', () => {
  const shown = groupsOf([...names, name('crew.aboard', 'history')], book).flatMap((g) => g.panels.flatMap((p) => p.lines.map((l) => l.name)))
  expect(shown.toSorted()).toEqual(names.map((n) => n.name).toSorted())
})

test('parts of a supply stand with it, and its lines with its days', () => {
  const [days, mass] = groupsOf(names, book)
  expect(days.panels[0].limits).toEqual([{ value: 45, label: '45 d' }, { value: 30, label: '30 d' }])
  expect(mass.panels[0].lines.map((l) => l.label)).toEqual(['together', 'US', 'Russian', 'unpacked, US'])
})

test('no panel has more than five lines', () => {
  const many = Array.from({ length: 9 }, (_, i) => store(`f${i}`, `Food, ${i}`, 'food'))
  const groups = groupsOf([...names, ...many.map((s) => name(`store.${s.id}_kg`))], { ...book, stores: many })
  expect(Math.max(...groups.flatMap((g) => g.panels.map((p) => p.lines.length)))).toBe(5)
  expect(groups.find((g) => g.id === 'stores')?.panels.length).toBe(5) // those that had no room
})
