// Drives the page of the partners against a training room of its own and fails where it does not answer; with a folder, it takes pictures.
// `npm run build && node dev/partners.mjs [OUT]`; needs a Chromium (`CHROMIUM`) and the `cupola` program (`CUPOLA`).
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const target = resolve(import.meta.dirname, '../../../../target')
const cupola = process.env.CUPOLA ?? ['release', 'debug'].map((p) => join(target, p, 'cupola')).find(existsSync)
const out = process.argv[2] && resolve(process.argv[2])
const SIZES = { desktop: [1440, 900], tablet: [1024, 768], phone: [390, 844] }
const room = mkdtempSync(join(tmpdir(), 'cupola-room-'))

execFileSync(cupola, ['journal', '--node', join(room, 'nodes'), 'found', '--all'])
const program = spawn(cupola, ['serve', '--nodes', join(room, 'nodes'), '--training', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] })
process.env.API = await new Promise((done, fail) => {
  program.stdout.once('data', (line) => done(String(line).trim()))
  program.once('exit', (code) => fail(new Error(`cupola ended with ${code}`)))
})
const { serve } = await import('./serve.mjs')
const server = await serve()
const base = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
})
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
const faults = []
page.on('pageerror', (e) => faults.push(e.stack ?? e.message))
let passed = 0
async function step(name, run) {
  await run()
  passed++
  console.log(`ok  ${name}`)
}
async function look(name, path = page.url().slice(base.length)) {
  if (!out) return
  mkdirSync(out, { recursive: true })
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    for (const colorScheme of ['dark', 'light']) {
      const one = await browser.newPage({ viewport: { width, height }, colorScheme, serviceWorkers: 'block' })
      await one.goto(base + path, { waitUntil: 'networkidle' })
      const wide = await one.evaluate(() => { const m = document.querySelector('main'); return m.scrollWidth - m.clientWidth })
      if (wide > 0) faults.push(`${name} ${size} overflows by ${wide} px`)
      await one.screenshot({ path: `${out}/${name}-${size}-${colorScheme}.png`, fullPage: false })
      await one.close()
    }
  }
}
const api = async (path) => (await fetch(`${process.env.API}/api/v1/${path}`)).json()
const speak = (centre) => page.getByLabel('Speaking for').selectOption(centre)
const approvals = () => page.getByRole('table', { name: 'Who has said what' })
/** Says yes for everybody who is asked. */
async function approve() {
  const waiting = (await api('changes')).at(-1).approvals.filter((a) => a.mark === 'in review').map((a) => a.centre)
  for (const centre of waiting) {
    await speak(centre)
    await page.getByRole('button', { name: 'approve', exact: true }).click()
    await page.getByRole('button', { name: /press again/ }).click()
    await approvals().locator('tr.own').getByText('✓ yes').waitFor()
  }
  return waiting
}

try {
  await page.goto(`${base}/partners`, { waitUntil: 'networkidle' })
  await step('says that it is a training room, what was shared, and that the journals hold', async () => {
    await page.getByText('Training room').waitFor()
    await page.getByText('Every record and signature holds').waitFor()
    await page.getByRole('table', { name: 'Seats of the US segment' }).getByText('JAXA').waitFor()
    await page.getByText('◌ assumed').first().waitFor()
  })
  await step('the plan of the week is asked for and approved by all who are asked', async () => {
    await page.keyboard.press('n')
    await speak('mcc-h')
    await page.getByLabel('Why').fill('The week, as planned')
    await page.getByRole('button', { name: 'See what it does' }).click()
    await page.getByRole('table', { name: 'Who would have to approve' }).waitFor({ timeout: 90_000 })
    await page.getByRole('button', { name: 'Ask for it as MCC-H' }).click()
    await page.getByRole('table', { name: /Change requests/ }).getByText('○ open').waitFor()
    await look('open', '/partners?as=esa')
    const waiting = await approve()
    assert.ok(waiting.length > 3, `the plan of all needs all: ${waiting}`)
    await page.getByRole('table', { name: /Change requests/ }).getByText('✓ approved').waitFor()
  })
  const id = (await api('plans'))[0].id
  const plan = await api(`plans/${id}`)
  const own = plan.activities.find((a) => a.partner === 'esa' && a.kind === 'experiment' && a.hold === 'free')
  await step('as ESA an activity is moved: who must approve stands there before it is asked', async () => {
    await speak('col-cc')
    await page.keyboard.press('n')
    assert.match(id, /^baseline:/)
    await page.getByLabel('Activity').fill(own.id)
    await page.getByLabel('New start').fill('+1d')
    await page.getByLabel('Why').fill('The sample thaws a day later')
    await page.getByRole('button', { name: 'See what it does' }).click()
    await page.getByRole('table', { name: 'Who would have to approve' }).waitFor()
    await page.getByText('✎ asks').waitFor()
    if (out) await page.screenshot({ path: `${out}/draft.png` })
    await page.getByRole('button', { name: 'Ask for it as Col-CC' }).click()
    await page.getByRole('article').getByText('The sample thaws a day later').waitFor()
  })
  await step('what a centre may not say is told with its reason', async () => {
    assert.equal(await page.getByRole('button', { name: 'approve', exact: true }).count(), 0)
    await page.getByText(/its asking is its word|is approved already/).first().waitFor()
  })
  await step('the others approve, and the baseline moves', async () => {
    await approve()
    await page.getByRole('article').getByText('✓ approved').waitFor()
    const moved = (await api(`plans/${id}`)).activities.find((a) => a.id === own.id)
    assert.equal(Date.parse(moved.start), Date.parse(own.start) + 86_400_000)
    await page.getByText(/2 of 2 requests are in the baseline/).waitFor()
  })
  await step('a word without a reason is not sent, and one with it is read by all', async () => {
    await speak('msc-csa')
    await page.getByRole('button', { name: 'comment', exact: true }).click()
    await page.getByText('Say why first').waitFor()
    await page.keyboard.type('Noted')
    await page.getByRole('button', { name: 'comment', exact: true }).click()
    await page.getByRole('button', { name: /press again/ }).click()
    await page.getByRole('article').getByText('Noted').waitFor()
    assert.equal((await api('changes')).at(-1).said[0].centre, 'msc-csa')
  })
  await step('keys go from request to request', async () => {
    await page.locator('article .name').click()
    await page.keyboard.press('j')
    await page.getByRole('article').getByText('The week, as planned').waitFor()
    await page.keyboard.press('k')
    await page.getByRole('article').getByText('The sample thaws').waitFor()
  })
  await look('done')
  assert.deepEqual(faults, [])
  console.log(`${passed} passed, 0 failed`)
} catch (error) {
  console.log(`${passed} passed, 1 failed`)
  if (out) await page.screenshot({ path: `${out}/failed.png` })
  console.error(error, faults, page.url())
  process.exitCode = 1
} finally {
  await browser.close()
  server.close()
  server.closeAllConnections()
  program.kill()
  rmSync(room, { recursive: true, force: true })
}
