// A day of the record: who was aboard, what was docked, what happened.
import { shelf } from '../../lib/api/book.svelte'
import type { History } from '../../lib/api/types'
import type { Inspection, Item } from '../../lib/inspect/inspection'
import { clock, date, DAY, day, read } from '../../lib/time/text'

const ms = Date.parse
const portName = (id: string | null) => shelf.port.get(id ?? '')?.name ?? id ?? 'no port planned'

export function inspectDay(text: string, history: History | undefined): Inspection | undefined {
  const from = read(text)
  if (from === undefined || !shelf.book) return undefined
  const to = from + DAY
  const isThere = (a: string, b: string | null) => ms(a) < to && (b === null || ms(b) >= from)
  const isOn = (a: string | null | undefined): a is string => !!a && ms(a) >= from && ms(a) < to
  const aboard = shelf.stays.filter((s) => isThere(s.from, s.to))
  const visits = shelf.flights.filter((f) => !f.is_planned).flatMap((f) => f.dockings.filter((d) => isThere(d.from, d.to)).map((d) => ({ f, d })))
  const happened: (Item & { at: number })[] = [
    ...shelf.flights.filter((f) => isOn(f.launched)).map((f) => ({ text: `${f.name} launched`, ref: `flight:${f.id}`, at: ms(f.launched!) })),
    ...visits.filter(({ d }) => isOn(d.from)).map(({ f, d }) => ({ text: `${f.name} came to ${portName(d.port)}`, ref: `flight:${f.id}`, at: ms(d.from) })),
    ...visits.filter(({ d }) => isOn(d.to)).map(({ f, d }) => ({ text: `${f.name} left`, ref: `flight:${f.id}`, at: ms(d.to!) })),
    ...(history?.spacewalks ?? []).filter((w) => isOn(w.start)).map((w) => ({ text: 'spacewalk', ref: `spacewalk:${w.id}`, at: ms(w.start) })),
    ...(history?.assembly ?? []).filter((a) => isOn(a.at)).map((a) => ({ text: `${a.name} ${a.what}`, ref: `element:${a.element}`, at: ms(a.at) })),
  ]
  const broken = (history?.near_misses ?? []).filter((f) => isThere(f.start, f.end))
  return {
    kind: 'day', title: day(from), at: from,
    facts: [{ label: 'date', value: date(from) }, { label: 'aboard', value: String(aboard.length) }, { label: 'docked', value: String(visits.length) }],
    lists: [
      { title: 'Near misses', items: broken.map((f) => ({ text: f.title ?? f.rule.replaceAll('-', ' '), ref: `finding:${f.rule}@${f.start}`, note: '▲ must', tone: 'must' })) },
      { title: 'That day', items: happened.toSorted((a, b) => a.at - b.at).map(({ at, ...i }) => ({ ...i, note: clock(at) })) },
      { title: 'Aboard', items: aboard.map((s) => ({ text: s.name, ref: `person:${s.person}`, note: shelf.short(s.partner) })) },
      { title: 'Docked', items: visits.map(({ f, d }) => ({ text: f.name, ref: `flight:${f.id}`, note: portName(d.port) })) },
    ],
  }
}
