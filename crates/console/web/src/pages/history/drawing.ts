// The history of a station on one canvas: people, near misses, ports, assembly, spacewalks. Pure but for the canvas.
import { placeLabels, type Named } from '../../lib/map/labels'
import { drawLanes, hit as laneHit, laneHeight, xOf, type Frame, type Lane } from '../../lib/canvas/lanes'
import { columns, type StepOf } from '../../lib/canvas/reduce'
import { font, shorten, widthOf } from '../../lib/canvas/words'
import { luminance } from '../../lib/colours'

export interface Band { id: string; name: string; colour: string }
export interface Note { id: string; from: number; to: number; text: string }
export interface Scene { bands: Band[]; steps: StepOf[]; most: number; notes: Note[]; ports: Lane[]; marks: Lane[]; words: { people: string; notes: string; ports: string } }
export interface Rows { people: [number, number]; notes: [number, number]; ports: [number, number]; marks: [number, number] }

const HEAD = 18
const NOTES = 52
const MARKS = 26

/** How the height is shared: people get what the lanes leave, within reason. */
export function rowsOf(scene: Scene, height: number): Rows {
  const lanes = scene.ports.length || 1
  const marks = scene.marks.length * MARKS
  const free = height - 2 * HEAD - NOTES - marks - 6
  const lane = Math.max(12, Math.min(20, Math.floor((free * 0.68) / lanes)))
  const people = Math.max(72, free - lane * lanes)
  for (const l of scene.ports) l.height = lane
  for (const l of scene.marks) l.height = MARKS
  const p: [number, number] = [HEAD, HEAD + people], n: [number, number] = [p[1], p[1] + NOTES]
  const q: [number, number] = [n[1] + HEAD, n[1] + HEAD + lane * lanes]
  return { people: p, notes: n, ports: q, marks: [q[1], q[1] + marks] }
}

export function least(scene: Scene): number {
  return 2 * HEAD + NOTES + scene.marks.length * MARKS + scene.ports.length * 12 + 78
}

export function draw(c: CanvasRenderingContext2D, scene: Scene, rows: Rows, f: Frame) {
  title(c, scene.words.people, 0, f)
  drawPeople(c, scene, rows.people, f)
  drawNotes(c, scene.notes, rows.notes, f)
  title(c, scene.words.ports, rows.notes[1], f)
  drawLanes(c, scene.ports, { ...f, top: rows.ports[0] })
  drawLanes(c, scene.marks, { ...f, top: rows.marks[0] })
}

function title(c: CanvasRenderingContext2D, text: string, y: number, f: Frame) {
  c.font = font(11, 600)
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillStyle = f.colours['ink-2']
  c.fillText(text, 0, y + HEAD / 2)
  c.fillStyle = f.colours.line
  c.fillRect(0, y + HEAD - 1, f.width, 1)
}

/** The stacked band; where steps are finer than a pixel its mean, with the highest as a line. */
function drawPeople(c: CanvasRenderingContext2D, scene: Scene, [top, bottom]: [number, number], f: Frame) {
  const pixels = Math.max(1, Math.round(f.width - f.left))
  const made = spread(scene, pixels, f)
  const y = (n: number) => bottom - (n / scene.most) * (bottom - top - 6)
  const under = new Float64Array(pixels)
  scene.bands.forEach((band, s) => {
    c.fillStyle = band.colour
    c.beginPath()
    c.moveTo(f.left, y(under[0]))
    for (let p = 0; p < pixels; p++) c.lineTo(f.left + p, y(under[p] + made[p].mean[s])), c.lineTo(f.left + p + 1, y(under[p] + made[p].mean[s]))
    for (let p = pixels - 1; p >= 0; p--) c.lineTo(f.left + p + 1, y(under[p])), c.lineTo(f.left + p, y(under[p]))
    c.fill()
    nameBand(c, band, s, made, under, y, f)
    for (let p = 0; p < pixels; p++) under[p] += made[p].mean[s]
  })
  const isFine = made.some((m, p) => Math.abs(m.highest - under[p]) > 0.01)
  if (isFine) highest(c, made, under, y, f)
  scale(c, scene, y, f)
}

