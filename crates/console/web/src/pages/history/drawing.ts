// The history of a station on one canvas: people, near misses, ports, assembly, spacewalks. Pure but for the canvas.
import { drawLanes, hit as laneHit, laneHeight, xOf, type Frame, type Lane } from '../../lib/canvas/lanes'
import { columns, type StepOf } from '../../lib/canvas/reduce'
import { font, shorten, widthOf } from '../../lib/canvas/words'
import { luminance } from '../../lib/colours'

export interface Band { id: string; name: string; colour: string }
export interface Note {
  id: string
  from: number
  to: number
  text: string
  /** Whether it is a fault of the record and not of the station: another shape. */
  isData: boolean
}
/** `lines`: how many there are for the words of near misses. */
export interface Scene { bands: Band[]; steps: StepOf[]; most: number; notes: Note[]; lines: number; ports: Lane[]; marks: Lane[]; words: { people: string; notes: string; ports: string } }
export interface Rows { people: [number, number]; notes: [number, number]; ports: [number, number]; marks: [number, number] }

const HEAD = 18
const MARKS = 26
/** The height of a line of words. */
const LINE = 14

const notesHeight = (scene: Scene) => 20 + scene.lines * LINE

/** How the height is shared: people get what the lanes leave, within reason. */
export function rowsOf(scene: Scene, height: number): Rows {
  const lanes = scene.ports.length || 1
  const marks = scene.marks.length * MARKS
  const free = height - 2 * HEAD - notesHeight(scene) - marks - 6
  const lane = Math.max(12, Math.min(20, Math.floor((free * 0.68) / lanes)))
  const people = Math.max(72, free - lane * lanes)
  for (const l of scene.ports) l.height = lane
  for (const l of scene.marks) l.height = MARKS
  const p: [number, number] = [HEAD, HEAD + people], n: [number, number] = [p[1], p[1] + notesHeight(scene)]
  const q: [number, number] = [n[1] + HEAD, n[1] + HEAD + lane * lanes]
  return { people: p, notes: n, ports: q, marks: [q[1], q[1] + marks] }
}

export function least(scene: Scene): number {
  return 2 * HEAD + notesHeight(scene) + scene.marks.length * MARKS + scene.ports.length * 12 + 78
}

