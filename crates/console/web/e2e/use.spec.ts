// The console used as by people who know it: keys, palette, time machine, selection, other languages, the clipboard, and no connection.
import { address, alone, drawer, expect, find, inRoom, open, says, still, test } from './console'
import { approve, speakFor, waiting } from './partners'

test('opens on Now with its moment, crew and station; never in a.m. or p.m.', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  const top = page.getByRole('banner')
  await expect(top.getByRole('button', { name: 'Time machine' })).toHaveText(/GMT\s+2026\/150\s+12:25:00/)
  await expect(top).toContainText(/9,340 days.*no lost flight breaks a rule before \d{4}\/\d{3}/s)
  expect(await page.locator('body').innerText()).not.toMatch(/\b\d{1,2}(:\d\d)?\s?[ap]m\b/i)
})

test('keys move through time, and the address says so', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  // Events are known once the orbit is.
  await expect(page.getByRole('table', { name: 'Next' })).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('t')
    await page.keyboard.press(']')
    await expect.poll(() => address(page), { timeout: 2000 }).toMatch(/at=2026-05-30T12:54:16Z/) // the next Ku link
  }).toPass()
  await page.keyboard.press('-')
  await page.keyboard.press('ArrowRight')
  await says(page, /from=.*&to=/)
  const before = await still(page)
  await page.reload()
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  expect(await still(page), 'a page reloads where it was').toBe(before)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => address(page)).not.toContain(before.match(/at=[^&]*/)![0])
  await says(page, /at=/)
  await page.keyboard.press('t')
  await expect.poll(() => address(page)).not.toMatch(/at=/)
})

test('the palette finds a person, a place without its accent, a time; without an orbit no place is claimed', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  await find(page, 'adenot')
  await says(page, /sel=person:adenot-sophie/)
  await find(page, 'montreal')
  await says(page, /sel=site:montreal/)
  await find(page, '2004/345')
  await says(page, /at=2004-12-10/)
  await page.keyboard.press('Escape')
  await expect.poll(() => address(page)).not.toMatch(/sel=/)
  await expect(page.getByText('The orbit is not known at this time.').first()).toBeVisible()
  await expect(page.getByText('Salizhan Sharipov')).toBeVisible()
})

test('the time machine takes a day of the year, and time goes on', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  await page.keyboard.press('g')
  await page.getByLabel('Go to a time').fill('2026/150 10:00')
  await page.keyboard.press('Enter')
  await says(page, /at=2026-05-30T10:00Z/)
  await page.keyboard.press(' ')
  const clock = page.getByRole('button', { name: 'Time machine' })
  await expect(clock).toHaveText(/10:(00:[1-5]\d|0[1-9])/)
  await page.keyboard.press(' ')
  await expect(clock).not.toHaveText(/▶/)
  await says(page, /at=2026-05-30T10:(00:[1-5]|0[1-9]|[1-5])/)
})

test('a part of the station is chosen by keyboard', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /^Zvezda, Roscosmos/ }).first().focus()
  await page.keyboard.press('Enter')
  await says(page, /sel=element:zvezda/)
  await expect(drawer(page).getByText('Zvezda (Service Module)')).toBeVisible()
})

test('a drag on the axis moves the span, and "back" undoes a page', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  const before = await still(page)
  const box = (await page.locator('.axis .marks').boundingBox())!
  await page.mouse.move(box.x + 700, box.y + 26)
  await page.mouse.down()
  await page.mouse.move(box.x + 400, box.y + 26, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => address(page)).not.toBe(before)
  await page.keyboard.press('6')
  await says(page, /^\/history/)
  await expect(page.getByLabel(/^History: /)).toBeVisible()
  await page.goBack()
  await says(page, /^\/now/)
  await expect(page.getByText('Christopher Williams')).toBeVisible()
})

