// How an activity, and what found no place, are looked at in the drawer.
import { shelf } from '../../lib/api/book.svelte'
import { inspectAs, type Fact, type Item } from '../../lib/inspect/inspection'
import { clock, dayClock } from '../../lib/time/text'
import type { Bench } from './bench.svelte'
import { hours } from './drawing'
import { fixed } from './edits'
import { freeOf } from './judge.svelte'
import { lookOf, SIGN } from './plan'

const words = (id: string) => id.replaceAll('-', ' ')

export function register(b: Bench) {
  inspectAs('activity', (id) => {
    const a = b.act.get(id)
    if (!a) return undefined
    const was = b.base.find((x) => x.id === id)
    const facts: (Fact | false | undefined | null)[] = [
      { label: 'begins', value: `${dayClock(a.from)} GMT` },
      { label: 'ends', value: `${dayClock(a.to)} GMT, ${hours(a.to - a.from)} h` },
      !!was && was.from !== a.from && { label: 'began before the edit', value: dayClock(was.from) },
      { label: 'kind', value: words(a.kind) },
      { label: 'state', value: `${lookOf(a)}${a.isProposed ? ', proposed' : ''}` },
      !!a.element && { label: 'in', value: shelf.element.get(a.element)?.name ?? a.element, ref: `element:${a.element}` },
      { label: 'asked for by', value: a.request ? `${b.short(a.partner)}: ${a.request}` : `the crew's day: ${words(a.block ?? a.kind)}` },
      !!a.progress.start && { label: 'began as flown', value: `${dayClock(Date.parse(a.progress.start))} GMT` },
      !!a.progress.end && { label: 'ended as flown', value: `${dayClock(Date.parse(a.progress.end))} GMT` },
      !!a.progress.at && { label: 'marked', value: `${dayClock(Date.parse(a.progress.at))} GMT` },
      !!a.progress.reason && { label: 'because', value: a.progress.reason },
      !!a.request && { label: 'called', value: a.id },
    ]
    const found = b.notes.filter((n) => n.subjects.includes(id))
    const slots = fixed(a) || !b.id || a.isProposed ? undefined : freeOf(b.id, id).value
    return {
      kind: words(a.kind), title: a.title, owner: a.partner ?? undefined, note: a.notes, at: a.from, facts: facts.filter((f) => !!f),
      lists: [
        { title: 'Who', items: a.crew.map((p): Item => ({ text: shelf.person.get(p)?.[0].name ?? p, ref: `person:${p}`, note: b.short(shelf.person.get(p)?.at(-1)?.partner ?? null) })) },
        { title: 'With', items: a.uses.map((u): Item => ({ text: b.nameOf(u.resource), note: u.amount > 1 ? String(u.amount) : '' })) },
        { title: 'Findings', items: found.map((n): Item => ({ text: `${SIGN[n.severity]} ${n.severity}: ${words(n.rule)}`, ref: `note:${n.id}`, tone: n.severity, note: n.news === 'plan' ? '' : n.news })) },
        { title: 'Free of any finding, the nearest first', items: (slots ?? []).map((s): Item => ({ text: `${dayClock(Date.parse(s.start))} – ${clock(Date.parse(s.end))}`, at: Date.parse(s.start) })) },
        { title: 'Keys', items: [['m', 'move with the arrows'], ['l', a.hold === 'locked' ? 'unlock' : 'lock'], ['a', 'give to others'], ['s', 'shift all after it']].map(([k, text]): Item => ({ text, note: k })) },
      ],
    }
  })
  inspectAs('note', (id) => {
    const n = b.notes.find((x) => x.id === id)
    return n && {
      kind: `${SIGN[n.severity]} ${n.severity}`, title: words(n.rule), at: n.at, note: n.mend && `To mend: ${n.mend}`,
      facts: [{ label: 'what', value: b.message(n) }, { label: 'from', value: `${dayClock(n.at)} GMT` }],
      lists: [{ title: 'To blame', items: n.subjects.map((s): Item => ({ text: b.nameOf(s), ref: b.act.has(s) ? `activity:${s}` : shelf.person.has(s) ? `person:${s}` : undefined, note: b.act.has(s) ? dayClock(b.act.get(s)!.from) : '' })) }],
    }
  })
  inspectAs('refused', (id) => {
    const r = b.file?.refused?.find((x) => x.id === id)
    return r && { kind: 'found no place', title: id, facts: [], note: `${r.reasons.join('; ')}. ${r.remedies.length ? `What would give it a place: ${r.remedies.join('; or ')}` : 'No single change would give it a place'}.`, lists: [] }
  })
}
