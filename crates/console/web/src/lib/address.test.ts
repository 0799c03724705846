import { expect, test } from 'vitest'
import { parse, write } from './address'

test('an address comes back as it was', () => {
  const text = '/history?at=2004-12-10T00:00Z&from=2004-01-01T00:00Z&to=2005-01-01T00:00Z&sel=flight:progress-m-51&as=esa&speed=60&kind=all'
  const [path, search] = text.split('?')
  expect(write(parse(path, `?${search}`))).toBe(text)
})

test('what is no time, span, choice or speed is left out', () => {
  const seen = parse('/', '?at=yesterday&from=2026/150&to=2026/149&sel=x&speed=9000')
  expect(seen).toEqual({ page: 'now', at: null, asOf: null, from: null, to: null, selected: null, as: null, speed: null, own: {} })
})
