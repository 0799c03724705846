// A plot on a canvas: steps as steps, a band with its mean where changes are finer than a pixel, limits with their names, crossings with their day.
import type { Colours, Ink } from '../theme.svelte'
import { font, widthOf } from '../canvas/words'
import { day } from '../time/text'
import { extremes, under, type Curve } from './profile'
import { marksOf, rangeOf, told, type Range } from './scale'

export interface Series { name: string; curve: Curve; ink: Ink; /** Another future: dashed. */ isOther?: boolean }
export interface Limit { value: number; label: string }
export interface Plotted {
  series: Series[]
  limits: Limit[]
  from: number
  to: number
  /** Where the plot is, pixels. */
  left: number
  right: number
  top: number
  bottom: number
  colours: Colours
}

/** What tells series apart beside their names. */
export const INKS: Ink[] = ['accent', 'ink', 'good', 'ink-3', 'sun']
const DASHES = [5, 3]
const ROW = 24

export function drawPlot(c: CanvasRenderingContext2D, p: Plotted) {
  const seen = p.series.flatMap((s) => extremes(s.curve, p.from, p.to) ?? [])
  const range = rangeOf(Math.min(...seen.map((e) => e.least.value), Infinity), Math.max(...seen.map((e) => e.most.value), -Infinity), p.limits.map((l) => l.value))
  const at: At = { x: (t) => p.left + ((t - p.from) / (p.to - p.from)) * (p.right - p.left), y: (v) => p.bottom - ((v - range.low) / (range.high - range.low)) * (p.bottom - p.top) }
  c.font = font(11)
  c.textBaseline = 'middle'
  drawScale(c, p, range, at)
  c.save()
  c.beginPath()
  c.rect(p.left, p.top - 1, p.right - p.left, p.bottom - p.top + 2)
  c.clip()
  for (const s of p.series) drawBand(c, s, p, at)
  for (const s of p.series) drawLine(c, s, p, at)
  c.restore()
  drawLimits(c, p, at)
  if (p.series.filter((s) => !s.isOther).length > 1) nameSeries(c, p, at)
}

interface At { x: (t: number) => number; y: (v: number) => number }

function drawScale(c: CanvasRenderingContext2D, p: Plotted, range: Range, at: At) {
  c.textAlign = 'right'
  for (const mark of marksOf(range, Math.max(1, Math.floor((p.bottom - p.top) / ROW)))) {
    const y = Math.round(at.y(mark))
    c.fillStyle = p.colours.line
    c.fillRect(p.left, y - 0.5, p.right - p.left, 1)
    c.fillStyle = p.colours['ink-3']
    c.fillText(told(mark), p.left - 6, Math.max(p.top + 5, Math.min(p.bottom - 4, y)))
  }
  c.textAlign = 'left'
}

/** The points of a curve that are seen, and one on each side. */
function seenOf({ x }: Curve, from: number, to: number): [number, number] {
  const first = x.findIndex((t) => t >= from), last = x.findLastIndex((t) => t <= to)
  return [Math.max(0, (first < 0 ? x.length : first) - 1), Math.min(x.length - 1, last + 1)]
}

function drawBand(c: CanvasRenderingContext2D, { curve, ink }: Series, p: Plotted, at: At) {
  const { x, low, high } = curve
  if (!low || !high) return
  const [first, last] = seenOf(curve, p.from, p.to)
  c.fillStyle = p.colours[ink]
  c.globalAlpha = 0.25
  let start = first
  for (let i = first; i <= last + 1; i++) {
    if (i <= last && low[i] !== null && high[i] !== null) continue
    c.beginPath()
    for (let k = start; k < i; k++) c.lineTo(at.x(x[k]), at.y(high[k] as number))
    for (let k = i - 1; k >= start; k--) c.lineTo(at.x(x[k]), at.y(low[k] as number))
    c.fill()
    start = i + 1
  }
  c.globalAlpha = 1
}

