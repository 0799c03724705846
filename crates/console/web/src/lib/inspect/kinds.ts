// How people, flights, ports, elements, sites and stocks are looked at.
import { ask } from '../api/ask.svelte'
import { shelf } from '../api/book.svelte'
import type { Flight, Forecast, Losses, Spacewalk, Stay, History } from '../api/types'
import { breachWords, inOrder, lossWords } from './losses'
import { place } from '../place.svelte'
import { whereAt } from '../station/geometry'
import { day, dayClock, DAY, group, length } from '../time/text'
import { inspectAs, type Fact, type Item } from './inspection'

const ms = (text: string) => Date.parse(text)
const when = (text: string | null | undefined) => (text ? `${dayClock(ms(text))} GMT` : '—')
const fact = (label: string, value: string | number | null | undefined, ref?: string): Fact[] => (value === null || value === undefined || value === '' ? [] : [{ label, value: String(value), ref }])
const flightName = (id: string | null) => shelf.flight.get(id ?? '')?.name ?? id ?? '—'
const words = (id: string) => id.replaceAll('-', ' ')

export function register(asOf: () => string | undefined) {
  stocksAsOf = asOf
  inspectAs('person', person)
  inspectAs('flight', flight)
  inspectAs('port', port)
  inspectAs('element', element)
  inspectAs('site', site)
  inspectAs('stock', stock)
  inspectAs('relay', relay)
  inspectAs('spacewalk', spacewalk)
}

const daysOf = (s: Stay) => ((s.to ? ms(s.to) : Math.max(place.knownUntil, ms(s.from))) - ms(s.from)) / DAY

function person(id: string) {
  const stays = shelf.person.get(id)
  if (!stays) return undefined
  const last = stays[stays.length - 1]
  return {
    kind: 'person', title: last.name, owner: last.partner, source: last.source, quality: last.quality, note: last.note, at: ms(last.from),
    facts: [
      ...fact('partner', shelf.short(last.partner)),
      ...fact('stays', stays.length),
      ...fact('days aboard, all stays', group(Math.floor(stays.reduce((sum, s) => sum + daysOf(s), 0)))),
    ],
    lists: [{
      title: 'Stays', items: stays.toReversed().map((s): Item => ({
        text: `${flightName(s.up)}${s.down && s.down !== s.up ? ` → ${flightName(s.down)}` : ''}`, ref: s.up ? `flight:${s.up}` : undefined, at: ms(s.from),
        note: `${words(s.role)}, ${group(Math.floor(daysOf(s)))} d${s.to ? '' : ', aboard'}`,
      })),
    }],
  }
}

const CARGO: Record<string, string> = { total: 'all together' }

function flight(id: string) {
  const f = shelf.flight.get(id)
  if (!f) return planned(id)
  const crew = (ids: string[]): Item[] => ids.map((p) => ({ text: shelf.person.get(p)?.[0].name ?? p, ref: `person:${p}`, note: shelf.short(shelf.person.get(p)?.findLast((s) => s.up === id || s.down === id)?.partner) }))
  const cargo = (way: string): Item[] => f.cargo.filter((c) => c.direction === way).map((c) => ({ text: CARGO[c.kind] ?? words(c.kind), note: `${group(c.mass_kg)} kg${c.quality === 'published' ? '' : `, ${c.quality}`}` }))
  return {
    kind: f.is_planned ? 'planned flight' : 'flight', title: f.name, owner: f.partner ?? undefined, source: f.source, quality: f.quality, note: f.note, at: f.dockings[0] ? ms(f.dockings[0].from) : f.launched ? ms(f.launched) : undefined,
    facts: [
      ...fact('vehicle', shelf.vehicle.get(f.vehicle)?.name ?? f.vehicle), ...fact('number', f.number), ...fact('launched', when(f.launched)),
      ...fact('known on', f.known_on && when(f.known_on)), ...(f.ended ? fact(f.end ?? 'ended', when(f.ended)) : fact('end', 'not yet')),
      ...(f.outcome === 'success' || f.is_planned ? [] : fact('outcome', `▲ ${words(f.outcome)}`)),
      ...fact('brought', f.elements.map((e) => shelf.element.get(e)?.name ?? e).join(', ')),
    ],
    lists: [
      { title: 'At the station', items: f.dockings.map((d): Item => ({ text: d.port === null ? 'no port planned' : (shelf.port.get(d.port)?.name ?? d.port), ref: d.port === null ? undefined : `port:${d.port}`, at: ms(d.from), note: d.to ? length(ms(d.to) - ms(d.from)) : f.is_planned ? 'planned' : `${length(place.moment - ms(d.from))}, there` })) },
      { title: 'Near misses', items: (ask<History>('history').value?.moments ?? []).filter((m) => m.about.includes(id)).map((m): Item => ({ text: m.title, at: ms(m.at), ref: `page:history?sel=moment:${m.id}`, note: '▲', tone: 'must' })) },
      { title: 'Came with it', items: crew(f.crew_up) }, { title: 'Left with it', items: crew(f.crew_down) },
      ...(f.is_planned ? whatIf(id) : []),
      { title: 'Cargo up', items: cargo('up') }, { title: 'Cargo down', items: cargo('down') },
    ],
  }
}

