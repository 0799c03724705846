import { expect, test } from 'vitest'
import { noteRows } from './drawing'

test('words do not meet, and no line from a mark crosses a word', () => {
  let seed = 11
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  for (let round = 0; round < 50; round++) {
    const marks = Array.from({ length: 10 }, () => ({ x: 100 + random() * 900, width: 60 + random() * 120 })).toSorted((a, b) => a.x - b.x)
    const rows = noteRows(marks, 100, 1000, 4)
    expect(rows.filter(Boolean).length).toBeGreaterThan(4)
    rows.forEach((one, i) => {
      if (!one) return
      expect(one.x >= 97 && one.x + one.room <= 1000).toBe(true)
      rows.forEach((two, j) => {
        if (!two || i === j) return
        if (one.line === two.line) expect(one.x + one.room <= two.x || two.x + two.room <= one.x).toBe(true)
        // The line down to a lower word passes beside this one.
        if (two.line > one.line) expect(marks[j].x < one.x || marks[j].x > one.x + one.room).toBe(true)
      })
    })
  }
})
