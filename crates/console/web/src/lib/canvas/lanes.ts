// Rows of bars on the time axis: the drawing that timelines share, and which bar is under the pointer.
import type { Colours } from '../theme.svelte'
import { font, shorten, widthOf } from './words'

export interface Bar {
  id: string
  from: number
  to: number
  label: string
  /** The owner's colour, as a stripe at the left edge. */
  stripe?: string
  /** What kind it is, by lightness. */
  tone?: 'plain' | 'soft' | 'night' | 'sun'
  /** Its state, told apart without colour: an edge, a dashed edge, grey. */
  state?: 'plain' | 'running' | 'proposed' | 'done' | 'trouble'
}

export interface Lane {
  id: string
  label: string
  bars: Bar[]
  /** Moments without length, drawn as ticks. */
  ticks?: { at: number; id: string; tall?: boolean }[]
  height?: number
}

export interface Frame {
  from: number
  to: number
  /** Where the plot begins, pixels. */
  left: number
  width: number
  top: number
  colours: Colours
  selected?: string | null
}

export interface Hit { lane: string; id: string; at: number }

const ROW = 20
export const laneHeight = (lane: Lane) => lane.height ?? ROW

/** Pixels from the left of a moment. */
export function xOf(at: number, f: Pick<Frame, 'from' | 'to' | 'left' | 'width'>): number {
  return f.left + ((at - f.from) / (f.to - f.from)) * (f.width - f.left)
}

/** Draws lanes one under the other and says where the last ends. */
export function drawLanes(c: CanvasRenderingContext2D, lanes: Lane[], f: Frame): number {
  let y = f.top
  for (const lane of lanes) {
    const height = laneHeight(lane)
    drawLabel(c, lane.label, y, height, f)
    c.save()
    c.beginPath()
    c.rect(f.left, y, f.width - f.left, height)
    c.clip()
    for (const bar of lane.bars) drawBar(c, bar, y, height, f, lane)
    drawTicks(c, lane, y, height, f)
    c.restore()
    y += height
    c.fillStyle = f.colours.line
    c.fillRect(0, y - 0.5, f.width, 0.5)
  }
  return y
}

function drawLabel(c: CanvasRenderingContext2D, label: string, y: number, height: number, f: Frame) {
  if (f.left < 24) return
  c.font = font(11)
  c.fillStyle = f.colours['ink-2']
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillText(shorten(label, f.left - 8, (t) => widthOf(c, t)), 0, y + height / 2)
}

function drawTicks(c: CanvasRenderingContext2D, lane: Lane, y: number, height: number, f: Frame) {
  for (const tick of lane.ticks ?? []) {
    if (tick.at < f.from || tick.at > f.to) continue
    const x = Math.round(xOf(tick.at, f))
    c.fillStyle = f.selected === tick.id ? f.colours.accent : f.colours['ink-2']
    const inset = tick.tall ? 2 : 5
    c.fillRect(x - 0.5, y + inset, 1, height - 2 * inset)
  }
}

function drawBar(c: CanvasRenderingContext2D, bar: Bar, y: number, height: number, f: Frame, lane: Lane) {
  if (bar.to <= f.from || bar.from >= f.to) return
  const start = xOf(bar.from, f), end = xOf(bar.to, f)
  const x = Math.max(start, f.left - 1), w = Math.max(1, Math.min(end, f.width + 1) - x)
  const top = y + 2, h = height - 4
  // A pixel of ground between neighbours, where there is room for it.
  const body = w > 3 ? w - 1 : w
  const k = f.colours
  c.fillStyle = { plain: k.bar, soft: k['bar-2'], night: k.shore, sun: k.sun }[bar.tone ?? 'plain']
  c.fillRect(x, top, body, h)
  if (bar.stripe && start > f.left - 4) {
    c.fillStyle = bar.stripe
    c.fillRect(x, top, Math.min(3, Math.max(1, body)), h)
  }
  drawEdge(c, bar, x, top, body, h, f)
  drawName(c, bar, x, y, body, height, f, lane)
}

function drawEdge(c: CanvasRenderingContext2D, bar: Bar, x: number, y: number, w: number, h: number, f: Frame) {
  const isChosen = f.selected === bar.id
  if (!isChosen && (!bar.state || bar.state === 'plain' || bar.state === 'done')) return
  c.strokeStyle = isChosen || bar.state === 'running' ? f.colours.accent : bar.state === 'trouble' ? f.colours.must : f.colours['ink-3']
  c.lineWidth = isChosen ? 2 : 1
  c.setLineDash(bar.state === 'proposed' ? [3, 3] : [])
  c.strokeRect(x + 0.5, y + 0.5, Math.max(0, w - 1), h - 1)
  c.setLineDash([])
}

/** The name keeps to the edge that is seen, shortens, and is left out below 20 pixels. */
function drawName(c: CanvasRenderingContext2D, bar: Bar, x: number, y: number, w: number, height: number, f: Frame, lane: Lane) {
  const inset = bar.stripe ? 7 : 5
  if (!bar.label) return
  c.font = font(11)
  const text = shorten(bar.label, w - inset - 3, (t) => widthOf(c, t))
  if (text !== bar.label && (bar.state === 'running' || bar.state === 'proposed') && nameAfter(c, bar, x + w, y + height / 2, f, lane)) return
  if (!text || w < 20) return
  c.fillStyle = bar.tone === 'sun' ? f.colours.bg : bar.state === 'done' ? f.colours['ink-2'] : f.colours.ink
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillText(text, x + inset, y + height / 2 + 0.5)
}

/** What is still there has its name after it, where the future leaves room. */
function nameAfter(c: CanvasRenderingContext2D, bar: Bar, x: number, y: number, f: Frame, lane: Lane): boolean {
  const next = lane.bars.filter((b) => b.id !== bar.id && b.from >= bar.to).map((b) => xOf(b.from, f))
  if (x + 4 + widthOf(c, bar.label) > Math.min(f.width, ...next)) return false
  c.fillStyle = f.colours['ink-2']
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillText(bar.label, x + 4, y + 0.5)
  return true
}

/** What is at a point: the bar or tick nearest to it in its row. */
export function hit(lanes: Lane[], f: Frame, x: number, y: number): Hit | undefined {
  let top = f.top
  for (const lane of lanes) {
    const height = laneHeight(lane)
    if (y >= top && y < top + height) {
      const at = f.from + ((x - f.left) / (f.width - f.left)) * (f.to - f.from)
      const slack = (3 * (f.to - f.from)) / (f.width - f.left)
      const tick = lane.ticks?.find((t) => Math.abs(t.at - at) <= slack)
      const bar = lane.bars.find((b) => b.from - slack <= at && at <= b.to + slack)
      const id = tick?.id ?? bar?.id
      return id ? { lane: lane.id, id, at } : undefined
    }
    top += height
  }
  return undefined
}

/** Vertical hairlines at the axis's marks, so that rows far from it can be read. */
export function drawGrid(c: CanvasRenderingContext2D, marks: { at: number }[], f: Frame, bottom: number) {
  c.fillStyle = f.colours.line
  for (const { at } of marks) c.fillRect(Math.round(xOf(at, f)) - 0.5, f.top, 1, bottom - f.top)
}

/** The moment shown, and the present if it is another. */
export function drawMoment(c: CanvasRenderingContext2D, at: number, f: Frame, bottom: number) {
  if (at < f.from || at > f.to) return
  c.fillStyle = f.colours.accent
  c.fillRect(Math.round(xOf(at, f)) - 0.5, f.top, 1.5, bottom - f.top)
}
