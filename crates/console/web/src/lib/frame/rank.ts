// Which names fit a few typed letters, best first: whole beginning, a word's beginning, anywhere, letters in order.

const plain = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function score(name: string, wanted: string): number {
  const n = plain(name), w = plain(wanted).trim()
  if (!w) return 1
  const at = n.indexOf(w)
  if (at === 0) return 100 - Math.min(50, n.length - w.length) / 10
  if (at > 0) return (/[\s\-(·/]/.test(n[at - 1]) ? 80 : 60) - Math.min(50, n.length) / 10
  let from = 0
  for (const letter of w) {
    from = n.indexOf(letter, from) + 1
    if (from === 0) return 0
  }
  return 20 - Math.min(50, n.length) / 10
}

export function rank<T>(list: T[], wanted: string, name: (x: T) => string): T[] {
  return list
    .map((x) => [score(name(x), wanted), x] as const)
    .filter(([s]) => s > 0)
    .toSorted(([a], [b]) => b - a)
    .map(([, x]) => x)
}
