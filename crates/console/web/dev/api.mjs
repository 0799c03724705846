// The API as the console asks it, answered by the `cupola` program and the book's own files.
// Development and screenshots only. `CUPOLA` names the program, `BOOK` the folder.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readBook } from './book.mjs'

const here = import.meta.dirname
const target = resolve(here, '../../../../target')
const program = process.env.CUPOLA ?? ['release', 'debug'].map((p) => join(target, p, 'cupola')).find(existsSync) ?? 'cupola'
const folder = process.env.BOOK ?? resolve(here, '../../../../books/iss')
const kept = new Map()
let book

function run(args) {
  const key = args.join('\u0000')
  if (!kept.has(key)) kept.set(key, new Promise((done, fail) => {
    execFile(program, args, { maxBuffer: 1 << 28 }, (error, out, err) => (error && error.code !== 1 ? fail(new Error(err.trim())) : done(out)))
  }))
  return kept.get(key)
}
const json = async (...args) => JSON.parse(await run([...args, '--json']))
const span = (q) => ['from', 'to'].flatMap((k) => (q.get(k) ? [`--${k}`, q.get(k)] : []))

/** Another future, as the program's options. */
const question = (q) => [...['as-of', 'to', 'crew'].flatMap((k) => (q.get(k.replace('-', '_')) ? [`--${k}`, q.get(k.replace('-', '_'))] : [])), ...['without', 'fail', 'set'].flatMap((k) => q.getAll(k).flatMap((v) => [`--${k}`, v]))]

const answers = {
  book: async () => {
    const { time } = await json('status')
    return { ...book.book, now: time }
  },
  flights: async () => book.flights,
  stays: async () => book.stays,
  history: async () => ({ ...book.history, near_misses: (await json('check')).filter((f) => f.severity === 'must') }),
  status: (q) => json('status', ...(q.get('at') ? ['--at', q.get('at')] : [])),
  presence: (q) => json('presence', ...span(q)),
  events: (q) => json('orbit', 'events', ...span(q)),
  contacts: (q) => json('orbit', 'contacts', ...span(q)),
  passes: (q) => json('orbit', 'passes', ...span(q), ...(q.get('site') ? ['--site', q.get('site')] : [`--lat-deg=${q.get('lat_deg')}`, `--lon-deg=${q.get('lon_deg')}`])),
  forecast: async (q) => {
    const { profiles: _, ...rest } = await json('forecast', ...question(q))
    return rest
  },
  'profiles/names': async () => {
    const { profiles, from, to } = await json('forecast')
    return profiles.map(({ name, unit, kind }) => ({ name, unit, kind, group: 'forecast', from, to }))
  },
  losses: async (q) => {
    const told = await json('risk', 'losses', ...(q.get('as_of') ? ['--as-of', q.get('as_of')] : []))
    const day = (t) => `${t.slice(0, 4)}/${String(Math.floor((Date.parse(t) - Date.parse(`${t.slice(0, 4)}-01-01T00:00:00Z`)) / 86400000) + 1).padStart(3, '0')}`
    return { ...told, statement: told.secure_until ? `secure against any single loss until ${day(told.secure_until)}` : 'not secure against every single loss' }
  },
  findings: (q) => json('check', ...span(q)),
  plans: async () => {
    const { title, level, from, to, activities } = await week()
    return [{ id: 'week', title, level, from, to, made: 'from the book, 2000 steps', state: 'ready', activities: activities.length }]
  },
  'plans/week': () => week(),
  'plans/week/nearest': async (q) => {
    const { start } = (await week()).activities.find((a) => a.id === q.get('activity'))
    return (await edit([{ do: 'move', id: q.get('activity'), to: start }])).free[0]?.slots ?? []
  },
  'plans/week/verdict': async (_, { edits }) => {
    const { verdict, shares, steps } = await edit(edits)
    return { ...verdict, shares, touched: [...new Set(steps.flatMap((s) => Object.keys(s.after)))] }
  },
  profiles: async (q) => {
    const { profiles } = await json('forecast', ...question(q))
    return profiles.filter((p) => q.getAll('name').includes(p.name)).map((p) => ({ ...p, group: 'forecast', form: 'points' }))
  },
  track,
}

const week = () => json('plan', 'week', '--iterations', '2000')
let planFile

/** What `plan edit` says of edits of the week. */
async function edit(edits) {
  if (!planFile) {
    const plan = JSON.stringify(await week())
    planFile = join(mkdtempSync(join(tmpdir(), 'console-')), 'week.json')
    writeFileSync(planFile, plan)
  }
  return new Promise((done, fail) => {
    const child = execFile(program, ['plan', 'edit', planFile, '--edits', '-', '--json'], { maxBuffer: 1 << 28 }, (error, out, err) => (error && error.code !== 1 ? fail(new Error(err.trim())) : done(JSON.parse(out))))
    child.stdin.end(JSON.stringify(edits))
  })
}

