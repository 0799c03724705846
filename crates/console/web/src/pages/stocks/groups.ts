// Every profile of the forecast in the panel where it is looked at; at most five in one. Pure.
import type { Book, ProfileName } from '../../lib/api/types'

export interface Line { name: string; label: string }
export interface Panel { id: string; title: string; unit: string; lines: Line[]; limits: { value: number; label: string }[]; /** What the inspector shows of it. */ ref?: string }
export interface Group { id: (typeof GROUPS)[number]; panels: Panel[] }

export const GROUPS = ['days', 'mass', 'use', 'stores', 'power', 'machines', 'cabin'] as const
const MOST = 5
const words = (id: string) => id.replaceAll('-', ' ').replace(/^\w/, (c) => c.toUpperCase())

export function groupsOf(names: ProfileName[], book: Pick<Book, 'supplies' | 'stores' | 'processes'>): Group[] {
  const all = new Map(names.filter((n) => n.group === 'forecast').map((n) => [n.name, n]))
  const taken = new Set<string>()
  const panel = (id: string, title: string, lines: Line[], more: Partial<Panel> = {}): Panel[] => {
    const there = lines.filter((l) => all.has(l.name)).slice(0, MOST)
    there.forEach((l) => taken.add(l.name))
    return there.length ? [{ id, title, unit: all.get(there[0].name)?.unit ?? '', lines: there, limits: [], ...more }] : []
  }
  const days = book.supplies.flatMap((s) => panel(`${s.id}.days`, s.name, [{ name: `supply.${s.id}.days`, label: s.name }], { limits: s.lines_days.map((d) => ({ value: d, label: `${d} d` })), ref: `stock:${s.id}` }))
  const mass = book.supplies.flatMap((s) => {
    const parts = book.stores.filter((x) => x.supply === s.id)
    return panel(`${s.id}.mass`, s.name, [{ name: `supply.${s.id}_kg`, label: 'together' }, ...parts.map((x) => ({ name: `store.${x.id}_kg`, label: partName(x.name, s.name) }))], { ref: `stock:${s.id}` })
  })
  const use = book.supplies.flatMap((s) => panel(`${s.id}.use`, s.name, [{ name: `supply.${s.id}.use_kg_d`, label: s.name }], { ref: `stock:${s.id}` }))
  const stores = book.stores.filter((s) => !taken.has(`store.${s.id}_kg`)).flatMap((s) => panel(s.id, s.name, [{ name: `store.${s.id}_kg`, label: s.name }], { ref: `stock:${s.id}` }))
  const machines = book.processes.flatMap((p) => panel(p.id, p.name, [{ name: `process.${p.id}.run`, label: p.name }], { unit: 'of full run' }))
  const power = powerPanels([...all.keys()], panel)
  // What no rule knows stands under the last, so that nothing is left out.
  const rest = [...all.values()].filter((n) => !taken.has(n.name)).flatMap((n) => panel(n.name, words(n.name.replace(/^(cabin|env|propulsion)\./, '').replace(/_(kg|kpa|km|m_s)$/, '').replaceAll('_', ' ')), [{ name: n.name, label: n.name }]))
  const panels = { days, mass, use, stores, power, machines, cabin: rest }
  return GROUPS.map((id) => ({ id, panels: panels[id] })).filter((g) => g.panels.length)
}

function partName(name: string, supply: string): string {
  const part = name.split(', ')[1] ?? name.replace(new RegExp(`^${supply.split(' ')[0]} (in|of|at) `, 'i'), '')
  return part.replace(' segment', '')
}

function powerPanels(names: string[], panel: (id: string, title: string, lines: Line[]) => Panel[]): Panel[] {
  const channels = [...new Set(names.flatMap((n) => /^power\.([^.]+)\.load_kw$/.exec(n)?.[1] ?? []))]
  const line = (name: string, label: string): Line => ({ name, label })
  return [
    ...panel('power', 'All channels', ['load', 'capability', 'margin'].map((w) => line(`power.${w}_kw`, w))),
    ...channels.flatMap((c) => panel(`power.${c}`, `Channel ${c.toUpperCase()}`, ['load', 'output', 'capability'].map((w) => line(`power.${c}.${w}_kw`, w)))),
    ...channels.flatMap((c) => panel(`charge.${c}`, `Charge of ${c.toUpperCase()}`, [line(`power.${c}.charge_low`, 'lowest of the orbit'), line(`power.${c}.charge_high`, 'highest')])),
  ]
}
