// Flights moved to see what comes of it: which, from when to when, undone and done again, and what margins, rules and seats say.
import { ask, Latest } from '../../lib/api/ask.svelte'
import { shelf } from '../../lib/api/book.svelte'
import type { Finding, Flight, Forecast, Losses } from '../../lib/api/types'
import { place } from '../../lib/place.svelte'
import type { Profile } from '../../lib/plot/profile'
import { arrival, findingChanges, inWeight, lowestChanges, marginChanges, moved, noSeat, readSlips, slipped, writeSlips, type Slips } from '../../lib/slips'
import { DAY } from '../../lib/time/text'

/** What is moved before it is dropped. */
export interface Trial { id: string; at: number; by: 'pointer' | 'keys' }

export class Manifest {
  readonly #asOf: () => string | undefined
  trial = $state.raw<Trial | undefined>()
  #done = $state.raw<string[]>([])
  #undone = $state.raw<string[]>([])
  /** What is asked about: one question under way, the latest next. */
  #asked = $state('')
  readonly #plan: Latest<Forecast>
  readonly #other: Latest<Forecast>
  readonly #daysPlan: Latest<Profile[]>
  readonly #daysOther: Latest<Profile[]>
  readonly #rulesPlan: Latest<Finding[]>
  readonly #rulesOther: Latest<Finding[]>
  /** Single losses, with the flights where they were dropped. */
  readonly losses: Latest<Losses>

  readonly kept = $derived(readSlips(place.own.slip))
  readonly slips = $derived.by<Slips>(() => {
    const f = this.trial && shelf.flight.get(this.trial.id)
    return f && this.trial ? slipped(this.kept, f, this.trial.at) : this.kept
  })
  readonly flights = $derived(moved(shelf.flights, this.slips))
  readonly #wanted = $derived(writeSlips(this.slips).join())
  readonly canUndo = $derived(this.#done.length > 0)
  readonly canRedo = $derived(this.#undone.length > 0)

  constructor(asOf: () => string | undefined) {
    this.#asOf = asOf
    const slip = () => this.#asked.split(',')
    // Losses and rules take longer than margins: they are asked once the flight has been let go.
    const still = $derived(this.trial ? undefined : this.#wanted)
    this.#plan = new Latest(() => (this.#asked ? ask<Forecast>('forecast', { as_of: this.#asOf() }) : undefined))
    this.#other = new Latest(() => (this.#asked ? ask<Forecast>('forecast', { as_of: this.#asOf(), slip: slip() }) : undefined))
    const days = (slip?: string[]) => {
      const f = this.#plan.value
      return this.#asked && f ? ask<Profile[]>('profiles', { name: (shelf.book?.supplies ?? []).map((s) => `supply.${s.id}.days`), from: f.from, to: f.to, as_of: this.#asOf() ?? f.as_of, slip }) : undefined
    }
    this.#daysPlan = new Latest(() => days())
    this.#daysOther = new Latest(() => days(slip()))
    // The same year with nothing moved: a flight 0 days late.
    this.#rulesPlan = new Latest(() => (still ? ask<Finding[]>('findings', { slip: `${still.split('@')[0]}+0d` }) : undefined))
    this.#rulesOther = new Latest(() => (still ? ask<Finding[]>('findings', { slip: still.split(',') }) : undefined))
    this.losses = new Latest(() => (still === undefined ? undefined : ask<Losses>('losses', { as_of: this.#asOf(), slip: still ? still.split(',') : null })))
    $effect(() => {
      if (!this.#asked || !this.#other.isWaiting) this.#asked = this.#wanted
    })
  }

  readonly #isStill = $derived(!this.trial && this.#asked === this.#wanted)
  readonly isWaiting = $derived.by(() => this.#asked !== this.#wanted || this.#other.isWaiting || (this.#isStill && (this.losses.isWaiting || this.#rulesOther.isWaiting || this.#rulesPlan.isWaiting)))
  readonly fault = $derived.by(() => this.#wanted ? (this.#other.fault ?? this.#rulesOther.fault) : undefined)
  /** What margins and rules change, the worst first; rules only once the flight was let go. */
  readonly changes = $derived.by(() => {
    const [plan, other] = [this.#plan.value, this.#other.value]
    if (!this.#asked || !plan || !other) return undefined
    const name = (id: string) => shelf.book?.supplies.find((s) => s.id === id)?.name ?? id
    const rules = this.#isStill && this.#rulesPlan.value && this.#rulesOther.value ? findingChanges(this.#rulesPlan.value, this.#rulesOther.value) : []
    const days = this.#daysPlan.value && this.#daysOther.value && !this.#daysOther.isWaiting ? lowestChanges(this.#daysPlan.value, this.#daysOther.value, name) : []
    return inWeight([...marginChanges(plan, other, name), ...days, ...rules])
  })
  /** Seats home: when somebody has none, `kept` while all have one, nothing while it is not known. */
  readonly seats = $derived.by(() => this.#isStill && this.losses.value && !this.losses.isWaiting ? (noSeat(this.losses.value.plan.breaches) ?? 'kept') : undefined)
  readonly nobodyFrom = $derived.by(() => this.#asked ? (this.#other.value?.nobody_aboard_from ?? undefined) : undefined)

  /** Flights that can be moved, in order of their arrival. */
  readonly coming = $derived(this.flights.filter((f) => arrival(f) !== undefined).toSorted((a, b) => arrival(a)! - arrival(b)!))
  readonly chosen = $derived(this.coming.find((f) => `flight:${f.id}` === place.selected))

  choose(way: 1 | -1) {
    const i = this.chosen ? this.coming.indexOf(this.chosen) + way : 0
    const f = this.coming[Math.max(0, Math.min(this.coming.length - 1, i))]
    if (f) this.#show(f)
  }
  #show(f: Flight) {
    place.select(`flight:${f.id}`)
    const at = arrival(f)!, wide = place.to - place.from
    if (at < place.from || at > place.to) place.show(at - wide / 2, at + wide / 2)
  }

  take(by: Trial['by'], id = this.chosen?.id) {
    const f = this.coming.find((x) => x.id === id)
    if (f) this.trial = { id: f.id, at: arrival(f)!, by }
  }
  /** Whole days from where it is planned, and not before what is known. */
  put(at: number) {
    const planned = arrival(shelf.flight.get(this.trial?.id ?? ''))
    if (!this.trial || planned === undefined) return
    const days = Math.max(Math.round((at - planned) / DAY), Math.ceil((place.knownUntil - planned) / DAY))
    if (planned + days * DAY !== this.trial.at) this.trial = { ...this.trial, at: planned + days * DAY }
  }
  drop(how: 'kept' | 'cancelled') {
    const to = writeSlips(this.slips).join()
    this.trial = undefined
    if (how === 'kept') this.set(to)
  }

  set(to: string) {
    const from = place.own.slip ?? ''
    if (to === from) return
    this.#done = [...this.#done, from]
    this.#undone = []
    place.keep('slip', to || null)
  }
  undo = () => {
    if (!this.canUndo) return
    this.#undone = [...this.#undone, place.own.slip ?? '']
    place.keep('slip', this.#done.at(-1) || null)
    this.#done = this.#done.slice(0, -1)
  }
  redo = () => {
    if (!this.canRedo) return
    this.#done = [...this.#done, place.own.slip ?? '']
    place.keep('slip', this.#undone.at(-1) || null)
    this.#undone = this.#undone.slice(0, -1)
  }
}
