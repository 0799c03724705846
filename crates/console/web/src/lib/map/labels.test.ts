import { expect, test } from 'vitest'
import { overlap, placeLabels, type Named } from './labels'

const area = { x: 0, y: 0, width: 400, height: 200 }
const measure = (t: string) => t.length * 6

test('no two names meet, none leaves the area, none covers a mark', () => {
  // A crowd such as the centres of Europe make, with a generator whose numbers are the same each time.
  let seed = 7
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  const named: Named[] = Array.from({ length: 40 }, (_, i) => ({ id: `n${i}`, text: `Name ${i}`, x: 150 + random() * 100, y: 60 + random() * 80, reach: 3, weight: random() }))
  const placed = placeLabels(named, area, measure)
  expect(placed.length).toBeGreaterThan(5)
  for (const [i, p] of placed.entries()) {
    expect(p.x >= 0 && p.y >= 0 && p.x + p.width <= 400 && p.y + p.height <= 200).toBe(true)
    expect(placed.slice(i + 1).some((q) => overlap(p, q))).toBe(false)
    expect(named.some((n) => n.id !== p.id && overlap(p, { x: n.x - 3, y: n.y - 3, width: 6, height: 6 }))).toBe(false)
  }
})

test('the weightier of two gets the better place; at the right edge a name stands to the left', () => {
  const [one] = placeLabels([{ id: 'a', text: 'Houston', x: 390, y: 100, reach: 3, weight: 1 }], area, measure)
  expect(one.x + one.width).toBeLessThan(390)
  const two = placeLabels([{ id: 'a', text: 'A', x: 100, y: 100, reach: 3, weight: 1 }, { id: 'b', text: 'B', x: 100, y: 101, reach: 0, weight: 9 }], area, measure)
  expect(two[0].id).toBe('b')
})

test('taken ground stays free', () => {
  expect(placeLabels([{ id: 'a', text: 'A', x: 100, y: 100, reach: 3, weight: 1 }], area, measure, 14, [area])).toEqual([])
})
