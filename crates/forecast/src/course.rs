//! From event to event.
//!
//! A level is kept as a line from the last time its rates changed, and looked at again only when something changes it. Lines are
//! straight, but for the store of which processes take a part and those that follow it, see [`Curve`].
//! The instant of a crossing is rounded to the nearest nanosecond, and the level is set to the mark exactly: what that adds or
//! loses is at most half a nanosecond's flow (beyond 104 days of straight line, what 53 bits cannot tell apart). A mark that is
//! nearer than that is reached at once, so that stores which cross together are settled together.

mod levels;

use timeline::{Duration, Time};

use crate::ForecastError;
use crate::curve::Curve;
use crate::draft::Overflow;
use crate::height::{HeightCourse, HeightTrace};
use crate::line::Line;
use crate::model::{Event, Model, What};
use crate::network::Position;
use crate::power::{PowerCourse, PowerTrace};
use crate::rates::Rates;
use crate::runs::Rest;
use crate::touched::Touched;
use crate::trace::{At, Detail, Trace};

/// All stores and processes at one instant, on their way.
#[derive(Clone, Debug)]
pub(crate) struct Course<'m> {
    model: &'m Model,
    now: Time,
    lines: Vec<Line>,
    /// By store, the mark that its line meets next.
    marks_kg: Vec<f64>,
    /// By store, when it meets that, and at last when other rules begin to bind; never is [`Time::MAX`].
    crosses: Vec<Time>,
    positions: Vec<Position>,
    strengths: Vec<f64>,
    /// By process: 0 while it has no power, else 1.
    powered: Vec<f64>,
    /// By process: its strength while it has power, kept to save looking for room.
    effective: Vec<f64>,
    rates: Rates,
    power: Option<PowerCourse<'m>>,
    /// Up to here everything has happened.
    gone_through: Time,
    /// The level of the store of which processes take a part, where there is one.
    curve: Curve,
    /// Of the model's schedule, what comes next.
    next_event: usize,
    /// Whether a strength was changed by an event at this instant.
    strengths_changed: bool,
    /// Stores whose level was changed by an event at this instant.
    jumped: Touched,
    /// Stores whose line starts anew at this instant.
    restarted: Touched,
    /// Stores that stand on a mark and leave it.
    leaving: Vec<usize>,
    /// Crossings since when, to find those that never end.
    crossings: (Time, u32),
    height: Option<HeightCourse<'m>>,
    pub(crate) trace: Trace,
}

/// What was written down.
pub(crate) struct Traces {
    pub(crate) stocks: Trace,
    pub(crate) height: Option<HeightTrace>,
    pub(crate) power: Option<PowerTrace>,
}

/// More crossings in [`RESTLESS_WITHIN`] than this are a level that passes to and fro without end. A store crosses a few
/// marks after an event, and even a busy station has some tens of events a day.
const MOST_CROSSINGS: u32 = 100_000;
const RESTLESS_WITHIN: Duration = Duration::DAY;

impl<'m> Course<'m> {
    pub(crate) fn begin(model: &'m Model, detail: Detail) -> Self {
        let network = &*model.network;
        let stores = network.stores.len();
        let (since, still) = (model.begins, Default::default());
        let line = |&level_kg: &f64| Line { since, level_kg, net: still, vented: still, through_kg_d: 0.0 };
        let levels = network.stores.iter().zip(&model.levels_kg);
        let mut course = Self {
            model,
            now: model.begins,
            lines: model.levels_kg.iter().map(line).collect(),
            marks_kg: vec![0.0; stores],
            crosses: vec![Time::MAX; stores + 1],
            positions: levels.map(|(store, &level_kg)| Position::of(level_kg, &store.marks_kg)).collect(),
            strengths: model.strengths.clone(),
            powered: vec![1.0; network.processes.len()],
            effective: Vec::with_capacity(network.processes.len()),
            power: model.grid.as_ref().map(|grid| PowerCourse::begin(grid, model.begins)),
            gone_through: model.begins,
            rates: Rates::new(network),
            curve: Curve::still(model.begins, network.source.map_or(0.0, |source| model.levels_kg[source])),
            next_event: 0,
            strengths_changed: true,
            jumped: Touched::all_of(stores),
            restarted: Touched::none_of(stores),
            leaving: Vec::new(),
            crossings: (model.begins, 0),
            height: model.height.as_ref().map(|height| HeightCourse::begin(height, detail)),
            trace: Trace::new(network, detail),
        };
        course.settle_powered();
        course
    }

