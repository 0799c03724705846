// Questions to the API. An answer is reactive, shared by all who ask the same, and keeps its value while a newer one is awaited.
import { SvelteMap } from 'svelte/reactivity'

/** What went wrong, for a person. */
export interface Fault { what: string; where: string; mend: string; isOffline: boolean; status?: number }

export class Answer<T> {
  value = $state.raw<T | undefined>(undefined)
  fault = $state.raw<Fault | undefined>(undefined)
  isWaiting = $state(true)
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  async ask() {
    this.isWaiting = true
    try {
      this.value = await fetched<T>(this.url)
      this.fault = undefined
    } catch (error) {
      this.fault = error as Fault
    } finally {
      this.isWaiting = false
    }
  }
}

/** What an address answers; throws a `Fault`. */
async function fetched<T>(url: string, how: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    response = await patient(url, how)
  } catch {
    line.lost()
    throw { what: 'The server does not answer.', where: url, mend: 'What is shown stays. It is asked again when the connection is back.', isOffline: true } satisfies Fault
  }
  const body = await response.json().catch(() => undefined)
  if (!response.ok) throw { what: body?.what ?? `The server answered ${response.status}.`, where: body?.where ?? url, mend: body?.mend ?? '', isOffline: false, status: response.status } satisfies Fault
  line.heard(response.headers.get('x-kept-at'))
  return body as T
}

/** Sends something to `/api/v1/PATH` and gives the answer; throws a `Fault`. */
export function send<T>(path: string, body?: unknown, method: 'POST' | 'DELETE' = 'POST'): Promise<T> {
  return fetched(`/api/v1/${path}`, { method, headers: { accept: 'application/json', 'content-type': 'application/json', 'x-cupola': '1' }, body: body === undefined ? undefined : JSON.stringify(body) })
}

const MOST_TRIES = 4
const LONGEST_PAUSE_S = 10

/** Asks again when the server says that it is busy and when to come back. */
async function patient(url: string, how: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, how)
    if (![429, 503].includes(response.status) || tries === MOST_TRIES) return response
    const pause = Math.min(LONGEST_PAUSE_S, Number(response.headers.get('retry-after')) || tries)
    await new Promise((done) => setTimeout(done, pause * 1000))
  }
}

/** Whether the server is heard, and since when not. */
class Line {
  lostSince = $state<number | null>(null)
  /** When the oldest answer on show was given, if it is a kept one. */
  keptAt = $state<number | null>(null)

  heard(keptAt: string | null) {
    if (keptAt) {
      this.lost()
      this.keptAt = Math.min(this.keptAt ?? Infinity, Date.parse(keptAt))
    } else if (this.lostSince !== null) {
      this.lostSince = this.keptAt = null
    }
  }

  lost() {
    this.lostSince ??= Date.now()
  }
}

export const line = new Line()

const MOST = 120
const answers = new Map<string, Answer<unknown>>()

export type Query = Record<string, string | number | string[] | null | undefined>

/** Asks `/api/v1/PATH?QUERY`, or gives the answer that is there already. */
export function ask<T>(path: string, query: Query = {}): Answer<T> {
  const q = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const v of Array.isArray(value) ? value : [value]) if (v !== null && v !== undefined) q.append(key, String(v))
  }
  const text = q.toString()
  const url = `/api/v1/${path}${text ? `?${text}` : ''}`
  let found = answers.get(url) as Answer<T> | undefined
  if (found) {
    answers.delete(url)
  } else {
    // Outside of whoever asks: a reaction does not follow what it made itself.
    $effect.root(() => {
      found = new Answer<T>(url)
      void found.ask()
    })
  }
  // The map is in order of last use; the first is the one longest unused.
  answers.set(url, found as Answer<unknown>)
  if (answers.size > MOST) answers.delete(answers.keys().next().value as string)
  return found as Answer<T>
}

/** Answers that something shows, and how many show them. */
const onShow = new Map<Answer<unknown>, number>()

/** Counts one more that shows an answer; what it gives takes that back. */
function showing(answer: Answer<unknown>): () => void {
  const count = (by: number) => {
    const shown = (onShow.get(answer) ?? 0) + by
    if (shown > 0) onShow.set(answer, shown)
    else onShow.delete(answer)
  }
  count(1)
  return () => count(-1)
}

/** An answer that is on show as long as the console is. */
export function pin<T>(answer: Answer<T>): Answer<T> {
  showing(answer as Answer<unknown>)
  return answer
}

/** Asks everything again that is on show; all else is forgotten and asked when it is wanted. */
export function askAgain() {
  for (const [url, answer] of answers) {
    if (onShow.has(answer)) void answer.ask()
    else answers.delete(url)
  }
}

/** The latest answer of a question that changes: the value before stays until the new one is there. */
export class Latest<T> {
  value = $state.raw<T | undefined>(undefined)
  fault = $state.raw<Fault | undefined>(undefined)
  isWaiting = $state(true)

  /** To be made while a component is set up. */
  constructor(question: () => Answer<T> | undefined) {
    $effect(() => {
      const answer = question()
      if (!answer) return
      const hide = showing(answer as Answer<unknown>)
      this.isWaiting = answer.isWaiting
      this.fault = answer.fault
      if (answer.value !== undefined) this.value = answer.value
      else if (answer.fault && !answer.fault.isOffline) this.value = undefined
      return hide
    })
  }
}

/** A plan in the making. */
export interface Job { id: string; plan: string; state: 'running' | 'done' | 'cancelled' | 'failed'; done_pct: number; objective: number | null; error: string | null }
/** Jobs as the stream last told them. */
export const jobs = new SvelteMap<string, Job>()

let stream: EventSource | undefined

/** Listens to the server's stream of changes; tries again by itself. */
export function listen() {
  if (!('EventSource' in globalThis)) return
  // One that was refused, before somebody signed in, never tries again by itself.
  stream?.close()
  stream = new EventSource('/api/v1/stream')
  stream.addEventListener('changed', () => askAgain())
  stream.addEventListener('job', (e) => {
    const job = JSON.parse((e as MessageEvent<string>).data) as Job
    jobs.set(job.id, job)
  })
  // The server says hello on every connection; another book since the last one means that all answers are old.
  let digest: string | undefined
  stream.addEventListener('hello', (e) => {
    const said = JSON.parse((e as MessageEvent<string>).data).digest as string
    if (digest !== undefined && said !== digest) askAgain()
    digest = said
  })
  stream.onopen = () => {
    if (line.lostSince !== null) askAgain()
  }
}

addEventListener('online', askAgain)
addEventListener('offline', () => line.lost())
