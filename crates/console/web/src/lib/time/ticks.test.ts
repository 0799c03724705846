import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, YEAR } from './text'
import { ticks } from './ticks'

const at = (text: string) => Date.parse(text)

describe('ticks', () => {
  const spans = [5 * MINUTE, 20 * MINUTE, HOUR, 3 * HOUR, 12 * HOUR, DAY, 3 * DAY, 10 * DAY, 40 * DAY, 120 * DAY, YEAR, 3 * YEAR, 10 * YEAR, 28 * YEAR]

  test.each(spans.flatMap((s) => [320, 800, 1400].map((w) => [s, w])))('a span of %d ms in %d px has marks with room, in the view', (span, width) => {
    const from = at('2025-12-30T22:17:33Z')
    const { marks } = ticks(from, from + span, width)
    expect(marks.length).toBeGreaterThanOrEqual(2)
    const x = marks.map((m) => ((m.at - from) / span) * width)
    x.forEach((p) => expect(p >= 0 && p <= width).toBe(true))
    x.slice(1).forEach((p, i) => expect(p - x[i]).toBeGreaterThan(30))
  })

  test('hours stand within days of the year', () => {
    const { marks, context } = ticks(at('2026-05-30T10:00:00Z'), at('2026-05-31T10:00:00Z'), 700)
    expect(marks.map((m) => m.label)).toContain('12:00')
    expect(context.map((m) => m.label)).toEqual(['2026/150 · 30 May', '2026/151 · 31 May'])
  })

  test('the last days of a year do not crowd its first', () => {
    const { marks } = ticks(at('2024-12-20T00:00:00Z'), at('2025-02-15T00:00:00Z'), 300)
    const first = marks.findIndex((m) => m.label === '001')
    expect(marks[first].at).toBe(at('2025-01-01T00:00:00Z'))
    expect(marks[first].at - marks[first - 1].at).toBeGreaterThanOrEqual(5 * DAY)
  })

  test('a mark does not move with the view', () => {
    const one = ticks(at('2026-03-01T00:00:00Z'), at('2026-04-10T00:00:00Z'), 900).marks
    const two = ticks(at('2026-03-04T07:00:00Z'), at('2026-04-13T07:00:00Z'), 900).marks
    expect(two.filter((m) => m.at <= at('2026-04-10T00:00:00Z')).every((m) => one.some((n) => n.at === m.at))).toBe(true)
  })
})
