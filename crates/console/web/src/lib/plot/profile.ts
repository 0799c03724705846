// A profile of the API as what a plot draws: a line, and where its changes are finer than a pixel the band it stays in. Pure.

export type Profile = { name: string; unit: string; kind: 'step' | 'linear' } & (
  | { form: 'points'; points: [string, number][] }
  | { form: 'buckets'; from: string[]; to: string[]; min: number[]; max: number[]; mean: number[]; first: number[]; last: number[] }
)

export interface Curve {
  /** Milliseconds since 1970, in order. */
  x: number[]
  /** Nothing where it is not known, or where a supply is not used and so lasts for ever. */
  y: (number | null)[]
  /** The band, where there is one. */
  low?: (number | null)[]
  high?: (number | null)[]
  isStep: boolean
}

/** So many days of supply mean that nothing is used. */
const FOR_EVER_DAYS = 36_525
const MEETS_MS = 1000

export function curve(p: Profile): Curve {
  const known = (v: number) => (p.unit === 'd' && v >= FOR_EVER_DAYS ? null : v)
  if (p.form === 'points') return { x: p.points.map(([at]) => Date.parse(at)), y: p.points.map(([, v]) => known(v)), isStep: p.kind === 'step' }
  const out: Required<Curve> = { x: [], y: [], low: [], high: [], isStep: false }
  const put = (x: number, y: number | null, low: number | null, high: number | null) => {
    out.x.push(x)
    out.y.push(y)
    out.low.push(low)
    out.high.push(high)
  }
  let end = NaN
  p.from.forEach((text, i) => {
    const from = Date.parse(text)
    // Between buckets that do not meet nothing is known, and nothing is drawn.
    if (end < from - MEETS_MS) put(end, null, null, null)
    end = Date.parse(p.to[i])
    put((from + end) / 2, known(p.mean[i]), known(p.min[i]), known(p.max[i]))
  })
  return out
}

/** Index of the last point at or before a time; −1 before the first. */
function indexAt(c: Curve, at: number): number {
  let low = 0, high = c.x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (c.x[middle] <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The value at a time; nothing outside of the curve and where it is not known. */
export function valueAt(c: Curve, at: number): number | null {
  const i = indexAt(c, at)
  if (i < 0 || at > c.x[c.x.length - 1]) return null
  const [y, next] = [c.y[i], c.y[i + 1]]
  if (y === null || c.isStep || next === undefined || next === null || c.x[i + 1] === c.x[i]) return y
  return y + ((next - y) * (at - c.x[i])) / (c.x[i + 1] - c.x[i])
}

export interface Span { from: number; to: number }

/** Every stretch under a limit. One that lasts to the curve's end ends there. */
export function under(c: Curve, limit: number): Span[] {
  const out: Span[] = []
  const values = c.low ?? c.y
  let since: number | undefined
  for (let i = 0; i < c.x.length; i++) {
    const y = values[i], before = i > 0 ? values[i - 1] : null
    const isUnder = y !== null && y < limit
    if (isUnder === (since !== undefined)) continue
    const isSloped = !c.isStep && y !== null && before !== null && before !== y
    const at = isSloped ? c.x[i - 1] + ((before - limit) / (before - y)) * (c.x[i] - c.x[i - 1]) : c.x[i]
    if (isUnder) since = at
    else if (since !== undefined) {
      out.push({ from: since, to: at })
      since = undefined
    }
  }
  if (since !== undefined) out.push({ from: since, to: c.x[c.x.length - 1] })
  return out
}

export interface Extreme { at: number; value: number }

/** The least and the most within a span; nothing where nothing is known. */
export function extremes(c: Curve, from = -Infinity, to = Infinity): { least: Extreme; most: Extreme } | undefined {
  let least: Extreme | undefined, most: Extreme | undefined
  const take = (at: number, low: number | null, high: number | null) => {
    if (low !== null && (!least || low < least.value)) least = { at, value: low }
    if (high !== null && (!most || high > most.value)) most = { at, value: high }
  }
  const edge = (at: number) => Number.isFinite(at) && take(at, valueAt(c, at), valueAt(c, at))
  edge(from)
  c.x.forEach((at, i) => at >= from && at <= to && take(at, (c.low ?? c.y)[i], (c.high ?? c.y)[i]))
  edge(to)
  return least && most && { least, most }
}

/** Steps as a line that goes level and then up or down. */
function unstepped(c: Curve): Curve {
  if (!c.isStep) return c
  const twice = c.x.flatMap((at, i) => (i > 0 ? [{ at, i: i - 1 }, { at, i }] : [{ at, i }]))
  return { x: twice.map((p) => p.at), y: twice.map((p) => c.y[p.i]), isStep: false }
}

/** What was, up to a moment, and what is foreseen from then on, as one curve. */
export function joined(past: Curve, ahead: Curve): Curve {
  const isStep = past.isStep && ahead.isStep
  const parts = isStep ? [past, ahead] : [unstepped(past), unstepped(ahead)]
  const band = (of: 'low' | 'high') => (parts.some((c) => c.low) ? parts.flatMap((c) => c[of] ?? c.y) : undefined)
  return { x: parts.flatMap((c) => c.x), y: parts.flatMap((c) => c.y), low: band('low'), high: band('high'), isStep }
}
