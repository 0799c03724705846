// Drives the console as a person would and fails where it does not answer: keys, palette, time machine, selection, drag, other languages,
// paper, and no connection. `npm run build && npm run use`; needs what `look.mjs` needs.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { serve } from './serve.mjs'

// An open stream is never idle.
process.env.STREAM = 'none'
const server = await serve()
const base = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
})
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })
const page = await context.newPage()
const faults = []
page.on('pageerror', (e) => faults.push(e.stack ?? e.message))
page.on('request', (r) => { if (!r.url().startsWith(base) && !/^(data|blob):/.test(r.url())) faults.push(`a request to ${r.url()}`) })

const address = () => decodeURIComponent(page.url().slice(base.length))
const settled = () => page.waitForTimeout(400) // the address follows after a quarter of a second
let passed = 0
async function step(name, run) {
  await run()
  passed++
  console.log(`ok  ${name}`)
}

try {
  await page.goto(`${base}/`, { waitUntil: 'networkidle' })
  await step('opens on Now with its moment, crew and station', async () => {
    await page.getByText('Christopher Williams').waitFor()
    assert.match(await page.locator('header .gmt').innerText(), /GMT\s+2026\/150\s+12:25:00/)
    await page.locator('.verdict').waitFor()
    assert.match(await page.locator('.presence').innerText(), /9,340 days.*secure against any single loss until \d{4}\/\d{3}/s)
    assert.doesNotMatch(await page.locator('body').innerText(), /\b\d{1,2}(:\d\d)?\s?[ap]m\b/i)
  })
  await step('keys move through time, and the address says so', async () => {
    await page.keyboard.press(']')
    await settled()
    assert.match(address(), /at=2026-05-30T12:54:16Z/) // the next Ku link
    await page.keyboard.press('-')
    await page.keyboard.press('ArrowRight')
    await settled()
    assert.match(address(), /from=.*&to=/)
    const before = address()
    await page.reload({ waitUntil: 'networkidle' })
    await settled()
    assert.equal(address(), before, 'a page reloads where it was')
    await page.keyboard.press('Shift+ArrowLeft')
    await settled()
    assert.match(address(), /at=/)
    assert.notEqual(address().match(/at=[^&]*/)[0], before.match(/at=[^&]*/)[0])
    await page.keyboard.press('t')
    await settled()
    assert.doesNotMatch(address(), /at=/)
  })
  await step('the palette finds a person, a place without its accent, a time', async () => {
    for (const [text, expected] of [['adenot', /sel=person:adenot-sophie/], ['montreal', /sel=site:montreal/], ['2004/345', /at=2004-12-10/]]) {
      await page.keyboard.press('/')
      await page.getByRole('combobox', { name: '' }).last().fill(text)
      await page.keyboard.press('Enter')
      await settled()
      assert.match(address(), expected)
    }
    await page.keyboard.press('Escape')
    await settled()
    assert.doesNotMatch(address(), /sel=/)
  })
  await step('at a moment without an orbit no place is claimed', async () => {
    await page.getByText('The orbit is not known at this time.').first().waitFor()
    await page.getByText('Salizhan Sharipov').waitFor()
  })
  await step('the time machine takes a day of the year and a speed', async () => {
    await page.keyboard.press('g')
    await page.getByLabel('Go to a time').first().fill('2026/150 10:00')
    await page.keyboard.press('Enter')
    await settled()
    assert.match(address(), /at=2026-05-30T10:00Z/)
    await page.keyboard.press(' ')
    await page.waitForTimeout(600)
    await page.keyboard.press(' ')
    await settled()
    assert.ok(/at=2026-05-30T10:00:[1-9]\d?Z/.test(address()) || /at=2026-05-30T10:0[1-9]/.test(address()), `time went on: ${address()}`)
  })
  await step('who was aboard and what was docked on 4 July 2024', async () => {
    await page.goto(`${base}/now`, { waitUntil: 'networkidle' })
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: '' }).last().fill('2024-07-04')
    await page.keyboard.press('Enter')
    await page.getByText('Aboard 9').waitFor()
    await page.getByText('Sunita Williams').waitFor()
    await page.getByRole('button', { name: 'As a table' }).click()
    for (const ship of ['Soyuz MS-25', 'Crew-8', 'Boeing Crew Flight Test', 'Cygnus NG-20', 'Progress MS-26', 'Progress MS-27']) {
      await page.getByText(ship).filter({ visible: true }).first().waitFor()
    }
  })
  await step('the passes of a night over Montréal', async () => {
    await page.goto(`${base}/passes?at=2026-05-19T22:00Z`, { waitUntil: 'networkidle' })
    await page.getByPlaceholder(/latitude and longitude/).fill('Montréal')
    await page.keyboard.press('Enter')
    await page.getByRole('table').getByText('2026/14').first().waitFor()
    await settled()
    assert.match(address(), /place=montreal/)
    await page.goto(`${base}/`, { waitUntil: 'networkidle' })
  })
  await step('a part of the station is chosen by keyboard', async () => {
    await page.getByRole('button', { name: /^Zvezda, Roscosmos/ }).first().focus()
    await page.keyboard.press('Enter')
    await settled()
    assert.match(address(), /sel=element:zvezda/)
    await page.locator('aside').getByText('Zvezda (Service Module)').waitFor()
  })
  await step('a drag on the axis moves the span, "back" undoes a page', async () => {
    const before = address()
    const box = await page.locator('.axis .marks').boundingBox()
    await page.mouse.move(box.x + 700, box.y + 26)
    await page.mouse.down()
    await page.mouse.move(box.x + 400, box.y + 26, { steps: 5 })
    await page.mouse.up()
    await settled()
    assert.notEqual(address(), before)
    await page.keyboard.press('6')
    await page.getByText('aboard').first().waitFor()
    await page.goBack()
    await settled()
    assert.match(address(), /^\/now/)
  })
  await step('a day of the history is opened by a press', async () => {
    await page.goto(`${base}/history?from=2004-01-01T00:00Z&to=2006-01-01T00:00Z`, { waitUntil: 'networkidle' })
    const box = await page.locator('.canvas').boundingBox()
    await page.mouse.click(box.x + 800, box.y + 60)
    await settled()
    assert.match(address(), /sel=day:2005\/\d{3}/)
    await page.locator('aside').getByRole('heading', { name: 'Aboard' }).waitFor()
  })
  await step('when food would end if the next cargo ship is lost: two presses', async () => {
    await page.goto(`${base}/now`, { waitUntil: 'networkidle' })
    const began = performance.now()
    await page.getByRole('navigation').getByRole('link', { name: 'Stocks' }).click()
    await page.getByRole('button', { name: /^Next cargo ship lost/ }).click()
    const answer = page.locator('.answer')
    await answer.getByText(/^Food, without spx-35:/).waitFor()
    await page.locator('.answer:not(.waiting)').waitFor()
    assert.match(await answer.innerText(), /does not end before 2027\/333.*as planned.*Lowest \d+ days on \d{4}\/\d{3} \(as planned: \d+ days, \d{4}\/\d{3}\)/s)
    console.log(`    answered ${(performance.now() - began).toFixed(0)} ms after the first press`)
    await settled()
    assert.match(address(), /^\/stocks\?.*without=spx-35/)
    await page.reload({ waitUntil: 'networkidle' })
    await page.locator('.answer:not(.waiting)').getByText(/^Food, without spx-35:/).waitFor()
    // The key knows which ship is next once the plan's own forecast is there.
    await page.getByRole('button', { name: /^Next cargo ship lost/ }).waitFor()
    await settled()
    await settled()
    await page.keyboard.press('w')
    await answer.getByText(/^Food:/).waitFor()
  })
  await step('what a failed machine does to a supply is dated before and after, in the plots\' table too', async () => {
    await page.keyboard.press('c')
    await page.getByLabel('US oxygen generation assembly').check()
    await page.getByRole('row', { name: /Stored oxygen/ }).getByText(/45 d: kept → ▲ \d{4}\/\d{3}/).waitFor()
    await page.keyboard.press('b')
    await page.getByRole('row', { name: /Stored oxygen US oxygen generation assembly failed/ }).getByText(/▲ 45 d/).waitFor()
    await page.keyboard.press('p')
    await settled()
    assert.doesNotMatch(address(), /fail=/)
  })
  await step('a planned flight is left out from Traffic', async () => {
    await page.goto(`${base}/traffic?sel=flight:progress-ms-35`, { waitUntil: 'networkidle' })
    await page.locator('aside').getByText('30 d late').waitFor()
    await page.locator('aside').getByRole('button', { name: /Leave it out/ }).click()
    await page.locator('.answer').getByText(/without progress-ms-35/).waitFor()
    await page.goBack()
    await page.getByRole('group', { name: 'Single losses' }).getByRole('button', { name: 'All' }).click()
    await page.getByRole('row', { name: /ng-27 90 d late/ }).getByText('secure').waitFor()
  })
  await step('a table goes to the clipboard', async () => {
    await page.goto(`${base}/now`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: /Copy the table: Aboard/ }).click()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    assert.match(text, /^partner\tname\trole/)
    assert.match(text, /ESA\tSophie Adenot\tFE/)
  })
  await step('all that is on show is asked again after another page was left', async () => {
    await page.keyboard.press('6')
    await page.locator('.canvas').waitFor()
    const asked = []
    const note = (r) => asked.push(new URL(r.url()).pathname.replace('/api/v1/', ''))
    page.on('request', note)
    await page.keyboard.press('r')
    await page.waitForLoadState('networkidle')
    page.off('request', note)
    for (const what of ['book', 'status', 'history']) assert.ok(asked.includes(what), `${what} is asked again: ${asked}`)
    assert.ok(!asked.includes('track'), 'what only the page before showed is not')
    await page.keyboard.press('1')
  })
  await step('an experiment is moved to Thursday, the rule it breaks is told, a time that breaks none is found, by pointer', async () => {
    await page.goto(`${base}/plan?sel=activity:aerobic-gear.2026-06-01.1&from=2026-06-03T12:00Z&to=2026-06-04T20:00Z`)
    const line = page.locator('.line'), crew = page.locator('.crew canvas')
    const box = await crew.boundingBox(), name = 156, bands = 48, row = 34
    const at = (time) => box.x + name + ((Date.parse(time) - Date.parse('2026-06-03T12:00Z')) / (32 * 3_600_000)) * (box.width - name)
    const y = box.y + bands + 2.5 * row // Williams, the third of NASA
    await page.locator('aside').getByText('2026/154 16:05 GMT').waitFor()
    await page.mouse.move(at('2026-06-03T16:30Z'), y)
    await page.mouse.down()
    await page.mouse.move(at('2026-06-04T14:26Z'), y, { steps: 8 })
    await page.getByText(/must work day: .* above 6.5 h/).first().waitFor()
    await page.mouse.up()
    await page.getByText(/nearest that would do: 2026\/\d{3} \d\d:\d[05]/).waitFor()
    assert.match(await page.locator('aside').innerText(), /begins\s+2026\/155 14:0\d GMT/)
    await page.keyboard.press('n')
    await page.getByText('Nothing is newly broken.').waitFor()
    for (const _ of [1, 2]) await page.keyboard.press('z')
    await page.getByText(/^Undone: /).waitFor()
    await page.keyboard.press('Z')
    await line.getByText(/must work day/).waitFor()
    await page.reload()
    await line.getByText(/must work day/).waitFor() // edits are kept
  })
  await step('the same by keys alone; a reason, and what to do where no change requests are kept', async () => {
    await page.keyboard.press('z')
    await page.keyboard.press('m')
    for (let i = 0; i < 22; i++) await page.keyboard.press('Shift+ArrowRight')
    await page.locator('.line').getByText(/must work day/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Undo', { exact: true }).waitFor()
    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing is newly broken.').waitFor()
    await page.keyboard.press('p')
    await page.locator('.ask input').fill('The rider asked for it')
    await page.keyboard.press('Enter')
    await page.getByText('This server has no node').waitFor()
    await page.getByText('Copy the edits').click()
    assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), [{ do: 'move', id: 'aerobic-gear.2026-06-01.1', to: '2026-06-03T16:10Z' }])
    await page.keyboard.press('c')
    await page.getByText(/activities are on the clipboard/).waitFor()
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^begins \(GMT\)\tends[\s\S]*Breathing gear/)
    await page.evaluate(() => sessionStorage.clear())
    await page.keyboard.press('1')
  })
  await step('other words, kept for the next time', async () => {
    await page.keyboard.press('/')
    await page.getByRole('combobox').last().fill('Русский')
    await page.keyboard.press('Enter')
    await page.getByText('На борту 7').waitFor()
    await page.evaluate(() => localStorage.clear())
  })
  await step('without a connection it opens again and says since when', async () => {
    await page.goto(`${base}/now`, { waitUntil: 'networkidle' })
    await page.evaluate(() => navigator.serviceWorker.ready)
    // The first visit was before the worker: once more, so that it keeps the answers.
    await page.reload({ waitUntil: 'networkidle' })
    await page.reload({ waitUntil: 'networkidle' })
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await page.reload()
    await page.getByText('Christopher Williams').waitFor()
    assert.match(await page.locator('.lost').innerText(), /No connection since \d{4}\/\d{3} \d\d:\d\d/)
  })
  assert.deepEqual(faults, [])
  console.log(`${passed} passed, 0 failed`)
} catch (error) {
  console.log(`${passed} passed, 1 failed`)
  console.error(error, faults, address())
  process.exitCode = 1
} finally {
  await browser.close()
  server.close()
}
