use orbit::{delta_v_m_s, propellant_kg, raise_m_s, raised_km};
use timeline::{Duration, Time};

use super::model::{HeightModel, LONGEST, Piece};
use super::trace::{Burn, HeightTrace};
use crate::trace::Detail;

/// A station on its way down and up again.
///
/// It is looked ahead to the next time it sinks to its floor: nothing that happens to stores until then changes how it sinks.
#[derive(Clone, Debug)]
pub(crate) struct HeightCourse<'m> {
    model: &'m HeightModel,
    /// The piece of the model in which `now` lies.
    piece: usize,
    now: Time,
    height_km: f64,
    phase: Phase,
    /// Since when and from where it has been sinking: raised or measured.
    raised: (Time, f64),
    trace: HeightTrace,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Phase {
    /// Above its floor, sinking.
    Sinks,
    /// On its floor at this instant.
    Due(Time),
    /// Under its floor for want of propellant; tried again at this instant.
    Waits(Time),
    /// Came down to where nothing keeps it up.
    Lost,
}

/// Where sinking stops before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stop {
    AtFloor,
    AtLowest,
}

/// A station that could not be raised to its floor is tried again after this, when nothing is delivered before.
const AGAIN_AFTER: Duration = Duration::DAY;

impl<'m> HeightCourse<'m> {
    pub(crate) fn begin(model: &'m HeightModel, detail: Detail) -> Self {
        Self {
            model,
            piece: 0,
            now: model.begins,
            height_km: model.height_km,
            phase: Phase::Sinks,
            raised: (model.begins, model.height_km),
            trace: match detail {
                // Layers and burns cut a few pieces more.
                Detail::Profiles => HeightTrace::with_lines(model.pieces.len() * 5 / 4),
                Detail::Supplies => HeightTrace::default(),
            },
        }
    }

    /// When it is to be raised next, if that is by `until`.
    pub(crate) fn next_burn(&mut self, until: Time) -> Option<Time> {
        if self.phase == Phase::Sinks {
            self.sink(until, Stop::AtFloor);
        }
        match self.phase {
            Phase::Due(at) | Phase::Waits(at) if at <= until => Some(at),
            _ => None,
        }
    }

    /// Something came into a store at `at`: a station that waits for it tries now.
    pub(crate) fn supplied(&mut self, store: usize, at: Time) {
        if let Phase::Waits(again) = &mut self.phase
            && self.model.burns_from(store)
        {
            *again = at.min(*again);
        }
    }

    /// Raises it at `at`, when that is due, as far as `draw` gives propellant: it is told from which store how many kilograms are
    /// wanted, and says how many there were.
    pub(crate) fn burn(&mut self, at: Time, draw: impl FnMut(usize, f64) -> f64) {
        self.sink(at, Stop::AtLowest);
        let piece = self.piece_now();
        if self.phase == Phase::Lost {
            return;
        }
        if self.height_km <= piece.floor_km {
            self.count_upkeep(piece.mass_kg);
            self.raise(piece, draw);
            self.raised = (self.now, self.height_km);
        }
        let is_up = self.height_km > piece.floor_km;
        self.phase = if is_up { Phase::Sinks } else { Phase::Waits(at + AGAIN_AFTER) };
    }

    /// What was, up to `to`.
    pub(crate) fn close(mut self, to: Time) -> HeightTrace {
        self.sink(to, Stop::AtLowest);
        self.count_upkeep(self.piece_now().mass_kg);
        self.trace
    }

