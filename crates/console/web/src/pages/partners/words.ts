// What stands where, in a shape and a word. Pure.
import { DAY, group } from '../../lib/time/text'
import type { Impact, Unit } from './types'

/** A centre's word: a shape of its own, a short word, and a tone that says the same. */
const MARKS: Record<string, [string, string, string]> = {
  author: ['✎', 'asks', ''],
  'information only': ['·', 'info', 'faint'],
  'in review': ['○', 'waits', ''],
  approved: ['✓', 'yes', 'good'],
  'approved with comment': ['✓', 'yes, but', 'good'],
  rejected: ['✕', 'no', 'must'],
  'decided by the chair': ['✓', 'chair', 'good'],
  'rejected by the chair': ['✕', 'chair', 'must'],
}
export const mark = (word: string | undefined): string => (word === undefined ? '' : MARKS[word] ? `${MARKS[word][0]} ${MARKS[word][1]}` : word)
export const tone = (word: string | undefined): string => MARKS[word ?? '']?.[2] ?? 'faint'

const STATUS: Record<string, string> = { open: '○', waiting: '○', approved: '✓', rejected: '✕', withdrawn: '–', replaced: '–' }
export const status = (change: { status: string; implemented: boolean }): string => `${STATUS[change.status] ?? ''} ${change.implemented ? 'implemented' : change.status}`

/** An amount in the unit people use: hours and minutes, person-days, tonnes. */
export function amount(value: number | string | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '–'
  const n = Number(value), a = Math.abs(n), sign = n < 0 ? '−' : ''
  if (unit === 'min') return `${sign}${group(Math.floor(a / 60))}:${String(a % 60).padStart(2, '0')} h`
  if (unit === 's') return `${sign}${group((a * 1000) / DAY)} d`
  return `${sign}${(a / 1e6).toFixed(1)} t`
}

/** What a partner has of the whole as a bar, percent, and a line where the agreed share ends: grounds of a box, one on the other. */
export function bar(part: number | null, agreed: number | null): string {
  const ground = (colour: string, from: string, to: string) => `linear-gradient(90deg,#0000 ${from},${colour} 0 ${to},#0000 0)`
  return [...(agreed === null ? [] : [ground('var(--ink)', `calc(${agreed}% - 1px)`, `calc(${agreed}% + 1px)`)]), ground('var(--ink-3)', '0%', `${part ?? 0}%`), 'var(--bar)'].join()
}

/** `activity/esa/experiment`, `activity/esa/outreach`, `common` as `activity: ESA (experiment, outreach)`, `common`. */
export function touched(touches: string[], short: (id: string) => string): string[] {
  const kinds: Record<string, Record<string, string[]>> = {}
  for (const [kind, ...rest] of touches.map((t) => t.split('/'))) {
    // A share names its pool before whose it is.
    const [whose, of] = kind === 'share' ? rest.toReversed() : rest
    const all = ((kinds[kind] ??= {})[whose ?? ''] ??= [])
    if (of) all.push(of.replaceAll('-', ' '))
  }
  const one = ([whose, of]: [string, string[]]) => short(whose) + (of.length ? ` (${of.join(', ')})` : '')
  return Object.entries(kinds).map(([kind, whose]) => kind.replaceAll('-', ' ') + ('' in whose ? '' : `: ${Object.entries(whose).map(one).join(' · ')}`))
}

export interface Line { shape: string; what: string; text: string; tone: string }

/** What a change does, the gravest first. */
export function consequences(impact: Impact, short: (id: string) => string): Line[] {
  const { verdict, station } = impact
  const shapes: Record<string, [string, string]> = { must: ['▲', 'must'], should: ['◆', 'should'], info: ['·', 'quiet'] }
  const grave = ['must', 'should', 'info']
  const broken = [...verdict.newly_broken, ...station.newly_broken, ...verdict.requests.newly_broken].toSorted((a, b) => grave.indexOf(a.severity) - grave.indexOf(b.severity))
  const mended = [...verdict.mended, ...station.mended, ...verdict.requests.mended]
  const days = (level: { days_left: number | null; level_kg: number } | null) => (level ? `${group(level.level_kg)} kg, ${level.days_left === null ? 'not used up' : `${group(level.days_left)} days`}` : 'not known')
  return [
    ...broken.map((f) => ({ shape: shapes[f.severity][0], what: `broken, ${f.severity}`, text: f.message, tone: shapes[f.severity][1] })),
    ...impact.losses.map((l) => ({ shape: l.became === 'newly critical' ? '▲' : '·', what: l.became, text: `loss of ${l.of}`, tone: l.became === 'newly critical' ? 'must' : 'quiet' })),
    ...impact.rules.map((r) => ({ shape: '§', what: `rule ${r.rule}`, text: r.after === null ? 'goes' : `${r.before ?? 'new'} → ${r.after}`, tone: '' })),
    ...impact.parts.map((p) => ({ shape: '§', what: `agreed part of ${p.pool.replaceAll('-', ' ')}`, text: `${short(p.partner)} ${p.before_pct ?? 0} → ${p.after_pct ?? 0} %`, tone: '' })),
    ...mended.map((f) => ({ shape: '✓', what: 'mended', text: f.message, tone: 'good' })),
    ...impact.shares.map((s) => ({ shape: '↔', what: `share of ${s.pool.replaceAll('-', ' ')}`, text: `${short(s.partner)} ${amount(s.before_min, 'min')} → ${amount(s.after_min, 'min')}${s.moved_points === null ? '' : `, ${s.moved_points < 0 ? '−' : '+'}${Math.abs(s.moved_points).toFixed(2)} points`}`, tone: '' })),
    ...impact.margins.map((m) => ({ shape: '▮', what: 'margin', text: `${m.name}: ${days(m.before)} → ${days(m.after)}`, tone: '' })),
  ]
}
