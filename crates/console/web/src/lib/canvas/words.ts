// Text on a canvas: measured once, shortened with an ellipsis.

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
export const font = (size: 11 | 13 | 16 | 22 | 32, weight: 400 | 600 = 400) => `${weight} ${size}px ${FONT}`

const widths = new Map<string, number>()

export function widthOf(c: CanvasRenderingContext2D, text: string): number {
  const key = `${c.font}|${text}`
  let width = widths.get(key)
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear()
    width = c.measureText(text).width
    widths.set(key, width)
  }
  return width
}

/** The text, or as much of it as has room with an ellipsis, or nothing. */
export function shorten(text: string, room: number, measure: (t: string) => number): string {
  if (measure(text) <= room) return text
  let low = 0, high = text.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (measure(`${text.slice(0, middle).trimEnd()}…`) <= room) low = middle
    else high = middle - 1
  }
  // One letter and an ellipsis says nothing.
  return low >= 2 ? `${text.slice(0, low).trimEnd()}…` : ''
}
