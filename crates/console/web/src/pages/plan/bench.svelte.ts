// What is being worked on: the plan, the edits of it, what is dragged, what the checker says.
import { untrack } from 'svelte'
import { ask, Latest, send, type Fault } from '../../lib/api/ask.svelte'
import { shelf } from '../../lib/api/book.svelte'
import { door } from '../../lib/api/session.svelte'
import { partnerColour } from '../../lib/colours'
import { place } from '../../lib/place.svelte'
import { dayClock, MINUTE } from '../../lib/time/text'
import { add, edited, fixed, moving, NONE, redo, said, snap, undo, type Edit, type Edits, type Step } from './edits'
import { Judge } from './judge.svelte'
import { actsOf, against, humane, notesOf, signs, SIGN, type Act, type Note, type PlanFile, type PlanHead } from './plan'
import { GROUPINGS, groupsOf, neighbour, rowsOf, type Grouping, type Head } from './rows'

/** What is moved before it is dropped. */
export interface Trial { id: string; from: number; crew: string[]; row: string; by: 'pointer' | 'keys' }

export class Bench {
  readonly #heads: Latest<PlanHead[]>
  readonly #file: Latest<PlanFile>
  readonly judge = new Judge()
  edits = $state.raw<Edits>(NONE)
  trial = $state.raw<Trial | undefined>()
  /** Something said once: why a thing could not be done, or that it was. */
  word = $state<string | undefined>()
  /** The row in which the selected bar was chosen: what several do stands in several. */
  row = $state<string | undefined>()

