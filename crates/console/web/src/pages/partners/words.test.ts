import { expect, test } from 'vitest'
import { amount, bar, consequences, mark, touched } from './words'

test.each([
  [405, 'min', '6:45 h'],
  [-61, 'min', '−1:01 h'],
  [8_640_000_000, 's', '100,000 d'],
  [-66431537, 's', '−769 d'],
  [53707000, 'g', '53.7 t'],
  [null, 'min', '–'],
] as const)('%o %s is %s', (value, unit, text) => expect(amount(value, unit)).toBe(text))

test('a bar has the agreed share as a line', () => {
  const edges = (ground: string) => [...ground.matchAll(/,(#0000|var\(--[\w-]+\)) (?:0 )?(calc\([^)]*\)|[\d.]+%)/g)].map((m) => m[2])
  expect(edges(bar(72.9, 76.6))).toEqual(['calc(76.6% - 1px)', 'calc(76.6% + 1px)', '0%', '72.9%'])
  expect(edges(bar(null, 2.3))).toEqual(['calc(2.3% - 1px)', 'calc(2.3% + 1px)', '0%', '0%'])
  expect(edges(bar(13.4, null))).toEqual(['0%', '13.4%'])
})

test('whom it touches is grouped by what it is', () => {
  const touches = ['activity/esa/experiment', 'activity/esa/outreach', 'common', 'people/nasa', 'share/us-crew-time/esa']
  expect(touched(touches, (id) => id.toUpperCase())).toEqual(['activity: ESA (experiment, outreach)', 'common', 'people: NASA', 'share: ESA (us crew time)'])
})

test('no word is told by colour alone', () => {
  expect([mark('in review'), mark('approved'), mark('rejected'), mark(undefined)]).toEqual(['○ waits', '✓ yes', '✕ no', ''])
})

test('the gravest comes first', () => {
  const finding = (severity: 'must' | 'info', message: string) => ({ rule: 'r', severity, start: '', end: '', subjects: [], message })
  const none = { newly_broken: [], mended: [] }
  const lines = consequences({
    verdict: { newly_broken: [finding('info', 'a little'), finding('must', 'much')], mended: [finding('must', 'well')], requests: none },
    station: none, margins: [], losses: [], rules: [], parts: [],
    shares: [{ pool: 'us-crew-time', partner: 'esa', before_min: 60, after_min: 90, moved_points: 0.5 }],
  }, (id) => id)
  expect(lines.map((l) => `${l.shape} ${l.text}`)).toEqual(['▲ much', '· a little', '✓ well', '↔ esa 1:00 h → 1:30 h, +0.50 points'])
})