const COARSE_PX = 4
const COARSE_FROM_MS = 3 * 86_400_000

/** Columns a pixel wide; over decades four, so that visits of days do not make a comb. */
function spread(scene: Scene, pixels: number, f: Frame) {
  const isCoarse = (f.to - f.from) / pixels > COARSE_FROM_MS
  if (!isCoarse) return columns(scene.steps, f.from, f.to, pixels, scene.bands.length)
  // Whole columns of time, so that they do not flicker while the view moves.
  const each = Math.ceil(((f.to - f.from) / pixels) * COARSE_PX)
  const first = Math.floor(f.from / each) * each
  const count = Math.ceil((f.to - first) / each)
  const coarse = columns(scene.steps, first, first + count * each, count, scene.bands.length)
  return Array.from({ length: pixels }, (_, p) => coarse[Math.min(count - 1, Math.floor((f.from + ((p + 0.5) / pixels) * (f.to - f.from) - first) / each))])
}

/** The envelope: what was aboard at most within a pixel, over the mean. */
function highest(c: CanvasRenderingContext2D, made: { highest: number }[], under: Float64Array, y: (n: number) => number, f: Frame) {
  c.fillStyle = f.colours.ink
  c.globalAlpha = 0.22
  made.forEach((m, p) => c.fillRect(f.left + p, y(m.highest), 1, y(under[p]) - y(m.highest)))
  c.globalAlpha = 1
}

/** A partner's name in its band, where the band is high for long enough. */
function nameBand(c: CanvasRenderingContext2D, band: Band, s: number, made: { mean: number[] }[], under: Float64Array, y: (n: number) => number, f: Frame) {
  c.font = font(11)
  const width = widthOf(c, band.name) + 8
  let run = 0
  for (let p = made.length - 1; p >= 0; p--) {
    const thick = y(0) - y(made[p].mean[s])
    run = thick >= 12 && (run === 0 || Math.abs(y(under[p]) - y(under[p + 1])) < 1) ? run + 1 : thick >= 12 ? 1 : 0
    if (run < width) continue
    c.fillStyle = luminance(band.colour) > 0.3 ? '#000' : '#fff'
    c.textBaseline = 'middle'
    const middle = (y(under[p]) + y(under[p] + Math.min(...made.slice(p, p + width).map((m) => m.mean[s])))) / 2
    c.fillText(band.name, f.left + p + 4, middle + 0.5)
    return
  }
}

function scale(c: CanvasRenderingContext2D, scene: Scene, y: (n: number) => number, f: Frame) {
  c.font = font(11)
  c.textAlign = 'right'
  c.textBaseline = 'middle'
  for (const n of [0, 3, 7, scene.most]) {
    if (n === 7 && scene.most < 9) continue
    c.fillStyle = f.colours['ink-3']
    c.fillText(String(n), f.left - 6, y(n))
    if (n === 0 || n === scene.most) continue
    c.globalAlpha = 0.35
    c.fillStyle = f.colours.ink
    c.fillRect(f.left, Math.round(y(n)), f.width - f.left, 0.5)
    c.globalAlpha = 1
  }
  c.textAlign = 'left'
}

