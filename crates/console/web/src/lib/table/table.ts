// Columns of a table, its order and its text for the clipboard. Pure.

export interface Column<R> {
  id: string
  label: string
  /** What it is sorted by; text is shown as it is, numbers by `text`. */
  value: (row: R) => string | number | null | undefined
  text?: (row: R) => string
  align?: 'left' | 'right'
  /** Opens what the row is about. */
  isLink?: boolean
  /** A colour before the text; the text says the same. */
  chip?: (row: R) => string | undefined
  /** A class for the cell: `must`, `should`, `quiet`. */
  tone?: (row: R) => string
  /** Takes the room that is left, and shortens. */
  isFill?: boolean
  /** Left out where there is little room. */
  isMinor?: boolean
}

export interface Order { column: string; way: 1 | -1 }

export function cell<R>(column: Column<R>, row: R): string {
  if (column.text) return column.text(row)
  const value = column.value(row)
  return value === null || value === undefined ? '—' : String(value)
}

/** Sorted by a column; what has no value stands last both ways, and equals keep their order. */
export function sorted<R>(rows: R[], columns: Column<R>[], order: Order | undefined): R[] {
  const column = columns.find((c) => c.id === order?.column)
  if (!column || !order) return rows
  return rows.toSorted((one, two) => {
    const a = column.value(one), b = column.value(two)
    const [noA, noB] = [a === null || a === undefined, b === null || b === undefined]
    if (noA || noB) return Number(noA) - Number(noB)
    return order.way * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }))
  })
}

/** Tab-separated, as spreadsheets take it. */
export function plain<R>(rows: R[], columns: Column<R>[]): string {
  const clean = (s: string) => s.replace(/[\t\n]+/g, ' ')
  return [columns.map((c) => clean(c.label)), ...rows.map((r) => columns.map((c) => clean(cell(c, r))))].map((l) => l.join('\t')).join('\n')
}
