// The crew timeline on a canvas: bands of light and link, a row a person, a row a shared thing.
import type { OrbitEvent } from '../../lib/api/types'
import { xOf, type Frame } from '../../lib/canvas/lanes'
import { font, shorten, widthOf } from '../../lib/canvas/words'
import { initials } from '../../lib/colours'
import { DAY, HOUR, MINUTE } from '../../lib/time/text'
import { kindOf } from './kinds'
import { lookOf, SIGN, type Act, type Note } from './plan'
import { firstSeen, free, loads, type Row, type Slip } from './rows'

export interface Scene {
  rows: Row[]
  colour: (partner: string | null) => string
  short: (partner: string | null) => string
  signs: Map<string, Note['severity']>
  /** Whether it is what the filter asks for. */
  isMeant: (a: Act) => boolean
  /** What is dragged: where it would be, and in which row. */
  trial?: { act: Act; row: string }
  events: OrbitEvent[]
  beta: [number, number][]
  known: number
}

export const BAND = 16
export const BANDS = 3
/** Days narrower than this are drawn as hours of work. */
const NARROW = 100
/** Turns round the Earth narrower than this are drawn as a part of the day. */
const FINE = 24
const TURN = 92.7 * MINUTE

const glyphs = new Map<string, Path2D>()
function glyph(path: string): Path2D {
  let found = glyphs.get(path)
  if (!found) glyphs.set(path, (found = new Path2D(path)))
  return found
}

/** Words as they were last made: a pan changes none of them. */
interface Words { room: number; text: string; long: string; wide: number }
const words = new WeakMap<Slip, Words>()

function wordsOf(c: CanvasRenderingContext2D, s: Scene, slip: Slip, width: number): Words {
  const room = Math.round(width), { act } = slip
  let found = words.get(slip)
  if (found?.room === room) return found
  // Whose it is, how long it takes, and what can no longer be told from the end.
  const long = `${act.partner ? initials(s.short(act.partner)) : ''} ${hours(act.to - act.from)}${{ done: ' ✓', skipped: ' ×', running: ' …', locked: '', free: '' }[lookOf(act)]}`.trim()
  words.set(slip, (found = { room, text: shorten(act.title, room, (t) => widthOf(c, t)), long, wide: widthOf(c, long) }))
  return found
}

const perPixel = (f: Frame) => (f.to - f.from) / Math.max(1, f.width - f.left)

/** Rows from `top` on, those of which anything is seen. */
export function drawRows(c: CanvasRenderingContext2D, s: Scene, rows: Row[], f: Frame, heightOf: (r: Row) => number, seen: { from: number; to: number }) {
  const isNarrow = DAY / perPixel(f) < NARROW
  let y = f.top
  for (const row of rows) {
    const height = heightOf(row)
    if (y + height > seen.from && y < seen.to) {
      drawHead(c, s, row, y, height, f)
      c.save()
      c.beginPath()
      c.rect(f.left, y, f.width - f.left, height)
      c.clip()
      if (isNarrow) drawLoads(c, s, row, y, height, f)
      else drawSlips(c, s, row, y, height, f)
      c.restore()
      c.fillStyle = f.colours.line
      c.fillRect(0, y + height - 0.5, f.width, 0.5)
    }
    y += height
  }
}

function drawHead(c: CanvasRenderingContext2D, s: Scene, row: Row, y: number, height: number, f: Frame) {
  const k = f.colours, isPerson = row.of === 'person', middle = y + height / 2
  if (row.partner) {
    c.fillStyle = s.colour(row.partner)
    c.fillRect(0, y + 4, 3, height - 8)
  }
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.font = font(11, isPerson ? 600 : 400)
  c.fillStyle = isPerson ? k.ink : k['ink-2']
  const short = s.short(row.partner), isTight = f.left < 100
  // A number at the end tells racks apart: it stays when the name has no room.
  const tail = isPerson ? '' : (/ \S{1,4}$/.exec(row.name)?.[0] ?? ''), room = f.left - (isPerson ? 10 : 26)
  const name = widthOf(c, row.name) <= room ? row.name : shorten(row.name.slice(0, row.name.length - tail.length), room - widthOf(c, tail), (t) => widthOf(c, t)) + tail
  c.fillText(name, 8, isPerson ? middle - 7 : middle)
  c.font = font(11)
  c.fillStyle = k['ink-3']
  if (!isPerson) {
    if (row.partner) c.fillText(initials(short), f.left - 14, middle)
    return
  }
  let open = 0
  for (const g of free(row.slips, f.from, f.to)) open += g.to - g.from
  const text = isTight ? initials(short) : short
  c.fillText(text, 8, middle + 8)
  if (f.to - f.from < 2.5 * DAY && open > 0) {
    const told = `${isTight ? '' : 'free '}${hours(open)}`
    c.fillText(told, f.left - 10 - widthOf(c, told), middle + 8)
  }
}

