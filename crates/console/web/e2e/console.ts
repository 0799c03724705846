// What every test gets: the console of a program of its own, and an end that fails where anything went wrong on the way.
import { expect, test as bare, type Page } from '@playwright/test'
import { serve } from './program'

/** What no page may do; a test takes out what it brings about itself. */
export function watch(page: Page, base: string, faults: string[]) {
  page.on('pageerror', (e) => faults.push(e.stack ?? e.message))
  page.on('console', (m) => {
    // A bad status is said once, with its address, below.
    if (m.type() === 'error' && !m.text().startsWith('Failed to load resource')) faults.push(`console: ${m.text()}`)
  })
  page.on('request', (r) => {
    if (!r.url().startsWith(`${base}/`) && !/^(data|blob):/.test(r.url())) faults.push(`a request to ${r.url()}`)
  })
  page.on('response', (r) => {
    if (r.status() >= 400) faults.push(`${r.status()} ${r.request().method()} ${r.url().slice(base.length)}`)
  })
}

export const test = bare.extend<{ faults: string[] }, { served: string }>({
  served: [async ({}, use) => {
    const program = await serve()
    await use(program.address)
    await program.end()
  }, { scope: 'worker' }],
  baseURL: ({ served }, use) => use(served),
  faults: [async ({ page, baseURL }, use) => {
    const faults: string[] = []
    watch(page, baseURL!, faults)
    await use(faults)
    expect(faults, 'errors, bad statuses and foreign requests').toEqual([])
  }, { auto: true }],
})

export { expect }
