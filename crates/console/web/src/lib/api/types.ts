// What the API answers. Times are ISO 8601 UTC; units are in the names.

export type Quality = 'measured' | 'published' | 'recalled' | 'estimated' | 'assumed'
export interface Sourced { source?: string; quality?: Quality; note?: string }

export interface Partner { id: string; name: string; short: string; colour: string }
export interface Where { parent: string | null; at: string | null; from: string | null; to: string | null }
export interface Element extends Sourced {
  id: string; name: string; kind: string; owner: string; segment: string; flight?: string
  launched: string | null; removed: string | null
  length_m?: number; diameter_m?: number; mass_kg?: number; volume_m3?: number
  where: Where[]
}
export interface Port extends Sourced { id: string; name: string; element: string; adapter?: string | null; direction: string; mechanism: string; from: string; until: string | null }
export interface Vehicle extends Sourced { id: string; name: string; family: string; partner: string; crewed: boolean; mass_kg?: number; seats_up?: number; usual_stay_days?: number; life_days?: number }
export interface Site extends Sourced { id: string; name: string; kind: string; partner?: string; lat_deg: number; lon_deg: number; height_m: number; mask_deg: number }
export interface Relay extends Sourced { id: string; name: string; network: string; partner: string; lon_deg: number; from: string | null; until: string | null }
export interface Resource { id: string; name: string; owner: string; element: string | null; capacity: number; unit: string }
export interface Book {
  id: string; title: string; summary: string; began: string; known_until: string; now: string
  ages?: { levels?: { oldest: string; newest: string } }
  centres?: { id: string; partner: string; name: string; short: string }[]
  resources?: Resource[]
  partners: Partner[]; elements: Element[]; ports: Port[]; vehicles: Vehicle[]; sites: Site[]; relays: Relay[]
  supplies: { id: string; name: string; lines_days: number[] }[]; stores: Store[]; processes: { id: string; name: string }[]
}
export interface Store { id: string; name: string; commodity: string; supply: string | null; owner: string }
export interface ProfileName { name: string; unit: string; kind: string; group: 'history' | 'forecast' | 'orbit'; from: string; to: string }

export interface Aboard { name: string; partner: string; role: string; flight_up: string | null; since: string; days: number }
export interface Docked { flight: string; name: string; vehicle: string; port: string; since: string; quality: Quality }
export interface Next { time: string; kind: string; id: string; what: string }
export interface Status {
  time: string; known_until: string
  /** Nothing where it is not known: after the record's end. */
  aboard: Aboard[] | null; docked: Docked[] | null; next: Next[] | null
 
  presence: { since: string; days: number } | null
  position: { lat_deg: number; lon_deg: number; altitude_km: number } | null
  position_error_km: number | null; sunlit: boolean | null; beta_deg: number | null; orbit: number | null
  relays_in_sight: string[]; elements_epoch: string | null; elements_age_days: number | null; source: string | null; warning: string | null
}

export interface Stay extends Sourced { person: string; name: string; family_name: string; partner: string; role: string; up: string | null; down: string | null; from: string; to: string | null }
export interface Docking { port: string | null; is_planned?: boolean; planned_to?: string | null; from: string; to: string | null; join: string }
export interface Flight extends Sourced {
  is_planned?: boolean; kind?: string; crew_up_segments?: string[]; known_on?: string | null
  id: string; name: string; vehicle: string; number: string; partner: string | null; launched: string | null; ended: string | null; end: string | null; outcome: string
  elements: string[]; dockings: Docking[]; crew_up: string[]; crew_down: string[]; cargo: { direction: string; kind: string; mass_kg: number; quality: Quality }[]
}
export interface Step { at: string; count: Record<string, number> }
export interface Spacewalk extends Sourced { id: string; start: string; end: string; crew: string[]; exit: string }
export interface Assembly { at: string; what: 'attached' | 'moved' | 'removed'; element: string; name: string; kind: string; owner: string; parent: string | null; place: string | null; flight?: string | null; removed: string | null }
export interface Moment extends Sourced { id: string; kind?: string; at: string; until: string | null; title: string; text: string; about: string[] }
export interface Least { supply: string; days: number; at: string; profile: string; quality: Quality }
export interface Finding { rule: string; title?: string; severity: 'must' | 'should' | 'info'; start: string; end: string; value?: number; limit?: number; unit?: string; subjects: string[]; message: string; mend?: string }
export interface History { aboard: Step[]; spacewalks: Spacewalk[]; assembly: Assembly[]; near_misses: Finding[]; moments: Moment[]; least: Least[] }

export interface Track { from: string; step_s: number; lat_deg: (number | null)[]; lon_deg: (number | null)[]; height_km: (number | null)[]; sunlit: (boolean | null)[]; source: string; error_km?: number; warning?: string | null }
export interface OrbitEvent { kind: string; start: string; end: string; duration_s: number; relay?: string; orbit?: number; beta_deg?: number; error_km: number; warning: string | null }
export interface Point { time: string; azimuth_deg: number; direction: string; elevation_deg: number; range_km: number }
export interface Contact { kind: string; site: string; name: string; start: string; end: string; duration_s: number; mask_deg: number; rise: Point; culmination: Point; set: Point }
export interface Pass { kind: string; site?: string; name?: string; start: string; end: string; duration_s: number; magnitude: number | null; rise: Point; culmination: Point; set: Point; appears: string; vanishes: string; text: string; error_km: number; warning: string | null }

export interface Line { days: number; at: string | null }
export interface Reserve { store: string; of: 'supply' | 'store'; level: number; unit: string; use_kg_d: number; days_left: number | null; lasts_until: string | null; lines: Line[]; empty: string | null; skip_one: { flight: string; at: string; lines: Line[] } | null }
export interface Forecast { from: string; to: string; as_of: string; aboard: number; nobody_aboard_from?: string | null; reserve: Reserve[]; arrivals: { flight: string; name: string; at: string; certainty: string; errand: string }[]; assumptions: string[] }
export interface Breach { at: string; rule: string; of: string | null; line_days: number | null }
export interface LossId { loss: string; of: string; days: number | null; known: string; until: string | null }
export interface Loss extends LossId { verdict: string; breaches: Breach[]; measures: { measure: string; at: string }[] }
export interface Repair { of: LossId; lever: Record<string, string | number> | null; verdict: string | null }
export interface Losses { from: string; to: string; as_of: string; statement?: string; verdict: string; crewed_until: string; secure_until: string | null; weakest: LossId | null; plan: { verdict: string; breaches: Breach[] }; losses: Loss[]; repairs: Repair[]; assumptions: string[] }
export interface Presence { since: string; until: string; days: number; gaps: unknown[]; min_aboard: number; max_aboard: number; max_aboard_first_at: string; person_days: Record<string, number> }