export function draw(c: CanvasRenderingContext2D, scene: Scene, rows: Rows, f: Frame) {
  title(c, scene.words.people, 0, f)
  drawPeople(c, scene, rows.people, f)
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

/** How wide a stretch is looked at for what lasted longest; visits of days make no comb over decades then. */
const WINDOW_PX = 4

/** The stacked band: what lasted longest, and over it, faint, the most there ever were within a pixel. */
function drawPeople(c: CanvasRenderingContext2D, scene: Scene, [top, bottom]: [number, number], f: Frame) {
  const pixels = Math.max(1, Math.round(f.width - f.left))
  const made = columns(scene.steps, f.from, f.to, pixels, scene.bands.length, WINDOW_PX)
  const y = (n: number) => bottom - (n / scene.most) * (bottom - top - 6)
  const under = new Float64Array(pixels)
  scene.bands.forEach((band, s) => {
    c.fillStyle = band.colour
    c.beginPath()
    c.moveTo(f.left, y(under[0]))
    for (let p = 0; p < pixels; p++) c.lineTo(f.left + p, y(under[p] + made[p].values[s])), c.lineTo(f.left + p + 1, y(under[p] + made[p].values[s]))
    for (let p = pixels - 1; p >= 0; p--) c.lineTo(f.left + p + 1, y(under[p])), c.lineTo(f.left + p, y(under[p]))
    c.fill()
    nameBand(c, band, s, made, under, y, f)
    for (let p = 0; p < pixels; p++) under[p] += made[p].values[s]
  })
  const isFine = made.some((m, p) => Math.abs(m.highest - under[p]) > 0.01)
  if (isFine) highest(c, made, under, y, f)
  scale(c, scene, y, f)
}

/** The envelope: what was aboard at most within a pixel, over the mean. */
function highest(c: CanvasRenderingContext2D, made: { highest: number }[], under: Float64Array, y: (n: number) => number, f: Frame) {
  c.fillStyle = f.colours.ink
  c.globalAlpha = 0.22
  made.forEach((m, p) => c.fillRect(f.left + p, y(m.highest), 1, y(under[p]) - y(m.highest)))
  c.globalAlpha = 1
}

/** A partner's name in its band, where the band is high for long enough. */
function nameBand(c: CanvasRenderingContext2D, band: Band, s: number, made: { values: number[] }[], under: Float64Array, y: (n: number) => number, f: Frame) {
  c.font = font(11)
  const width = widthOf(c, band.name) + 8
  let run = 0
  for (let p = made.length - 1; p >= 0; p--) {
    const thick = y(0) - y(made[p].values[s])
    run = thick >= 12 && (run === 0 || Math.abs(y(under[p]) - y(under[p + 1])) < 1) ? run + 1 : thick >= 12 ? 1 : 0
    if (run < width) continue
    c.fillStyle = luminance(band.colour) > 0.3 ? '#000' : '#fff'
    c.textBaseline = 'middle'
    const middle = (y(under[p]) + y(under[p] + Math.min(...made.slice(p, p + width).map((m) => m.values[s])))) / 2
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

/** Near misses: a shape, how long it lasted, and words tied to it by a line; no line crosses a word. */
export function drawNotes(c: CanvasRenderingContext2D, { notes, lines }: Scene, [top, bottom]: [number, number], f: Frame) {
  c.font = font(11)
  c.textBaseline = 'middle'
  const seen = notes.filter((n) => n.to >= f.from && n.from <= f.to)
  const mark = (n: Note) => Math.max(f.left + 5, Math.min(f.width - 5, xOf(n.from, f)))
  // What the book tells of is named first; what a rule found besides, where that leaves no word short.
  const isTold = (n: Note) => n.id.startsWith('moment')
  const layOut = (named: (n: Note) => boolean) => noteRows(seen.map((n) => ({ x: mark(n), width: named(n) ? widthOf(c, n.text) : 0 })), 0, f.width, lines)
  let rows = layOut(() => true)
  if (seen.some((n, i) => isTold(n) && !((rows[i]?.room ?? 0) >= widthOf(c, n.text)))) rows = layOut(isTold)
  // The ground's colour round a word, so that the moment's line does not cut it.
  c.strokeStyle = f.colours.bg
  c.lineWidth = 3
  seen.forEach((n, i) => {
    const x = mark(n), isChosen = f.selected === n.id
    const from = Math.max(f.left, xOf(n.from, f)), to = Math.min(f.width, xOf(n.to, f))
    c.fillStyle = f.colours.must
    if (to - from > 8 && !n.isData) c.fillRect(from, top + 2, to - from, 2)
    const row = rows[i]
    if (row) {
      c.fillStyle = f.colours['line-2']
      if (row.line > 0) c.fillRect(Math.round(x) - 0.5, top + 16, 1, row.line * LINE - 6)
      c.fillStyle = isChosen ? f.colours.accent : f.colours.ink
      const text = shorten(n.text, row.room, (t) => widthOf(c, t)), y = top + 16 + row.line * LINE + LINE / 2 - (row.line === 0 ? 6 : 0)
      c.strokeText(text, row.x, y)
      c.fillText(text, row.x, y)
    }
    sign(c, x, top + 11, n.isData, isChosen ? f.colours.accent : n.isData ? f.colours.should : f.colours.must)
  })
  c.fillStyle = f.colours.line
  c.fillRect(0, bottom - 0.5, f.width, 0.5)
}

/** A word with less room than this says nothing. */
const LEAST_PX = 56

export interface NoteRow { x: number; line: number; room: number }

/**
 * Which line each word stands in, where it begins and how much room it has. From the right: what has no room goes lower; what finds
 * a whole line nowhere is shortened, or left out where even that says nothing. What is in the way is never crossed. A mark of no width has no word.
 */
export function noteRows(marks: { x: number; width: number }[], left: number, right: number, lines: number): (NoteRow | undefined)[] {
  const free = Array.from({ length: lines }, () => right)
  const out: (NoteRow | undefined)[] = marks.map(() => undefined)
  const place = (i: number): NoteRow | undefined => {
    const { x, width } = marks[i]
    // A word moved in from the edge bars the way down to what it covers.
    const isBarred = (line: number) => out.some((r) => r && r.line < line && r.x <= x && x <= r.x + r.room)
    // In the first line a word stands beside its mark, in the others under it.
    const choices = free.map((end, line) => ({ line, x: line === 0 ? x + 9 : x - 3, end })).filter(({ line }) => !isBarred(line))
    const whole = choices.find((c) => c.x + width <= c.end)
    if (whole) return { x: whole.x, line: whole.line, room: width }
    // Else it is moved in from the right edge or ends at its line, as low as may be, where it bars the fewest ways.
    const last = choices.findLast((c) => c.line > 0 && c.end > x - 10)
    if (last) {
      const begin = (last.end === right ? right : Math.min(x + 4, last.end)) - width
      if (begin >= left) return { x: begin, line: last.line, room: width }
    }
    const short = choices.toSorted((a, b) => b.end - b.x - (a.end - a.x))[0]
    return short && short.end - short.x >= LEAST_PX ? { x: short.x, line: short.line, room: short.end - short.x } : undefined
  }
  for (const i of marks.map((_, n) => n).toSorted((a, b) => marks[b].x - marks[a].x)) {
    const { x } = marks[i]
    const row = marks[i].width ? place(i) : undefined
    out[i] = row
    if (row) {
      free[row.line] = Math.min(row.x, x) - 14
      for (let above = 0; above < row.line; above++) free[above] = Math.min(free[above], x - 12)
    }
    // Its mark stands in the first line whether its word does or not.
    free[0] = Math.min(free[0], x - 12)
  }
  return out
}

/** ▲ for what came near, ◆ for a fault of the data. */
function sign(c: CanvasRenderingContext2D, x: number, y: number, isData: boolean, colour: string) {
  c.fillStyle = colour
  c.beginPath()
  c.moveTo(x, y - 5)
  if (isData) {
    c.lineTo(x + 5, y)
    c.lineTo(x, y + 5)
    c.lineTo(x - 5, y)
  } else {
    c.lineTo(x + 5, y + 4)
    c.lineTo(x - 5, y + 4)
  }
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