test('a day of the history is opened by a press', async ({ page }) => {
  await page.goto('/history?from=2004-01-01T00:00Z&to=2006-01-01T00:00Z')
  const canvas = page.getByLabel(/^History: /)
  await expect(page.getByText(/^\d+ aboard$/)).toBeVisible()
  await canvas.click({ position: { x: 800, y: 60 } })
  await says(page, /sel=day:2005\/\d{3}/)
  await expect(drawer(page).getByRole('heading', { name: 'Aboard' })).toBeVisible()
})

test('another future is in the address, and its keys are there after a reload', async ({ page }) => {
  await page.goto('/')
  await open(page, 'Stocks')
  await page.getByRole('button', { name: /^Next cargo ship lost/ }).click()
  await says(page, /^\/stocks\?.*without=spx-35/)
  await page.reload()
  const answer = page.locator('.answer:not(.waiting)')
  await expect(answer).toContainText(/Food, without CRS-35:/)
  // The key knows which ship is next once the plan's own forecast is there.
  await expect(page.getByRole('button', { name: /^Next cargo ship lost/ })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('w')
  await expect(answer).toContainText(/Food:/)
  await expect.poll(() => address(page)).not.toMatch(/without=/)
})

test("what a failed machine does to a supply is dated before and after, in the plots' table too", async ({ page }) => {
  await page.goto('/stocks')
  await expect(page.getByRole('button', { name: /^Next cargo ship lost/ })).toBeVisible()
  await page.keyboard.press('c')
  await page.getByLabel('US oxygen generation assembly').check()
  await expect(page.getByRole('row', { name: /Stored oxygen/ }).getByText(/45 d: kept → ▲ \d{4}\/\d{3}/)).toBeVisible()
  await page.keyboard.press('b')
  await expect(page.getByRole('row', { name: /Stored oxygen US oxygen generation assembly failed/ }).getByText(/▲ 45 d/)).toBeVisible()
  await says(page, /fail=/)
  await page.keyboard.press('p')
  await expect.poll(() => address(page)).not.toMatch(/fail=/)
})

test('a planned flight is left out from Traffic', async ({ page }) => {
  await page.goto('/traffic?sel=flight:progress-ms-35')
  await expect(drawer(page).getByText('30 d late')).toBeVisible()
  await drawer(page).getByRole('button', { name: /Leave it out/ }).click()
  await expect(page.locator('.answer')).toContainText(/without .*MS-35/i)
  await page.goBack()
  await page.getByRole('group', { name: 'Single losses' }).getByRole('button', { name: 'All' }).click()
  await expect(page.getByRole('row', { name: /ng-27 90 d late/i }).getByText('secure')).toBeVisible()
})

test('all that is on show is asked again, and nothing that only the page before showed', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('table', { name: 'Aboard' })).toBeVisible()
  await page.keyboard.press('6')
  await expect(page.getByText(/^\d+ aboard$/)).toBeVisible()
  const asked: string[] = []
  page.on('request', (r) => asked.push(new URL(r.url()).pathname.replace('/api/v1/', '')))
  await page.keyboard.press('r')
  for (const what of ['book', 'status', 'history']) await expect.poll(() => asked).toContain(what)
  expect(asked).not.toContain('track')
})

test('other words, kept for the next time', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('Aboard 7')).toBeVisible()
  await find(page, 'Русский')
  await expect(page.getByText('На борту 7')).toBeVisible()
  await page.reload()
  await expect(page.getByText('На борту 7')).toBeVisible()
})

