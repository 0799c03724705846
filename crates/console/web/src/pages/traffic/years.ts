// Launches and mass by year and partner: the sums and their drawing. Pure but for the canvas.
import type { Flight } from '../../lib/api/types'
import { xOf, type Frame } from '../../lib/canvas/lanes'
import { font, widthOf } from '../../lib/canvas/words'
import { luminance } from '../../lib/colours'
import { told } from '../../lib/plot/scale'
import { yearOf } from '../../lib/time/text'

export type Sums = Map<string, number>
export interface Year {
  year: number
  launches: Sums
  planned: Sums
  /** Tonnes. */
  up: Sums
  down: Sums
  /** Flights with a figure of what they carried up, of all that flew; and whether any figure is not published. */
  told: number
  flown: number
  isWeak: boolean
}

const KG_PER_T = 1000

/** What a flight carried one way, kg: the total where it is told, else the sum of the parts that are. */
export function massOf(f: Flight, ways: string[]): { kg: number; isWeak: boolean } | undefined {
  const of = f.cargo.filter((c) => ways.includes(c.direction))
  if (of.length === 0) return undefined
  const kg = ways.reduce((sum, way) => {
    const mine = of.filter((c) => c.direction === way), totals = mine.filter((c) => c.kind === 'total')
    return sum + (totals.length ? Math.max(...totals.map((c) => c.mass_kg)) : mine.reduce((s, c) => s + c.mass_kg, 0))
  }, 0)
  return { kg, isWeak: of.some((c) => c.quality !== 'published' && c.quality !== 'measured') }
}

const add = (sums: Sums, partner: string, n: number) => sums.set(partner, (sums.get(partner) ?? 0) + n)
export const sum = (sums: Sums) => [...sums.values()].reduce((a, b) => a + b, 0)

export function yearsOf(flights: Flight[]): Year[] {
  const years = new Map<number, Year>()
  for (const f of flights) {
    if (!f.launched) continue
    const year = yearOf(Date.parse(f.launched)), partner = f.partner ?? ''
    const y = years.get(year) ?? { year, launches: new Map(), planned: new Map(), up: new Map(), down: new Map(), told: 0, flown: 0, isWeak: false }
    years.set(year, y)
    if (f.is_planned) {
      add(y.planned, partner, 1)
      continue
    }
    add(y.launches, partner, 1)
    y.flown++
    // What a lost ship carried did not arrive.
    if (f.outcome === 'lost') continue
    const up = massOf(f, ['up']), down = massOf(f, ['down', 'trash'])
    if (up) add(y.up, partner, up.kg / KG_PER_T)
    if (down) add(y.down, partner, down.kg / KG_PER_T)
    y.told += up ? 1 : 0
    y.isWeak ||= !!up?.isWeak || !!down?.isWeak
  }
  return [...years.values()].toSorted((a, b) => a.year - b.year)
}

export interface Strip { title: string; unit: string; of: (y: Year) => Sums; dashed?: (y: Year) => Sums }
export const STRIP = 56
const HEAD = 16

export function drawYears(c: CanvasRenderingContext2D, years: Year[], strips: Strip[], partners: { id: string; short: string; colour: string }[], f: Frame) {
  strips.forEach((s, i) => drawStrip(c, years, s, partners, { ...f, top: i * STRIP }))
}

function drawStrip(c: CanvasRenderingContext2D, years: Year[], s: Strip, partners: { id: string; short: string; colour: string }[], f: Frame) {
  const seen = years.filter((y) => Date.UTC(y.year + 1, 0, 1) > f.from && Date.UTC(y.year, 0, 1) < f.to)
  const all = (y: Year) => sum(s.of(y)) + (s.dashed ? sum(s.dashed(y)) : 0)
  const most = Math.max(1, ...seen.map(all)), bottom = f.top + STRIP - 4, room = STRIP - HEAD - 8
  c.font = font(11)
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillStyle = f.colours['ink-2']
  c.fillText(s.title, 0, f.top + HEAD)
  c.fillStyle = f.colours['ink-3']
  c.fillText(s.unit, 0, f.top + HEAD + 14)
  for (const y of seen) {
    const x = Math.max(f.left, xOf(Date.UTC(y.year, 0, 1), f)) + 1, w = Math.min(f.width, xOf(Date.UTC(y.year + 1, 0, 1), f)) - x - 1
    if (w < 1) continue
    let top = bottom
    for (const [sums, isPlanned] of [[s.of(y), false], [s.dashed?.(y) ?? new Map(), true]] as const) {
      for (const p of partners) top = block(c, p, x, w, top, ((sums.get(p.id) ?? 0) / most) * room, isPlanned, f)
    }
    const n = told(all(y)), wide = widthOf(c, n)
    c.fillStyle = f.colours.ink
    if (all(y) > 0 && wide <= w) c.fillText(n, x + (w - wide) / 2, top - 7)
  }
  c.fillStyle = f.colours.line
  c.fillRect(0, bottom, f.width, 1)
}

/** One partner's part; its name in it where there is room. Planned parts are outlined and dashed. */
function block(c: CanvasRenderingContext2D, p: { short: string; colour: string }, x: number, w: number, bottom: number, h: number, isPlanned: boolean, f: Frame): number {
  if (h <= 0) return bottom
  const top = bottom - h
  if (isPlanned) {
    c.strokeStyle = p.colour
    c.lineWidth = 1
    c.setLineDash([3, 3])
    c.strokeRect(x + 0.5, top + 0.5, Math.max(1, w - 1), Math.max(0, h - 1))
    c.setLineDash([])
  } else {
    c.fillStyle = p.colour
    c.fillRect(x, top, w, h > 2 ? h - 0.5 : h)
  }
  if (h >= 12 && widthOf(c, p.short) + 6 <= w) {
    c.fillStyle = isPlanned ? f.colours.ink : luminance(p.colour) > 0.3 ? '#000' : '#fff'
    c.fillText(p.short, x + 4, top + h / 2)
  }
  return top
}
