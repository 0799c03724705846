// How fast the console is in a browser, on this machine: `npm run speed` prints a table. Asked are the figures in brackets.
import type { Page } from '@playwright/test'
import { expect, test } from '../e2e/console'

const PAGES = ['now', 'plan', 'traffic', 'stocks', 'partners', 'history', 'passes?place=montreal']
const LOADS = 7
const BARS = 2_400

const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
const median = (values: number[]) => sorted(values)[values.length >> 1]
const most = (values: number[]) => sorted(values).at(-1)!
const row = (name: string, ...values: (number | string)[]) => console.log(`${name.padEnd(34)}${values.map((v) => (typeof v === 'number' ? v.toFixed(1) : v).padStart(12)).join('')}`)

// A plan made larger comes from the test, which a service worker would not ask.
test.use({ serviceWorkers: 'block' })

/** Notes when anything was last drawn, on a canvas or in the document. */
function noteDrawing() {
  const drawn = { last: 0 }
  Object.assign(window, { drawn })
  new MutationObserver(() => (drawn.last = performance.now())).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  const pen = CanvasRenderingContext2D.prototype as unknown as Record<string, (...more: unknown[]) => unknown>
  for (const name of ['clearRect', 'fillRect', 'fillText', 'fill', 'stroke', 'drawImage']) {
    const draw = pen[name]
    pen[name] = function (this: unknown, ...more) {
      drawn.last = performance.now()
      return draw.apply(this, more)
    }
  }
}

/** When the page was whole: the last drawing before a second of rest. */
async function whole(page: Page): Promise<number> {
  const REST_MS = 1_000
  await page.waitForFunction((rest) => {
    const { last } = (window as unknown as { drawn: { last: number } }).drawn
    return last > 0 && performance.now() - last > rest
  }, REST_MS, { polling: 100 })
  return page.evaluate(() => (window as unknown as { drawn: { last: number } }).drawn.last)
}

test('pages', async ({ browser, baseURL, page }) => {
  test.setTimeout(900_000)
  // What the server makes once it has made before anybody looks.
  for (const path of PAGES) {
    await page.goto(`/${path}`)
    await page.waitForLoadState('load')
  }
  await expect.poll(async () => (await page.request.get('/api/v1/history')).status()).toBe(200)
  console.log(`\nmilliseconds from the address to …, ${LOADS} times, nothing cached in the browser`)
  row('page', 'paint', 'most', 'all drawn', 'most')
  row('', '(300)', '', '(600)')
  for (const path of PAGES) {
    const paint: number[] = [], drawn: number[] = []
    for (let load = 0; load < LOADS; load++) {
      const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
      const fresh = await context.newPage()
      await fresh.addInitScript(noteDrawing)
      await fresh.goto(`/${path}`)
      drawn.push(await whole(fresh))
      paint.push(await fresh.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN))
      await context.close()
    }
    row(path, median(paint), most(paint), median(drawn), most(drawn))
  }
})

test('panning', async ({ page }) => {
  // The week again and again, a week later each time, until there are enough bars.
  let bars = 0
  await page.route('**/api/v1/plans/week', async (route) => {
    const response = await route.fetch()
    const plan = await response.json()
    const week = plan.activities as { id: string; start: string; end: string; crew: string[]; uses: unknown[] }[]
    const later = (time: string, weeks: number) => new Date(Date.parse(time) + weeks * 7 * 86_400_000).toISOString()
    plan.activities = []
    for (let weeks = 0; bars < BARS; weeks++) {
      for (const one of week.slice(0, week.length)) {
        plan.activities.push({ ...one, id: `${one.id}.${weeks}`, start: later(one.start, weeks), end: later(one.end, weeks) })
        bars += one.crew.length + one.uses.length
        if (bars >= BARS) break
      }
    }
    await route.fulfill({ response, json: plan })
  })
  await page.goto('/plan?from=2026-06-01T00:00Z&to=2026-06-15T00:00Z')
  const crew = page.locator('.crew canvas')
  await expect(crew).toBeVisible()
  await expect.poll(() => bars).toBeGreaterThanOrEqual(BARS)
  await page.getByRole('table', { name: /Findings/ }).or(page.locator('.lists')).first().waitFor()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const busy = async () => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration')!.value * 1e3
  const box = (await crew.boundingBox())!
  const per: number[] = []
  for (let pan = 0; pan < 9; pan++) {
    const way = pan % 2 ? 1 : -1
    // On the bands of light above the people, so that no bar is taken.
    await page.mouse.move(box.x + box.width / 2, box.y + 10)
    await page.mouse.down()
    await page.evaluate(() => {
      const count = { frames: 0, on: true }
      Object.assign(window, { count })
      const next = () => { if (count.on) { count.frames++; requestAnimationFrame(next) } }
      requestAnimationFrame(next)
    })
    const before = await busy()
    for (let step = 1; step <= 60; step++) await page.mouse.move(box.x + box.width / 2 + way * step * 6, box.y + 10)
    const spent = (await busy()) - before
    const frames = await page.evaluate(() => {
      const { count } = window as unknown as { count: { frames: number; on: boolean } }
      count.on = false
      return count.frames
    })
    await page.mouse.up()
    per.push(spent / frames)
  }
  console.log(`\nmilliseconds of the main thread a frame while a timeline of ${bars} bars is dragged, 9 drags of 60 steps`)
  row('', 'median', 'most')
  row('pan (4)', median(per), most(per))
})

test('from an edit to its verdict', async ({ page }) => {
  await page.addInitScript(() => {
    const waits: number[] = []
    Object.assign(window, { waits })
    let pressed = 0
    addEventListener('keydown', () => (pressed = performance.now()), { capture: true })
    const plain = window.fetch
    window.fetch = async (what, ...more) => {
      const answer = await plain(what, ...more)
      if (!String(what instanceof Request ? what.url : what).includes('/verdict')) return answer
      const text = await answer.text()
      requestAnimationFrame(() => waits.push(performance.now() - pressed))
      return new Response(text, answer)
    }
  })
  await page.goto('/plan?from=2026-06-03T12:00Z&to=2026-06-04T20:00Z')
  await page.locator('.crew canvas').waitFor()
  await page.getByRole('application').focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('m')
  const waits = () => page.evaluate(() => (window as unknown as { waits: number[] }).waits.length)
  for (let i = 0; i < 40; i++) {
    const before = await waits()
    await page.keyboard.press('ArrowRight')
    await expect.poll(waits, { intervals: [60] }).toBeGreaterThan(before)
  }
  const all = (await page.evaluate(() => (window as unknown as { waits: number[] }).waits)).slice(2)
  console.log('\nmilliseconds from a key that moves an activity to the frame that shows the verdict of all rules, 40 times')
  row('', 'median', 'most')
  row('verdict (50)', median(all), most(all))
  await page.keyboard.press('Escape')
})
