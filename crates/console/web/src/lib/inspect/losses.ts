// Losses, what they break, and what would mend them, in words. Pure.
import type { Breach, LossId, Losses, Repair } from '../api/types'

export interface Names { flight: (id: string) => string; machine: (id: string) => string; store: (id: string) => string }

/** Losses of a flight, as against those of a machine. */
export const OF_FLIGHT = ['lost', 'slipped', 'grounded', 'unfit']

export function lossWords(l: LossId, n: Names): string {
  switch (l.loss) {
    case 'lost': return `${n.flight(l.of)} lost`
    case 'slipped': return `${n.flight(l.of)} ${l.days} d late`
    case 'grounded': return `${n.flight(l.of)} and its type grounded ${l.days} d`
    case 'unfit': return `${n.flight(l.of)} unfit to fly`
    case 'failed': return `${n.machine(l.of)} failed`
    case 'dark': return `Power channel ${l.of.toUpperCase()} dark`
    case 'loop-lost': return `Cooling loop ${l.of.toUpperCase()} lost`
    default: return `${l.of}: ${l.loss.replaceAll('-', ' ')}`
  }
}

export function breachWords(b: Breach | undefined, n: Names): string {
  if (!b) return 'no rule broken'
  switch (b.rule) {
    case 'line': return `${b.of ?? 'supply'} under ${b.line_days} days`
    case 'seats': return 'no seat home for everybody'
    case 'shed': return `${n.machine(b.of ?? '')} has no power`
    case 'empty': return `${b.of ?? 'supply'} used up`
    case 'short': return `${n.machine(b.of ?? '')} runs short`
    case 'down': return 'nothing keeps the station up'
    case 'nobody': return 'nobody aboard'
    default: return [b.rule.replaceAll('-', ' '), b.of].filter(Boolean).join(': ')
  }
}

/** What would mend it; nothing where none was looked for. */
export function repairWords(r: Repair | undefined, n: Names): string {
  if (!r) return ''
  const l = r.lever
  if (!l) return 'none found'
  const flight = n.flight(String(l.flight))
  switch (l.kind) {
    case 'recast': return `${flight}: ${l.mass_kg} kg more ${n.store(String(l.more_of))}, less ${n.store(String(l.less_of))}`
    case 'move': return `${flight} ${Math.abs(Number(l.days))} d ${Number(l.days) < 0 ? 'earlier' : 'later'}`
    case 'extend': return `${flight} stays ${l.days} d longer`
    default: return [l.kind, l.flight ?? l.of].filter(Boolean).join(' ')
  }
}

const same = (a: LossId, b: LossId) => a.loss === b.loss && a.of === b.of && a.days === b.days && a.known === b.known

export const repairOf = (losses: Losses, l: LossId): Repair | undefined => losses.repairs?.find((r) => same(r.of, l))

/** The worst first: what breaks a rule, by when; then the rest by when it would be known. */
export function inOrder(losses: Losses): Losses['losses'] {
  const first = (l: Losses['losses'][number]) => l.breaches.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]
  return losses.losses.map((l) => ({ ...l, breaches: l.breaches.toSorted((a, b) => (a.at < b.at ? -1 : 1)) }))
    .toSorted((a, b) => Number(!first(a)) - Number(!first(b)) || ((first(a)?.at ?? a.known) < (first(b)?.at ?? b.known) ? -1 : 1))
}
