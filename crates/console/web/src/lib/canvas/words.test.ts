import { expect, test } from 'vitest'
import { shorten } from './words'

const measure = (t: string) => t.length * 6

test.each([
  ['Progress MS-34', 200, 'Progress MS-34'],
  ['Progress MS-34', 60, 'Progress…'],
  ['Progress MS-34', 18, 'Pr…'],
  ['Progress MS-34', 12, ''],
  ['', 0, ''],
])('%o in %d px is %o', (text, room, expected) => expect(shorten(text, room, measure)).toBe(expected))
