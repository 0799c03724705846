// What makes time go on: the clock while it is now, a replay while one runs.
import { place } from '../place.svelte'

/** A clock ahead of the record by more than this is not "now": the element sets are too old to say where the station is. */
const FRESH_MS = 14 * 86_400_000

/** How far the clock is past the record's end; nothing while the record is fresh. */
export function behind(clock = Date.now()): number | undefined {
  const by = clock - place.knownUntil
  return by > FRESH_MS ? by : undefined
}

/** Starts it; to be called once while the console is set up. */
export function run() {
  $effect(() => {
    const second = setInterval(() => {
      if (behind() === undefined) place.now = Math.max(place.now, Date.now())
    }, 1000)
    return () => clearInterval(second)
  })

  $effect(() => {
    const { speed } = place
    if (speed === null) return
    let before = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      place.at = (place.at ?? place.now) + (now - before) * speed
      before = now
      // The moment runs through the middle of the view and takes the view along.
      const span = place.to - place.from
      if (place.at > place.from + span * 0.9) place.show(place.at - span * 0.5, place.at + span * 0.5)
      frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  })
}

export const SPEEDS = [1, 10, 60, 300, 1000]

export function faster(way: 1 | -1) {
  const i = SPEEDS.findIndex((s) => s >= (place.speed ?? 1))
  const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (i < 0 ? SPEEDS.length - 1 : i) + way))]
  place.speed = next
}

export function playOrPause() {
  place.speed = place.speed === null ? 60 : null
}