function drawLine(c: CanvasRenderingContext2D, { curve, ink, isOther }: Series, p: Plotted, at: At) {
  const [first, last] = seenOf(curve, p.from, p.to)
  c.strokeStyle = p.colours[ink]
  c.lineWidth = 1.5
  c.lineJoin = 'round'
  c.setLineDash(isOther ? DASHES : [])
  c.beginPath()
  let before: number | null = null
  for (let i = first; i <= last; i++) {
    const v = curve.y[i]
    if (v === null) {
      before = null
      continue
    }
    const x = at.x(curve.x[i]), y = at.y(v)
    if (before === null) c.moveTo(x, y)
    else {
      if (curve.isStep) c.lineTo(x, before)
      c.lineTo(x, y)
    }
    before = y
  }
  // A step holds its last value to the curve's end, which is its last point.
  c.stroke()
  c.setLineDash([])
}

const GAP = 12

/** Lines with their names at the right, each stretch under one strong, its beginning marked with the day. */
function drawLimits(c: CanvasRenderingContext2D, p: Plotted, at: At) {
  let free = Infinity
  for (const limit of p.limits.toSorted((a, b) => a.value - b.value)) {
    const y = at.y(limit.value)
    c.fillStyle = p.colours.must
    c.globalAlpha = 0.55
    c.fillRect(p.left, Math.round(y) - 0.5, p.right - p.left, 1)
    c.globalAlpha = 1
    // Names stand over their lines, and never on one another.
    const name = Math.min(y - 7, free)
    free = name - GAP
    backed(c, limit.label, p.right - 2 - widthOf(c, limit.label), name, p)
    const taken: [number, number][] = [[p.right - 2 - widthOf(c, limit.label), p.right]]
    for (const s of p.series) for (const span of under(s.curve, limit.value)) crossing(c, span, s, y, p, at, taken)
  }
}

function crossing(c: CanvasRenderingContext2D, span: { from: number; to: number }, s: Series, y: number, p: Plotted, at: At, taken: [number, number][]) {
  if (span.to < p.from || span.from > p.to) return
  const from = Math.max(p.left, at.x(span.from)), to = Math.min(p.right, at.x(span.to))
  if (!s.isOther) c.fillRect(from, y - 1, Math.max(1, to - from), 2)
  if (span.from < p.from) return
  c.beginPath()
  c.moveTo(from, y - 5)
  c.lineTo(from + 5, y + 4)
  c.lineTo(from - 5, y + 4)
  c.closePath()
  c.strokeStyle = p.colours.must
  c.lineWidth = 1
  if (s.isOther) c.stroke()
  else c.fill()
  const text = day(span.from), width = widthOf(c, text)
  const x = from + 8 + width < p.right ? from + 8 : from - 8 - width
  if (taken.some(([a, b]) => x < b + 4 && x + width > a - 4)) return
  taken.push([x, x + width])
  backed(c, text, x, y - 7, p)
}

/** Words that can be read over lines. */
function backed(c: CanvasRenderingContext2D, text: string, x: number, y: number, p: Plotted) {
  const ink = c.fillStyle
  c.fillStyle = p.colours.bg
  c.globalAlpha = 0.8
  c.fillRect(x - 2, y - 6, widthOf(c, text) + 4, 11)
  c.globalAlpha = 1
  c.fillStyle = ink
  c.fillText(text, x, y)
}

/** Each series' name where its line leaves the view; names move up rather than stand on one another. */
function nameSeries(c: CanvasRenderingContext2D, p: Plotted, at: At) {
  const ends = p.series.filter((s) => !s.isOther).flatMap((s) => {
    const i = s.curve.x.findLastIndex((t, k) => t <= p.to && s.curve.y[k] !== null)
    return i < 0 || s.curve.x[i] < p.from ? [] : [{ s, x: at.x(s.curve.x[i]), y: at.y(s.curve.y[i] as number) - 7 }]
  }).toSorted((a, b) => b.y - a.y)
  let free = p.bottom - 5
  for (const { s, x, y } of ends) {
    const line = Math.min(y, free)
    free = line - GAP
    if (line < p.top + 4) continue
    c.fillStyle = p.colours[s.ink]
    c.fillText(s.name, Math.max(p.left + 2, Math.min(x, p.right) - widthOf(c, s.name) - 4), line)
  }
}
