// Partner colours safe for colour blindness. The book's colour comes first; these are for books without.
import type { Partner } from './api/types'

const OTHERS = '#CC79A7'

export function partnerColour(partner: Partner | undefined): string {
  return /^#[0-9a-f]{6}$/i.test(partner?.colour ?? '') ? (partner as Partner).colour : OTHERS
}

/** Two letters at most, so that colour never stands alone where a name has no room. */
export function initials(short: string): string {
  return short.length <= 4 ? short.slice(0, 1) : short.slice(0, 1).toUpperCase()
}

/** Relative luminance, WCAG 2. */
export function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function contrast(one: string, two: string): number {
  const [a, b] = [luminance(one), luminance(two)].toSorted((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}
