// What is seen, as text in the address, and back. Pure.
import { iso, read } from './time/text'

export interface Seen {
  page: string
  /** The moment looked at; without one, now. */
  at: number | null
  /** What is known is what was known then. */
  asOf: number | null
  from: number | null
  to: number | null
  /** What the inspector shows: `kind:id`. */
  selected: string | null
  /** The partner whose view it is. */
  as: string | null
  /** Seconds of the station's time in a second, while it runs. */
  speed: number | null
  /** What a page keeps for itself. */
  own: Record<string, string>
}

const KNOWN = ['at', 'as_of', 'from', 'to', 'sel', 'as', 'speed']

export function parse(path: string, search: string): Seen {
  const q = new URLSearchParams(search)
  const time = (key: string) => read(q.get(key) ?? '') ?? null
  const speed = Number(q.get('speed'))
  const [from, to] = [time('from'), time('to')]
  const whole = from !== null && to !== null && to > from
  return {
    page: path.split('/').filter(Boolean)[0] ?? 'now',
    at: time('at'), asOf: time('as_of'),
    from: whole ? from : null, to: whole ? to : null,
    selected: /^[a-z-]+:.+/.test(q.get('sel') ?? '') ? q.get('sel') : null,
    as: q.get('as'),
    speed: speed > 0 && speed <= 1000 ? speed : null,
    own: Object.fromEntries([...q].filter(([k]) => !KNOWN.includes(k))),
  }
}

export function write(seen: Seen): string {
  const q = new URLSearchParams()
  const put = (key: string, value: string | null) => value && q.set(key, value)
  put('at', seen.at === null ? null : iso(seen.at))
  put('as_of', seen.asOf === null ? null : iso(seen.asOf))
  put('from', seen.from === null ? null : iso(seen.from))
  put('to', seen.to === null ? null : iso(seen.to))
  put('sel', seen.selected)
  put('as', seen.as)
  put('speed', seen.speed === null ? null : String(seen.speed))
  for (const [key, value] of Object.entries(seen.own)) put(key, value)
  const text = q.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%40', '@')
  return `/${seen.page}${text ? `?${text}` : ''}`
}
