// The seven tasks of a first-time user: nothing is known but what stands on the page.
import { address, drawer, expect, goTo, inRoom, open, pointAt, ruler, still, test } from './console'
import { approve, askedByAll, speakFor } from './partners'

test('1 · who is aboard and what is docked on 2024-07-04', async ({ page }) => {
  await page.goto('/')
  await goTo(page, '2024-07-04')
  const aboard = page.getByRole('table', { name: 'Aboard' })
  // The crews of Soyuz MS-24 and MS-25, of Crew-8 and of the Boeing Crew Flight Test.
  for (const name of ['Oleg Kononenko', 'Nikolai Chub', 'Tracy Caldwell Dyson', 'Matthew Dominick', 'Michael Barratt', 'Jeanette Epps', 'Alexander Grebenkin', 'Barry Wilmore', 'Sunita Williams']) {
    await expect(aboard.getByText(name)).toBeVisible()
  }
  await expect(aboard.getByRole('row')).toHaveCount(1 + 9)
  await page.getByRole('button', { name: 'As a table' }).click()
  const docked = page.getByRole('table', { name: 'Docked' })
  for (const ship of ['Soyuz MS-25', 'Crew-8', 'Boeing Crew Flight Test', 'Cygnus NG-20', 'Progress MS-26', 'Progress MS-27']) {
    await expect(docked.getByText(ship, { exact: true })).toBeVisible()
  }
})

test('2 · when food would end if the next cargo ship is lost', async ({ page }) => {
  await page.goto('/')
  await open(page, 'Stocks')
  await page.getByRole('button', { name: /^Next cargo ship lost/ }).click()
  const answer = page.locator('.answer:not(.waiting)')
  await expect(answer).toContainText(/Food, without CRS-35:\s*does not end before 2027\/333/)
  await expect(answer).toContainText(/as planned/)
  await expect(answer).toContainText(/Lowest \d+ days on \d{4}\/\d{3} \(as planned: \d+ days, \d{4}\/\d{3}\)/)
  // What is seen can be handed on.
  await expect.poll(() => address(page)).toMatch(/^\/stocks\?.*without=spx-35/)
})

test('3 · an experiment is moved to Thursday, the rule it breaks is told, and a time is found that breaks none', async ({ page }) => {
  await page.goto('/')
  await open(page, 'Plan')
  await expect(page.getByText(/\d+ activities/)).toBeVisible()
  await goTo(page, '2026-06-03 20:00')
  // Wednesday and Thursday, side by side.
  await page.keyboard.press('-')
  await still(page)
  const canvas = page.getByLabel(/^Crew, /)
  const gear = /^Breathing gear.*2026\/154 16:05/s
  const seen = await pointAt(canvas, gear, (await ruler(canvas))('2026-06-03T16:30Z'))
  await page.mouse.click(seen.x, seen.y)
  await expect(drawer(page)).toContainText(/begins\s*2026\/154 16:05 GMT/)
  // Beside the drawer the timeline is narrower.
  const at = await ruler(canvas)
  const bar = await pointAt(canvas, gear, at('2026-06-03T16:30Z'))
  await page.mouse.move(bar.x, bar.y)
  await page.mouse.down()
  const thursday = (await canvas.boundingBox())!.x + at('2026-06-04T14:26Z')
  await page.mouse.move(thursday, bar.y, { steps: 8 })
  await expect(page.getByText(/must work day: .* above 6.5 h/).first()).toBeVisible()
  await page.mouse.up()
  await expect(drawer(page)).toContainText(/begins\s*2026\/155 14:0\d GMT/)
  await expect(page.getByText(/nearest that would do: 2026\/\d{3} \d\d:\d[05]/)).toBeVisible()
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByText('Nothing is newly broken.')).toBeVisible()
})

