// Every page at three sizes, in light and dark: nothing wider than the screen, and a picture of each under `target/e2e/` for people to look at.
import { resolve } from 'node:path'
import { expect, test } from './console'
import { ALL, COLOURS, drawn, inColours, SIZES } from './pages'

const kept = resolve(import.meta.dirname, '../../../../target/e2e/looks')

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(size, () => {
    test.use({ viewport })
    for (const [name, path] of Object.entries(ALL)) {
      test(name, async ({ page }) => {
        await drawn(page, path)
        for (const colour of COLOURS) {
          await inColours(page, colour)
          await page.screenshot({ path: `${kept}/${name}-${size}-${colour}.png` })
        }
        const wider = await page.evaluate(() => [document.documentElement, document.querySelector('main')!].map((e) => Math.max(0, e.scrollWidth - e.clientWidth)))
        expect(wider, 'pixels by which the document and the page are wider than their room').toEqual([0, 0])
      })
    }
  })
}
