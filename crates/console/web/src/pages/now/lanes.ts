// What happens on an orbit, as lanes on the time axis. Pure.
import type { Contact, Flight, OrbitEvent, Site } from '../../lib/api/types'
import type { Bar, Lane } from '../../lib/canvas/lanes'

const ms = Date.parse

export function orbitLanes(events: OrbitEvent[], contacts: Contact[], site: (id: string) => Site | undefined, colour: (partner: string) => string, relay: (id: string) => string): Lane[] {
  const of = (kind: string) => events.filter((e) => e.kind === kind)
  const bar = (e: OrbitEvent, id: string, label: string, tone: Bar['tone'] = 'plain'): Bar => ({ id: `${id}@${e.start}`, from: ms(e.start), to: ms(e.end), label, tone })
  const stations = contacts.filter((c) => ['control-centre', 'ground-station'].includes(site(c.site)?.kind ?? ''))
  return [
    { id: 'shadow', label: 'Shadow', bars: of('umbra').map((e) => bar(e, 'shadow', 'shadow', 'night')) },
    { id: 'ku', label: 'Ku link', bars: of('link.ku').map((e) => bar(e, 'ku', relay(e.relay ?? ''))) },
    ...rows(stations).map((row, i) => ({
      id: `ground-${i}`, label: i === 0 ? 'Ground' : '',
      bars: row.map((c): Bar => ({ id: `site:${c.site}@${c.start}`, from: ms(c.start), to: ms(c.end), label: c.name, stripe: colour(site(c.site)?.partner ?? '') })),
    })),
    { id: 'saa', label: 'S. Atlantic', bars: of('saa').map((e) => bar(e, 'saa', 'anomaly', 'soft')) },
  ]
}

const MOST_ROWS = 3

/** Contacts that overlap go into rows of their own; past three rows the longest of those at once stay. */
function rows(contacts: Contact[]): Contact[][] {
  const out: Contact[][] = [[]]
  for (const c of contacts.toSorted((a, b) => ms(a.start) - ms(b.start))) {
    const free = out.find((r) => r.length === 0 || ms(r[r.length - 1].end) <= ms(c.start))
    if (free) free.push(c)
    else if (out.length < MOST_ROWS) out.push([c])
    else {
      const shortest = out.toSorted((a, b) => a[a.length - 1].duration_s - b[b.length - 1].duration_s)[0]
      if (shortest[shortest.length - 1].duration_s < c.duration_s) shortest[shortest.length - 1] = c
    }
  }
  return out
}

export function portLanes(flights: Flight[], ports: { id: string; name: string }[], colour: (partner: string | null) => string, end: number): Lane[] {
  // A planned flight has no port yet and stands in no lane.
  return ports.map((p) => ({
    id: p.id, label: p.name,
    bars: flights.flatMap((f) => f.dockings.filter((d) => d.port === p.id).map((d): Bar => ({ id: f.id, from: ms(d.from), to: d.to ? ms(d.to) : end, label: f.name, stripe: colour(f.partner), state: d.to ? 'plain' : 'running' }))),
  }))
}
