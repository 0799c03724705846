// Kinds of activities: how light they are drawn, and a glyph on a square of ten, stroked.
import type { Ink } from '../../lib/theme.svelte'

export interface Kind { ground: Ink; glyph: string }

const BOX = 'M1.5 3.5h7v5h-7zM1.5 3.5l1.5-2h4l1.5 2M5 3.5v2', TALK = 'M1 2h8v5H5L3 9V7H1z', LINES = 'M1.5 2h7M1.5 5h7M1.5 8h4', WRENCH = 'M1.5 8.5l4-4M5 2a2.3 2.3 0 1 0 3 3'
const of = (ground: Ink, glyph: string, ...kinds: string[]) => kinds.map((k) => [k, { ground, glyph }] as const)

const KINDS = new Map<string, Kind>([
  ...of('line-2', 'M4 1v3L1.5 9h7L6 4V1M3 1h4', 'experiment'),
  ...of('line-2', 'M1.5 8.5V5.5L5 2l3.5 2M5 2v2', 'robotics', 'spacewalk', 'suit-work'),
  ...of('bar', WRENCH, 'maintenance', 'inspection', 'training', 'work', 'reboost'),
  ...of('bar', BOX, 'cargo', 'housekeeping'),
  ...of('bar', 'M5 1.5v7M1.5 5h7', 'medical', 'medical-exam'),
  ...of('bar', TALK, 'outreach', 'coordination', 'briefing', 'family-conference'),
  ...of('bar-2', 'M1 3.5v3M3 2v6M3 5h4M7 2v6M9 3.5v3', 'exercise'),
  ...of('bar-2', 'M1 4.5h8a4 4 0 0 1-8 0M3.5 1v2M6.5 1v2', 'meal'),
  ...of('bar-2', TALK, 'conference'),
  ...of('bar-2', LINES, 'preparation', 'post-sleep', 'pre-sleep', 'plan'),
  ...of('raised', 'M7 1a4.2 4.2 0 1 0 2 6.2a4.4 4.4 0 0 1-2-6.2', 'sleep', 'rest-day', 'sleep-shift', 'holiday'),
])
const OTHER: Kind = { ground: 'bar', glyph: 'M5 2.5a2.5 2.5 0 1 0 .01 0' }

export const kindOf = (id: string): Kind => KINDS.get(id) ?? OTHER
