import { expect, test } from 'vitest'
import type { Book, Element } from '../api/types'
import { layout } from './geometry'

const element = (id: string, parent: string | null, at: string | null, length_m: number, diameter_m: number, kind = 'module'): Element => ({
  id, name: id, kind, owner: 'a', segment: 'a', launched: null, removed: null, length_m, diameter_m, where: [{ parent, at, from: '2000-01-01T00:00:00Z', to: null }],
})
const port = (id: string, on: string, direction: string) => ({ id, name: id, element: on, direction, mechanism: 'm', from: '2000-01-01T00:00:00Z', until: null })
const book = {
  elements: [
    element('core', null, null, 10, 4), element('node', 'core', 'forward', 6, 4), element('lab', 'node', 'starboard', 8, 4),
    element('beam', 'node', 'zenith', 14, 4, 'truss'), element('wing-truss', 'beam', 'port', 10, 4, 'truss'),
    element('array-1a', 'wing-truss', 'power channel 1A', 30, 10, 'array'), element('array-1b', 'wing-truss', 'power channel 1B', 30, 10, 'array'),
    element('adapter', 'node', 'forward', 2, 2, 'docking-adapter'), element('arm', 'node', 'grapple', 10, 1, 'arm'),
  ],
  ports: [port('core-aft', 'core', 'aft'), port('node-forward', 'node', 'forward')],
  vehicles: [{ id: 'ship', name: 'Ship', family: 'ship', partner: 'b', crewed: true, mass_kg: 7200 }],
} as unknown as Book
const docked = [{ flight: 'one', name: 'One', vehicle: 'ship', port: 'core-aft', since: '2001-01-01T00:00:00Z', quality: 'published' as const }]
const made = layout(book, docked, Date.parse('2010-01-01'))
const solid = (id: string) => made.solids.find((s) => s.id === id)

test('elements touch end to end', () => {
  expect(solid('node')?.middle).toEqual([8, 0, 0])
  expect(solid('lab')).toMatchObject({ middle: [8, 6, 0], half: [2, 4, 2] })
})

test('a truss lies along what hangs on it', () => {
  expect(solid('beam')).toMatchObject({ middle: [8, 0, -4], half: [2, 7, 2] })
  expect(solid('wing-truss')?.middle).toEqual([8, -12, -4])
})

test('wings lie fore and aft', () => {
  expect(solid('array-1a')!.middle[0]).toBeGreaterThan(20)
  expect(solid('array-1b')!.middle[0]).toBeLessThan(0)
})

test('a ship stands off its port; a port stands at the end of its adapters', () => {
  const [aft, forward] = made.sockets
  expect(aft.at).toEqual([-5, 0, 0])
  expect(aft.ship?.middle[0]).toBeCloseTo(-9)
  expect(forward.at).toEqual([13, 0, 0])
  expect(forward.ship).toBeUndefined()
})

test('what has no side is named, not guessed; before its time nothing is there', () => {
  expect(made.unplaced).toEqual(['arm'])
  expect(layout(book, [], Date.parse('1999-01-01')).solids).toEqual([])
})