/** What becomes of the station without a planned flight, or when it is late: a forecast without it, and the verdicts there are. */
function whatIf(id: string): { title: string; items: Item[] }[] {
  const losses = ask<Losses>('losses', { as_of: stocksAsOf() }).value
  const names = { flight: () => 'It', machine: words, store: words }
  const verdicts = losses ? inOrder(losses).filter((l) => l.of === id) : []
  return [
    { title: 'What if', items: [{ text: 'Leave it out: stocks without it', ref: `page:stocks?without=${id}` }] },
    { title: 'If it is lost or late', items: verdicts.toSorted((a, b) => (a.days ?? 0) - (b.days ?? 0)).map((l) => ({ text: lossWords(l, names), note: l.breaches.length ? `▲ ${breachWords(l.breaches[0], names)}, ${day(ms(l.breaches[0].at))}` : `● ${l.verdict}`, tone: l.breaches.length ? 'must' : 'good' })) },
  ]
}

/** A flight to come: what the forecast says of it. */
function planned(id: string) {
  const a = ask<Forecast>('forecast', { as_of: stocksAsOf() }).value?.arrivals.find((x) => x.flight === id)
  return a && { kind: 'planned flight', title: a.name, at: ms(a.at), facts: [...fact('arrives', when(a.at)), ...fact('certainty', a.certainty), ...fact('brings', a.errand)], lists: [] }
}

function visits(portId: string): { flight: Flight; from: number; to: number | null }[] {
  return shelf.flights.flatMap((f) => f.dockings.filter((d) => d.port === portId).map((d) => ({ flight: f, from: ms(d.from), to: d.to ? ms(d.to) : null }))).toSorted((a, b) => b.from - a.from)
}

function port(id: string) {
  const p = shelf.port.get(id)
  if (!p) return undefined
  const all = visits(id)
  const now = all.find((v) => v.from <= place.moment && (v.to === null || v.to > place.moment))
  return {
    kind: 'port', title: p.name, owner: shelf.element.get(p.element)?.owner, source: p.source, quality: p.quality, note: p.note,
    facts: [
      ...fact('holds', now?.flight.name ?? 'free', now && `flight:${now.flight.id}`), ...fact('on', shelf.element.get(p.element)?.name, `element:${p.element}`), ...fact('towards', p.direction),
      ...fact('mechanism', p.mechanism), ...fact('in use from', when(p.from)), ...fact('until', p.until && when(p.until)), ...fact('visits', all.length),
    ],
    lists: [{ title: 'Visits', items: all.slice(0, 12).map((v): Item => ({ text: v.flight.name, ref: `flight:${v.flight.id}`, at: v.from, note: length((v.to ?? place.knownUntil) - v.from) })) }],
  }
}

