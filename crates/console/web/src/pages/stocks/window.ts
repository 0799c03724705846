// Which stretch of a profile is asked for when a view is shown: wider than the view and in steps, so that moving it a little asks nothing. Pure.

export function windowOf(from: number, to: number): [number, number] {
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, to - from))) / 2
  return [Math.floor(from / step) * step, Math.ceil(to / step) * step]
}