    /// The same on a model that has had the same schedule until now.
    pub(crate) fn on<'n>(&self, model: &'n Model) -> Course<'n>
    where
        'm: 'n,
    {
        let next_event = model.schedule.partition_point(|event| event.at <= self.gone_through);
        Course { model, next_event, ..self.clone() }
    }

    /// Goes through everything that happens up to and at `until`.
    pub(crate) fn run_through(&mut self, until: Time) -> Result<(), ForecastError> {
        loop {
            let scheduled = self.model.schedule.get(self.next_event).map_or(Time::MAX, |event| event.at);
            let crossing = self.crosses.iter().fold(Time::MAX, |first, &at| first.min(at));
            let burn = self.next_burn(until).unwrap_or(Time::MAX);
            let next = scheduled.min(crossing).min(burn);
            if let Some(switched) = self.power.as_mut().and_then(|power| power.advance(next.min(until))) {
                self.advance(switched, crossing)?;
                self.settle_powered();
                continue;
            }
            if next > until || next == Time::MAX {
                self.gone_through = self.gone_through.max(until);
                return Ok(());
            }
            self.advance(next, crossing)?;
            while let Some(event) = self.model.schedule.get(self.next_event).filter(|event| event.at == next)
            {
                self.happen(*event);
                self.next_event += 1;
            }
            if self.next_burn(until) == Some(next) {
                self.burn();
            }
            self.settle_powered();
        }
    }

    /// Settles the stores, and the power that their processes draw; what then has none is stopped, until nothing changes.
    fn settle_powered(&mut self) {
        // Within an instant processes are only stopped, but for those that a new day takes back, once each.
        for _ in 0..=2 * self.strengths.len() {
            let switched = self.power.as_mut().map(PowerCourse::take_switched).unwrap_or_default();
            for &(process, runs) in &switched {
                self.powered[process] = f64::from(u8::from(runs));
            }
            self.strengths_changed |= !switched.is_empty();
            self.settle();
            let source_kg = self.source_kg();
            let Some(power) = &mut self.power else { return };
            power.set_paces(|process| self.rates.pace(&self.model.network, process, source_kg));
            if !power.has_switched() {
                return;
            }
        }
    }

    /// Forgets what was, and begins to write down at `from`, which must not be before what was gone through.
    pub(crate) fn write_from(&mut self, from: Time) {
        self.go_to(from);
        for store in 0..self.lines.len() {
            self.restart(store);
        }
        self.end_curve();
        self.aim();
        self.trace.open(from);
        for process in 0..self.strengths.len() {
            self.rates.runs.affected.insert(process);
        }
        self.write();
        if let Some(power) = &mut self.power {
            power.write_from(from);
        }
        self.rates.rest();
        self.restarted.clear();
    }

    /// Closes the books at `to`.
    pub(crate) fn close(mut self, to: Time) -> Traces {
        self.go_to(to);
        for store in 0..self.lines.len() {
            self.restart(store);
            self.trace.ended(store, self.lines[store].level_kg);
        }
        self.trace.close(to, &self.curve);
        Traces {
            stocks: self.trace,
            height: self.height.map(|height| height.close(to)),
            power: self.power.map(|power| power.close(to)),
        }
    }

    /// From now on a process has this strength: persons, efficiency, or 0 while it is out.
    pub(crate) fn limit(&mut self, process: usize, strength: f64) {
        self.strengths[process] = strength;
        self.strengths_changed = true;
    }

    /// Moves the clock, and every level that reaches its mark onto it.
    fn advance(&mut self, next: Time, crossing: Time) -> Result<(), ForecastError> {
        self.go_to(next);
        while let Some(store) = self.leaving.pop() {
            // Nobody runs otherwise because a store has left a mark, but for those whom it bound there and who are free now.
            if self.rates.runs.is_bound_by(&self.model.network, store, self.positions[store]) {
                self.rates.touch(store);
            }
            self.positions[store] = self.positions[store].left(self.way(store));
        }
        if crossing > next {
            return Ok(());
        }
        for store in 0..self.lines.len() {
            if self.crosses[store] <= next {
                self.put_on_mark(store);
                self.count_crossing()?;
            }
        }
        if self.crosses[self.lines.len()] <= next {
            self.rates.end_reach();
            self.count_crossing()?;
        }
        Ok(())
    }

    fn go_to(&mut self, at: Time) {
        self.now = at;
        self.curve.look_at(at);
    }

    fn count_crossing(&mut self) -> Result<(), ForecastError> {
        let (since, count) = self.crossings;
        if self.now - since > RESTLESS_WITHIN {
            self.crossings = (self.now, 1);
        } else if count < MOST_CROSSINGS {
            self.crossings.1 += 1;
        } else {
            return Err(ForecastError::Restless { most: MOST_CROSSINGS, within: RESTLESS_WITHIN, since });
        }
        Ok(())
    }

    fn happen(&mut self, event: Event) {
        match event.what {
            What::Strength { process, strength } => self.limit(process, strength),
            What::Delivery { store, mass_kg } => {
                let node = &self.model.network.stores[store];
                let wanted_kg = self.level_kg(store) + mass_kg;
                let level_kg = wanted_kg.min(node.capacity_kg);
                self.trace.delivered(store, mass_kg);
                match node.overflow {
                    Overflow::HoldsBack => self.trace.refused(store, wanted_kg - level_kg),
                    Overflow::Vents => self.trace.vented(store, wanted_kg - level_kg),
                }
                self.jump(store, level_kg);
                if let Some(height) = &mut self.height {
                    height.supplied(store, self.now);
                }
            }
            What::Withdrawal { store, mass_kg } => {
                let level_kg = self.level_kg(store);
                let given_kg = mass_kg.min(level_kg);
                self.trace.burned(store, given_kg);
                self.jump(store, level_kg - given_kg);
            }
            What::Correction { store, level_kg } => {
                self.trace.corrected(store, level_kg - self.level_kg(store));
                self.jump(store, level_kg);
            }
        }
    }

    /// When the orbit is to be raised next, if that is by `until`.
    fn next_burn(&mut self, until: Time) -> Option<Time> {
        self.height.as_mut().and_then(|height| height.next_burn(until))
    }

    /// Raises the orbit now, as far as there is propellant in the stores.
    fn burn(&mut self) {
        let Some(mut height) = self.height.take() else { return };
        height.burn(self.now, |store, wanted_kg| {
            let level_kg = self.level_kg(store);
            let given_kg = wanted_kg.min(level_kg);
            self.trace.burned(store, given_kg);
            self.jump(store, level_kg - given_kg);
            given_kg
        });
        self.height = Some(height);
    }

    /// Finds the rates that hold from now on. A store that they bring to a mark within half a nanosecond is put there and the
    /// rates found again, each store once at most.
    fn settle(&mut self) {
        let model = self.model;
        let network = &model.network;
        if self.strengths_changed {
            let powered =
                self.strengths.iter().zip(&self.powered).map(|(strength, powered)| strength * powered);
            self.effective.clear();
            self.effective.extend(powered);
            self.rates.set_strengths(network, &mut self.effective);
            self.strengths_changed = false;
        }
        for _ in 0..=self.lines.len() {
            if self.rates.settle(network, &self.positions, self.source_kg()) == Rest::Unsettled {
                self.trace.unsettled();
            }
            if self.comes_to_rest() {
                continue;
            }
            self.restart_moved();
            self.aim();
            if !self.reach_at_once() {
                break;
            }
        }
        self.write();
        self.rates.rest();
        self.jumped.clear();
        self.restarted.clear();
    }

    /// Puts the source where it comes to rest when it is there but for a hair; says whether it did.
    fn comes_to_rest(&mut self) -> bool {
        let Some(source) = self.model.network.source else { return false };
        let marks_kg = &self.model.network.stores[source].marks_kg;
        let rest_kg = self.rates.rest_of_source_kg(source, self.source_kg(), marks_kg);
        if let Some(rest_kg) = rest_kg {
            self.jump(source, rest_kg);
        }
        rest_kg.is_some()
    }

    fn write(&mut self) {
        let source_kg = self.source_kg();
        for &store in self.restarted.list() {
            let line = &self.lines[store];
            self.trace.line(store, self.now, line.level_kg, line.net.at(source_kg));
        }
        let at = At { time: self.now, curve: &self.curve, source_kg };
        for &process in self.rates.runs.affected.list() {
            self.trace.run(at, process, &self.model.network, &self.rates, self.strengths[process]);
        }
        self.trace.uses(at, &self.model.network, &self.rates);
    }
}
