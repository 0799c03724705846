// Steps reduced to pixels: where many fall within one pixel, its mean and its highest value stand for them, never a comb. Pure.

/** A value for each series from a time on. */
export interface StepOf { at: number; values: number[] }

export interface Column { mean: number[]; highest: number }

/** One column a pixel of the view. `steps` are in order of time; before the first all is zero. */
export function columns(steps: StepOf[], from: number, to: number, pixels: number, series: number): Column[] {
  const perPixel = (to - from) / pixels
  const zero = Array.from({ length: series }, () => 0)
  let next = firstAfter(steps, from)
  let values = next > 0 ? steps[next - 1].values : zero
  const out: Column[] = []
  for (let p = 0; p < pixels; p++) {
    const end = from + (p + 1) * perPixel
    let at = from + p * perPixel
    const mean = zero.slice()
    let highest = sum(values)
    const take = (until: number) => {
      for (let s = 0; s < series; s++) mean[s] += (values[s] * (until - at)) / perPixel
      at = until
    }
    for (; next < steps.length && steps[next].at < end; next++) {
      take(steps[next].at)
      values = steps[next].values
      highest = Math.max(highest, sum(values))
    }
    take(end)
    out.push({ mean, highest })
  }
  return out
}

/** The values at a time. */
export function valuesAt(steps: StepOf[], at: number, series: number): number[] {
  const next = firstAfter(steps, at)
  return next > 0 ? steps[next - 1].values : Array.from({ length: series }, () => 0)
}

/** Index of the first step later than a time. */
function firstAfter(steps: StepOf[], at: number): number {
  let low = 0, high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle].at <= at) low = middle + 1
    else high = middle
  }
  return low
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
