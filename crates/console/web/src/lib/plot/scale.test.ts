import { expect, test } from 'vitest'
import { marksOf, rangeOf, told } from './scale'

test('a range begins at zero, but not for heights far above it', () => {
  expect(rangeOf(30, 100, [45])).toEqual({ low: 0, high: 108 })
  expect(rangeOf(410, 420, [])).toEqual({ low: 408.5, high: 421.5 })
  expect(rangeOf(-5, 10, [])).toEqual({ low: -5, high: 10.8 })
  expect(rangeOf(0, 0, [])).toEqual({ low: 0, high: 1 })
})

test.each([[{ low: 0, high: 108 }, 3, [0, 50, 100]], [{ low: 408.5, high: 421.5 }, 3, [410, 415, 420]], [{ low: 0, high: 1 }, 2, [0, 0.5, 1]], [{ low: 0, high: 450 }, 2, [0, 200, 400]], [{ low: -5, high: 10.8 }, 4, [-5, 0, 5, 10]]])(
  'round marks of %o', (range, most, marks) => expect(marksOf(range, most)).toEqual(marks),
)

test.each([[0, '0'], [271.84, '272'], [45357.7, '45,358'], [0.38230, '0.382'], [1.2345, '1.23'], [-12.34, '−12.3'], [45, '45']])('%d is told as %s', (value, text) => expect(told(value)).toBe(text))
