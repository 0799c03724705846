import { expect, test } from 'vitest'
import css from '../app.css?raw'
import { contrast, luminance } from './colours'


/** The colours of a block of the style sheet. */
function palette(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(selector))
  return Object.fromEntries([...block.slice(0, block.indexOf('}')).matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]))
}

test('luminance is as WCAG defines it', () => {
  expect([luminance('#000000'), luminance('#ffffff')]).toEqual([0, 1])
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2) // the example that just fails
})

for (const [name, selector] of [['dark', ':root {'], ['light', ":root[data-theme='light'] {"], ['light by the system', ":root[data-theme='system'] {"]]) {
  const p = palette(selector)
  test.each(['ink', 'ink-2', 'ink-3', 'accent', 'must', 'should', 'good'].flatMap((ink) => ['bg', 'raised'].map((ground) => [ink, ground])))(`${name}: %s on %s can be read`, (ink, ground) => {
    expect(contrast(p[ink], p[ground])).toBeGreaterThanOrEqual(4.5)
  })
  test.each([['ink', 'bar'], ['ink', 'bar-2'], ['ink', 'sea'], ['ink-2', 'sea'], ['accent', 'sea'], ['bg', 'accent']])(`${name}: %s on %s can be read`, (ink, ground) => {
    expect(contrast(p[ink], p[ground])).toBeGreaterThanOrEqual(4.5)
  })
}
