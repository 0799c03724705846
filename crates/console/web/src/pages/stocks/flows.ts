// What flows at a moment, as a drawing of three columns: what is taken from, who takes and gives, what is given to. Pure.
import type { Store } from '../../lib/api/types'

export interface Running { id: string; name: string | null; flows: { store: string; kg_d: number }[] }
export interface Load { load: string; name: string | null; channels: string[]; kw: number }
export interface Flows { at: string; processes: Running[]; loads: Load[]; /** What each channel gives, kW. */ channels: { channel: string; kw: number }[] }

/** One that takes and gives: a process, kg/d, or a kind of load, kW. */
export interface Mover { id: string; name: string; takes: [string, number][]; gives: [string, number][] }

/** Less is no flow that anybody looks at, kg/d or kW. */
const LEAST = 0.0005

/** The processes of a supply's loop: those that touch what it is made of, and those that take on what these give off. */
export function loopOf({ processes }: Flows, supply: string, stores: Store[]): Mover[] {
  const made = new Set(stores.filter((s) => s.supply === supply).map((s) => s.commodity))
  const mine = new Set(stores.filter((s) => made.has(s.commodity)).map((s) => s.id))
  const first = processes.filter((p) => p.flows.some((f) => mine.has(f.store)))
  const off = new Set(first.flatMap((p) => p.flows.filter((f) => f.kg_d > 0).map((f) => f.store)))
  return processes.filter((p) => first.includes(p) || p.flows.some((f) => f.kg_d < 0 && off.has(f.store))).map((p) => {
    const of = (sign: 1 | -1) => p.flows.filter((f) => f.kg_d * sign > LEAST).map((f): [string, number] => [f.store, f.kg_d * sign])
    return { id: p.id, name: p.name ?? p.id, takes: of(-1), gives: of(1) }
  }).filter((m) => m.takes.length + m.gives.length > 0)
}

/** Loads of one kind together, whatever channel they hang on, each channel carrying an equal part; and what channels give beyond their own loads, through converters to others. */
export function powerOf({ loads, channels }: Flows, toOthers: string): Mover[] {
  const kinds = new Map<string, { id: string; by: Map<string, number> }>()
  for (const l of loads) {
    const name = (l.name ?? l.load).replace(/ on \w+$/, '')
    const kind = kinds.get(name) ?? { id: l.load, by: new Map<string, number>() }
    kinds.set(name, kind)
    for (const c of l.channels) kind.by.set(c, (kind.by.get(c) ?? 0) + l.kw / l.channels.length)
  }
  const own = (c: string) => loads.reduce((sum, l) => sum + (l.channels.includes(c) ? l.kw / l.channels.length : 0), 0)
  const beyond = channels.map(({ channel, kw }): [string, number] => [channel, kw - own(channel)]).filter(([, kw]) => kw > LEAST)
  return [...[...kinds].map(([name, { id, by }]): Mover => ({ id, name, takes: [...by], gives: [] })), ...(beyond.length ? [{ id: 'to-others', name: toOthers, takes: beyond, gives: [] }] : [])]
}

const total = (parts: [string, number][]) => parts.reduce((sum, [, v]) => sum + v, 0)
export const amount = (m: Mover) => Math.max(total(m.takes), total(m.gives))

export interface Box { id: string; name: string; value: number; y: number; tall: number }
export interface Ribbon { side: 'takes' | 'gives'; value: number; from: string; to: string; y0: number; y1: number; wide: number }
export interface Drawing { left: Box[]; middle: Box[]; right: Box[]; ribbons: Ribbon[]; tall: number }

const GAP = 6
const SLOT = 18

/** Places boxes so that flows cross little: the largest first, who takes in the order of what is taken, what is given in the order of who gives. */
export function drawn(movers: Mover[], nameOf: (id: string) => string, body: number): Drawing {
  const sums = (of: 'takes' | 'gives') => {
    const out = new Map<string, number>()
    for (const m of movers) for (const [id, v] of m[of]) out.set(id, (out.get(id) ?? 0) + v)
    return out
  }
  const [taken, given] = [sums('takes'), sums('gives')]
  const scale = body / Math.max(1e-9, ...[taken, given].map((s) => [...s.values()].reduce((a, b) => a + b, 0)), movers.reduce((s, m) => s + amount(m), 0))
  const column = (list: [string, string, number][]): Box[] => {
    let y = 0
    return list.map(([id, name, value]) => {
      const tall = Math.max(1, value * scale), box = { id, name, value, y: y + Math.max(0, (SLOT - tall) / 2), tall }
      y += Math.max(SLOT, tall) + GAP
      return box
    })
  }
  const left = column([...taken].toSorted((a, b) => b[1] - a[1]).map(([id, v]) => [id, nameOf(id), v]))
  const middleOf = (parts: [string, number][], boxes: Box[]) => {
    const sum = total(parts)
    return sum ? parts.reduce((s, [id, v]) => s + (boxes.find((b) => b.id === id)?.y ?? 0) * v, 0) / sum : Infinity
  }
  const ordered = movers.toSorted((a, b) => middleOf(a.takes, left) - middleOf(b.takes, left) || amount(b) - amount(a))
  const middle = column(ordered.map((m) => [m.id, m.name, amount(m)]))
  const givers = (id: string): [string, number][] => ordered.flatMap((m) => m.gives.filter(([to]) => to === id).map(([, v]): [string, number] => [m.id, v]))
  const right = column([...given].toSorted((a, b) => middleOf(givers(a[0]), middle) - middleOf(givers(b[0]), middle)).map(([id, v]) => [id, nameOf(id), v]))
  const spent = new Map<string, number>()
  const place = (key: string, box: Box, value: number) => {
    const at = spent.get(key) ?? 0
    spent.set(key, at + value * scale)
    return box.y + at
  }
  const ribbons = ordered.flatMap((m): Ribbon[] => {
    const own = middle.find((b) => b.id === m.id) as Box
    const one = (side: Ribbon['side'], boxes: Box[]) => ([id, value]: [string, number]): Ribbon => {
      const box = boxes.find((b) => b.id === id) as Box, far = place(`${side} ${id}`, box, value), near = place(`${side} of ${m.id}`, own, value)
      const [y0, y1] = side === 'takes' ? [far, near] : [near, far]
      return { side, value, from: side === 'takes' ? id : m.id, to: side === 'takes' ? m.id : id, y0, y1, wide: Math.max(1, value * scale) }
    }
    return [...m.takes.map(one('takes', left)), ...m.gives.map(one('gives', right))]
  })
  const tall = Math.max(...[left, middle, right].map((c) => (c.at(-1) ? c.at(-1)!.y + Math.max(c.at(-1)!.tall, SLOT) : 0)))
  return { left, middle, right, ribbons, tall }
}
