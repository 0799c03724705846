// Ships at ports, ships to come, and crews, as lanes on the time axis. Pure.
import type { Docking, Flight, Port, Stay, Vehicle } from '../../lib/api/types'
import type { Bar, Lane } from '../../lib/canvas/lanes'
import { arrival, type Slips } from '../../lib/slips'
import { DAY } from '../../lib/time/text'

const ms = Date.parse
export type Colour = (partner: string | null) => string

/** Ships at the ports, as they were, and dashed for as long as they are planned to stay. */
export function ports(flights: Flight[], all: Port[], colour: Colour, end: number): Lane[] {
  return all.map((p) => ({
    id: p.id, label: p.name,
    bars: flights.flatMap((f) => f.dockings.filter((d) => d.port === p.id).flatMap((d) => visit(f, d, colour, end))),
  }))
}

function visit(f: Flight, d: Docking, colour: Colour, end: number): Bar[] {
  const bar = (from: number, to: number, state: Bar['state'], label = f.name): Bar => ({ id: f.id, from, to, label, stripe: colour(f.partner), state, tone: state === 'proposed' ? 'soft' : 'plain' })
  if (d.to) return [bar(ms(d.from), ms(d.to), 'plain')]
  // The planned part first: the ship's name may stand on it.
  const ahead = d.planned_to && ms(d.planned_to) > end ? [bar(end, ms(d.planned_to), 'proposed', '')] : []
  return [...ahead, bar(ms(d.from), end, 'running')]
}

const USUAL_DAYS = 60

/** Ships to come: no port is planned for them, so they stand in as few rows as hold them. Where no end is planned it is the type's usual one. */
export function toCome(flights: Flight[], moved: Bar[], vehicle: (id: string) => Vehicle | undefined, colour: Colour): Lane[] {
  const bars = flights.filter((f) => f.is_planned).flatMap((f) => f.dockings.map((d): Bar => ({
    id: f.id, from: ms(d.from), to: d.to ? ms(d.to) : ms(d.from) + (vehicle(f.vehicle)?.usual_stay_days ?? USUAL_DAYS) * DAY, label: f.name, stripe: colour(f.partner), state: 'proposed', tone: 'soft',
  })))
  return rows('come', [...bars, ...moved])
}

/** Where flights that were moved are planned: grey, and without what they would be taken up by. */
export function ghosts(flights: Flight[], slips: Slips): Bar[] {
  return flights.filter((f) => slips.has(f.id)).map((f) => {
    const at = arrival(f) ?? 0
    return { id: `was-${f.id}`, from: at, to: at + GHOST, label: f.name, state: 'done', tone: 'soft' }
  })
}
const GHOST = 30 * DAY

const SHORT: Record<string, string> = { forward: 'fwd', starboard: 'stbd' }
const LONG = 13

/** Ports with names short enough for a phone that still tell them apart: `Harm. fwd`; what stands in brackets only where it alone tells. */
export function brief(all: Port[]): Port[] {
  const bare = (p: Port) => {
    const name = p.name.replace(/ \(.*/, '').split(' ').map((w) => SHORT[w] ?? w).join(' ')
    return name.length > LONG ? name.replace(/^(\w{4})\w+/, '$1.') : name
  }
  return all.map((p) => ({ ...p, name: all.some((o) => o !== p && bare(o) === bare(p)) ? bare(p) + (/ \((.*)\)/.exec(p.name)?.[1] ?? '').replace(/^/, ' ').trimEnd() : bare(p) }))
}

export interface Crew { flight: string; partner: string | null; from: number; to: number; count: number; state: Bar['state']; people: string[] }

/** Who came together, from their coming until the last of them had left. */
export function crews(flights: Flight[], stays: Stay[], end: number): Crew[] {
  const came = new Map<string | null, Stay[]>()
  for (const s of stays) came.set(s.up, [...(came.get(s.up) ?? []), s])
  return flights.flatMap((f): Crew[] => {
    const of = came.get(f.id)
    if (of) return [{ flight: f.id, partner: f.partner, from: Math.min(...of.map((s) => ms(s.from))), to: Math.max(...of.map((s) => (s.to ? ms(s.to) : end))), count: of.length, state: of.some((s) => !s.to) ? 'running' : 'plain', people: of.map((s) => s.name) }]
    const d = f.dockings[0]
    return f.is_planned && f.crew_up_segments?.length && d?.to ? [{ flight: f.id, partner: f.partner, from: ms(d.from), to: ms(d.to), count: f.crew_up_segments.length, state: 'proposed', people: [] }] : []
  })
}

export function crewLanes(all: Crew[], name: (id: string) => string, colour: Colour): Lane[] {
  return rows('crew', all.map((c): Bar => ({ id: c.flight, from: c.from, to: c.to, label: `${name(c.flight)} · ${c.count}`, stripe: colour(c.partner), state: c.state, tone: c.state === 'proposed' ? 'soft' : 'plain' })))
}

const ROW = 18

/** Bars in as few rows as keep them apart. */
function rows(id: string, bars: Bar[]): Lane[] {
  const out: Bar[][] = []
  for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
    const free = out.find((r) => r[r.length - 1].to <= bar.from)
    if (free) free.push(bar)
    else out.push([bar])
  }
  return out.map((bars, i) => ({ id: `${id}-${i}`, label: '', bars, height: ROW }))
}
