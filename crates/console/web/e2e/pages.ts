// Every page, and the states of it that look different; sizes and colours in which all of them must hold.
import { expect, type Page } from '@playwright/test'

export const PAGES = ['now', 'plan', 'traffic', 'stocks', 'partners', 'history', 'futures', 'passes']

/** Other states than that in which a page opens, by name: their address. */
export const STATES: Record<string, string> = {
  'now-globe': '/now?view=globe',
  'now-drawer': '/now?sel=flight:crew-12',
  'now-2004': '/now?at=2004-12-10T00:00Z&sel=stock:food',
  'now-tables': '/now?view=places&side=table&orbit=table&as=roscosmos',
  'now-planned': '/now?at=2026-06-02T12:00Z',
  'plan-one': '/plan?sel=activity:aerobic-gear.2026-06-01.1&from=2026-06-03T12:00Z&to=2026-06-03T20:00Z',
  'plan-days': '/plan?side=days',
  'plan-table': '/plan?side=table',
  'traffic-table': '/traffic?side=table&losses=all&sel=flight:progress-ms-35',
  'stocks-lost': '/stocks?without=spx-35,ng-25,progress-ms-35&fail=oga',
  'stocks-choose': '/stocks?without=all&choose=open&side=table',
  'stocks-power': '/stocks?group=power',
  'history-day': '/history?at=2009-07-20T00:00Z&sel=day:2009/201',
  'history-table': '/history?side=table',
  'passes-nights': '/passes?place=montreal&from=2026-05-19T12:00Z&to=2026-05-22T00:00Z&at=2026-05-19T22:00Z',
}
export const ALL: Record<string, string> = { ...Object.fromEntries(PAGES.map((p) => [p, `/${p}`])), ...STATES }

export const SIZES = { desktop: { width: 1440, height: 900 }, tablet: { width: 1024, height: 768 }, phone: { width: 390, height: 844 } }
export const COLOURS = ['light', 'dark'] as const

/** Opens an address and waits until all is drawn: nothing is asked any more but the stream of changes, and nothing says that it waits. */
export async function drawn(page: Page, path: string) {
  const asked = new Set<unknown>()
  page.on('request', (r) => { if (!r.url().endsWith('/api/v1/stream')) asked.add(r) })
  page.on('requestfinished', (r) => asked.delete(r))
  page.on('requestfailed', (r) => asked.delete(r))
  await page.goto(path)
  await expect(page.locator('main > :not(h1)').first()).toBeVisible()
  let calm = 0
  await expect.poll(async () => {
    const isCalm = asked.size === 0 && (await page.getByText('Being computed …').filter({ visible: true }).count()) === 0
    calm = isCalm ? calm + 1 : 0
    return calm
  }, { intervals: [100], timeout: 90_000, message: `${path} is drawn` }).toBeGreaterThan(3)
}

/** Changes the colours and waits until they are drawn. */
export async function inColours(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}
