// The station's status at the moment shown. While the moment runs it is asked for at most twice a second.
import { place } from '../place.svelte'
import { DAY, iso, MINUTE } from '../time/text'
import { ask, Latest } from './ask.svelte'
import type { Status } from './types'

const PAUSE_MS = 400

class Settled {
  at = $state<number | null>(null)
  #wait: ReturnType<typeof setTimeout> | undefined
  #last = 0

  /** To be made while a component is set up. */
  constructor(moment: () => number | null) {
    this.at = moment()
    $effect(() => {
      const at = moment()
      clearTimeout(this.#wait)
      const since = performance.now() - this.#last
      this.#wait = setTimeout(() => this.#take(at), since > PAUSE_MS ? 0 : PAUSE_MS - since)
    })
  }

  #take(at: number | null) {
    this.#last = performance.now()
    this.at = at
  }
}

/** A moment that changes at most twice a second; whole minutes, so that answers can be kept. */
export function settled(): Settled {
  return new Settled(() => (place.at === null ? null : Math.floor(place.at / MINUTE) * MINUTE))
}

/**
 * The day as of which margins and verdicts are asked: the time machine's own, or that of a moment in the record.
 * Nothing means all that is known, which is what holds now and later.
 */
export function knowledge(): { readonly asOf: string | undefined } {
  const calm = settled()
  const asOf = $derived.by(() => {
    const at = place.asOf ?? (calm.at !== null && calm.at < place.now - DAY ? calm.at : null)
    return at === null ? undefined : iso(Math.floor(at / DAY) * DAY)
  })
  return { get asOf() { return asOf } }
}

export function statusOf(): Latest<Status> {
  const calm = settled()
  return new Latest(() => ask<Status>('status', { at: calm.at === null ? undefined : iso(calm.at) }))
}
