// The station as the book describes it, laid out in metres. Pure.
//
// An element hangs on its parent at a side; its length lies along that side's direction, its diameter across. A truss lies along
// the sides its own children hang on. Wings of arrays have no side in a book: they lie fore and aft of their truss, in turns.
// A ship is drawn by its mass, not to its shape.
import type { Book, Docked, Element, Port, Where } from '../api/types'

/** Forward, starboard, nadir: the directions in which the station flies. */
export type Vec = [number, number, number]

const SIDES: Record<string, Vec> = { forward: [1, 0, 0], aft: [-1, 0, 0], starboard: [0, 1, 0], port: [0, -1, 0], nadir: [0, 0, 1], zenith: [0, 0, -1] }

export interface Solid {
  id: string
  kind: string
  name: string
  owner: string
  /** The middle, and half of the extent, metres. */
  middle: Vec
  half: Vec
}

export interface Socket { id: string; name: string; at: Vec; direction: Vec; ship?: Ship }
export interface Ship { flight: string; name: string; partner: string; middle: Vec; half: Vec }

export interface Layout {
  solids: Solid[]
  sockets: Socket[]
  /** Elements without a side or a size: they are listed, not drawn. */
  unplaced: string[]
}

export function isThere(from: string | null, to: string | null | undefined, at: number): boolean {
  return (from === null || Date.parse(from) <= at) && (!to || Date.parse(to) > at)
}

export function whereAt(element: Element, at: number): Where | undefined {
  return element.where.findLast((w) => isThere(w.from, w.to ?? element.removed, at))
}

const DEFAULT_LENGTH_M = 4
const SHIP_T = 7.2

export function layout(book: Book, docked: Docked[], at: number): Layout {
  const there = new Map(book.elements.flatMap((e) => {
    const where = whereAt(e, at)
    return where ? [[e.id, { element: e, where }] as const] : []
  }))
  const solids = new Map<string, Solid>()
  const unplaced: string[] = []
  const wings = new Map<string, number>()

  const put = (id: string, deep = 0): Solid | undefined => {
    const known = solids.get(id)
    if (known) return known
    const found = there.get(id)
    // The book's checker forbids circles; a book that has one anyway must not hang the page.
    if (!found || deep > 60) return undefined
    const { element, where } = found
    const made = where.parent === null ? root(element) : child(element, where, put(where.parent, deep + 1), there, wings)
    if (made) solids.set(id, made)
    return made
  }
  for (const id of there.keys()) if (!put(id)) unplaced.push(id)
  const placed = [...solids.values()]
  return { solids: placed, sockets: sockets(book, docked, solids, at), unplaced }
}

function root(e: Element): Solid | undefined {
  return e.length_m ? solid(e, [0, 0, 0], [1, 0, 0]) : undefined
}

function solid(e: Element, middle: Vec, axis: Vec): Solid {
  const long = (e.length_m ?? DEFAULT_LENGTH_M) / 2, across = (e.diameter_m ?? Math.min(2, long)) / 2
  return { id: e.id, kind: e.kind, name: e.name, owner: e.owner, middle, half: axis.map((a) => (Math.abs(a) > 0.5 ? long : across)) as Vec }
}

function child(e: Element, where: Where, parent: Solid | undefined, there: Map<string, { element: Element; where: Where }>, wings: Map<string, number>): Solid | undefined {
  if (!parent) return undefined
  const side = SIDES[where.at ?? '']
  if (e.kind === 'array') return wing(e, parent, wings)
  if (!side || !e.length_m) return undefined
  const across = e.kind === 'truss' ? [...there.values()].find((c) => c.where.parent === e.id && c.element.kind === 'truss' && isAcross(SIDES[c.where.at ?? ''], side)) : undefined
  const axis = across ? SIDES[across.where.at as string] : side
  const made = solid(e, [0, 0, 0], axis)
  // A child touches its parent: half of each, along the side.
  made.middle = parent.middle.map((m, i) => m + side[i] * (parent.half[i] + made.half[i])) as Vec
  return made
}

const isAcross = (one: Vec | undefined, two: Vec) => one !== undefined && one[0] * two[0] + one[1] * two[1] + one[2] * two[2] === 0

/** Wings in turns fore and aft; one that covers another (the same power channel) lies on it. */
function wing(e: Element, parent: Solid, wings: Map<string, number>): Solid {
  const channel = /([0-9][A-Z])/i.exec(e.name)?.[1] ?? /-(\w+)$/.exec(e.id)?.[1] ?? e.id
  const key = `${parent.id}.${channel.toLowerCase()}`
  const taken = [...wings.keys()].filter((w) => w.startsWith(`${parent.id}.`)).length
  const way = wings.get(key) ?? (taken % 2 === 0 ? 1 : -1)
  wings.set(key, way)
  const made = solid(e, [0, 0, 0], [1, 0, 0])
  // Flat: a blanket has no height.
  made.half[2] = 0.1
  made.middle = [parent.middle[0] + way * (parent.half[0] + made.half[0] + 1), parent.middle[1], parent.middle[2]]
  return made
}

function sockets(book: Book, docked: Docked[], solids: Map<string, Solid>, at: number): Socket[] {
  return book.ports.filter((p) => isThere(p.from, p.until, at)).flatMap((p) => {
    const direction = SIDES[p.direction], on = solids.get(p.element)
    if (!direction || !on || isCovered(p, book, at)) return []
    const edge = outermost(on, direction, solids, p.direction, book, at)
    const socket: Socket = { id: p.id, name: p.name, at: edge, direction }
    const visit = docked.find((d) => d.port === p.id)
    if (visit) socket.ship = ship(visit, socket, book)
    return [socket]
  })
}

/** Whether a module stands where the port is: nothing can come there. */
function isCovered(p: Port, book: Book, at: number): boolean {
  return book.elements.some((e) => {
    const where = e.kind === 'docking-adapter' || p.adapter === e.id ? undefined : whereAt(e, at)
    return where?.parent === p.element && where.at === p.direction
  })
}

/** A port named after a node is at the end of the adapters that stand on that side of it. */
function outermost(on: Solid, direction: Vec, solids: Map<string, Solid>, side: string, book: Book, at: number): Vec {
  let last = on
  for (let next: Solid | undefined = on; next; ) {
    last = next
    const holder: Solid = next
    const adapter = book.elements.find((e) => {
      const where = e.kind === 'docking-adapter' ? whereAt(e, at) : undefined
      return where?.parent === holder.id && where.at === side
    })
    next = adapter && solids.get(adapter.id)
  }
  return last.middle.map((m, i) => m + direction[i] * last.half[i]) as Vec
}

function ship(visit: Docked, socket: Socket, book: Book): Ship {
  const vehicle = book.vehicles.find((v) => v.id === visit.vehicle)
  const long = (7.2 * Math.cbrt((vehicle?.mass_kg ?? SHIP_T * 1000) / (SHIP_T * 1000))) / 2
  const half = socket.direction.map((d) => (Math.abs(d) > 0.5 ? long : long * 0.38)) as Vec
  return { flight: visit.flight, name: visit.name, partner: vehicle?.partner ?? '', half, middle: socket.at.map((m, i) => m + socket.direction[i] * (long + 0.4)) as Vec }
}
