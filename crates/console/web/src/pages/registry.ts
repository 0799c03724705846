// The pages, in the order of the rail. A page is a folder with a component; to add one, add a line here and its name to the words.
import type { Component } from 'svelte'
import type { Word } from '../lib/i18n/en'

export interface Page {
  id: string
  name: Word
  /** The key that opens it. */
  key: string
  /** A path of a 20 × 20 drawing, stroked. */
  icon: string
  load: () => Promise<{ default: Component }>
}

export const pages: Page[] = [
  { id: 'now', name: 'page.now', key: '1', icon: 'M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16M2 10h16M10 2c5 5 5 11 0 16M10 2c-5 5-5 11 0 16', load: () => import('./now/Now.svelte') },
  { id: 'plan', name: 'page.plan', key: '2', icon: 'M2 4h7M6 8h9M3 12h6M11 12h7M5 16h8M12 2v2', load: () => import('./plan/Plan.svelte') },
  { id: 'traffic', name: 'page.traffic', key: '3', icon: 'M2 5h9M5 10h12M3 15h8M11 3l3 2l-3 2M14 13l3 2l-3 2', load: () => import('./traffic/Traffic.svelte') },
  { id: 'stocks', name: 'page.stocks', key: '4', icon: 'M2 4l5 4l3-2l8 10M2 13h16', load: () => import('./stocks/Stocks.svelte') },
  { id: 'partners', name: 'page.partners', key: '5', icon: 'M7 4a3 3 0 1 0 0 6a3 3 0 1 0 0-6M14 6a2 2 0 1 0 0 5a2 2 0 1 0 0-5M2 17c0-6 10-6 10 0M12 13c3-1 6 0 6 4', load: () => import('./partners/Partners.svelte') },
  { id: 'history', name: 'page.history', key: '6', icon: 'M2 17h16M3 13h3v-4h4v-3h3v-2h4v9M2 17v-3', load: () => import('./history/History.svelte') },
  { id: 'futures', name: 'page.futures', key: '7', icon: 'M2 10h5c4 0 5-6 11-6M7 10h11M7 10c4 0 5 6 11 6', load: () => import('./futures/Futures.svelte') },
  { id: 'passes', name: 'page.passes', key: '8', icon: 'M2 16c2-11 14-11 16 0M10 3v1M4 5l1 1M16 5l-1 1M10 16l3-6', load: () => import('./passes/Passes.svelte') },
]

export const pageOf = (id: string): Page => pages.find((p) => p.id === id) ?? pages[0]
