import { expect, test } from 'vitest'
import { hit, xOf, type Frame, type Lane } from './lanes'

const frame = { from: 0, to: 1000, left: 100, width: 1100, top: 0 } as Frame
const lanes: Lane[] = [
  { id: 'a', label: 'A', bars: [{ id: 'one', from: 100, to: 200, label: 'One' }, { id: 'two', from: 300, to: 301, label: 'Two' }] },
  { id: 'b', label: 'B', bars: [], ticks: [{ at: 500, id: 'tick' }], height: 30 },
]

test('moments stand where the frame puts them', () => {
  expect([xOf(0, frame), xOf(500, frame), xOf(1000, frame)]).toEqual([100, 600, 1100])
})

test.each([
  [250, 10, 'one'], // inside
  [402, 10, 'two'], // a thin bar has a margin
  [350, 10, undefined],
  [601, 25, 'tick'],
  [250, 25, undefined], // the other row
  [250, 90, undefined], // below all rows
])('at %d, %d is %s', (x, y, id) => expect(hit(lanes, frame, x, y)?.id).toBe(id))
