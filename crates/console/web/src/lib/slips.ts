// Planned flights at another time than planned: kept in the address as `spx-35@2026-10-01T06:00Z,…`, and what they do to the station. Pure.
import type { Breach, Finding, Flight, Forecast } from './api/types'
import { curve, extremes, type Profile } from './plot/profile'
import { iso } from './time/text'

/** When each of them arrives. */
export type Slips = ReadonlyMap<string, number>

export function readSlips(text = ''): Slips {
  return new Map(text.split(',').flatMap((part): [string, number][] => {
    const [id, time] = part.split('@'), at = Date.parse(time ?? '')
    return id && Number.isFinite(at) ? [[id, at]] : []
  }))
}

/** As the API is asked, and as the address keeps them. */
export const writeSlips = (slips: Slips): string[] => [...slips].map(([id, at]) => `${id}@${iso(at)}`).toSorted()

/** When a planned flight arrives as planned; nothing of one that has flown or has no date. */
export const arrival = (f: Flight | undefined): number | undefined => (f?.is_planned && f.dockings[0] ? Date.parse(f.dockings[0].from) : undefined)

/** With one flight at another time; at its own it is as planned. */
export function slipped(slips: Slips, f: Flight, at: number): Slips {
  const out = new Map(slips)
  if (at === arrival(f)) out.delete(f.id)
  else out.set(f.id, at)
  return out
}

/** Flights as they would come: launch, arrival and departure move together. */
export function moved(flights: Flight[], slips: Slips): Flight[] {
  return flights.map((f) => {
    const planned = arrival(f), by = (slips.get(f.id) ?? NaN) - (planned ?? NaN)
    if (!by) return f
    const later = <T extends string | null | undefined>(text: T) => (text ? iso(Date.parse(text) + by) : text) as T
    return { ...f, launched: later(f.launched), dockings: f.dockings.map((d) => ({ ...d, from: later(d.from), to: later(d.to), planned_to: later(d.planned_to) })) }
  })
}

/** One thing that another time changes: when, and whether for the worse. */
export interface Change { at: number; is: 'worse' | 'better'; what: string; severity: 'must' | 'should' | 'info'; /** When it was to be as planned, where it was to be at all. */ was?: number; /** No more than another lowest of a supply, with no line crossed. */ isLowest?: boolean }

/** Reserve lines that are crossed otherwise than planned, and supplies that end otherwise. */
export function marginChanges(plan: Forecast, other: Forecast, name: (supply: string) => string): Change[] {
  return other.reserve.filter((r) => r.of === 'supply').flatMap((r) => {
    const before = plan.reserve.find((x) => x.store === r.store && x.of === r.of)
    const lines = r.lines.map((l) => ({ what: `${name(r.store)} under ${l.days} days`, at: l.at, was: before?.lines.find((x) => x.days === l.days)?.at }))
    return [...lines, { what: `${name(r.store)} used up`, at: r.empty, was: before?.empty }].flatMap(({ what, at, was }) => changed(what, at, was))
  })
}

const SLACK = 3_600_000

function changed(what: string, now: string | null | undefined, before: string | null | undefined): Change[] {
  const at = now ? Date.parse(now) : undefined, was = before ? Date.parse(before) : undefined
  if (at === undefined) return was === undefined ? [] : [{ at: was, is: 'better', what, severity: 'must', was }]
  return was !== undefined && Math.abs(at - was) < SLACK ? [] : [{ at, is: was === undefined || at < was ? 'worse' : 'better', what, severity: 'must', was }]
}

/** Less of the lowest days than this is no change that anybody looks at. */
const LEAST_PART = 0.02

/** Supplies whose lowest days become others, though no line may be crossed. */
export function lowestChanges(plan: Profile[], other: Profile[], name: (supply: string) => string): Change[] {
  return other.flatMap((p): Change[] => {
    const before = plan.find((x) => x.name === p.name), was = before && extremes(curve(before))?.least, now = extremes(curve(p))?.least
    const [a, b] = [Math.floor(was?.value ?? 0), Math.floor(now?.value ?? 0)]
    return was && now && Math.abs(a - b) >= LEAST_PART * a && a !== b ? [{ at: now.at, is: b < a ? 'worse' : 'better', what: `${name(p.name.split('.')[1])}: lowest ${a} → ${b} days`, severity: 'info', isLowest: true }] : []
  })
}

/** Rules that are broken and were not, and the other way round; those that only last otherwise are left out. */
export function findingChanges(plan: Finding[], other: Finding[]): Change[] {
  const key = (f: Finding) => `${f.rule} ${f.subjects.toSorted().join()}`
  const less = (all: Finding[], known: Finding[], is: Change['is']) => {
    const there = new Set(known.map(key))
    return all.filter((f) => !there.has(key(f))).map((f): Change => ({ at: Date.parse(f.start), is, what: f.title ?? f.rule.replaceAll('-', ' '), severity: f.severity }))
  }
  return [...less(other, plan, 'worse'), ...less(plan, other, 'better')]
}

/** When somebody would have no seat home; nothing while all have one. */
export const noSeat = (breaches: Breach[]): number | undefined => breaches.flatMap((b) => (b.rule === 'seats' ? [Date.parse(b.at)] : [])).toSorted((a, b) => a - b)[0]

const WEIGHT = { must: 0, should: 1, info: 2 }

/** The worst first, the earliest of each weight before the later; the better last. */
export const inWeight = (changes: Change[]): Change[] => changes.toSorted((a, b) => Number(a.is === 'better') - Number(b.is === 'better') || WEIGHT[a.severity] - WEIGHT[b.severity] || a.at - b.at)
