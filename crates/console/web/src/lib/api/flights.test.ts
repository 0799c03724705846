import { expect, test } from 'vitest'
import { named } from './flights'
import type { Flight } from './types'

test('a flight to come is called as the last of its series was, and by its id where there is none', () => {
  const all = ['spx-34 CRS-34', 'soyuz-ms-28 Soyuz MS-28', 'spx-35 spx-35', 'soyuz-ms-29 soyuz-ms-29', 'htv-x2 htv-x2', 'x x'].map((l) => {
    const [id, ...name] = l.split(' ')
    return { id, name: name.join(' '), is_planned: id === name.join(' ') } as Flight
  })
  expect(named(all).map((f) => f.name)).toEqual(['CRS-34', 'Soyuz MS-28', 'CRS-35', 'Soyuz MS-29', 'htv-x2', 'x'])
})
