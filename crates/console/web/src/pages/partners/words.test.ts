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
  expect([bar(72.9, 76.6), bar(13.4, 8.3), bar(null, 2.3)]).toEqual(['███████░│░░', '█│░░░░░░░░░', '│░░░░░░░░░░'])
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
