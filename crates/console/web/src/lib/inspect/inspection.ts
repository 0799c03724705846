// What the drawer shows of anything: facts, what belongs to it, where it is from. Kinds register how they are looked at.
import { SvelteMap } from 'svelte/reactivity'
import type { Sourced } from '../api/types'

export interface Fact { label: string; value: string; ref?: string; tone?: string }
export interface Item { text: string; ref?: string; at?: number; note?: string; tone?: string }
export interface Inspection extends Sourced {
  kind: string
  title: string
  owner?: string
  facts: Fact[]
  /** A profile to plot, with its limits. */
  plot?: { name: string; title: string; limits: { value: number; label: string }[]; asOf?: string; from?: string; to?: string }
  lists: { title: string; items: Item[] }[]
  /** The moment it is about, to go there. */
  at?: number
}

export type Inspector = (id: string) => Inspection | undefined

// Reactive, since a page that comes later may know a kind that is looked at already.
const inspectors = new SvelteMap<string, Inspector>()

/** Says how a kind is looked at; pages register kinds of their own. */
export function inspectAs(kind: string, inspector: Inspector) {
  inspectors.set(kind, inspector)
}

export function inspect(ref: string): Inspection | undefined {
  const colon = ref.indexOf(':')
  return inspectors.get(ref.slice(0, colon))?.(ref.slice(colon + 1))
}