test.describe('with the clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('a table goes to it', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('button', { name: /Copy the table: Aboard/ }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^partner\tname\trole[\s\S]*ESA\tSophie Adenot\tFE/)
  })

  test('an activity is moved by keys alone, undone, kept over a reload; what to do with edits where no change requests are kept', async ({ page, faults }) => {
    await page.goto('/plan?sel=activity:aerobic-gear.2026-06-01.1&from=2026-06-03T12:00Z&to=2026-06-04T20:00Z')
    await expect(drawer(page).getByText('2026/154 16:05 GMT')).toBeVisible()
    const line = page.locator('.line')
    await page.keyboard.press('m')
    for (let i = 0; i < 22; i++) await page.keyboard.press('Shift+ArrowRight')
    await expect(line).toContainText(/must work day/)
    await page.keyboard.press('Escape')
    await expect(line).not.toContainText(/must work day/)
    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Nothing is newly broken.')).toBeVisible()
    await page.keyboard.press('z')
    await expect(page.getByText(/^Undone: /)).toBeVisible()
    await page.keyboard.press('Z')
    await expect(page.getByText('Nothing is newly broken.')).toBeVisible()
    await page.reload()
    await expect(page.getByText('Nothing is newly broken.')).toBeVisible()
    await page.keyboard.press('p')
    await page.getByLabel(/^Why, for those who are to approve it/).fill('The rider asked for it')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copy the edits' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()).then((t) => { try { return JSON.parse(t) } catch { return t } }))
      .toEqual([{ do: 'move', id: 'aerobic-gear.2026-06-01.1', to: '2026-06-03T16:10Z' }])
    await page.keyboard.press('c')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^begins \(GMT\)\tends[\s\S]*Breathing gear/)
    // The server says that it keeps no change requests.
    for (const fault of faults.splice(0)) expect(fault).toMatch(/^4\d\d POST \/api\/v1\/changes/)
  })
})

alone('without a connection it opens again and says since when', async ({ page, program, faults }) => {
  await page.goto('/now')
  await page.evaluate(() => navigator.serviceWorker.ready)
  // The first visit was before the worker: once more, so that it keeps the answers.
  await page.reload()
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText(/no lost flight breaks a rule/)
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('answers')).keys()).map((r) => new URL(r.url).pathname)))
    .toEqual(expect.arrayContaining(['book', 'flights', 'stays', 'status', 'losses'].map((w) => `/api/v1/${w}`)))
  await program.end()
  await page.reload()
  await expect(page.getByText('Christopher Williams')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /No connection since \d{4}\/\d{3} \d\d:\d\d/ })).toBeVisible()
  // What cannot be asked is no fault of the page.
  faults.splice(0, faults.length, ...faults.filter((f) => !/ERR_CONNECTION|Failed to fetch|ServiceWorker|504/.test(f)))
})

inRoom('a training room says what it is; the week is approved by all who are asked, and words are read by all', async ({ page, room }) => {
  await page.goto('/partners')
  await expect(page.getByText('Training room')).toBeVisible()
  await expect(page.getByText('Every record and signature holds')).toBeVisible()
  await expect(page.getByText('◌ assumed').first()).toBeVisible()
  await speakFor(page, 'mcc-h')
  await page.keyboard.press('n')
  await page.getByLabel('Why').fill('The week, as planned')
  await page.getByRole('button', { name: 'See what it does' }).click()
  await expect(page.getByRole('table', { name: 'Who would have to approve' })).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Ask for it as MCC-H' }).click()
  const requests = page.getByRole('table', { name: /^Change requests/ })
  await expect(requests.getByText('○ open')).toBeVisible()

  // A word without a reason is not sent.
  await speakFor(page, 'msc-csa')
  await page.getByRole('button', { name: 'comment', exact: true }).click()
  await expect(page.getByText('Say why first')).toBeVisible()
  await page.keyboard.type('Noted')
  await page.getByRole('button', { name: 'comment', exact: true }).click()
  await page.getByRole('button', { name: /press again/ }).click()
  await expect(page.getByRole('article').getByText('Noted')).toBeVisible()
  expect((await waiting(room.address)).length, 'the plan of all needs all').toBeGreaterThan(3)
  await approve(page, room.address)
  await expect(requests.getByText('✓ approved')).toBeVisible()
  // What a centre may not say any more is told with its reason.
  await speakFor(page, 'mcc-h')
  await expect(page.getByText(/its asking is its word|is approved already/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'approve', exact: true })).toHaveCount(0)
})