inRoom('4 · a change is proposed as ESA, those who must approve are seen, they approve, and the baseline moves', async ({ page, room }) => {
  const { id, own } = await askedByAll(room.address)
  await page.goto('/')
  await open(page, 'Partners')
  await expect(page.getByText('Training room')).toBeVisible()
  await speakFor(page, 'Col-CC')
  await page.getByRole('button', { name: 'Ask for a change' }).click()
  await page.getByLabel('Activity').fill(own.id)
  await page.getByLabel('New start').fill('+1d')
  await page.getByLabel('Why').fill('The sample thaws a day later')
  await page.getByRole('button', { name: 'See what it does' }).click()
  await expect(page.getByRole('table', { name: 'Who would have to approve' }).getByText('✎ asks')).toBeVisible()
  await page.getByRole('button', { name: 'Ask for it as Col-CC' }).click()
  const request = page.getByRole('table', { name: 'Change requests 2' }).getByRole('row', { name: /The sample thaws a day later/ })
  await expect(request).toContainText('○ open')
  expect(await approve(page, room.address), 'somebody else has to agree').not.toEqual([])
  await expect(request).toContainText('✓ approved')
  await expect(page.getByText(/2 of 2 requests are in the baseline/)).toBeVisible()
  const plan = await (await fetch(`${room.address}/api/v1/plans/${id}`)).json() as { activities: { id: string; start: string }[] }
  expect(Date.parse(plan.activities.find((a) => a.id === own.id)!.start)).toBe(Date.parse(own.start) + 86_400_000)
})

test("5 · each partner's crew time against its share", async ({ page }) => {
  await page.goto('/')
  await open(page, 'Partners')
  const segment = page.getByRole('table', { name: 'Crew time of the US segment' })
  // Shares of the memoranda: 76.6, 12.8, 8.3 and 2.3 per cent.
  for (const [partner, agreed] of [['NASA', '76.6'], ['JAXA', '12.8'], ['ESA', '8.3'], ['CSA', '2.3']]) {
    await expect(segment.getByRole('row', { name: partner }).getByRole('cell').nth(1)).toHaveText(agreed)
  }
  // What each has of it is planned, a week at a time.
  await open(page, 'Plan')
  await page.getByRole('tab', { name: /^Shares/ }).click()
  const planned = page.getByRole('table', { name: 'Shares' })
  for (const partner of ['NASA', 'JAXA', 'ESA', 'CSA']) {
    const cells = planned.getByRole('row', { name: new RegExp(`^${partner}.*us crew time`) }).getByRole('cell')
    await expect(cells.nth(2)).toHaveText(/^\d+(\.\d)?$/)
    await expect(cells.nth(3)).toHaveText(/^\d+(\.\d)?$/)
  }
})

test('6 · the day the station was nearest to being left', async ({ page }) => {
  await page.goto('/')
  await open(page, 'History')
  await page.getByRole('button', { name: 'As a table' }).click()
  const misses = page.getByRole('table', { name: /^Near misses/ })
  // The row says that two people would have had to leave, and what it opens how few days of food were left.
  await expect(misses.getByRole('row', { name: /Two weeks of food .*would have had to leave the station/ })).toBeVisible()
  await misses.getByRole('button', { name: /Two weeks of food/ }).click()
  await expect(drawer(page)).toContainText(/from\s*2004\/339/)
  await drawer(page).getByRole('button', { name: 'The crew leaves before 30 days of food are left' }).click()
  await expect(drawer(page)).toContainText(/7\.357 d, 22\.64 d below 30 d/)
  await drawer(page).getByRole('button', { name: /^Go to a time/ }).click()
  await expect.poll(() => address(page)).toMatch(/at=2004-12-04/)
  // On that day two people were aboard.
  await open(page, 'Now')
  const aboard = page.getByRole('table', { name: 'Aboard' })
  for (const name of ['Leroy Chiao', 'Salizhan Sharipov']) await expect(aboard.getByText(name)).toBeVisible()
  await expect(aboard.getByRole('row')).toHaveCount(1 + 2)
})

test("7 · tonight's pass over Montréal", async ({ page }) => {
  await page.goto('/')
  await open(page, 'Passes')
  await page.getByRole('button', { name: 'Montréal' }).click()
  // Tonight and in the week to come the station passes in daylight; the page says so and offers the days before.
  await expect(page.getByText(/^No pass can be seen from Montréal in these \d+ days\.$/)).toBeVisible()
  await page.getByRole('button', { name: /Earlier, 10 d/ }).click()
  const passes = page.getByRole('table', { name: /^Montréal: \d+ in \d+ days/ })
  await expect(passes.getByRole('row', { name: /2026\/141 01:15:40/ })).toBeVisible()
  await passes.getByRole('button', { name: '2026/141' }).first().click()
  await expect(page.getByRole('heading', { name: /^2026\/141 01:1\d GMT/ })).toBeVisible()
})
