import { expect, test } from 'vitest'
import { columns, valuesAt, type StepOf } from './reduce'

const steps: StepOf[] = [{ at: 10, values: [2, 1] }, { at: 20, values: [3, 1] }, { at: 25, values: [2, 1] }, { at: 60, values: [0, 0] }]

test('peaks are kept however few the pixels, and no state is made up', () => {
  for (const pixels of [1, 3, 7, 100]) {
    const made = columns(steps, 0, 70, pixels, 2, 3)
    expect(Math.max(...made.map((c) => c.highest))).toBe(4)
    expect(made.every((c) => [[0, 0], ...steps.map((s) => s.values)].some((v) => v.join() === c.values.join()))).toBe(true)
  }
})

test('what lasts longest stands for its pixel: a short visit does not', () => {
  expect(columns(steps, 10, 60, 1, 2)).toEqual([{ values: [2, 1], highest: 4 }])
  expect(columns(steps, 20, 25, 1, 2)).toEqual([{ values: [3, 1], highest: 4 }])
})

test('a view that begins within the record begins with what was then', () => {
  expect(columns(steps, 30, 40, 2, 2)).toEqual([{ values: [2, 1], highest: 3 }, { values: [2, 1], highest: 3 }])
  expect([valuesAt(steps, 9, 2), valuesAt(steps, 10, 2), valuesAt(steps, 24, 2), valuesAt(steps, 99, 2)]).toEqual([[0, 0], [2, 1], [3, 1], [0, 0]])
})