/** Near misses: a shape and words, which avoid each other. */
function drawNotes(c: CanvasRenderingContext2D, notes: Note[], [top, bottom]: [number, number], f: Frame) {
  c.font = font(11)
  c.textBaseline = 'middle'
  const seen = notes.filter((n) => n.to >= f.from && n.from <= f.to)
  const mark = (n: Note) => Math.max(f.left + 4, Math.min(f.width - 4, xOf(n.from, f)))
  const named = seen.map((n, i): Named => ({ id: n.id, text: n.text, x: mark(n), y: top + 10, reach: 5, weight: seen.length - i }))
  const placed = placeLabels(named, { x: f.left, y: top, width: f.width - f.left, height: bottom - top }, (t) => widthOf(c, t) + 6, 14)
  // What finds no place beside its mark stands in a row of its own below, tied to it by a line.
  const rest = named.filter((n) => !placed.some((p) => p.id === n.id))
  let right = f.left
  for (const n of rest.toSorted((a, b) => a.x - b.x)) {
    const width = widthOf(c, n.text)
    const x = Math.max(right, Math.min(f.width - width, n.x - width / 2))
    if (x + width > f.width) continue
    right = x + width + 12
    placed.push({ id: n.id, text: n.text, x, y: bottom - 16, width, height: 14 })
    c.strokeStyle = f.colours['line-2']
    c.lineWidth = 1
    c.beginPath()
    c.moveTo(n.x, top + 16)
    c.lineTo(Math.max(x + 4, Math.min(x + width - 4, n.x)), bottom - 16)
    c.stroke()
  }
  for (const n of seen) {
    triangle(c, mark(n), top + 10, f.selected === n.id ? f.colours.accent : f.colours.must)
    const from = Math.max(f.left, xOf(n.from, f)), to = xOf(n.to, f)
    if (to - from > 8) c.fillRect(from, top + 2, to - from, 2)
  }
  for (const p of placed) {
    c.fillStyle = f.selected === p.id ? f.colours.accent : f.colours.ink
    c.fillText(p.text, p.x, p.y + 7)
  }
  c.fillStyle = f.colours.line
  c.fillRect(0, bottom - 0.5, f.width, 0.5)
}

function triangle(c: CanvasRenderingContext2D, x: number, y: number, colour: string) {
  c.fillStyle = colour
  c.beginPath()
  c.moveTo(x, y - 5)
  c.lineTo(x + 5, y + 4)
  c.lineTo(x - 5, y + 4)
  c.fill()
}

/** What is at a point: `kind:id`, or nothing where only a day is. */
export function hit(scene: Scene, rows: Rows, f: Frame, x: number, y: number): { ref: string; text: string } | undefined {
  if (y >= rows.notes[0] && y < rows.notes[1]) {
    const near = scene.notes.map((n) => ({ n, d: Math.abs(xOf(n.from, f) - x) })).toSorted((a, b) => a.d - b.d)[0]
    return near && near.d < 60 ? { ref: near.n.id, text: near.n.text } : undefined
  }
  for (const [lanes, [top, bottom]] of [[scene.ports, rows.ports], [scene.marks, rows.marks]] as const) {
    if (y < top || y >= bottom) continue
    const found = laneHit(lanes, { ...f, top }, x, y)
    if (!found) return undefined
    const lane = lanes.find((l) => l.id === found.lane)
    return { ref: found.id.includes(':') ? found.id : `flight:${found.id}`, text: lane?.bars.find((b) => b.id === found.id)?.label ?? lane?.label ?? '' }
  }
  return undefined
}

/** Names of what came, over the ticks of a lane, where they have room. */
export function nameTicks(c: CanvasRenderingContext2D, lane: Lane, names: Map<string, string>, top: number, f: Frame) {
  c.font = font(11)
  c.textBaseline = 'middle'
  let right = f.left
  const seen = (lane.ticks ?? []).filter((t) => t.at >= f.from && t.at <= f.to && t.tall).toSorted((a, b) => a.at - b.at)
  seen.forEach((t, i) => {
    const x = xOf(t.at, f) + 3
    const next = i + 1 < seen.length ? xOf(seen[i + 1].at, f) : f.width
    const text = shorten(names.get(t.id) ?? '', next - x - 3, (s) => widthOf(c, s))
    if (x < right || text.length < 4) return
    c.fillStyle = f.selected === t.id ? f.colours.accent : f.colours['ink-2']
    c.fillText(text, x, top + laneHeight(lane) / 2 + 0.5)
    right = x + widthOf(c, text) + 4
  })
}
