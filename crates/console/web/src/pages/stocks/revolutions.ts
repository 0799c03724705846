// Power revolution by revolution: what the wings give in sunlight, what is drawn, what is in the batteries. Pure.
import { valueAt, type Curve } from '../../lib/plot/profile'
import { DAY } from '../../lib/time/text'
import type { Line, Panel } from './groups'

/** Views no wider than this are looked at revolution by revolution: with the stretch around them it is as long as the API tells charges. */
export const CLOSE = 4.5 * DAY
const TURN_PX = 10
const TURN = DAY / 15.5

/** So many columns that revolutions finer than the eye become a band. */
export const columns = (from: number, to: number, width: number) => (((to - from) / TURN) * TURN_PX > width ? Math.max(40, Math.round(width / TURN_PX)) : 1600)

/** What all wings give: their output while there is sunlight. */
export function generation(sunlit: Curve, outputs: Curve[]): Curve {
  const at = (t: number) => outputs.reduce((sum, o) => sum + (valueAt(o, t) ?? 0), 0)
  const of = (list: (number | null)[] | undefined) => list?.map((v, i) => (v === null ? null : v * at(sunlit.x[i])))
  return { x: sunlit.x, y: of(sunlit.y) as Curve['y'], low: of(sunlit.low), high: of(sunlit.high), isStep: sunlit.isStep }
}

export const GENERATION = 'generation'

/** Panels of a close view: all channels' power, then the charge of each. */
export function closePanels(channels: string[], words: { title: string; generation: string; load: string; charge: (channel: string) => string }): Panel[] {
  const line = (name: string, label: string): Line => ({ name, label })
  return [
    { id: 'turns', title: words.title, unit: 'kW', lines: [line(GENERATION, words.generation), line('power.load_kw', words.load)], limits: [] },
    ...channels.map((c): Panel => ({ id: `kwh.${c}`, title: words.charge(c.toUpperCase()), unit: 'kWh', lines: [line(`power.${c}.charge_kwh`, words.charge(c.toUpperCase()))], limits: [] })),
  ]
}