  readonly heads = $derived.by(() => this.#heads.value ?? [])
  readonly id = $derived(this.heads.find((h) => h.id === place.own.plan)?.id ?? this.heads[0]?.id)
  readonly file = $derived.by(() => this.#file.value)
  readonly fault = $derived.by<Fault | undefined>(() => this.#heads.fault ?? this.#file.fault)
  readonly span = $derived({ from: Date.parse(this.file?.from ?? '1970'), to: Date.parse(this.file?.to ?? '1970') })
  readonly base = $derived(this.file ? actsOf(this.file) : [])
  readonly list = $derived(this.edits.done.flat())
  readonly acts = $derived(edited(this.base, this.list))
  readonly act = $derived(new Map(this.acts.map((a) => [a.id, a])))
  /** What stands below the crew: what is shared, or all that is done, by who asked for it, by kind, by place. */
  readonly by = $derived<Grouping>(GROUPINGS.find((g) => g === place.own.by) ?? 'things')
  readonly people = $derived(this.#people())
  readonly things = $derived((shelf.book?.resources ?? []).map((r): Head => ({ id: r.id, name: r.name, partner: r.owner })))
  readonly rows = $derived.by(() => [...rowsOf(this.acts, this.people, this.by === 'things' ? this.things : []), ...(this.by === 'things' ? [] : groupsOf(this.acts, this.by, this.short))])
  readonly notes = $derived([...(this.judge.notes ?? []), ...(this.file ? notesOf(this.file) : [])])
  readonly signs = $derived(signs(this.notes))
  readonly selected = $derived(place.selected?.startsWith('activity:') ? place.selected.slice(9) : undefined)
  readonly chosen = $derived(this.act.get(this.selected ?? ''))

  constructor() {
    this.#heads = new Latest(() => ask<PlanHead[]>('plans'))
    this.#file = new Latest(() => (this.id ? ask<PlanFile>(`plans/${this.id}`) : undefined))
    // Edits stay over a reload of the page, until the browser is closed.
    $effect(() => {
      if (this.id) this.edits = untrack(() => read(this.id as string))
    })
    $effect(() => {
      const { id, list, trial, base } = this
      if (id) sessionStorage.setItem(KEY + id, JSON.stringify(this.edits))
      if (!id || !base.length) return
      const step = trial ? this.#stepOf(trial) : []
      const edits = [...list, ...step]
      const last = trial?.id ?? list.findLast((e) => 'id' in e && e.do !== 'lock' && e.do !== 'unlock')
      untrack(() => this.#ask(id, edits, typeof last === 'object' ? (last as { id: string }).id : last))
    })
  }

  #ask(plan: string, edits: Edit[], about: string | undefined) {
    const acts = edited(this.base, edits)
    const act = acts.find((a) => a.id === about)
    const capacity = (r: string) => shelf.book?.resources?.find((x) => x.id === r)?.capacity ?? Infinity
    this.judge.ask(edits.length ? { plan, edits, about: act && { act, acts, span: this.span, capacity } } : undefined)
  }

  #people(): Head[] {
    const order = (shelf.book?.partners ?? []).map((p) => p.id)
    const heads = [...new Set((this.file?.crew ?? []).map((c) => c.person))].map((id): Head => {
      const stay = shelf.person.get(id)?.at(-1)
      return { id, name: stay?.family_name ?? id, partner: stay?.partner ?? null }
    })
    return heads.toSorted((a, b) => order.indexOf(a.partner ?? '') - order.indexOf(b.partner ?? '') || a.name.localeCompare(b.name))
  }

  readonly colour = (id: string | null) => partnerColour(shelf.partner.get(id ?? ''))
  readonly short = (id: string | null) => (id ? shelf.short(id) : 'the crew\'s day')
  readonly who = (a: Act) => a.crew.map(this.nameOf).join(', ')
  readonly nameOf = (id: string): string => this.#named(id) ?? id
  readonly #named = (id: string) => this.act.get(id)?.title ?? shelf.person.get(id)?.[0].family_name ?? shelf.book?.resources?.find((r) => r.id === id)?.name
  readonly message = (n: Note) => humane(n.message, this.#named)
  readonly saidOf = (e: Edit) => said(e, this.nameOf, dayClock)
  /** Whether the filter lets an activity through. */
  readonly isMeant = $derived.by(() => {
    const { partner, kind } = place.own
    return (a: Act) => (!partner || (partner === 'none' ? a.partner === null : a.partner === partner)) && (!kind || a.kind === kind)
  })

  #stepOf({ id, from, crew }: Trial): Step {
    const before = this.act.get(id)
    return before ? moving(before, from, crew) : []
  }

  /** The activity as it would be where it is dragged. */
  readonly tried = $derived.by<Act | undefined>(() => {
    const a = this.trial && this.act.get(this.trial.id)
    return a && this.trial && { ...a, from: this.trial.from, to: this.trial.from + a.to - a.from, crew: this.trial.crew, isProposed: true }
  })

  /** Takes something up to move it; says why not where that cannot be. */
  take(id: string, row: string, by: Trial['by']): boolean {
    const a = this.act.get(id)
    if (!a) return false
    this.word = fixed(a)
    if (this.word) return false
    this.trial = { id, from: a.from, crew: a.crew, row, by }
    return true
  }

  /** Puts what is taken up at a time and in a row; in another person's row, that one does it in place of the first. */
  put(from: number, row?: string) {
    const { trial } = this
    const a = trial && this.act.get(trial.id)
    if (!trial || !a) return
    const long = a.to - a.from
    const at = Math.max(this.span.from, Math.min(snap(from), this.span.to - long))
    const crew = row && row !== trial.row && this.people.some((p) => p.id === row) && !trial.crew.includes(row) ? trial.crew.map((p) => (p === trial.row ? row : p)) : trial.crew
    if (at === trial.from && crew === trial.crew) return
    this.trial = { ...trial, from: at, crew, row: crew === trial.crew ? trial.row : (row as string) }
  }

  drop(how: 'kept' | 'cancelled') {
    const { trial } = this
    this.trial = undefined
    if (trial && how === 'kept') {
      this.row = trial.row
      this.change(this.#stepOf(trial))
    }
  }

  change(step: Step) {
    this.word = undefined
    this.edits = add(this.edits, step)
  }

  undo = () => this.#go(undo(this.edits), this.edits.done.at(-1), 'Undone')
  redo = () => this.#go(redo(this.edits), this.edits.undone.at(-1), 'Done again')
  #go(to: Edits, step: Step | undefined, word: string) {
    this.edits = to
    this.word = step ? `${word}: ${step.map(this.saidOf).join('; ')}` : 'There is nothing more.'
  }

  lock = () => {
    const a = this.chosen
    if (a) this.change([{ do: a.hold === 'locked' ? 'unlock' : 'lock', id: a.id }])
  }

  /** Gives the chosen one to those whose names are said, apart by commas. */
  assign(text: string) {
    const a = this.chosen
    if (!a) return
    const said = text.split(',').map((x) => x.trim().toLowerCase()).filter(Boolean)
    const crew = said.map((x) => this.people.filter((p) => p.name.toLowerCase().startsWith(x)))
    const odd = said.find((_, i) => crew[i].length !== 1)
    this.word = fixed(a) ?? (odd ? `“${odd}” is ${crew[said.indexOf(odd)].length ? 'more than one person' : 'nobody'} of ${this.people.map((p) => p.name).join(', ')}.` : undefined)
    if (!this.word && crew.length) this.change(moving(a, a.from, crew.map(([p]) => p.id).toSorted()))
  }

  shiftAfter(text: string) {
    const a = this.chosen, by = Math.round(Number(text.replace('−', '-')))
    if (!Number.isFinite(by) || by % 5) this.word = `“${text}” is no number of minutes on the grid of five.`
    else if (a && by) this.change([{ do: 'shift-after', from: a.start, by_min: by, crew: a.crew }])
  }

  /** Puts the last moved one at the time that the checker would let pass. */
  useSlot = () => {
    const { slot } = this.judge
    const e = this.list.findLast((x) => x.do === 'move' || x.do === 'assign')
    if (typeof slot !== 'object' || !e || !('id' in e)) return
    const a = this.act.get(e.id)
    if (a) this.change(moving(a, slot.at, a.crew))
    this.show(e.id)
  }

  select(id: string, row?: string) {
    if (row) this.row = row
    place.select(`activity:${id}`)
    this.show(id)
  }

  /** Brings an activity into view. */
  show(id: string) {
    const a = this.act.get(id), wide = place.to - place.from
    if (a && (a.from < place.from || a.to > place.to)) place.show(a.from - wide * 0.3, a.from + wide * 0.7)
  }

  arrow(way: 'left' | 'right' | 'up' | 'down') {
    const row = this.rows.findIndex((r) => r.id === this.row && r.slips.some((s) => s.act.id === this.selected))
    const at = this.selected ? { row: row < 0 ? this.rows.findIndex((r) => r.slips.some((s) => s.act.id === this.selected)) : row, id: this.selected } : undefined
    const next = neighbour(this.rows, at, way, at ? (place.from + place.to) / 2 : Math.max(place.from, Math.min(place.moment, place.to)))
    if (next) this.select(next.id, this.rows[next.row].id)
  }

  /** Moves what is taken up by keys: minutes, or rows of persons. */
  nudge(minutes: number, rows = 0) {
    const { trial } = this
    if (!trial) return
    const i = this.people.findIndex((p) => p.id === trial.row)
    this.put(trial.from + minutes * MINUTE, rows && i >= 0 ? this.people[Math.max(0, Math.min(this.people.length - 1, i + rows))].id : undefined)
    this.trial && place.from > this.trial.from && place.pan(this.trial.from - place.from - (place.to - place.from) / 4)
    this.trial && place.to < this.trial.from && place.pan(this.trial.from - place.to + (place.to - place.from) / 4)
  }

  /** Hands the edits in as a change request: where there are nodes, to one in whose name one may ask, and of a plan that all have agreed to. */
  async propose(why: string) {
    const { nodes } = door.session ?? {}
    const centre = nodes?.centres.find((c) => c.may.includes('propose') && (!place.as || c.partner === place.as))
    if (!nodes) this.word = 'no node'
    else if (!centre) this.word = 'You may not ask in the name of any centre here; sign in as its planner, and view as its partner.'
    else if (!this.id?.startsWith(BASELINE)) this.word = 'not agreed'
    else {
      try {
        const said = await send<{ name: string }>(`changes?as=${centre.id}`, { why, product: this.id.slice(BASELINE.length), edits: this.list })
        this.edits = NONE
        this.word = `Change request ${said.name} is handed in; the page Partners says who is to approve it.`
      } catch (error) {
        this.word = `${(error as Fault).what} ${(error as Fault).mend}`
      }
    }
  }

  /** What the checker says of the edits, in a line. */
  readonly line = $derived.by(() => {
    const { judge, trial } = this
    if (!trial && !this.list.length) return undefined
    if (judge.fault) return { sign: '◆', tone: 'should', text: `${judge.fault.what} ${judge.fault.mend}` }
    if (!judge.notes) return { sign: '·', tone: 'quiet', text: 'Asking the checker …' }
    const bad = against(judge.notes)
    if (!bad.length) return { sign: '✓', tone: 'good', text: 'Nothing is newly broken.' }
    const [worst] = bad, more = bad.length - 1
    return { sign: SIGN[worst.severity], tone: worst.severity, text: `${worst.severity} ${worst.rule.replaceAll('-', ' ')}: ${this.message(worst)}${more ? ` · ${more} more` : ''}` }
  })
  readonly slotLine = $derived.by(() => {
    const { slot } = this.judge
    if (slot === undefined) return ''
    if (slot === 'looking') return 'looking for the nearest time that would do …'
    return slot === 'none' ? 'no time near would do, as far as was looked' : `nearest that would do: ${dayClock(slot.at)}`
  })
}

const BASELINE = 'baseline:'
const KEY = 'console.plan.'
function read(id: string): Edits {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY + id) ?? '') as Edits
    return Array.isArray(found.done) && Array.isArray(found.undone) ? found : NONE
  } catch {
    return NONE
  }
}
