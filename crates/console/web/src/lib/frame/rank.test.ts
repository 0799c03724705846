import { expect, test } from 'vitest'
import { rank } from './rank'

const names = ['Montréal', 'Mission', 'Go to a time', 'Soyuz MS-28', 'Monitor', 'Progress MS-28']

test.each([
  ['montreal', ['Montréal']],
  ['ms-28', ['Soyuz MS-28', 'Progress MS-28']],
  ['time', ['Go to a time']],
  ['mon', ['Monitor', 'Montréal', 'Mission']], // the last by letters in order
  ['zzz', []],
])('%o finds %o', (text, expected) => expect(rank(names, text, (n) => n)).toEqual(expected))
