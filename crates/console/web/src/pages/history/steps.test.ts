import { expect, test } from 'vitest'
import { stepsOf } from './steps'

test('who comes and goes at one moment makes one step', () => {
  const stay = (partner: string, from: string, to: string | null) => ({ partner, from, to })
  const steps = stepsOf([stay('a', '2000-01-01', '2000-02-01'), stay('b', '2000-02-01', null), stay('a', '2000-01-01', null), stay('unknown', '2000-01-01', null)], ['a', 'b'])
  expect(steps).toEqual([{ at: Date.parse('2000-01-01'), values: [2, 0] }, { at: Date.parse('2000-02-01'), values: [1, 1] }])
})
