// A plan as the API gives it, and as the page works with it. Pure.
import type { Finding } from '../../lib/api/types'

export interface Used { resource: string; amount: number }
export interface Progress { state: 'planned' | 'started' | 'done' | 'skipped'; at?: string; start?: string; end?: string; reason?: string }
export interface Activity {
  id: string; title: string; request?: string | null; block?: string | null; partner: string | null; kind: string; start: string; end: string
  crew: string[]; element: string | null; uses: Used[]; hold: 'free' | 'locked'; progress: Progress; notes: string
}
export interface Share { pool: string; partner: string; share_pct: number; part_pct: number; off_points: number }
export interface Refused { id: string; reasons: string[]; remedies: string[] }
export interface Task { request: string; title: string; minutes: number }
export interface PlanFile {
  title: string; level: string; from: string; to: string; crew: { person: string; from: string; to: string }[]; activities: Activity[]; task_list?: Task[]; refused?: Refused[] | null
  shares?: Share[]; breaches?: Finding[]; assumptions?: string[]; value?: number; bound?: number | null; mandatory_placed?: number; mandatory_total?: number
}
export interface PlanHead { id: string; title: string; level: string; from: string; to: string; made: string; state: string; activities: number | null }

/** What was asked and is otherwise. */
export interface Fault { fault: string; severity: Finding['severity']; activity: string; with: string[]; start: string; end: string; message: string }
export interface Changed<T> { before: T; after: T; worse: boolean }
export interface Verdict {
  breaks_must: boolean; newly_broken: Finding[]; mended: Finding[]; changed: Changed<Finding>[]
  requests: { newly_broken: Fault[]; mended: Fault[]; changed: Changed<Fault>[] }
  shares: { pool: string; partner: string; moved_points: number }[]; touched: string[]
}

/** An activity with its times as numbers. */
export interface Act extends Activity {
  from: number
  to: number
  /** Whether an edit that nobody has agreed to changed it. */
  isProposed?: boolean
}

export const actsOf = (plan: PlanFile): Act[] => plan.activities.map((a) => ({ ...a, from: Date.parse(a.start), to: Date.parse(a.end) }))

export type Look = 'locked' | 'free' | 'running' | 'done' | 'skipped'

export function lookOf(a: Activity): Look {
  return ({ started: 'running', done: 'done', skipped: 'skipped', planned: a.hold } as const)[a.progress.state]
}

/** A finding of either sort, as the page shows it. */
export interface Note { id: string; rule: string; severity: Finding['severity']; at: number; subjects: string[]; message: string; mend: string; news: 'plan' | 'new' | 'mended' | 'worse' | 'better' }

function noteOf(f: Finding | Fault, news: Note['news']): Note {
  const isFault = 'fault' in f
  const rule = isFault ? f.fault : f.rule
  const subjects = isFault ? [f.activity, ...f.with] : f.subjects
  return { id: `${news}:${rule}@${f.start}:${subjects[0] ?? ''}:${subjects[1] ?? ''}`, rule, severity: f.severity, at: Date.parse(f.start), subjects, message: f.message, mend: isFault ? '' : (f.mend ?? ''), news }
}

const WEIGHT = { must: 0, should: 1, info: 2 }
const byWeight = (a: Note, b: Note) => WEIGHT[a.severity] - WEIGHT[b.severity] || a.at - b.at

export const notesOf = (plan: PlanFile): Note[] => (plan.breaches ?? []).map((f) => noteOf(f, 'plan')).toSorted(byWeight)

/** What a verdict says, the heaviest first; what is about `id` before the rest of its weight. */
export function notesOfVerdict(v: Verdict, id?: string): Note[] {
  const changed = (c: Changed<Finding | Fault>) => noteOf(c.after, c.worse ? 'worse' : 'better')
  const bad = [...v.newly_broken, ...v.requests.newly_broken].map((f) => noteOf(f, 'new'))
  const other = [...v.changed, ...v.requests.changed].map(changed)
  const about = (n: Note) => Number(!n.subjects.includes(id ?? ''))
  const good = [...v.mended, ...v.requests.mended].map((f) => noteOf(f, 'mended')).toSorted(byWeight)
  return [...[...bad, ...other].toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || about(a) - about(b) || a.at - b.at), ...good]
}

/** What stands against an edit: broken anew or worse, and worth more than knowing. */
export const against = (notes: Note[]) => notes.filter((n) => (n.news === 'new' || n.news === 'worse') && n.severity !== 'info')

export const SIGN = { must: '▲', should: '◆', info: '·' } as const

/** The worst sign of each activity. */
export function signs(notes: Note[]): Map<string, Note['severity']> {
  const out = new Map<string, Note['severity']>()
  for (const n of notes) {
    if (n.news === 'mended') continue
    for (const s of n.subjects) if (!out.has(s) || WEIGHT[n.severity] < WEIGHT[out.get(s) as Note['severity']]) out.set(s, n.severity)
  }
  return out
}

/** Ids in a message as people call them. */
export function humane(message: string, nameOf: (id: string) => string | undefined): string {
  return message.replace(/`?([a-z0-9]+(?:[-./][a-z0-9]+)+)`?/g, (whole, id) => nameOf(id) ?? whole)
}