/** `1:35` */
export const hours = (ms: number) => `${Math.floor(ms / HOUR)}:${String(Math.round((ms % HOUR) / MINUTE)).padStart(2, '0')}`

function drawSlips(c: CanvasRenderingContext2D, s: Scene, row: Row, y: number, height: number, f: Frame) {
  const { slips } = row
  c.font = font(11)
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  for (let i = firstSeen(slips, f.from); i < slips.length && slips[i].from < f.to; i++) if (slips[i].to > f.from) drawSlip(c, s, slips[i], y, height, f)
  if (row.of === 'person') drawFree(c, row, y, height, f)
  if (s.trial?.row === row.id) {
    c.fillStyle = f.colours.bg
    const x = xOf(s.trial.act.from, f)
    c.fillRect(x - 1, y + 1, xOf(s.trial.act.to, f) - x + 1, height - 2)
    drawSlip(c, { ...s, trial: undefined }, { act: s.trial.act, from: s.trial.act.from, to: s.trial.act.to, track: 0, tracks: 1 }, y, height, f)
  }
}

function drawSlip(c: CanvasRenderingContext2D, s: Scene, slip: Slip, y: number, height: number, f: Frame) {
  const { act } = slip, k = f.colours
  const start = xOf(slip.from, f), end = xOf(slip.to, f)
  const x = Math.max(start, f.left - 4), w = Math.min(end, f.width + 4) - x
  const room = height - 4
  const top = y + 2 + (slip.track * room) / slip.tracks, h = room / slip.tracks - (slip.tracks > 1 ? 1 : 0)
  const body = w > 3 ? w - 1 : Math.max(0.6, w)
  const look = lookOf(act), kind = kindOf(act.kind)
  const isFaint = !s.isMeant(act) || s.trial?.act.id === act.id
  if (isFaint) c.globalAlpha = 0.3
  c.fillStyle = look === 'done' ? k['bar-2'] : k[kind.ground]
  if (look === 'skipped') c.globalAlpha *= 0.5
  c.fillRect(x, top, body, h)
  if (act.partner && start > f.left - 4) {
    c.fillStyle = s.colour(act.partner)
    c.fillRect(x, top, Math.min(3, Math.max(1, body / 5)), h)
  }
  if (body > 12 || act.isProposed || look === 'running') drawState(c, act, look, x, top, body, h, f)
  if (f.selected === act.id) {
    c.strokeStyle = k.accent
    c.lineWidth = 2
    c.strokeRect(x + 1, top + 1, Math.max(0, body - 2), h - 2)
  }
  if (body >= 20 && h >= 9) drawWords(c, s, slip, x, top, body, h, f)
  else if (s.signs.has(act.id) && s.signs.get(act.id) !== 'info') drawSign(c, s.signs.get(act.id)!, x + body / 2, top + h / 2, f)
  c.globalAlpha = 1
}

/** Locked: closed at the end. Flexible: a corner cut off. Running: an edge. Proposed: dashed. Done: grey. Skipped: struck through. */
function drawState(c: CanvasRenderingContext2D, act: Act, look: ReturnType<typeof lookOf>, x: number, y: number, w: number, h: number, f: Frame) {
  const k = f.colours
  if (look === 'locked') {
    c.fillStyle = k['ink-3']
    c.fillRect(x + w - 1.5, y, 1.5, h)
  } else if (look === 'free') {
    c.fillStyle = k.bg
    c.beginPath()
    c.moveTo(x + w - 5, y)
    c.lineTo(x + w + 0.5, y)
    c.lineTo(x + w + 0.5, y + 5.5)
    c.fill()
  } else if (look === 'skipped') {
    c.fillStyle = k['ink-2']
    c.fillRect(x, y + h / 2, w, 1)
  }
  if (look !== 'running' && !act.isProposed) return
  c.strokeStyle = act.isProposed ? k.ink : k.accent
  c.lineWidth = 1
  c.setLineDash(act.isProposed ? [3, 3] : [])
  c.strokeRect(x + 0.5, y + 0.5, Math.max(0, w - 1), h - 1)
  c.setLineDash([])
}

