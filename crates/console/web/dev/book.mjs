// A book's folder as the API's `/book`, `/flights`, `/stays` and `/history`, for work without the server.
// Development only: the server makes the same from its own model of the book.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'

const full = (text) => {
  if (!text) return null
  const [day, clock = '00:00'] = text.replace('Z', '').split('T')
  return new Date(`${day}T${clock.length === 5 ? clock + ':00' : clock}Z`).toISOString().replace('.000Z', 'Z')
}

/** Rows of a CSV text as objects by its head line. */
export function rows(text) {
  const lines = []
  let row = [''], quoted = false
  for (const c of text) {
    if (c === '"') quoted = !quoted
    else if (c === ',' && !quoted) row.push('')
    else if (c === '\n' && !quoted) { lines.push(row); row = [''] }
    else row[row.length - 1] += c
  }
  if (row.length > 1) lines.push(row)
  const head = lines.shift()
  return lines.map((l) => Object.fromEntries(head.map((h, i) => [h, l[i] ?? ''])))
}

export function readBook(folder) {
  const toml = (name) => parse(readFileSync(join(folder, name), 'utf8'))
  const csv = (name) => rows(readFileSync(join(folder, name), 'utf8'))
  const head = toml('book.toml')
  const { partner, centre } = toml('partners.toml')
  const flown = flights(csv, toml('vehicles.toml').vehicle)
  const stays = staysOf(csv, flown)
  return {
    book: {
      ...head,
      began: full(head.began),
      known_until: full(head.known_until),
      ages: { levels: ((all) => ({ oldest: all[0], newest: all.at(-1) }))(csv('levels.csv').map((l) => full(l.at)).filter((at) => at <= full(head.known_until)).toSorted()) },
      partners: partner,
      centres: centre,
      elements: toml('elements.toml').element.map(element),
      ports: toml('ports.toml').port.map((p) => ({ ...p, from: full(p.from), until: full(p.until) })),
      vehicles: toml('vehicles.toml').vehicle,
      sites: toml('sites.toml').site.map(({ latitude_deg, longitude_deg, ...s }) => ({ ...s, lat_deg: latitude_deg, lon_deg: longitude_deg })),
      relays: toml('relays.toml').relay.map(({ longitude_deg, ...r }) => ({ ...r, lon_deg: longitude_deg, from: full(r.from), until: full(r.until) })),
    },
    flights: flown,
    stays,
    history: {
      aboard: steps(stays),
      spacewalks: csv('spacewalks.csv').map((w) => ({ id: w.id, start: full(w.start), end: full(w.end), crew: w.crew.split('+'), exit: w.from, note: w.note, quality: w.quality })),
      assembly: toml('elements.toml').element.map(element).flatMap((e) => [
        ...e.where.map((w, i) => ({ at: w.from, what: i ? 'moved' : 'attached', element: e.id, name: e.name, kind: e.kind, owner: e.owner, parent: w.parent, place: w.at, flight: e.flight, removed: e.removed ?? null })),
        ...(e.removed ? [{ at: e.removed, what: 'removed', element: e.id, name: e.name, kind: e.kind, owner: e.owner, parent: null, place: null, flight: e.flight, removed: e.removed }] : []),
      ]),
      moments: existsSync(join(folder, 'moments.toml')) ? toml('moments.toml').moment.map(({ from, flights, ...m }) => ({ ...m, at: full(from), until: full(m.until), about: flights ?? [] })) : [],
      least: [],
    },
  }
}

function element(e) {
  const where = e.moved ?? (e.parent || e.attached ? [{ parent: e.parent, at: e.at, from: e.attached }] : [])
  return {
    ...e, moved: undefined, parent: undefined, at: undefined, attached: undefined,
    launched: full(e.launched), removed: full(e.removed),
    where: where.map((w, i) => ({ parent: w.parent ?? null, at: w.at ?? null, from: full(w.from), to: full(where[i + 1]?.from ?? e.removed) })),
  }
}

function flights(csv, vehicles) {
  const by = (list, key) => list.reduce((m, x) => m.set(x[key], [...(m.get(x[key]) ?? []), x]), new Map())
  const dockings = by(csv('dockings.csv'), 'flight'), cargo = by(csv('cargo.csv'), 'flight')
  const stays = csv('stays.csv')
  const up = by(stays, 'up'), down = by(stays, 'down')
  return csv('flights.csv').map((f) => ({
    id: f.id, name: f.name, vehicle: f.vehicle, number: f.number, partner: vehicles.find((v) => v.id === f.vehicle)?.partner ?? null,
    launched: full(f.launched), ended: full(f.ended), end: f.end || null, outcome: f.outcome,
    elements: f.element ? f.element.split('+') : [],
    dockings: (dockings.get(f.id) ?? []).map((d) => ({ port: d.port, from: full(d.from), to: full(d.to), join: d.join })),
    crew_up: (up.get(f.id) ?? []).map((s) => s.person), crew_down: (down.get(f.id) ?? []).map((s) => s.person),
    cargo: (cargo.get(f.id) ?? []).map((c) => ({ direction: c.direction, kind: c.kind, mass_kg: Number(c.mass_kg), quality: c.quality })),
    source: f.source, quality: f.quality, note: f.note,
  }))
}

function staysOf(csv, flown) {
  const flight = new Map(flown.map((f) => [f.id, f]))
  const people = new Map(csv('people.csv').map((p) => [p.id, p]))
  return csv('stays.csv').map((s) => {
    const docked = flight.get(s.up)?.dockings ?? [], left = flight.get(s.down)?.dockings ?? []
    return {
      person: s.person, name: people.get(s.person)?.name ?? s.person, family_name: people.get(s.person)?.family_name ?? s.person,
      partner: s.partner, role: s.role, up: s.up || null, down: s.down || null,
      from: full(s.from) ?? docked[0]?.from ?? null, to: full(s.to) ?? left.at(-1)?.to ?? null, source: s.source, quality: s.quality, note: s.note,
    }
  }).filter((s) => s.from)
}

/** How many of each partner are aboard, a step for each moment at which it changes. */
function steps(stays) {
  const changes = stays.flatMap((s) => [[s.from, s.partner, 1], ...(s.to ? [[s.to, s.partner, -1]] : [])]).sort((a, b) => (a[0] < b[0] ? -1 : 1))
  const now = {}, out = []
  for (const [at, partner, by] of changes) {
    now[partner] = (now[partner] ?? 0) + by
    const count = Object.fromEntries(Object.entries(now).filter(([, n]) => n > 0))
    if (out.at(-1)?.at === at) out.at(-1).count = count
    else out.push({ at, count })
  }
  return out
}