    fn raise(&mut self, piece: &Piece, mut draw: impl FnMut(usize, f64) -> f64) {
        let (at, from_km) = (self.now, self.height_km);
        let wanted_m_s = raise_m_s(from_km, piece.target_km);
        let (mut done_m_s, mut burned_kg, mut visitors_kg) = (0.0, 0.0, 0.0);
        for engine in self.model.engines.iter().filter(|engine| engine.can_burn(at)) {
            let (mass_kg, left_m_s) = (piece.mass_kg - burned_kg - visitors_kg, wanted_m_s - done_m_s);
            let needed_kg = propellant_kg(mass_kg, left_m_s, engine.specific_impulse_s);
            let given_kg = engine.store.map_or(needed_kg, |store| draw(store, needed_kg));
            match engine.store {
                Some(_) => burned_kg += given_kg,
                None => visitors_kg += given_kg,
            }
            if given_kg >= needed_kg {
                done_m_s = wanted_m_s;
                break;
            }
            done_m_s += delta_v_m_s(mass_kg, given_kg, engine.specific_impulse_s);
        }
        if done_m_s > 0.0 {
            let is_whole = done_m_s >= wanted_m_s;
            self.height_km = if is_whole { piece.target_km } else { raised_km(from_km, done_m_s) };
            let to_km = self.height_km;
            self.trace.burns.push(Burn {
                at,
                wanted_m_s,
                delta_v_m_s: done_m_s,
                burned_kg,
                visitors_kg,
                from_km,
                to_km,
            });
        }
    }

    /// Writes down what a day of sinking since the last burn costs in propellant of the stores.
    fn count_upkeep(&mut self, mass_kg: f64) {
        let (since, from_km) = self.raised;
        let engine = self.model.engines.iter().find(|engine| engine.store.is_some());
        if let Some(engine) = engine.filter(|_| since < self.now) {
            let sunk_m_s = raise_m_s(self.height_km, from_km).max(0.0);
            let kg = propellant_kg(mass_kg, sunk_m_s, engine.specific_impulse_s);
            self.trace.upkeep_kg_d.push((since, kg / (self.now - since).days()));
        }
    }

    fn piece_now(&self) -> &'m Piece {
        &self.model.pieces[self.piece]
    }

    /// Sinks until `until` or to where `stop` says.
    fn sink(&mut self, until: Time, stop: Stop) {
        while self.phase != Phase::Lost {
            let piece = self.piece_now();
            if stop == Stop::AtFloor && self.height_km <= piece.floor_km {
                self.phase = Phase::Due(self.now);
                return;
            }
            if self.now >= until {
                return;
            }
            let ends = self.model.pieces.get(self.piece + 1).map_or(Time::MAX, |next| next.since);
            self.sink_in_piece(piece, ends.min(until).min(self.now + LONGEST), stop);
            if self.now == ends {
                self.piece += 1;
                if let Some(measured_km) = self.piece_now().measured_km {
                    // What was measured is no sinking, and nobody burned for it.
                    self.count_upkeep(piece.mass_kg);
                    self.height_km = measured_km;
                    self.raised = (self.now, measured_km);
                }
            }
        }
    }

    /// One line of the trace: to `end`, to the bottom of a layer of air, or to where it stops.
    fn sink_in_piece(&mut self, piece: &Piece, end: Time, stop: Stop) {
        let slowing = self.model.air.slowing(self.height_km, piece.air, piece.drag_m2_kg);
        let floor_km = if stop == Stop::AtFloor { piece.floor_km } else { f64::NEG_INFINITY };
        let lower_km = slowing.bottom_km.max(floor_km).max(self.model.lowest_km);
        let whole = end - self.now;
        let sunk_km = slowing.height_after(self.height_km, whole.days());
        let (next, next_km) = if sunk_km > lower_km {
            (end, sunk_km)
        } else {
            let needed = Duration::from_days(slowing.days_until(self.height_km, lower_km));
            // A nanosecond at least, so that rounding never stops the clock.
            (self.now + needed.clamp(Duration::NANOSECOND, whole), lower_km)
        };
        self.trace.sink(self.now, self.height_km, next, next_km);
        (self.now, self.height_km) = (next, next_km);
        if self.height_km <= self.model.lowest_km {
            self.phase = Phase::Lost;
            self.trace.lost = Some(self.now);
        }
    }
}
