// Rows of the timeline: persons and what they share; what lies side by side; free time; hours a day. Pure.
import { DAY, MINUTE } from '../../lib/time/text'
import type { Act } from './plan'

export interface Slip { act: Act; from: number; to: number; track: number; tracks: number }
export interface Row { id: string; of: 'person' | 'resource'; name: string; partner: string | null; slips: Slip[] }

/** Puts what overlaps side by side: as many tracks as lie over each other, only where they do. */
export function tracked(acts: Act[]): Slip[] {
  const out: Slip[] = acts.toSorted((a, b) => a.from - b.from || b.to - a.to).map((act) => ({ act, from: act.from, to: act.to, track: 0, tracks: 1 }))
  let cluster: Slip[] = [], ends: number[] = []
  const close = () => {
    for (const s of cluster) s.tracks = ends.length
    ;[cluster, ends] = [[], []]
  }
  for (const s of out) {
    if (cluster.length && ends.every((e) => e <= s.from)) close()
    const free = ends.findIndex((e) => e <= s.from)
    s.track = free < 0 ? ends.length : free
    ends[s.track] = s.to
    cluster.push(s)
  }
  close()
  return out
}

export interface Head { id: string; name: string; partner: string | null }

export function rowsOf(acts: Act[], people: Head[], things: Head[]): Row[] {
  const by = new Map<string, Act[]>()
  const put = (key: string, a: Act) => {
    const list = by.get(key)
    if (list) list.push(a)
    else by.set(key, [a])
  }
  for (const a of acts) {
    for (const p of a.crew) put(`p:${p}`, a)
    for (const u of a.uses) put(`r:${u.resource}`, a)
  }
  const row = (of: Row['of'], key: string) => (h: Head): Row => ({ ...h, of, slips: tracked(by.get(key + h.id) ?? []) })
  return [...people.map(row('person', 'p:')), ...things.map(row('resource', 'r:')).filter((r) => r.slips.length)]
}

export const GROUPINGS = ['things', 'partner', 'kind', 'element'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** A row for each partner that asked, each kind, or each element: all that belongs to it, whoever does it. */
export function groupsOf(acts: Act[], by: Exclude<Grouping, 'things'>, short: (partner: string | null) => string): Row[] {
  const groups = new Map<string, Act[]>()
  for (const a of acts) {
    const key = a[by] ?? ''
    const list = groups.get(key)
    if (list) list.push(a)
    else groups.set(key, [a])
  }
  const name = (key: string) => (by === 'partner' ? short(key || null) : key.replaceAll('-', ' ') || 'anywhere')
  return [...groups].map(([key, list]): Row => ({ id: `${by}:${key}`, of: 'resource', name: name(key), partner: by === 'partner' ? key || null : null, slips: tracked(list) })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** The first slip that ends after `at`: nothing before it can be seen. Slips lie in order of their starts; the longest says how far back to look. */
export function firstSeen(slips: Slip[], at: number, longest = DAY): number {
  let low = 0, high = slips.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (slips[middle].from < at - longest) low = middle + 1
    else high = middle
  }
  return low
}

const SHORTEST_GAP = 5 * MINUTE

/** Free times of a row within a span. */
export function free(slips: Slip[], from: number, to: number): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = []
  let at = from
  for (let i = firstSeen(slips, from); i < slips.length && slips[i].from < to; i++) {
    const s = slips[i]
    if (s.act.progress.state === 'skipped') continue
    if (s.from - at >= SHORTEST_GAP) out.push({ from: at, to: s.from })
    at = Math.max(at, s.to)
  }
  if (to - at >= SHORTEST_GAP) out.push({ from: at, to })
  return out
}

export interface Load { day: number; hours: Map<string, number> }

/** Hours on each day of a row, by partner: of persons what partners asked for, of things all use; what is everybody's has no name. */
export function loads({ of, slips }: Pick<Row, 'of' | 'slips'>): Load[] {
  const out = new Map<number, Load>()
  for (const { act } of slips) {
    if (act.partner === null && of === 'person') continue
    const whose = act.partner ?? ''
    const day = Math.floor(act.from / DAY) * DAY
    const load = out.get(day) ?? { day, hours: new Map() }
    load.hours.set(whose, (load.hours.get(whose) ?? 0) + (act.to - act.from) / 3_600_000)
    out.set(day, load)
  }
  return [...out.values()].toSorted((a, b) => a.day - b.day)
}

/** The bar to go to with an arrow: the one before or after in its row, or the nearest of another row. */
export function neighbour(rows: Row[], at: { row: number; id: string } | undefined, way: 'left' | 'right' | 'up' | 'down', moment: number): { row: number; id: string } | undefined {
  const row = at ? rows[at.row] : undefined
  const i = row && at ? row.slips.findIndex((s) => s.act.id === at.id) : -1
  if (!at || !row || i < 0) return nearest(rows, 0, 1, moment)
  if (way === 'left' || way === 'right') {
    const next = row.slips[i + (way === 'right' ? 1 : -1)]
    return next && { row: at.row, id: next.act.id }
  }
  const step = way === 'down' ? 1 : -1
  return nearest(rows, at.row + step, step, Math.max(row.slips[i].from, Math.min(moment, row.slips[i].to)))
}

function nearest(rows: Row[], from: number, step: number, at: number) {
  for (let r = from; r >= 0 && r < rows.length; r += step) {
    const slips = rows[r].slips
    if (!slips.length) continue
    const off = (s: Slip) => Math.max(s.from - at, at - s.to, 0)
    return { row: r, id: slips.reduce((a, b) => (off(b) < off(a) ? b : a)).act.id }
  }
  return undefined
}
