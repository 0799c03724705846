// Where an axis has its marks, and what stands at them, from five minutes to decades.
import { clock, clockSeconds, DAY, dayOfYear, HOUR, MINUTE, yearOf } from './text'

export interface Tick {
  at: number
  label: string
}

export interface Ticks {
  /** The marks with their labels. */
  marks: Tick[]
  /** What they are within: days over hours, years over months. The first stands where the view begins. */
  context: Tick[]
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const three = (n: number) => String(n).padStart(3, '0')

interface Level {
  /** About how long from mark to mark, ms. */
  step: number
  /** Pixels that a label needs. */
  room: number
  first(from: number): number
  next(at: number): number
  label(at: number): string
  context: 'day' | 'month' | 'year' | 'none'
}

function even(step: number, label: (at: number) => string, context: Level['context'], room: number): Level {
  return { step, room, first: (from) => Math.ceil(from / step) * step, next: (at) => at + step, label, context }
}

/** Every `n` days of a year, beginning with day 1, so that a mark does not move when the view does. */
function days(n: number): Level {
  const next = (at: number) => {
    const after = at + n * DAY
    const year = Date.UTC(yearOf(at) + 1, 0, 1)
    // The last step of a year is longer rather than two marks standing side by side.
    return after + (n * DAY) / 2 > year ? year : after
  }
  const first = (from: number) => {
    let at = Date.UTC(yearOf(from), 0, 1)
    while (at < from) at = next(at)
    return at
  }
  return { step: n * DAY, room: 44, first, next, label: (at) => three(dayOfYear(at)), context: 'month' }
}

function months(n: number): Level {
  const step = (at: number) => Date.UTC(yearOf(at), new Date(at).getUTCMonth() + n, 1)
  const first = (from: number) => {
    let at = Date.UTC(yearOf(from), 0, 1)
    while (at < from) at = step(at)
    return at
  }
  return { step: n * 30.4 * DAY, room: 62, first, next: step, label: (at) => `${three(dayOfYear(at))} ${MONTHS[new Date(at).getUTCMonth()]}`, context: 'year' }
}

function years(n: number): Level {
  const first = (from: number) => {
    let y = Math.floor(yearOf(from) / n) * n
    while (Date.UTC(y, 0, 1) < from) y += n
    return Date.UTC(y, 0, 1)
  }
  return { step: n * 365.25 * DAY, room: 44, first, next: (at) => Date.UTC(yearOf(at) + n, 0, 1), label: (at) => String(yearOf(at)), context: 'none' }
}

const LEVELS: Level[] = [
  even(10_000, clockSeconds, 'day', 72), even(30_000, clockSeconds, 'day', 72),
  ...[1, 2, 5, 10, 15, 30].map((n) => even(n * MINUTE, clock, 'day', 52)),
  ...[1, 2, 3, 6, 12].map((n) => even(n * HOUR, clock, 'day', 52)),
  days(1), days(2), days(5), days(10),
  months(1), months(3), years(1), years(2), years(5), years(10),
]

/** The marks of a view of `width` pixels: as many as have room. */
export function ticks(from: number, to: number, width: number): Ticks {
  const perPixel = (to - from) / Math.max(1, width)
  const level = LEVELS.find((l) => l.step / perPixel >= l.room) ?? LEVELS[LEVELS.length - 1]
  const marks: Tick[] = []
  for (let at = level.first(from); at <= to; at = level.next(at)) marks.push({ at, label: level.label(at) })
  return { marks, context: contexts(level.context, from, to) }
}

function contexts(kind: Level['context'], from: number, to: number): Tick[] {
  if (kind === 'none') return []
  const begin = (at: number, on: number) => {
    const d = new Date(at)
    if (kind === 'day') return Math.floor(at / DAY) * DAY + on * DAY
    return Date.UTC(d.getUTCFullYear() + (kind === 'year' ? on : 0), kind === 'month' ? d.getUTCMonth() + on : 0, 1)
  }
  const label = (at: number) => {
    const d = new Date(at)
    if (kind === 'day') return `${yearOf(at)}/${three(dayOfYear(at))} · ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`
    return kind === 'month' ? `${MONTHS[d.getUTCMonth()]} ${yearOf(at)}` : String(yearOf(at))
  }
  const out = [{ at: from, label: label(from) }]
  for (let at = begin(from, 1); at <= to; at = begin(at, 1)) out.push({ at, label: label(at) })
  return out
}
