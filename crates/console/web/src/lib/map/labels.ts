// Names on a drawing that avoid each other, what they name, and the edges. Pure.

export interface Named {
  id: string
  text: string
  /** What is named: its middle and how far it reaches, pixels. */
  x: number
  y: number
  reach: number
  /** The higher goes first. */
  weight: number
}

export interface Box { x: number; y: number; width: number; height: number }
export interface Placed extends Box { id: string; text: string }

/** Whether a name may stand a line off what it names: not where marks crowd, since it would seem to be another's. */
export type Reach = 'near' | 'far'

/** Where a name may stand: beside, above, below, and the corners; the first that is free is taken. */
function places(n: Named, width: number, height: number, reach: Reach): [number, number][] {
  const gap = n.reach + 4, below = n.y + n.reach + 2, above = n.y - n.reach - 2 - height
  return [
    [n.x + gap, n.y - height / 2], [n.x - gap - width, n.y - height / 2],
    [n.x - width / 2, above], [n.x - width / 2, below],
    [n.x + gap * 0.7, above + 2], [n.x + gap * 0.7, below - 2], [n.x - gap * 0.7 - width, above + 2], [n.x - gap * 0.7 - width, below - 2],
    ...(reach === 'far' ? ([[n.x - width / 2, above - 12], [n.x - width / 2, below + 12]] as [number, number][]) : []),
  ]
}

export const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/**
 * Places names, the weightiest first; one that finds no free place is left out (its mark stays, and the list has it).
 * `taken` is ground no name may cover; the marks of all that is named are taken as well.
 */
export function placeLabels(named: Named[], area: Box, measure: (text: string) => number, height = 14, taken: Box[] = [], reach: Reach = 'near'): Placed[] {
  const marks = named.map((n) => ({ x: n.x - n.reach, y: n.y - n.reach, width: 2 * n.reach, height: 2 * n.reach, id: n.id }))
  const placed: Placed[] = []
  for (const n of named.toSorted((a, b) => b.weight - a.weight)) {
    const width = measure(n.text)
    for (const [x, y] of places(n, width, height, reach)) {
      const box = { x, y, width, height }
      const isInside = x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height
      if (!isInside || taken.some((t) => overlap(t, box)) || placed.some((p) => overlap(p, box)) || marks.some((m) => m.id !== n.id && overlap(m, box))) continue
      placed.push({ ...box, id: n.id, text: n.text })
      break
    }
  }
  return placed
}
