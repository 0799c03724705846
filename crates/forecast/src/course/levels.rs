//! Levels from one event to the next: their lines, and the marks they come to.

use timeline::{Duration, Time};

use super::Course;
use crate::curve::Curve;
use crate::line::{Ahead, Line};
use crate::network::{Network, Position};

/// By how much a level may miss a bound through rounding, as a part of itself or of a kilogram.
const LEVEL_ROUNDING: f64 = 1e-9;

impl Course<'_> {
    /// Restarts the line of every store that an event has changed or whose rates have.
    pub(super) fn restart_moved(&mut self) {
        for index in 0..self.rates.moved.list().len() {
            let store = self.rates.moved.list()[index];
            let line = &self.lines[store];
            if self.rates.net[store] != line.net || self.rates.vented[store] != line.vented {
                self.restart(store);
            }
        }
        for index in 0..self.jumped.list().len() {
            self.restart(self.jumped.list()[index]);
        }
        if self.model.network.source.is_some_and(|source| self.restarted.contains(source)) {
            self.end_curve();
        }
    }

    /// Brings a line up to now: what was vented is booked, and the level is the same from another beginning.
    pub(super) fn restart(&mut self, store: usize) {
        self.restarted.insert(store);
        let line = self.lines[store];
        if line.since == self.now {
            return;
        }
        self.trace.vented(store, line.vented_kg(self.now, &self.curve));
        let level_kg = self.level_kg(store);
        if line.net.part_per_d != 0.0 && self.curve.change_kg_d != 0.0 && self.trace.keeps(store) {
            let level = |at| line.at(at, &self.curve);
            let bends = self.curve.bends(line.since, self.now, line.net.part_per_d, level);
            self.trace.bend(store, bends.into_iter().map(|at| (at, level(at))), (self.now, level_kg));
        }
        self.lines[store] = Line { since: self.now, level_kg, ..line };
    }

    /// The level of the source takes another course from now on: everything that followed it is brought up to now.
    pub(super) fn end_curve(&mut self) {
        let Some(source) = self.model.network.source else { return };
        if self.curve.since < self.now {
            for store in 0..self.lines.len() {
                if self.lines[store].follows() {
                    self.restart(store);
                }
            }
            self.trace.end_curve(self.now, &self.curve);
        }
        let (level_kg, net) = (self.lines[source].level_kg, self.rates.net[source]);
        self.curve = Curve::new(self.now, level_kg, net.at(level_kg), net.part_per_d);
    }

    /// Gives every line that starts now the rates of now, and finds what it comes to.
    pub(super) fn aim(&mut self) {
        for index in 0..self.restarted.list().len() {
            let store = self.restarted.list()[index];
            (self.lines[store].net, self.lines[store].vented) =
                (self.rates.net[store], self.rates.vented[store]);
            if self.lines[store].follows() {
                self.lines[store].through_kg_d = self.curve.through_until(self.now);
            }
            let line = self.lines[store];
            let way = self.way(store);
            let position = self.positions[store];
            if position.is_on_mark() && way != 0.0 {
                self.leaving.push(store);
            }
            let marks_kg = &self.model.network.stores[store].marks_kg;
            let left = position.left(way);
            let ahead = Ahead {
                below_kg: left.mark_below().map(|mark| marks_kg[mark]),
                above_kg: marks_kg.get(left.mark_above()).copied(),
            };
            let crossing = if self.model.network.source == Some(store) {
                self.source_crossing(ahead)
            } else {
                line.crossing(ahead, &self.curve)
            };
            (self.crosses[store], self.marks_kg[store]) = crossing.unwrap_or((Time::MAX, 0.0));
        }
        if self.model.network.source.is_some() {
            self.crosses[self.lines.len()] = self.end_of_reach();
        }
    }

    fn source_crossing(&self, ahead: Ahead) -> Option<(Time, f64)> {
        let mark_kg = ahead.towards(self.curve.change_kg_d)?;
        let days = self.curve.when(mark_kg)?;
        Some((self.curve.since + Duration::from_days(days), mark_kg))
    }

    /// When other rules begin to bind because the source's level has moved so far.
    fn end_of_reach(&self) -> Time {
        let reach = self.rates.reach;
        let level_kg = if self.curve.change_kg_d > 0.0 { reach.to_kg } else { reach.from_kg };
        let days = Some(level_kg).filter(|level_kg| level_kg.is_finite()).and_then(|kg| self.curve.when(kg));
        days.map_or(Time::MAX, |days| {
            (self.curve.since + Duration::from_days(days)).max(self.now + Duration::NANOSECOND)
        })
    }

    /// Which way a level moves from now on: its sign counts.
    pub(super) fn way(&self, store: usize) -> f64 {
        self.lines[store].net.at(self.rates.asked_kg)
    }

    /// Puts every store on the mark that it reaches now, or makes it wait a nanosecond when it was put on one now already; says
    /// whether one was put.
    pub(super) fn reach_at_once(&mut self) -> bool {
        let mut is_moved = false;
        for index in 0..self.restarted.list().len() {
            let store = self.restarted.list()[index];
            if self.crosses[store] != self.now {
                continue;
            }
            if self.jumped.contains(store) && self.positions[store].is_on_mark() {
                self.crosses[store] = self.now + Duration::NANOSECOND;
            } else {
                self.put_on_mark(store);
                is_moved = true;
            }
        }
        is_moved
    }

    pub(super) fn put_on_mark(&mut self, store: usize) {
        self.jump(store, self.marks_kg[store]);
    }

    /// Sets a level as it is from now on; what was vented until now is booked first.
    pub(super) fn jump(&mut self, store: usize, level_kg: f64) {
        let node = &self.model.network.stores[store];
        assert!((0.0..=node.capacity_kg).contains(&level_kg), "`{}` at {level_kg} kg", node.name);
        self.restart(store);
        if self.model.network.source == Some(store) {
            self.end_curve();
            self.curve = Curve::still(self.now, level_kg);
            self.rates.touch(store);
        }
        self.lines[store].level_kg = level_kg;
        self.crosses[store] = Time::MAX;
        let position = Position::of(level_kg, &node.marks_kg);
        if position != self.positions[store] {
            self.positions[store] = position;
            self.rates.touch(store);
        }
        self.jumped.insert(store);
    }

    /// The level at this instant, which lies between the marks that its position says.
    pub(super) fn level_kg(&self, store: usize) -> f64 {
        let line = &self.lines[store];
        if line.since == self.now {
            return line.level_kg;
        }
        let level_kg = if self.model.network.source == Some(store) {
            self.curve.level_at(self.now)
        } else {
            line.at(self.now, &self.curve)
        };
        within_bounds(level_kg, &self.model.network, store)
    }

    pub(super) fn source_kg(&self) -> f64 {
        self.model.network.source.map_or(0.0, |source| self.level_kg(source))
    }
}

/// The level freed of rounding; anything larger than rounding is a fault of the engine.
fn within_bounds(level_kg: f64, network: &Network, store: usize) -> f64 {
    let node = &network.stores[store];
    let bounded_kg = level_kg.clamp(0.0, node.capacity_kg);
    let rounding_kg = LEVEL_ROUNDING * (1.0 + level_kg.abs());
    assert!((level_kg - bounded_kg).abs() <= rounding_kg, "`{}` came to {level_kg} kg", node.name);
    bounded_kg
}
