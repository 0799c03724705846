// Another future: which flights do not come, what fails, how many are aboard. Kept in the address. Pure.
import type { Forecast, Losses, Reserve } from '../../lib/api/types'
import type { Query } from '../../lib/api/ask.svelte'
import { readSlips, writeSlips } from '../../lib/slips'
import { day } from '../../lib/time/text'
import { extremes, type Curve, type Extreme } from '../../lib/plot/profile'

export interface Scenario { without: string[]; fail: string[]; crew: number | null; /** Flights at another time, as the API is told. */ slip: string[] }

/** What stands for every flight. */
export const ALL = 'all'
const MOST_CREW = 20

const list = (text: string | undefined) => (text ?? '').split(',').filter(Boolean)

export function read(own: Record<string, string>): Scenario {
  const crew = /^\d{1,2}$/.test(own.crew ?? '') ? Number(own.crew) : null
  return { without: list(own.without), fail: list(own.fail), crew: crew !== null && crew <= MOST_CREW ? crew : null, slip: writeSlips(readSlips(own.slip)) }
}

export function write({ without, fail, crew, slip }: Scenario): Record<'without' | 'fail' | 'crew' | 'slip', string | null> {
  return { slip: slip.join(',') || null, without: without.join(',') || null, fail: fail.join(',') || null, crew: crew === null ? null : String(crew) }
}

export const isPlan = (s: Scenario) => s.without.length === 0 && s.fail.length === 0 && s.crew === null && s.slip.length === 0

/** As the API is asked; machines fail where the forecast begins. */
export function query({ without, fail, crew, slip }: Scenario, from: string): Query {
  return { without, slip: without.includes(ALL) ? [] : slip.filter((s) => !without.includes(s.split('@')[0])), fail: fail.map((name) => `${name}@${from}`), crew }
}

/** The scenario in words: "without spx-35, oga fails, 5 aboard". */
export function words({ without, fail, crew, slip }: Scenario, flight: (id: string) => string, machine: (id: string) => string): string {
  return [
    ...(without.length ? [without.includes(ALL) ? 'no ship comes' : `without ${without.map(flight).join(', ')}`] : []),
    ...(slip.length ? [[...readSlips(slip.join(','))].map(([id, at]) => `${flight(id)} on ${day(at)}`).join(', ')] : []),
    ...(fail.length ? [`${fail.map(machine).join(', ')} failed`] : []), ...(crew === null ? [] : [`${crew} aboard`]),
  ].join(' · ')
}

export interface Preset { id: 'plan' | 'cargo' | 'crew' | 'all'; flight?: string; at?: string; scenario: Scenario }

/** The questions asked most, one press each. */
export function presets(forecast: Forecast): Preset[] {
  const plan: Preset = { id: 'plan', scenario: { without: [], fail: [], crew: null, slip: [] } }
  const next = (errand: string, id: 'cargo' | 'crew'): Preset[] => {
    const ship = forecast.arrivals.find((a) => a.errand === errand)
    return ship ? [{ id, flight: ship.flight, at: ship.at, scenario: { ...plan.scenario, without: [ship.flight] } }] : []
  }
  return [plan, ...next('cargo', 'cargo'), ...next('people', 'crew'), { id: 'all', scenario: { ...plan.scenario, without: [ALL] } }]
}

export const isSame = (a: Scenario, b: Scenario) => JSON.stringify(write(a)) === JSON.stringify(write(b))

/** With one more or one less. */
export const turned = (of: string[], id: string) => (of.includes(id) ? of.filter((x) => x !== id) : [...of.filter((x) => x !== ALL), id])

/** Machines and power channels whose failure is judged. */
export function machines(losses: Losses | undefined): string[] {
  return [...new Set((losses?.losses ?? []).filter((l) => ['failed', 'dark'].includes(l.loss)).map((l) => l.of))].toSorted()
}

/** How a supply fares in one future. */
export interface Fare { reserve: Reserve; least: Extreme | undefined }

export function fare(forecast: Forecast | undefined, supply: string, days: Curve | undefined): Fare | undefined {
  const reserve = forecast?.reserve.find((r) => r.store === supply && r.of === 'supply')
  return reserve && { reserve, least: days && extremes(days)?.least }
}

const QUALITY = /^(measured|published|recalled|estimated|assumed) for [^:]*: (.*)$/

/** The weakest quality of the levels a supply was counted from, as the forecast's assumptions say it. */
export function quality(forecast: Forecast | undefined, stores: string[]): string | undefined {
  return forecast?.assumptions.flatMap((a) => {
    const [, quality, of] = QUALITY.exec(a) ?? []
    return quality && stores.some((s) => of.split(' · ').some((part) => part.startsWith(`${s} `))) ? [quality] : []
  })[0]
}
