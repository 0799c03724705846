// Takes pictures of the pages in light and dark at three sizes and measures how long they take: `npm run look -- OUT [page …]`.
// Needs a Chromium (`CHROMIUM` names it) and the `cupola` program (`CUPOLA`).
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { serve } from './serve.mjs'

const out = resolve(process.argv[2] ?? '../../../target/console')
const wanted = process.argv.slice(3)
mkdirSync(out, { recursive: true })

const SIZES = { desktop: [1440, 900], tablet: [1024, 768], phone: [390, 844] }
const SHOTS = {
  now: '/now', globe: '/now?view=globe', flight: '/now?sel=flight:crew-12', old: '/now?at=2004-12-10T00:00Z',
  plan: '/plan', planWeek: '/plan?from=2026-06-01T00:00Z&to=2026-06-08T00:00Z', planOne: '/plan?sel=activity:aerobic-gear.2026-06-01.1&from=2026-06-03T12:00Z&to=2026-06-03T20:00Z', planDay: '/plan?side=days', planTable: '/plan?side=table', planWide: '/plan?from=2026-05-25T00:00Z&to=2026-06-25T00:00Z',
  history: '/history', miss: '/history?at=2004-12-10T00:00Z&from=2003-01-01T00:00Z&to=2006-01-01T00:00Z', after: '/now?at=2026-06-02T12:00Z', stock: '/now?sel=stock:food', stock2004: '/now?at=2004-11-20T00:00Z&sel=stock:food', day: '/history?at=2009-07-20T00:00Z&sel=day:2009/201', table: '/history?side=table', places: '/now?view=places&side=table&orbit=table&as=roscosmos', stocks: '/stocks', lost: '/stocks?without=spx-35', out: '/stocks?without=spx-35,ng-25,progress-ms-35&fail=oga', choose: '/stocks?without=all&choose=open&side=table', power: '/stocks?group=power', mass: '/stocks?group=mass&without=progress-ms-35', machines: '/stocks?group=machines', traffic: '/traffic', planned: '/traffic?sel=flight:progress-ms-35', traffictable: '/traffic?side=table&losses=all', futures: '/futures', passes: '/passes?place=montreal&from=2026-05-19T12:00Z&to=2026-05-22T00:00Z&at=2026-05-19T22:00Z', nopass: '/passes?place=montreal',
}

const server = await serve()
const base = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
})
try {
  for (const [name, path] of Object.entries(SHOTS)) {
    if (wanted.length && !wanted.includes(name)) continue
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      for (const colorScheme of ['dark', 'light']) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme, deviceScaleFactor: 1, serviceWorkers: 'block' })
        const page = await context.newPage()
        const foreign = []
        page.on('request', (r) => { if (!r.url().startsWith(base) && !/^(data|blob):/.test(r.url())) foreign.push(r.url()) })
        page.on('pageerror', (e) => console.log(`  ${name} ${size} ${colorScheme}: ${e.message}`))
        page.on('console', (m) => { if (m.type() === 'error' && !m.text().startsWith('Failed to load')) console.log(`  ${name} ${size}: ${m.text()}`) })
        page.on('response', (r) => r.status() >= 400 && console.log(`  ${name} ${size}: ${r.status()} ${r.url().slice(base.length)}`))
        const began = performance.now()
        await page.goto(base + path, { waitUntil: 'networkidle' })
        const all = performance.now() - began - 500 // networkidle waits 500 ms of quiet
        const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth + Math.max(0, document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth))
        await page.screenshot({ path: `${out}/${name}-${size}-${colorScheme}.png` })
        console.log(`${name} ${size} ${colorScheme}: first paint ${paint?.toFixed(0)} ms, all drawn ${all.toFixed(0)} ms${wide > 0 ? `, OVERFLOWS by ${wide} px` : ''}${foreign.length ? `, FOREIGN ${foreign}` : ''}`)
        await context.close()
      }
    }
  }
} finally {
  await browser.close()
  server.close()
}
