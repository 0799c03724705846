import { describe, expect, test } from 'vitest'
import { age, clock, countdown, date, day, dayClock, group, iso, length, read } from './text'

const at = (text: string) => Date.parse(text)

describe('time text', () => {
  test.each([
    ['1998-11-20T06:40:00Z', '1998/324 06:40'], // Zarya's launch
    ['2000-11-02T09:21:00Z', '2000/307 09:21'], // a leap year
    ['2024-12-31T23:59:59Z', '2024/366 23:59'],
    ['2026-01-01T00:00:00Z', '2026/001 00:00'],
    ['2026-05-30T12:25:00Z', '2026/150 12:25'],
  ])('%s is %s', (utc, text) => {
    expect(dayClock(at(utc))).toBe(text)
    expect(read(text)).toBe(at(utc) - (at(utc) % 60_000))
  })

  test('never am or pm: afternoon is 13 and later', () => {
    expect(clock(at('2026-05-30T13:05:00Z'))).toBe('13:05')
    expect(clock(at('2026-05-30T00:05:00Z'))).toBe('00:05')
  })

  test.each([
    ['2026-05-30', '2026/150 00:00'],
    ['2026-05-30T12:25Z', '2026/150 12:25'],
    ['2026-05-30 12:25 GMT', '2026/150 12:25'],
    ['2026/150', '2026/150 00:00'],
    ['+90min', '2026/150 01:30'],
    ['-1d', '2026/149 00:00'],
  ])('reads %s', (text, expected) => expect(dayClock(read(text, at('2026-05-30'))!)).toBe(expected))

  test.each(['', 'tomorrow', '2026/367', '2025/366', '2026/000', '2026-02-30', '2026-13-01', '2026/150 24:00', '2026/150 12:60', '12:25'])(
    'does not read %o', (text) => expect(read(text)).toBeUndefined(),
  )

  test('the address has no needless seconds', () => {
    expect(iso(at('2026-05-30T12:25:00Z'))).toBe('2026-05-30T12:25Z')
    expect(iso(at('2026-05-30T12:25:07Z'))).toBe('2026-05-30T12:25:07Z')
  })

  test('lengths and ages', () => {
    expect(length(9340 * 86_400_000)).toBe('9,340 d')
    expect(length(3 * 86_400_000 + 4 * 3_600_000)).toBe('3 d 04 h')
    expect(length(-61_000)).toBe('−00:01:01')
    expect(countdown(26 * 3_600_000)).toBe('26:00:00')
    expect([age(40_000), age(12 * 60_000), age(5 * 3_600_000), age(181 * 86_400_000)]).toEqual(['40 s', '12 min', '5 h', '181 d'])
    expect(group(1234567)).toBe('1,234,567')
    expect([day(0), date(0)]).toEqual(['1970/001', '1970-01-01'])
  })
})
