import { expect, test } from 'vitest'
import { brief } from './lanes'

test.each([
  ['Zvezda aft', 'Zvezda ←'],
  ['Harmony nadir', 'Harmony ↓'],
  ['Harmony forward (IDA-2)', 'Harmony IDA-2'],
  ['Nauka', 'Nauka'],
])('%o is %o in few letters', (name, expected) => expect(brief(name)).toBe(expected))
