// What the API says of the partnership.
import type { Finding, Sourced } from '../../lib/api/types'

export interface Node { id: string; partner: string; may: string[] }
export interface Session { name: string | null; partner: string | null; role: string; nodes: { training: boolean; centres: Node[] } | null }

export interface Column { centre: string; short: string; mark: string; at: string | null; text: string }
export interface Said { time: string; centre: string; text: string }
export interface Change {
  name: string; digest: string | null; author: string; time: string; urgency: string; status: string; awaited: string[]; replaced_by: string | null; implemented: boolean; rationale: string; touches: string[]
  approvals: Column[]; edits: { of: string; what: string; becomes: string; fields: { field: string; before: string | null; after: string | null }[] }[]; without_effect: string[]; said: Said[]; contradictions: string[]
}
interface Moved { pool: string; partner: string; before_min: number; after_min: number; moved_points: number | null }
interface Level { level_kg: number; days_left: number | null }
interface Lists<F> { newly_broken: F[]; mended: F[] }
export interface Impact {
  verdict: Lists<Finding> & { requests: Lists<Finding & { activity: string }> }
  station: Lists<Finding>; shares: Moved[]
  margins: { name: string; before: Level | null; after: Level | null }[]
  rules: { rule: string; before: string | null; after: string | null }[]; parts: { pool: string; partner: string; before_pct: number | null; after_pct: number | null }[]
  losses: { loss: string; of: string; became: string }[]
}
export interface Opened extends Change {
  centre: string; says?: { say: string; may: boolean; why: string | null }[]
  impact: { plan: string | null; impact: Impact }[]; impact_untold: string | null
}

export type Unit = 'min' | 's' | 'g'
export type Share = { partner: string; agreed_pct: number | null; part_pct: number | null; provided_pct: number | null; standing: string | null } & { [figure: string]: number | string | null }
export interface Pool extends Sourced { pool: string; title: string; unit: Unit; partners: Share[]; unknown: string[] }
export interface Barter { at: string; from: string; to: string; pool: string; amount: number; terms: string; needs?: string }
export interface Shares { pools: Pool[]; barters?: Barter[]; offered_barters?: Barter[]; plans: { title: string }[] }

export interface Chain { centre: string; records: number; latest: string | null; co_signed_until: number; head: string }
export interface State { centres: Chain[]; faults: string[]; contradictions: string[]; missing: string[]; requests: number; approved: number; state_digest: string }
export interface Entry { time: string; centre: string; number: number; digest: string; kind: string; about: string }
