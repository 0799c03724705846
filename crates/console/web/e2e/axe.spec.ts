// axe finds nothing on any page, in light and dark, on a desk and on a phone, and with what opens over a page.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { drawer, expect, inRoom, test } from './console'
import { ALL, COLOURS, drawn, inColours, SIZES } from './pages'
import { askedByAll } from './partners'

/** Everything axe has to say, in both colours. */
async function finds(page: Page) {
  for (const colour of COLOURS) {
    await inColours(page, colour)
    // No frame of a page is another's, so one script sees all.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    const said = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} · ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`))
    expect.soft(said, `in ${colour}`).toEqual([])
  }
}

for (const size of ['desktop', 'phone'] as const) {
  test.describe(size, () => {
    test.use({ viewport: SIZES[size] })

    for (const [name, path] of Object.entries(ALL)) {
      test(name, async ({ page }) => {
        await drawn(page, path)
        await finds(page)
      })
    }

    test('the palette and the time machine', async ({ page }) => {
      await drawn(page, '/now')
      await page.keyboard.press('/')
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
      await finds(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Time machine' }).click()
      await expect(page.getByLabel('Go to a time')).toBeVisible()
      await finds(page)
    })

    test('an edit of the plan with its verdict', async ({ page }) => {
      await drawn(page, '/plan?sel=activity:aerobic-gear.2026-06-01.1&from=2026-06-03T12:00Z&to=2026-06-04T20:00Z')
      await expect(drawer(page)).toBeVisible()
      await page.keyboard.press('m')
      for (let i = 0; i < 22; i++) await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Enter')
      await expect(page.locator('.line')).toContainText(/must work day/)
      await finds(page)
    })
  })
}

inRoom('a training room with a request, and the asking of another', async ({ page, room }) => {
  await askedByAll(room.address)
  await drawn(page, '/partners?as=esa')
  await expect(page.getByRole('table', { name: 'Who has said what' })).toBeVisible()
  await finds(page)
  await page.getByRole('button', { name: 'Ask for a change' }).click()
  await expect(page.getByLabel('Why')).toBeVisible()
  await finds(page)
  await page.setViewportSize(SIZES.phone)
  await finds(page)
})