function drawWords(c: CanvasRenderingContext2D, s: Scene, slip: Slip, x: number, y: number, w: number, h: number, f: Frame) {
  const { act } = slip, k = f.colours
  const isTwo = h >= 24 && w >= 40, middle = isTwo ? y + 8 : y + h / 2
  let left = Math.max(x, f.left) + (act.partner ? 7 : 4), right = x + w - 4
  const severity = s.signs.get(act.id)
  if (severity && severity !== 'info') {
    drawSign(c, severity, right - 5, middle, f)
    right -= 13
  }
  if (isTwo || w >= 54) {
    c.strokeStyle = k['ink-3']
    c.lineWidth = 1
    const dx = left, dy = isTwo ? y + h - 12 : middle - 5
    c.translate(dx, dy)
    c.stroke(glyph(kindOf(act.kind).glyph))
    c.translate(-dx, -dy)
    if (!isTwo) left += 14
  }
  if (right - left < 12) return
  c.fillStyle = lookOf(act) === 'done' || act.kind === 'sleep' ? k['ink-2'] : k.ink
  const { text, long, wide } = wordsOf(c, s, slip, right - left)
  if (text) c.fillText(text, left, middle + 0.5)
  if (!isTwo || right - left < 40) return
  c.fillStyle = k['ink-2']
  if (wide < x + w - left - 16) c.fillText(long, left + 14, y + h - 6.5)
}

function drawSign(c: CanvasRenderingContext2D, severity: Note['severity'], x: number, y: number, f: Frame) {
  c.fillStyle = severity === 'info' ? f.colours['ink-2'] : f.colours[severity]
  c.textAlign = 'center'
  c.fillText(SIGN[severity], x, y + 0.5)
  c.textAlign = 'left'
}

/** Free time as a length: a line from end to end with how long it is. */
function drawFree(c: CanvasRenderingContext2D, row: Row, y: number, height: number, f: Frame) {
  const k = f.colours, middle = y + height / 2
  c.font = font(11)
  c.textBaseline = 'middle'
  for (const g of free(row.slips, f.from, f.to)) {
    const a = xOf(g.from, f) + 2, b = xOf(g.to, f) - 3
    if (b - a < 10) continue
    const text = hours(g.to - g.from), w = widthOf(c, text)
    const isTold = b - a > w + 10
    c.fillStyle = k['line-2']
    c.fillRect(a, middle - 3, 1, 6)
    c.fillRect(b, middle - 3, 1, 6)
    const from = (a + b - w) / 2
    if (isTold) {
      c.fillRect(a, middle - 0.5, from - 3 - a, 1)
      c.fillRect(from + w + 3, middle - 0.5, b - from - w - 3, 1)
      c.fillStyle = k['ink-3']
      c.fillText(text, from, middle + 0.5)
    } else c.fillRect(a, middle - 0.5, b - a, 1)
  }
}

const FULL_H = 10
const kept = new WeakMap<Row, { isMeant: Scene['isMeant']; days: ReturnType<typeof loads> }>()

/** Many days: each a column of hours by partner, with its letter. */
function drawLoads(c: CanvasRenderingContext2D, s: Scene, row: Row, y: number, height: number, f: Frame) {
  const { isMeant } = s
  let found = kept.get(row)
  if (found?.isMeant !== isMeant) kept.set(row, (found = { isMeant, days: loads({ of: row.of, slips: row.slips.filter((x) => isMeant(x.act)) }) }))
  c.font = font(11)
  c.textBaseline = 'middle'
  for (const { day, hours: parts } of found?.days ?? []) {
    if (day + DAY < f.from || day > f.to) continue
    const x = xOf(day, f), w = Math.max(1, xOf(day + DAY, f) - x - 1)
    let base = y + height - 1, sum = 0
    for (const [partner, h] of parts) {
      const tall = Math.min(base - y - 1, (h / FULL_H) * (height - 2))
      c.globalAlpha = 0.5
      c.fillStyle = partner ? s.colour(partner) : f.colours['line-2']
      c.fillRect(x, base - tall, w, tall)
      c.globalAlpha = 1
      c.fillStyle = f.colours.ink
      if (tall > 11 && w > 14) c.fillText(initials(s.short(partner || null)), x + 3, base - tall / 2)
      base -= tall
      sum += h
    }
    if (w > 26 && base - y > 10) {
      c.fillStyle = f.colours['ink-2']
      c.fillText(sum.toFixed(1), x + 2, base - 6)
    }
  }
}

/** Light, Ku link, and the angle between orbit and sun. */
export function drawBands(c: CanvasRenderingContext2D, s: Scene, f: Frame) {
  const k = f.colours
  const head = (i: number, text: string) => {
    c.font = font(11)
    c.fillStyle = k['ink-3']
    c.textBaseline = 'middle'
    c.fillText(shorten(text, f.left - 8, (t) => widthOf(c, t)), 8, f.top + (i + 0.5) * BAND)
  }
  head(0, 'Shadow')
  head(1, 'Ku link')
  head(2, 'Beta')
  c.save()
  c.beginPath()
  c.rect(f.left, f.top, f.width - f.left, BAND * BANDS)
  c.clip()
  const isFine = TURN / perPixel(f) < FINE
  band(c, s.events.filter((e) => e.kind === 'umbra'), k['ink-3'], f.top, isFine, f)
  band(c, s.events.filter((e) => e.kind === 'link.ku'), k['line-2'], f.top + BAND, isFine, f)
  beta(c, s, f)
  const end = xOf(s.known, f)
  if (end < f.width) {
    c.fillStyle = k['ink-3']
    c.fillText('not known: no element set', Math.max(end, f.left) + 6, f.top + BAND / 2)
  }
  c.restore()
  c.fillStyle = k.line
  c.fillRect(0, f.top + BAND * BANDS - 0.5, f.width, 0.5)
}