function element(id: string) {
  const e = shelf.element.get(id)
  if (!e) return undefined
  const where = whereAt(e, place.moment)
  const holds = (shelf.book?.elements ?? []).filter((c) => whereAt(c, place.moment)?.parent === id)
  return {
    kind: e.kind.replaceAll('-', ' '), title: e.name, owner: e.owner, source: e.source, quality: e.quality, note: e.note, at: e.where[0]?.from ? ms(e.where[0].from) : undefined,
    facts: [
      ...fact('hangs on', where?.parent ? `${shelf.element.get(where.parent)?.name ?? where.parent}, ${where.at ?? ''}` : where ? 'the first' : 'not there now', where?.parent ? `element:${where.parent}` : undefined),
      ...fact('segment', e.segment), ...fact('launched', e.launched && when(e.launched)), ...fact('came with', e.flight && flightName(e.flight), e.flight && `flight:${e.flight}`), ...fact('removed', e.removed && when(e.removed)),
      ...fact('mass', e.mass_kg && `${group(e.mass_kg)} kg`), ...fact('volume', e.volume_m3 && `${e.volume_m3} m³`), ...fact('length', e.length_m && `${e.length_m} m`), ...fact('diameter', e.diameter_m && `${e.diameter_m} m`),
    ],
    lists: [
      { title: 'Holds', items: holds.map((c): Item => ({ text: c.name, ref: `element:${c.id}`, note: whereAt(c, place.moment)?.at ?? '' })) },
      { title: 'Ports', items: (shelf.book?.ports ?? []).filter((p) => p.element === id).map((p): Item => ({ text: p.name, ref: `port:${p.id}`, note: p.until ? `until ${day(ms(p.until))}` : p.mechanism })) },
    ],
  }
}

function site(id: string) {
  const s = shelf.site.get(id)
  if (!s) return undefined
  return {
    kind: words(s.kind), title: s.name, owner: s.partner, source: s.source, quality: s.quality, note: s.note,
    facts: [...fact('latitude', `${s.lat_deg.toFixed(3)}°`), ...fact('longitude', `${s.lon_deg.toFixed(3)}°`), ...fact('height', `${s.height_m} m`), ...fact('sees above', `${s.mask_deg}°`)],
    lists: [{ title: 'Also', items: [{ text: 'Passes seen from here', ref: `page:passes?place=${id}` }] }],
  }
}

function relay(id: string) {
  const r = shelf.book?.relays.find((x) => x.id === id)
  return r && { kind: 'relay', title: r.name, owner: r.partner, source: r.source, quality: r.quality, note: r.note, facts: [...fact('network', r.network), ...fact('longitude', `${r.lon_deg.toFixed(1)}°`), ...fact('since', r.from && when(r.from))], lists: [] }
}

/** As of when stocks are looked at; set by the frame, which knows the moment. */
let stocksAsOf: () => string | undefined = () => undefined

function stock(id: string) {
  const f = ask<Forecast>('forecast', { as_of: stocksAsOf() }).value
  const r = f?.reserve.find((x) => x.store === id)
  if (!f || !r) return undefined
  const lines = (list: { days: number; at: string | null }[]): Item[] => list.map((l) => ({ text: `line of ${l.days} days`, at: l.at ? ms(l.at) : undefined, note: l.at ? '▲ crossed' : 'kept', tone: l.at ? 'must' : undefined }))
  return {
    kind: r.of, title: words(r.store), note: f.assumptions.join(' · '), quality: undefined,
    plot: r.of === 'supply' ? { name: `supply.${id}.days`, title: 'Days of supply', limits: r.lines.map((l) => ({ value: l.days, label: `${l.days} d` })), asOf: stocksAsOf(), from: f.from, to: f.to } : { name: `store.${id}_${r.unit}`, title: 'On hand', limits: [], asOf: stocksAsOf(), from: f.from, to: f.to },
    facts: [
      ...fact('on hand', `${group(r.level)} ${r.unit}`), ...fact('used', `${r.use_kg_d.toFixed(2)} kg/d`), ...fact('lasts', r.days_left === null ? 'not used up' : `${group(Math.floor(r.days_left))} d`),
      ...fact('until', r.lasts_until && when(r.lasts_until)), ...fact('known as of', when(f.as_of)),
    ],
    lists: [{ title: 'As planned', items: lines(r.lines) }, ...(r.skip_one ? [{ title: `Without ${flightName(r.skip_one.flight)}`, items: lines(r.skip_one.lines) }] : [])],
  }
}

function spacewalk(id: string) {
  const w = ask<History>('history').value?.spacewalks.find((x: Spacewalk) => x.id === id)
  return w && {
    kind: 'spacewalk', title: `Spacewalk of ${day(ms(w.start))}`, source: w.source, quality: w.quality, note: w.note, at: ms(w.start),
    facts: [...fact('began', when(w.start)), ...fact('ended', when(w.end)), ...fact('lasted', length(ms(w.end) - ms(w.start))), ...fact('from', words(w.exit))],
    lists: [{ title: 'Outside', items: w.crew.map((p): Item => ({ text: shelf.person.get(p)?.[0].name ?? words(p), ref: `person:${p}` })) }],
  }
}
