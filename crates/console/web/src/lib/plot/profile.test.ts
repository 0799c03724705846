import { expect, test } from 'vitest'
import { curve, firstUnder, type Profile } from './profile'

const points: Profile = { name: 'supply.food.days', unit: 'd', kind: 'linear', form: 'points', points: [['2026-01-01T00:00:00Z', 60], ['2026-01-31T00:00:00Z', 30], ['2026-01-31T00:00:00Z', 90]] }

test('the crossing of a line is found between points', () => {
  const c = curve(points)
  expect(firstUnder(c, 45)).toBe(Date.parse('2026-01-16') / 1000)
  expect(firstUnder(c, 20)).toBeUndefined()
  expect(firstUnder({ ...c, isStep: true }, 45)).toBe(Date.parse('2026-01-31') / 1000)
})

test('buckets keep their band, and what is not known is a gap', () => {
  const c = curve({ name: 'p', unit: '', kind: 'step', form: 'buckets', from: ['2026-01-01', '2026-01-03'], to: ['2026-01-02', '2026-01-04'], min: [1, 2], max: [9, 8], mean: [5, 5], first: [1, 2], last: [9, 8] })
  expect(c.y).toEqual([5, null, 5])
  expect([c.low, c.high]).toEqual([[1, null, 2], [9, null, 8]])
  expect(firstUnder(c, 1.5)).toBe(Date.parse('2026-01-01T12:00:00Z') / 1000)
})
