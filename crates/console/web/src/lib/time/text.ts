// Times as the field writes them: GMT, day of year, 24 hours. Times are milliseconds since 1970, UTC.

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const YEAR = 365.25 * DAY

const two = (n: number) => String(n).padStart(2, '0')

export function yearOf(at: number): number {
  return new Date(at).getUTCFullYear()
}

/** Day of the year, from 1. */
export function dayOfYear(at: number): number {
  return Math.floor((at - Date.UTC(yearOf(at), 0, 1)) / DAY) + 1
}

/** `2026/150` */
export function day(at: number): string {
  return `${yearOf(at)}/${String(dayOfYear(at)).padStart(3, '0')}`
}

/** `12:25` */
export function clock(at: number): string {
  const d = new Date(at)
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}

/** `12:25:07` */
export function clockSeconds(at: number): string {
  return `${clock(at)}:${two(new Date(at).getUTCSeconds())}`
}

/** `2026/150 12:25` */
export function dayClock(at: number): string {
  return `${day(at)} ${clock(at)}`
}

/** `2026-05-30`, for those who count in months. */
export function date(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** `2026-05-30T12:25:07Z`, for the address and the API; whole minutes without their seconds. */
export function iso(at: number): string {
  const text = new Date(at).toISOString()
  return at % MINUTE === 0 ? `${text.slice(0, 16)}Z` : `${text.slice(0, 19)}Z`
}

/** A length of time in the two units that matter: `9,340 d`, `3 d 04 h`, `04:12:07`, `12 min`. */
export function length(ms: number): string {
  const sign = ms < 0 ? '−' : ''
  const a = Math.abs(ms)
  if (a >= 10 * DAY) return `${sign}${group(Math.floor(a / DAY))} d`
  if (a >= DAY) return `${sign}${Math.floor(a / DAY)} d ${two(Math.floor((a % DAY) / HOUR))} h`
  return `${sign}${countdown(a)}`
}

/** `04:12:07`; hours may pass 24. */
export function countdown(ms: number): string {
  const s = Math.floor(Math.abs(ms) / 1000)
  return `${two(Math.floor(s / 3600))}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`
}

/** How old something is, in one unit: `40 s`, `12 min`, `5 h`, `181 d`. */
export function age(ms: number): string {
  const a = Math.max(0, ms)
  if (a < MINUTE) return `${Math.round(a / 1000)} s`
  if (a < 2 * HOUR) return `${Math.round(a / MINUTE)} min`
  if (a < 2 * DAY) return `${Math.round(a / HOUR)} h`
  return `${group(Math.round(a / DAY))} d`
}

/** `9,340` */
export function group(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

const CLOCK = String.raw`(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(?:Z|GMT|UTC)?`
const BY_DAY = new RegExp(String.raw`^(\d{4})[/-](\d{3})${CLOCK}$`, 'i')
const BY_DATE = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${CLOCK}$`, 'i')
const FROM_HERE = /^([+-])\s*(\d+(?:\.\d+)?)\s*(s|m|min|h|d|w|y)$/i
const UNITS: Record<string, number> = { s: 1000, m: MINUTE, min: MINUTE, h: HOUR, d: DAY, w: 7 * DAY, y: YEAR }

/** Reads `2026/150 12:25`, `2026-05-30T12:25Z`, `+90min`, `-3d` (from `here`); nothing for what is no time. */
export function read(text: string, here = 0): number | undefined {
  const t = text.trim()
  const from = FROM_HERE.exec(t)
  if (from) return here + (from[1] === '-' ? -1 : 1) * Number(from[2]) * UNITS[from[3].toLowerCase()]
  const byDay = BY_DAY.exec(t)
  if (byDay) {
    const [, y, n, ...c] = byDay
    const at = Date.UTC(Number(y), 0, Number(n))
    return Number(n) >= 1 && yearOf(at) === Number(y) ? withClock(at, c) : undefined
  }
  const byDate = BY_DATE.exec(t)
  if (!byDate) return undefined
  const [, y, m, d, ...c] = byDate
  const at = Date.UTC(Number(y), Number(m) - 1, Number(d))
  return date(at) === `${y}-${m}-${d}` ? withClock(at, c) : undefined
}

function withClock(at: number, [h = '0', m = '0', s = '0']: (string | undefined)[]): number | undefined {
  if (Number(h) > 23 || Number(m) > 59 || Number(s) > 59) return undefined
  return at + Number(h) * HOUR + Number(m) * MINUTE + Number(s) * 1000
}
