// Keys of a page are there whatever comes first: the page, the book, or an answer that is asked for again.
import { expect, test } from './console'

test('a page keeps its keys when the book comes last', async ({ page }) => {
  let release = () => {}
  const isReleased = new Promise<void>((done) => (release = done))
  await page.route('**/api/v1/book', async (route) => {
    await isReleased
    await route.continue()
  })
  const named = page.waitForResponse('**/api/v1/profiles/names')
  await page.goto('/stocks')
  await named
  // The page stands, and knows what there is to plot; only the book is lacking.
  await expect(page.getByRole('button', { name: /^Choose/ })).toBeVisible()
  release()
  await expect(page.getByRole('button', { name: 'Days of supply' })).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByRole('button', { name: /^Choose/ })).toHaveAttribute('aria-expanded', 'true')
})

test('a page keeps its keys when all is asked again, and takes them along when it is left', async ({ page }) => {
  await page.goto('/stocks')
  await expect(page.getByRole('button', { name: 'Days of supply' })).toBeVisible()
  const again = page.waitForResponse('**/api/v1/book')
  await page.keyboard.press('r')
  await again
  await expect(page.getByRole('button', { name: /^Next cargo ship lost/ })).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByRole('button', { name: /^Choose/ })).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('6')
  await expect(page.getByRole('button', { name: 'As a table' })).toBeVisible()
  await page.keyboard.press('/')
  const palette = page.getByRole('dialog')
  await palette.getByRole('combobox').fill('next')
  await expect(palette.getByRole('option', { name: 'Next event' })).toBeVisible()
  await expect(palette.getByRole('option', { name: 'Next cargo ship lost' })).toHaveCount(0)
})
