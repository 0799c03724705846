// The station from one side, as boxes in pixels. Pure.
import type { Layout, Ship, Socket, Solid, Vec } from './geometry'

export type Side = 'side' | 'above'

export interface Shape { id: string; what: 'element' | 'flight'; kind: string; name: string; owner: string; x: number; y: number; width: number; height: number; solid?: Solid; ship?: Ship }
export interface Hole { id: string; name: string; x: number; y: number; dx: number; dy: number; isTaken: boolean; ship?: string }
export interface Picture { shapes: Shape[]; holes: Hole[]; width: number; height: number; scale: number }

/** From the side the station flies to the right and the Earth is below; from above it flies upwards. */
const flat: Record<Side, (v: Vec) => [number, number]> = { side: ([x, , z]) => [x, z], above: ([x, y]) => [y, -x] }
const ORDER = ['array', 'radiator', 'platform', 'truss']

/** How far off the plane something may be and still belong to the picture, metres. */
const IN_PLANE_M = 1.5

function isShown(side: Side, s: Solid): boolean {
  if (side === 'side') return Math.abs(s.middle[1]) < IN_PLANE_M && s.kind !== 'array'
  return ['array', 'radiator'].includes(s.kind) || (s.kind === 'truss' && s.half[1] > s.half[2]) || Math.abs(s.middle[2]) < IN_PLANE_M
}

export function picture(made: Layout, side: Side, room: { width: number; height: number }, margin: { x: number; y: number }): Picture {
  const solids = made.solids.filter((s) => isShown(side, s)).toSorted((a, b) => depth(a) - depth(b))
  const drop = side === 'side' ? 1 : 2
  const sockets = made.sockets.filter((s) => Math.abs(s.at[drop]) < 3 && Math.abs(s.direction[drop]) < 0.5)
  const boxes = [...solids.map((s) => extent(s.middle, s.half, side)), ...sockets.flatMap((s) => (s.ship ? [extent(s.ship.middle, s.ship.half, side)] : []))]
  if (boxes.length === 0) return { shapes: [], holes: [], width: room.width, height: room.height, scale: 1 }
  const [left, top] = [Math.min(...boxes.map((b) => b[0])), Math.min(...boxes.map((b) => b[1]))]
  const [right, bottom] = [Math.max(...boxes.map((b) => b[2])), Math.max(...boxes.map((b) => b[3]))]
  const scale = Math.min((room.width - 2 * margin.x) / (right - left), (room.height - 2 * margin.y) / (bottom - top))
  const ox = (room.width - (right - left) * scale) / 2 - left * scale, oy = (room.height - (bottom - top) * scale) / 2 - top * scale
  const shape = (middle: Vec, half: Vec) => {
    const [x0, y0, x1, y1] = extent(middle, half, side)
    return { x: ox + x0 * scale, y: oy + y0 * scale, width: (x1 - x0) * scale, height: (y1 - y0) * scale }
  }
  const ships = sockets.flatMap((s): Shape[] => (s.ship ? [{ id: s.ship.flight, what: 'flight', kind: 'ship', name: s.ship.name, owner: s.ship.partner, ship: s.ship, ...shape(s.ship.middle, s.ship.half) }] : []))
  return {
    shapes: [...solids.map((s): Shape => ({ id: s.id, what: 'element', kind: s.kind, name: short(s.name), owner: s.owner, solid: s, ...shape(s.middle, s.half) })), ...ships],
    holes: sockets.map((s) => hole(s, side, ox, oy, scale)),
    ...room, scale,
  }
}

const depth = (s: Solid) => (ORDER.indexOf(s.kind) + 1 || 9)

function extent(middle: Vec, half: Vec, side: Side): [number, number, number, number] {
  const [x, y] = flat[side](middle), [hx, hy] = flat[side](half).map(Math.abs)
  return [x - hx, y - hy, x + hx, y + hy]
}

function hole(s: Socket, side: Side, ox: number, oy: number, scale: number): Hole {
  const [x, y] = flat[side](s.at), [dx, dy] = flat[side](s.direction)
  return { id: s.id, name: s.name, x: ox + x * scale, y: oy + y * scale, dx, dy, isTaken: s.ship !== undefined, ship: s.ship?.flight }
}

const LONGEST = 16

/** A name without what stands in brackets, and no more of its words than have room. */
export function short(name: string): string {
  const [first, ...rest] = name.replace(/\s*\(.*\)$/, '').split(' ')
  return rest.reduce((text, word) => (text.length + 1 + word.length <= LONGEST ? `${text} ${word}` : text), first)
}
