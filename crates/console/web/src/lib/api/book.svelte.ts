// The book, its flights and its stays: asked once, found by id.
import { ask, pin } from './ask.svelte'
import { named } from './flights'
import type { Book, Flight, Stay } from './types'

class Shelf {
  readonly #book = pin(ask<Book>('book'))
  readonly #flights = pin(ask<Flight[]>('flights'))
  readonly #stays = pin(ask<Stay[]>('stays'))

  readonly book = $derived(this.#book.value)
  readonly flights = $derived(named(this.#flights.value ?? []))
  readonly stays = $derived(this.#stays.value ?? [])
  readonly fault = $derived(this.#book.fault ?? this.#flights.fault ?? this.#stays.fault)

  readonly partner = $derived(byId(this.book?.partners))
  readonly element = $derived(byId(this.book?.elements))
  readonly port = $derived(byId(this.book?.ports))
  readonly vehicle = $derived(byId(this.book?.vehicles))
  readonly site = $derived(byId(this.book?.sites))
  readonly flight = $derived(byId(this.flights))
  readonly person = $derived(Map.groupBy(this.stays, (s) => s.person))
  /** A person's id by name, as `status` gives names. */
  readonly personOf = $derived(new Map(this.stays.map((s) => [s.name, s.person])))

  /** What a partner is called in a table. */
  short(id: string | null | undefined): string {
    return this.partner.get(id ?? '')?.short ?? id ?? '—'
  }
}

function byId<T extends { id: string }>(list: T[] = []): Map<string, T> {
  return new Map(list.map((x) => [x.id, x]))
}

export const shelf = new Shelf()
