// Who was aboard, by partner, from the stays: what the history draws until the server's own count is there. Pure.
import type { Stay } from '../../lib/api/types'
import type { StepOf } from '../../lib/canvas/reduce'

export function stepsOf(stays: Pick<Stay, 'partner' | 'from' | 'to'>[], partners: string[]): StepOf[] {
  const changes = stays.flatMap((s) => {
    const series = partners.indexOf(s.partner)
    return [{ at: Date.parse(s.from), series, by: 1 }, ...(s.to ? [{ at: Date.parse(s.to), series, by: -1 }] : [])]
  })
  const out: StepOf[] = []
  let values = partners.map(() => 0)
  for (const { at, series, by } of changes.toSorted((a, b) => a.at - b.at)) {
    if (series < 0) continue
    values = values.with(series, values[series] + by)
    if (out.at(-1)?.at === at) out.pop()
    out.push({ at, values })
  }
  return out
}
