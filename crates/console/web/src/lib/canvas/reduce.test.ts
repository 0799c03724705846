import { expect, test } from 'vitest'
import { columns, valuesAt, type StepOf } from './reduce'

const steps: StepOf[] = [{ at: 10, values: [2, 1] }, { at: 20, values: [3, 1] }, { at: 25, values: [2, 1] }, { at: 60, values: [0, 0] }]

test('nothing is lost: the means add up to what the steps hold, and peaks within a pixel are kept', () => {
  for (const pixels of [1, 3, 7, 100]) {
    const made = columns(steps, 0, 70, pixels, 2)
    const area = made.reduce((sum, c) => sum + c.mean[0] * (70 / pixels), 0)
    expect(area).toBeCloseTo(2 * 10 + 3 * 5 + 2 * 35)
    expect(Math.max(...made.map((c) => c.highest))).toBe(4)
  }
})

test('a view that begins within the record begins with what was then', () => {
  expect(columns(steps, 30, 40, 2, 2)).toEqual([{ mean: [2, 1], highest: 3 }, { mean: [2, 1], highest: 3 }])
  expect([valuesAt(steps, 9, 2), valuesAt(steps, 10, 2), valuesAt(steps, 24, 2), valuesAt(steps, 99, 2)]).toEqual([[0, 0], [2, 1], [3, 1], [0, 0]])
})
