// Where we are: page, moment, span, selection. One object for the whole console; the address follows it and it follows the address.
import { parse, write, type Seen } from './address'
import { DAY, HOUR, MINUTE, YEAR } from './time/text'

const SHORTEST = 5 * MINUTE
const LONGEST = 28.6 * YEAR

class Place {
  page = $state('now')
  at = $state<number | null>(null)
  asOf = $state<number | null>(null)
  from = $state(0)
  to = $state(0)
  selected = $state<string | null>(null)
  as = $state<string | null>(null)
  speed = $state<number | null>(null)
  own = $state<Record<string, string>>({})
  /** What "now" is: the clock's, or the record's end where the record ends before. */
  now = $state(Date.now())
  /** Whether the book has said so. */
  isReady = $state(false)
  /** The record's first and last moments. */
  began = $state(Date.UTC(1998, 10, 20))
  knownUntil = $state(Date.now())
  /** Where the plot of the shown page begins, pixels from its left edge, so that the axis stands under it. */
  gutter = $state(0)
  /** Moments to jump to with `[` and `]`, in order. */
  events = $state.raw<number[]>([])
  /** Whether the address named a span. */
  #spanNamed = false
  /** Whether somebody chose the span; what a page proposed gives way to what the next page proposes. */
  #spanChosen = false
  #wait: ReturnType<typeof setTimeout> | undefined

  /** The moment shown. */
  readonly moment = $derived(this.at ?? this.now)
  readonly isLive = $derived(this.at === null)

  constructor() {
    this.#take(parse(location.pathname, location.search))
    addEventListener('popstate', () => this.#take(parse(location.pathname, location.search)))
  }

  #take(seen: Seen) {
    this.page = seen.page
    this.at = seen.at
    this.asOf = seen.asOf
    this.selected = seen.selected
    this.as = seen.as
    this.speed = seen.speed
    this.own = seen.own
    this.#spanNamed = this.#spanChosen = seen.from !== null
    if (seen.from !== null && seen.to !== null) [this.from, this.to] = [seen.from, seen.to]
  }

  #seen(): Seen {
    const { page, at, asOf, from, to, selected, as, speed, own } = this
    return { page, at: at === null ? null : Math.round(at / 1000) * 1000, asOf, from: whole(from), to: whole(to), selected, as, speed, own: { ...own } }
  }

  get address(): string {
    return write(this.#seen())
  }

  /** Writes the address soon; what changes all the time must not fill the browser's list of pages. */
  follow() {
    // A replay changes it with every frame: then it is written once a second, else when it has come to rest.
    if (this.speed === null) clearTimeout(this.#wait)
    else if (this.#wait) return
    this.#wait = setTimeout(() => {
      this.#wait = undefined
      history.replaceState(null, '', this.address)
    }, this.speed === null ? 250 : 1000)
  }

  /** A step that "back" undoes. */
  #step(change: () => void) {
    clearTimeout(this.#wait)
    this.#wait = undefined
    history.replaceState(null, '', this.address)
    change()
    history.pushState(null, '', this.address)
  }

  open(page: string, span?: [number, number], own: Record<string, string> = {}) {
    this.#step(() => {
      this.page = page
      this.own = own
      this.#spanNamed = false
      if (span) this.show(...span)
    })
  }

  select(what: string | null) {
    if (what !== this.selected) this.#step(() => (this.selected = what))
  }

  keep(key: string, value: string | null) {
    const { [key]: _, ...rest } = this.own
    this.own = value === null ? rest : { ...rest, [key]: value }
  }

  /** The span a page wants when none was chosen, or when what was chosen elsewhere is shorter than the page can say anything in. */
  propose(from: number, to: number, least = 0) {
    if (this.#spanChosen && (this.#spanNamed || this.to - this.from >= least)) return
    this.show(from, to)
    this.#spanChosen = false
  }

  /** Takes what the book says of time; a span that was proposed round "now" moves with it. */
  begin(record: { began: number; knownUntil: number; now: number }) {
    const by = record.now - this.now
    ;[this.began, this.knownUntil, this.now] = [record.began, record.knownUntil, record.now]
    if (!this.#spanNamed && this.at === null && this.to > this.from) {
      const isChosen = this.#spanChosen
      this.show(this.from + by, this.to + by)
      this.#spanChosen = isChosen
    }
    this.isReady = true
  }

  /** Shows a span, kept within what can be shown. */
  show(from: number, to: number) {
    const span = Math.min(LONGEST, Math.max(SHORTEST, to - from))
    const middle = (from + to) / 2
    const first = this.began - YEAR / 4
    const last = Math.max(this.now, this.knownUntil) + 1.5 * YEAR
    const start = Math.max(first, Math.min(middle - span / 2, last - span))
    ;[this.from, this.to] = [start, start + Math.min(span, last - first)]
    this.#spanChosen = true
  }

  zoom(by: number, around = this.moment) {
    const pivot = around >= this.from && around <= this.to ? around : (this.from + this.to) / 2
    const span = Math.min(LONGEST, Math.max(SHORTEST, (this.to - this.from) * by))
    const part = (pivot - this.from) / (this.to - this.from)
    this.show(pivot - part * span, pivot + (1 - part) * span)
  }

  pan(by: number) {
    this.show(this.from + by, this.to + by)
  }

  /** Goes to a moment and brings it into view. */
  goTo(at: number | null) {
    this.at = at
    const m = at ?? this.now
    const span = this.to - this.from
    if (m < this.from || m > this.to) this.show(m - span * 0.3, m + span * 0.7)
  }

  /** The event after or before the moment. */
  event(way: 1 | -1) {
    const m = this.moment
    const found = way > 0 ? this.events.find((e) => e > m + 999) : this.events.findLast((e) => e < m - 999)
    if (found !== undefined) this.goTo(found)
  }

  /** A span round the moment, for pages that look at hours. */
  around(before: number, after: number): [number, number] {
    return [this.moment - before, this.moment + after]
  }
}

const whole = (at: number) => Math.round(at / MINUTE) * MINUTE

export const place = new Place()
export { DAY, HOUR }
