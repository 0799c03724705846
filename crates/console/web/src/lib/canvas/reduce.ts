// Steps reduced to pixels: where many fall within one pixel, what lasted longest stands for them, with the highest beside it; never a comb. Pure.

/** A value for each series from a time on. */
export interface StepOf { at: number; values: number[] }

export interface Column {
  /** The values that held longest within the window round the pixel: a real state, never a mixture. */
  values: number[]
  /** The highest sum within the pixel. */
  highest: number
}

/** One column a pixel of the view. `steps` are in order of time; before the first all is zero. `window` is in pixels. */
export function columns(steps: StepOf[], from: number, to: number, pixels: number, series: number, window = 1): Column[] {
  const perPixel = (to - from) / pixels
  const wide = (Math.max(1, window) * perPixel) / 2
  const zero = Array.from({ length: series }, () => 0)
  return Array.from({ length: pixels }, (_, p) => {
    const start = from + p * perPixel, middle = start + perPixel / 2
    return { values: longest(steps, middle - wide, middle + wide, zero), highest: most(steps, start, start + perPixel, zero) }
  })
}

/** The values at a time. */
export function valuesAt(steps: StepOf[], at: number, series: number): number[] {
  const next = firstAfter(steps, at)
  return next > 0 ? steps[next - 1].values : Array.from({ length: series }, () => 0)
}

function longest(steps: StepOf[], from: number, to: number, zero: number[]): number[] {
  const held = new Map<string, { values: number[]; ms: number }>()
  each(steps, from, to, zero, (values, ms) => {
    const key = values.join()
    const known = held.get(key)
    if (known) known.ms += ms
    else held.set(key, { values, ms })
  })
  let best = { values: zero, ms: -1 }
  for (const h of held.values()) if (h.ms > best.ms) best = h
  return best.values
}

function most(steps: StepOf[], from: number, to: number, zero: number[]): number {
  let highest = 0
  each(steps, from, to, zero, (values) => (highest = Math.max(highest, sum(values))))
  return highest
}

/** What held within a span, and how long. */
function each(steps: StepOf[], from: number, to: number, zero: number[], take: (values: number[], ms: number) => void) {
  let next = firstAfter(steps, from)
  let values = next > 0 ? steps[next - 1].values : zero
  let at = from
  for (; next < steps.length && steps[next].at < to; next++) {
    take(values, steps[next].at - at)
    ;[values, at] = [steps[next].values, steps[next].at]
  }
  take(values, to - at)
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
