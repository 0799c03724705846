import { expect, test } from 'vitest'
import { curve, extremes, joined, under, valueAt, type Profile } from './profile'

const at = Date.parse
const points: Profile = { name: 'supply.food.days', unit: 'd', kind: 'linear', form: 'points', points: [['2026-01-01T00:00:00Z', 60], ['2026-01-31T00:00:00Z', 30], ['2026-01-31T00:00:00Z', 90], ['2026-02-10T00:00:00Z', 80]] }

test('every stretch under a line is found, between points and at jumps', () => {
  const c = curve(points)
  expect(under(c, 45)).toEqual([{ from: at('2026-01-16'), to: at('2026-01-31') }])
  expect(under(c, 20)).toEqual([])
  expect(under(c, 85)).toEqual([{ from: at('2026-01-01'), to: at('2026-01-31') }, { from: at('2026-02-05'), to: at('2026-02-10') }])
  expect(under({ ...c, isStep: true }, 45)).toEqual([{ from: at('2026-01-31'), to: at('2026-01-31') }])
})

test('values between points, at a jump, and outside', () => {
  const c = curve(points)
  expect([valueAt(c, at('2026-01-16')), valueAt(c, at('2026-01-31')), valueAt(c, at('2025-12-31')), valueAt(c, at('2026-02-11'))]).toEqual([45, 90, null, null])
  expect(valueAt({ ...c, isStep: true }, at('2026-01-16'))).toBe(60)
})

test('the least and the most of a span count its edges', () => {
  const c = curve(points)
  expect(extremes(c)).toEqual({ least: { at: at('2026-01-31'), value: 30 }, most: { at: at('2026-01-31'), value: 90 } })
  expect(extremes(c, at('2026-01-01'), at('2026-01-16'))?.least).toEqual({ at: at('2026-01-16'), value: 45 })
  expect(extremes(c, at('2027-01-01'), at('2027-02-01'))).toBeUndefined()
})

test('buckets keep their band, and what is not known is a gap', () => {
  const c = curve({ name: 'p', unit: '', kind: 'step', form: 'buckets', from: ['2026-01-01', '2026-01-03'], to: ['2026-01-02', '2026-01-04'], min: [1, 2], max: [9, 8], mean: [5, 5], first: [1, 2], last: [9, 8] })
  expect(c.y).toEqual([5, null, 5])
  expect([c.low, c.high]).toEqual([[1, null, 2], [9, null, 8]])
  expect(under(c, 1.5)).toEqual([{ from: at('2026-01-01T12:00:00Z'), to: at('2026-01-02') }])
  expect(extremes(c)?.most.value).toBe(9)
})

test('days of what is not used are no number', () => {
  expect(curve({ ...points, points: [['2026-01-01T00:00:00Z', 36525]] } as Profile).y).toEqual([null])
})

test('what was and what is foreseen become one curve, with a band where one has it', () => {
  const steps = { x: [0, 10], y: [1, 3], isStep: true }
  expect(joined(steps, { x: [10, 20], y: [4, 4], isStep: true })).toEqual({ x: [0, 10, 10, 20], y: [1, 3, 4, 4], low: undefined, high: undefined, isStep: true })
  expect(joined(steps, { x: [15], y: [5], low: [4], high: [6], isStep: false })).toEqual({ x: [0, 10, 10, 15], y: [1, 1, 3, 5], low: [1, 1, 3, 4], high: [1, 1, 3, 6], isStep: false })
})
