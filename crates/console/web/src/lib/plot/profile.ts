// A profile of the API as what a plot draws: a line, and where its changes are finer than a pixel the band it stays in. Pure.

export type Profile = { name: string; unit: string; kind: 'step' | 'linear' } & (
  | { form: 'points'; points: [string, number][] }
  | { form: 'buckets'; from: string[]; to: string[]; min: number[]; max: number[]; mean: number[]; first: number[]; last: number[] }
)

export interface Curve {
  /** Seconds since 1970, in order. */
  x: number[]
  y: (number | null)[]
  /** The band, where there is one. */
  low?: (number | null)[]
  high?: (number | null)[]
  isStep: boolean
}

const seconds = (text: string) => Date.parse(text) / 1000

export function curve(p: Profile): Curve {
  const isStep = p.kind === 'step'
  if (p.form === 'points') return { x: p.points.map(([at]) => seconds(at)), y: p.points.map(([, v]) => v), isStep }
  const out: Required<Curve> = { x: [], y: [], low: [], high: [], isStep: false }
  const put = (x: number, y: number | null, low: number | null, high: number | null) => {
    out.x.push(x)
    out.y.push(y)
    out.low.push(low)
    out.high.push(high)
  }
  p.from.forEach((from, i) => {
    // Between buckets that do not meet nothing is known, and nothing is drawn.
    if (i > 0 && seconds(p.to[i - 1]) < seconds(from) - 1) put(seconds(p.to[i - 1]), null, null, null)
    put((seconds(from) + seconds(p.to[i])) / 2, p.mean[i], p.min[i], p.max[i])
  })
  return out
}

/** The first moment, in seconds, from which a curve is under a limit; nothing if it never is. */
export function firstUnder(c: Curve, limit: number): number | undefined {
  for (let i = 0; i < c.x.length; i++) {
    const y = (c.low ?? c.y)[i]
    if (y === null || y >= limit) continue
    const before = i > 0 ? c.y[i - 1] : null
    if (c.isStep || before === null || before < limit || c.low) return c.x[i]
    return c.x[i - 1] + ((before - limit) / (before - y)) * (c.x[i] - c.x[i - 1])
  }
  return undefined
}
