// The checker's word on edits, as they are made: one question under way, the latest next; then the nearest time that would do.
import { ask, send, type Fault } from '../../lib/api/ask.svelte'
import { iso } from '../../lib/time/text'
import { candidates, gaps, wholeDays, type Edit } from './edits'
import { against, notesOfVerdict, type Act, type Note, type Verdict } from './plan'

export interface Question {
  plan: string
  /** The plan's digest of time: answers of another are not kept. */
  edits: Edit[]
  /** What is moved, where it is wanted, and all that is there beside it. */
  about?: { act: Act; acts: Act[]; span: { from: number; to: number }; capacity: (resource: string) => number }
}
export interface Slot { at: number }

const PAUSE_MS = 40
const QUIET_MS = 250
const MOST_TRIES = 24

export class Judge {
  notes = $state.raw<Note[] | undefined>()
  verdict = $state.raw<Verdict | undefined>()
  fault = $state.raw<Fault | undefined>()
  /** The nearest time that would do; `looking` while it is looked for, `none` where none was found. */
  slot = $state.raw<Slot | 'looking' | 'none' | undefined>()
  #next: Question | undefined
  #isBusy = false
  #turn = 0

  ask(question: Question | undefined) {
    this.#turn++
    this.slot = undefined
    this.#next = question
    if (!question) this.notes = this.verdict = this.fault = undefined
    else if (!this.#isBusy) void this.#run()
  }

  async #run() {
    this.#isBusy = true
    while (this.#next) {
      const question = this.#next
      const turn = this.#turn
      this.#next = undefined
      try {
        const verdict = await verdictOf(question.plan, question.edits)
        if (this.#next || turn === this.#turn) this.#take(verdict, question)
        this.fault = undefined
        if (turn === this.#turn && this.#bad.length) void this.#look(question, turn)
      } catch (fault) {
        this.fault = fault as Fault
        this.notes = this.verdict = undefined
      }
      await pause(PAUSE_MS)
    }
    this.#isBusy = false
  }

  #take(verdict: Verdict, question: Question) {
    this.verdict = verdict
    this.notes = notesOfVerdict(verdict, question.about?.act.id)
  }

  get #bad(): Note[] {
    return against(this.notes ?? [])
  }

  /** Asks the checker about times in order of their distance, until one breaks nothing that the other edits do not break. */
  async #look({ plan, edits, about }: Question, turn: number) {
    if (!about) return
    this.slot = 'looking'
    await pause(QUIET_MS)
    const isOld = () => turn !== this.#turn
    if (isOld()) return
    const { act, acts, span, capacity } = about
    try {
      const key = (n: Note) => `${n.rule}:${n.subjects.toSorted().join()}`
      const others = edits.filter((e) => e.do !== 'move' || e.id !== act.id)
      const known = others.length ? new Set(against(notesOfVerdict(await verdictOf(plan, others))).map(key)) : new Set<string>()
      const spent: { from: number; to: number }[] = []
      let tries = 0
      for (const at of candidates(gaps(acts, act, span, capacity), act.to - act.from, act.from)) {
        if (spent.some((d) => at >= d.from && at < d.to)) continue
        if (isOld() || tries++ >= MOST_TRIES) break
        const verdict = await verdictOf(plan, [...others, { do: 'move', id: act.id, to: iso(at) }])
        if (isOld()) return
        if (against(notesOfVerdict(verdict)).every((n) => known.has(key(n)))) {
          this.slot = { at }
          return
        }
        spent.push(...wholeDays([...verdict.newly_broken, ...verdict.requests.newly_broken].filter((f) => f.severity !== 'info')))
      }
      if (!isOld()) this.slot = 'none'
    } catch {
      if (!isOld()) this.slot = undefined
    }
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const verdictOf = (plan: string, edits: Edit[]) => send<Verdict>(`plans/${encodeURIComponent(plan)}/verdict`, { edits })

/** The times at which an activity would break nothing, as the plan stands, the nearest first. */
export const freeOf = (plan: string, activity: string) => ask<{ start: string; end: string }[]>(`plans/${encodeURIComponent(plan)}/nearest`, { activity })
