// What happens on an orbit, as lanes on the time axis. Pure.
import type { Contact, Flight, OrbitEvent, Site } from '../../lib/api/types'
import type { Bar, Lane } from '../../lib/canvas/lanes'

const ms = Date.parse

export function orbitLanes(events: OrbitEvent[], contacts: Contact[], site: (id: string) => Site | undefined, colour: (partner: string) => string, short: (partner: string) => string, relay: (id: string) => string): Lane[] {
  const of = (kind: string) => events.filter((e) => e.kind === kind)
  const bar = (e: OrbitEvent, id: string, label: string, tone: Bar['tone'] = 'plain'): Bar => ({ id: `${id}@${e.start}`, from: ms(e.start), to: ms(e.end), label, tone })
  const stations = contacts.filter((c) => ['control-centre', 'ground-station'].includes(site(c.site)?.kind ?? ''))
  return [
    { id: 'shadow', label: 'Shadow', bars: of('umbra').map((e) => bar(e, 'shadow', 'shadow', 'night')) },
    { id: 'ku', label: 'Ku link', bars: of('link.ku').map((e) => bar(e, 'ku', relay(e.relay ?? ''))) },
    ...[...Map.groupBy(stations, (c) => site(c.site)?.partner ?? '')].toSorted().map(([partner, own]): Lane => ({
      id: `ground-${partner}`, label: `${short(partner)} sites`, height: 16,
      bars: own.toSorted((a, b) => ms(a.start) - ms(b.start)).map((c): Bar => ({ id: `site:${c.site}@${c.start}`, from: ms(c.start), to: ms(c.end), label: c.name, stripe: colour(partner) })),
    })),
    { id: 'saa', label: 'S. Atlantic', bars: of('saa').map((e) => bar(e, 'saa', 'SAA', 'soft')) },
  ]
}

const NARROW_PX = 120
const WAYS: Record<string, string> = { forward: '→', aft: '←', zenith: '↑', nadir: '↓' }

/** A port in few letters, its way as the drawing of the station has it: `Harmony ↓`; where it has a name of its own, `Harmony IDA-2`. */
export function brief(name: string): string {
  return name.replace(/ \w+ \((.*)\)$/, ' $1').replace(/\w+$/, (way) => WAYS[way] ?? way)
}

export function portLanes(flights: Flight[], ports: { id: string; name: string }[], colour: (partner: string | null) => string, end: number, gutter: number): Lane[] {
  // A planned flight has no port yet and stands in no lane.
  return ports.map((p) => ({
    id: p.id, label: gutter < NARROW_PX ? brief(p.name) : p.name,
    bars: flights.flatMap((f) => f.dockings.filter((d) => d.port === p.id).map((d): Bar => ({ id: f.id, from: ms(d.from), to: d.to ? ms(d.to) : end, label: f.name, stripe: colour(f.partner), state: d.to ? 'plain' : 'running' }))),
  }))
}
