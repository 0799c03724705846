// Edits of a plan: what they do to it, undo and redo without limit, the grid of five minutes, and where there is room. Pure.
import { DAY, iso, MINUTE } from '../../lib/time/text'
import type { Act } from './plan'

export type Edit =
  | { do: 'move'; id: string; to: string }
  | { do: 'assign'; id: string; crew: string[] }
  | { do: 'lock' | 'unlock'; id: string }
  | { do: 'shift-after'; from: string; by_min: number; crew: string[] }

/** What one gesture did: it is undone as one. */
export type Step = Edit[]
export interface Edits { done: Step[]; undone: Step[] }

export const NONE: Edits = { done: [], undone: [] }
export const add = (e: Edits, step: Step): Edits => (step.length ? { done: [...e.done, step], undone: [] } : e)
export const undo = ({ done, undone }: Edits): Edits => (done.length ? { done: done.slice(0, -1), undone: [...undone, done[done.length - 1]] } : { done, undone })
export const redo = ({ done, undone }: Edits): Edits => (undone.length ? { done: [...done, undone[undone.length - 1]], undone: undone.slice(0, -1) } : { done, undone })

export const GRID = 5 * MINUTE
export const snap = (at: number) => Math.round(at / GRID) * GRID

/** Whether an activity can be moved, or why not. */
export function fixed(a: Act): string | undefined {
  if (a.progress.state !== 'planned') return 'It has begun or is over; what happened cannot be moved.'
  return a.hold === 'locked' ? 'It is locked. Unlock it first (l).' : undefined
}

/** The plan with edits done. Ids that are not there any more are passed over. */
export function edited(acts: Act[], edits: Edit[]): Act[] {
  if (!edits.length) return acts
  const out = new Map(acts.map((a) => [a.id, a]))
  const change = (id: string, by: (a: Act) => Partial<Act>) => {
    const a = out.get(id)
    if (a) out.set(id, { ...a, ...by(a), isProposed: true })
  }
  for (const e of edits) {
    if (e.do === 'move') change(e.id, (a) => movedTo(a, Date.parse(e.to)))
    else if (e.do === 'assign') change(e.id, () => ({ crew: e.crew }))
    else if (e.do === 'shift-after') {
      const moves = (a: Act) => !fixed(a) && a.from >= Date.parse(e.from) && (!e.crew.length || a.crew.some((p) => e.crew.includes(p)))
      for (const a of [...out.values()].filter(moves)) change(a.id, () => movedTo(a, a.from + e.by_min * MINUTE))
    } else change(e.id, () => ({ hold: e.do === 'lock' ? 'locked' : 'free' }))
  }
  return [...out.values()]
}

function movedTo(a: Act, from: number): Partial<Act> {
  const to = from + (a.to - a.from)
  return { from, to, start: iso(from), end: iso(to) }
}

/** Edits that make `before` begin at `from` and be done by `crew`. */
export function moving(before: Act, from: number, crew: string[]): Step {
  const isOther = crew.join() !== before.crew.join()
  return [...(from === before.from ? [] : [{ do: 'move' as const, id: before.id, to: iso(from) }]), ...(isOther ? [{ do: 'assign' as const, id: before.id, crew }] : [])]
}

/** An edit in words. */
export function said(e: Edit, nameOf: (id: string) => string, when: (at: number) => string): string {
  switch (e.do) {
    case 'move': return `${nameOf(e.id)} begins ${when(Date.parse(e.to))}`
    case 'assign': return `${nameOf(e.id)} is done by ${e.crew.map(nameOf).join(', ')}`
    case 'shift-after': return `All from ${when(Date.parse(e.from))} on${e.crew.length ? ` of ${e.crew.map(nameOf).join(', ')}` : ''}: ${e.by_min > 0 ? '+' : '−'}${Math.abs(e.by_min)} min`
    default: return `${nameOf(e.id)} is ${e.do}ed`
  }
}

interface Gap { from: number; to: number }

/** When nobody of the crew and nothing that is used is taken by something else. */
export function gaps(acts: Act[], a: Act, span: Gap, capacity: (resource: string) => number): Gap[] {
  const uses = new Map(a.uses.map((u) => [u.resource, u.amount]))
  const isInWay = (o: Act) => o.id !== a.id && o.progress.state !== 'skipped' && (o.crew.some((p) => a.crew.includes(p)) || o.uses.some((u) => (uses.get(u.resource) ?? -Infinity) + u.amount > capacity(u.resource)))
  const out: Gap[] = []
  let at = span.from
  for (const o of acts.filter(isInWay).toSorted((x, y) => x.from - y.from)) {
    if (o.from - at >= a.to - a.from) out.push({ from: at, to: o.from })
    at = Math.max(at, o.to)
  }
  if (span.to - at >= a.to - a.from) out.push({ from: at, to: span.to })
  return out
}

const STEPS_MIN = [0, 15, 30, 60, 120]

/** Times worth asking the checker about, the nearest to `want` first: in each gap the nearest, then some further in. */
export function candidates(free: Gap[], length: number, want: number): number[] {
  const out = new Set<number>()
  for (const g of free) {
    const first = Math.ceil(g.from / GRID) * GRID, last = Math.floor((g.to - length) / GRID) * GRID
    if (last < first) continue
    const near = Math.max(first, Math.min(last, snap(want)))
    for (const m of STEPS_MIN) for (const at of [near + m * MINUTE, near - m * MINUTE]) if (at >= first && at <= last) out.add(at)
  }
  return [...out].toSorted((a, b) => Math.abs(a - want) - Math.abs(b - want) || a - b)
}

/** Whole days that a finding blames: another time of the same day would not help. */
export const wholeDays = (found: { start: string; end: string }[]) => found.map((f) => ({ from: Date.parse(f.start), to: Date.parse(f.end) })).filter((f) => f.to - f.from >= DAY - 2 * GRID)
