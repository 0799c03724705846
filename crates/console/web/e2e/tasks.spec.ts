// The seven tasks of a first-time user: nothing is known but what stands on the page.
import { expect, test } from './console'

test('1 · who is aboard and what is docked on 2024-07-04', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Time machine' }).click()
  await page.getByLabel('Go to a time').fill('2024-07-04')
  await page.keyboard.press('Enter')
  const aboard = page.getByRole('table', { name: 'Aboard' })
  // NASA, the crews of the day: Soyuz MS-24 and MS-25, Crew-8, and the Boeing Crew Flight Test.
  for (const name of ['Oleg Kononenko', 'Nikolai Chub', 'Tracy Caldwell Dyson', 'Matthew Dominick', 'Michael Barratt', 'Jeanette Epps', 'Alexander Grebenkin', 'Barry Wilmore', 'Sunita Williams']) {
    await expect(aboard.getByText(name)).toBeVisible()
  }
  await expect(aboard.getByRole('row')).toHaveCount(1 + 9)
  await page.getByRole('button', { name: 'As a table' }).click()
  for (const ship of ['Soyuz MS-25', 'Crew-8', 'Boeing Crew Flight Test', 'Cygnus NG-20', 'Progress MS-26', 'Progress MS-27']) {
    await expect(page.getByRole('table', { name: 'Docked' }).getByText(ship, { exact: true })).toBeVisible()
  }
})
