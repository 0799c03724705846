// The upright axis of a plot: its range and its marks. Pure.

export interface Range { low: number; high: number }

/** From zero, unless all there is stays in a small part far above it. */
export function rangeOf(low: number, high: number, limits: number[]): Range {
  const bottom = Math.min(low, ...limits), top = Math.max(high, ...limits)
  if (bottom > 0 && bottom > 0.8 * top && limits.length === 0) {
    const room = Math.max((top - bottom) * 0.15, top * 1e-3)
    return { low: bottom - room, high: top + room }
  }
  return { low: Math.min(0, bottom), high: Math.max(top, 0) * 1.08 || 1 }
}

/** Round numbers within a range, about `most` of them and never fewer than two. */
export function marksOf({ low, high }: Range, most: number): number[] {
  const rough = (high - low) / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(rough))
  const steps = [10, 5, 2, 1, 0.5, 0.2].map((n) => n * power)
  const count = (step: number) => Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1
  const step = steps.findLast((s) => s >= rough && count(s) > 1) ?? steps.find((s) => count(s) > 1) ?? power
  const first = Math.ceil(low / step - 1e-9)
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** A value with as many digits as tell something. */
export function told(value: number): string {
  const a = Math.abs(value)
  const digits = a === 0 || a >= 100 || Number.isInteger(value) ? 0 : a >= 10 ? 1 : a >= 1 ? 2 : 3
  return value.toFixed(digits).replace('-', '−').replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}