async function bodyOf(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return parts.length ? Buffer.concat(parts) : undefined
}

/** States of the ground track: the program's OEM, turned to the Earth-fixed frame. */
async function track(q) {
  const step_s = Number(q.get('step_s') ?? 60)
  const oem = await run(['export', 'oem', ...span(q), '--step-s', String(step_s)])
  const events = await json('orbit', 'events', ...span(q))
  const dark = events.filter((e) => e.kind === 'penumbra').map((e) => [Date.parse(e.start), Date.parse(e.end)])
  const out = { from: null, step_s, lat_deg: [], lon_deg: [], height_km: [], sunlit: [], source: /States from (.*)/.exec(oem)?.[1] ?? '' }
  for (const line of oem.split('\n')) {
    if (!/^\d{4}-/.test(line)) continue
    const [text, ...xyz] = line.split(' ')
    const at = Date.parse(text + 'Z')
    out.from ??= new Date(at).toISOString()
    const { lat, lon, height } = geodetic(earthFixed(xyz.slice(0, 3).map(Number), at))
    out.lat_deg.push(+lat.toFixed(3))
    out.lon_deg.push(+lon.toFixed(3))
    out.height_km.push(+height.toFixed(1))
    out.sunlit.push(!dark.some(([a, b]) => at >= a && at < b))
  }
  return out
}

// Precession (IAU 1976, Lieske) and sidereal time (IAU 1982); nutation and pole, under 20″, are left out.
function earthFixed(p, at) {
  const rad = Math.PI / 180, T = (at / 86400000 - 10957.5) / 36525
  const zeta = ((2306.2181 * T + 0.30188 * T * T) / 3600) * rad, z = ((2306.2181 * T + 1.09468 * T * T) / 3600) * rad, theta = ((2004.3109 * T - 0.42665 * T * T) / 3600) * rad
  const about3 = ([x, y, w], a) => [x * Math.cos(a) + y * Math.sin(a), -x * Math.sin(a) + y * Math.cos(a), w]
  const about2 = ([x, y, w], a) => [x * Math.cos(a) - w * Math.sin(a), y, x * Math.sin(a) + w * Math.cos(a)]
  const days = at / 86400000 - 10957.5
  const gmst = (280.46061837 + 360.98564736629 * days + 0.000387933 * T * T) * rad
  return about3(about3(about2(about3(p, -zeta), theta), -z), gmst)
}

// WGS 84, by Bowring's formula.
function geodetic([x, y, z]) {
  const a = 6378.137, f = 1 / 298.257223563, b = a * (1 - f), e2 = f * (2 - f), p = Math.hypot(x, y)
  const u = Math.atan2(z * a, p * b)
  const lat = Math.atan2(z + ((a * a - b * b) / b) * Math.sin(u) ** 3, p - e2 * a * Math.cos(u) ** 3)
  const n = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
  return { lat: (lat * 180) / Math.PI, lon: (Math.atan2(y, x) * 180) / Math.PI, height: p / Math.cos(lat) - n }
}

/** Answers a request under `/api/v1/`, or says that it is none. With `API` set a running server is asked instead. */
export async function answer(request, response) {
  const url = new URL(request.url, 'http://localhost')
  if (!url.pathname.startsWith('/api/v1/')) return false
  const isStream = url.pathname.endsWith('/stream')
  if (process.env.API && !(isStream && process.env.STREAM === 'none')) return passOn(url, request, response)
  book ??= readBook(folder)
  const make = answers[url.pathname.slice('/api/v1/'.length)]
  response.setHeader('content-type', 'application/json')
  if (!make) {
    response.statusCode = 404
    response.end(JSON.stringify({ what: 'This address is not there.', where: url.pathname, mend: 'See docs/api.md.' }))
    return true
  }
  try {
    response.end(JSON.stringify(await make(url.searchParams, JSON.parse((await bodyOf(request)) ?? 'null'))))
  } catch (error) {
    response.statusCode = 422
    response.end(JSON.stringify({ what: String(error.message), where: url.pathname + url.search, mend: '' }))
  }
  return true
}

async function passOn(url, request, response) {
  const headers = Object.fromEntries(['accept', 'content-type', 'x-cupola'].flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])))
  const body = await bodyOf(request)
  const asked = await fetch(new URL(url.pathname + url.search, process.env.API), { method: request.method, headers, body })
  response.statusCode = asked.status
  for (const name of ['content-type', 'etag', 'cache-control', 'retry-after']) if (asked.headers.has(name)) response.setHeader(name, asked.headers.get(name))
  for await (const part of asked.body ?? []) response.write(part)
  response.end()
  return true
}