function band(c: CanvasRenderingContext2D, list: OrbitEvent[], ink: string, y: number, isFine: boolean, f: Frame) {
  c.fillStyle = ink
  if (!isFine) {
    for (const e of list) {
      const x = xOf(Date.parse(e.start), f)
      c.fillRect(x, y + 5, Math.max(1, xOf(Date.parse(e.end), f) - x), BAND - 10)
    }
    return
  }
  // Finer than the eye: how much of each day.
  const days = new Map<number, number>()
  for (const e of list) {
    const day = Math.floor(Date.parse(e.start) / DAY) * DAY
    days.set(day, (days.get(day) ?? 0) + Date.parse(e.end) - Date.parse(e.start))
  }
  for (const [day, sum] of days) {
    const x = xOf(day, f), w = xOf(day + DAY, f) - x - 2
    c.fillStyle = ink
    c.globalAlpha = 0.3
    c.fillRect(x, y + 5, w, BAND - 10)
    c.globalAlpha = 0.9
    c.fillRect(x, y + 5, (w * sum) / DAY, BAND - 10)
    c.globalAlpha = 1
    const text = `${Math.round((100 * sum) / DAY)} %`
    if (w < 60) continue
    c.fillStyle = f.colours.bg
    c.fillRect(x + w - widthOf(c, text) - 8, y + 2, widthOf(c, text) + 6, BAND - 4)
    c.fillStyle = f.colours['ink-2']
    c.fillText(text, x + w - widthOf(c, text) - 4, y + BAND / 2)
  }
}

function beta(c: CanvasRenderingContext2D, s: Scene, f: Frame) {
  if (!s.beta.length) return
  const y = f.top + 2 * BAND
  const at = (deg: number) => y + BAND / 2 - (deg / 76) * (BAND / 2 - 1)
  c.fillStyle = f.colours.line
  c.fillRect(f.left, y + BAND / 2 - 0.5, f.width, 1)
  c.strokeStyle = f.colours['ink-2']
  c.lineWidth = 1
  c.beginPath()
  for (const [t, v] of s.beta) c.lineTo(xOf(t, f), at(v))
  c.stroke()
  const seen = s.beta.find(([t]) => t >= f.from) ?? s.beta[s.beta.length - 1]
  if (seen[0] > f.to || s.beta[0][0] > f.from) return
  const text = `${seen[1].toFixed(0).replace('-', '−')}°`
  c.fillStyle = f.colours.bg
  c.fillRect(f.left, y + 2, widthOf(c, text) + 10, BAND - 4)
  c.fillStyle = f.colours['ink-2']
  c.fillText(text, f.left + 4, y + BAND / 2)
}

/** When everybody sleeps, and where days begin, behind the rows. */
export function drawGround(c: CanvasRenderingContext2D, nights: { from: number; to: number }[], f: Frame, bottom: number) {
  c.fillStyle = f.colours.raised
  for (const n of nights) {
    const x = Math.max(f.left, xOf(n.from, f)), end = Math.min(f.width, xOf(n.to, f))
    if (end > x) c.fillRect(x, f.top, end - x, bottom - f.top)
  }
  c.fillStyle = f.colours['line-2']
  if (DAY / perPixel(f) > 24) for (let d = Math.ceil(f.from / DAY) * DAY; d <= f.to; d += DAY) if (d >= f.from) c.fillRect(Math.round(xOf(d, f)) - 0.5, f.top, 1, bottom - f.top)
}

/** The slip under a point. */
export function slipAt(rows: Row[], f: Frame, heightOf: (r: Row) => number, x: number, y: number): { row: Row; slip?: Slip } | undefined {
  let top = f.top
  for (const row of rows) {
    const height = heightOf(row)
    if (y >= top && y < top + height) {
      const at = f.from + (x - f.left) * perPixel(f), slack = 2 * perPixel(f)
      const track = (s: Slip) => Math.min(s.tracks - 1, Math.floor(((y - top) / height) * s.tracks))
      const slip = x < f.left || DAY / perPixel(f) < NARROW ? undefined : row.slips.findLast((s) => s.from - slack <= at && at <= s.to + slack && s.track === track(s))
      return { row, slip }
    }
    top += height
  }
  return undefined
}
