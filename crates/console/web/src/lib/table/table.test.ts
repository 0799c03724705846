import { expect, test } from 'vitest'
import { plain, sorted, type Column } from './table'

interface Row { name: string; days: number | null }
const columns: Column<Row>[] = [{ id: 'name', label: 'name', value: (r) => r.name }, { id: 'days', label: 'days', value: (r) => r.days }]
const rows: Row[] = [{ name: 'MS-28', days: 10 }, { name: 'MS-9', days: null }, { name: 'MS-10', days: 2 }]

test('numbers in names count as numbers; what is missing stands last both ways', () => {
  const names = (column: string, way: 1 | -1) => sorted(rows, columns, { column, way }).map((r) => r.name)
  expect(names('name', 1)).toEqual(['MS-9', 'MS-10', 'MS-28'])
  expect(names('days', 1)).toEqual(['MS-10', 'MS-28', 'MS-9'])
  expect(names('days', -1)).toEqual(['MS-28', 'MS-10', 'MS-9'])
})

test('the clipboard gets tabs and no broken lines', () => {
  expect(plain([{ name: 'a\tb\nc', days: null }], columns)).toBe('name\tdays\na b c\t—')
})
