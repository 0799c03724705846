//! From event to event.
//!
//! A level is kept as a straight line from the last time its rate changed, and looked at again only when something changes it.
//! The instant of a crossing is rounded to the nearest nanosecond, and the level is set to the mark exactly: what that adds or
//! loses is at most half a nanosecond's flow (beyond 104 days of straight line, what 53 bits cannot tell apart). A mark that is
//! nearer than that is reached at once, so that stores which cross together are settled together.

use timeline::{Duration, Time};

use crate::ForecastError;
use crate::draft::Overflow;
use crate::height::{HeightCourse, HeightTrace};
use crate::model::{Event, Model, What};
use crate::network::{Network, Position};
use crate::power::{PowerCourse, PowerTrace};
use crate::rates::Rates;
use crate::runs::Rest;
use crate::trace::Trace;

/// All stores and processes at one instant, on their way.
#[derive(Clone, Debug)]
pub(crate) struct Course<'m> {
    model: &'m Model,
    now: Time,
    lines: Vec<Line>,
    positions: Vec<Position>,
    strengths: Vec<f64>,
    /// By process: 0 while it has no power, else 1.
    powered: Vec<f64>,
    rates: Rates,
    power: Option<PowerCourse<'m>>,
    /// Up to here everything has happened.
    gone_through: Time,
    /// Of the model's schedule, what comes next.
    next_event: usize,
    /// Stores whose level was changed by an event at this instant.
    jumped: Vec<bool>,
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

/// The level of a store since its rate changed last.
#[derive(Clone, Copy, Debug)]
struct Line {
    since: Time,
    level_kg: f64,
    net_kg_d: f64,
    vented_kg_d: f64,
    /// When it reaches `mark_kg`; never is [`Time::MAX`].
    crosses: Time,
    mark_kg: f64,
}

/// More crossings in [`RESTLESS_WITHIN`] than this are a level that passes to and fro without end. A store crosses a few
/// marks after an event, and even a busy station has some tens of events a day.
const MOST_CROSSINGS: u32 = 100_000;
const RESTLESS_WITHIN: Duration = Duration::DAY;

/// By how much a level may miss a bound through rounding, as a part of itself or of a kilogram.
const LEVEL_ROUNDING: f64 = 1e-9;

impl<'m> Course<'m> {
    pub(crate) fn begin(model: &'m Model) -> Self {
        let network = &model.network;
        let line = |&level_kg: &f64| Line {
            since: model.begins,
            level_kg,
            net_kg_d: 0.0,
            vented_kg_d: 0.0,
            crosses: Time::MAX,
            mark_kg: 0.0,
        };
        let stores = network.stores.iter().zip(&model.levels_kg);
        let mut rates = Rates::new(network);
        rates.set_strengths(network, &model.strengths);
        let mut course = Self {
            model,
            now: model.begins,
            lines: model.levels_kg.iter().map(line).collect(),
            positions: stores.map(|(store, &level_kg)| Position::of(level_kg, &store.marks_kg)).collect(),
            strengths: model.strengths.clone(),
            powered: vec![1.0; network.processes.len()],
            rates,
            power: model.grid.as_ref().map(|grid| PowerCourse::begin(grid, model.begins)),
            gone_through: model.begins,
            next_event: 0,
            jumped: vec![true; network.stores.len()],
            crossings: (model.begins, 0),
            height: model.height.as_ref().map(HeightCourse::begin),
            trace: Trace::new(network),
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
            let crossing = self.lines.iter().map(|line| line.crosses).min().unwrap_or(Time::MAX);
            let burn = self.next_burn(until).unwrap_or(Time::MAX);
            let next = scheduled.min(crossing).min(burn);
            if let Some(switched) = self.power.as_mut().and_then(|power| power.advance(next.min(until))) {
                self.advance(switched)?;
                self.settle_powered();
                continue;
            }
            if next > until || next == Time::MAX {
                self.gone_through = self.gone_through.max(until);
                return Ok(());
            }
            self.advance(next)?;
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
            if !switched.is_empty() {
                self.take_strengths();
            }
            self.settle();
            let Some(power) = &mut self.power else { return };
            power.set_paces(|process| self.rates.pace(process));
            if !power.has_switched() {
                return;
            }
        }
    }

    fn take_strengths(&mut self) {
        let strengths =
            self.strengths.iter().zip(&self.powered).map(|(strength, powered)| strength * powered);
        let strengths: Vec<f64> = strengths.collect();
        self.rates.set_strengths(&self.model.network, &strengths);
    }

    /// Forgets what was, and begins to write down at `from`, which must not be before what was gone through.
    pub(crate) fn write_from(&mut self, from: Time) {
        self.now = from;
        for store in 0..self.lines.len() {
            self.restart_line(store);
        }
        self.trace.open(from);
        self.write();
        if let Some(power) = &mut self.power {
            power.write_from(from);
        }
    }

    /// Closes the books at `to`.
    pub(crate) fn close(mut self, to: Time) -> Traces {
        self.now = to;
        for store in 0..self.lines.len() {
            self.trace.end_line(store, self.level_kg(store), self.vented_since_kg(store));
        }
        self.trace.close(to);
        Traces {
            stocks: self.trace,
            height: self.height.map(|height| height.close(to)),
            power: self.power.map(|power| power.close(to)),
        }
    }

    /// Moves the clock, and every level that reaches its mark onto it.
    fn advance(&mut self, next: Time) -> Result<(), ForecastError> {
        self.now = next;
        for store in 0..self.lines.len() {
            let line = self.lines[store];
            if line.crosses <= next {
                self.put_on_mark(store);
                self.count_crossing()?;
            } else if line.since < next {
                self.positions[store] = self.positions[store].left(line.net_kg_d);
            }
        }
        Ok(())
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
            What::Strength { process, strength } => {
                self.strengths[process] = strength;
                self.take_strengths();
            }
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
        for _ in 0..=self.lines.len() {
            if self.rates.settle(&self.model.network, &self.positions) == Rest::Unsettled {
                self.trace.unsettled();
            }
            let mut is_moved = false;
            for store in 0..self.lines.len() {
                let line = self.lines[store];
                let (net_kg_d, vented_kg_d) = (self.rates.net_kg_d[store], self.rates.vented_kg_d[store]);
                if self.jumped[store] || net_kg_d != line.net_kg_d || vented_kg_d != line.vented_kg_d {
                    self.restart_line(store);
                    if self.lines[store].crosses == self.now {
                        is_moved |= self.reach_at_once(store);
                    }
                }
            }
            if !is_moved {
                break;
            }
        }
        self.jumped.fill(false);
        self.write();
    }

    fn write(&mut self) {
        for (store, line) in self.lines.iter().enumerate().filter(|(_, line)| line.since == self.now) {
            self.trace.line(store, self.now, line.level_kg, line.net_kg_d);
        }
        self.trace.runs(self.now, &self.model.network, &self.rates, &self.strengths);
    }

    /// Starts the line of a store anew with the rates of now.
    fn restart_line(&mut self, store: usize) {
        let level_kg = self.level_kg(store);
        self.trace.vented(store, self.vented_since_kg(store));
        let (net_kg_d, vented_kg_d) = (self.rates.net_kg_d[store], self.rates.vented_kg_d[store]);
        let marks_kg = &self.model.network.stores[store].marks_kg;
        let position = self.positions[store];
        let ahead = match net_kg_d {
            rate if rate > 0.0 => marks_kg.get(position.mark_above()).copied(),
            rate if rate < 0.0 => position.mark_below().map(|mark| marks_kg[mark]),
            _ => None,
        };
        let crosses = ahead.map_or(Time::MAX, |mark_kg| {
            self.now + Duration::from_days((mark_kg - level_kg) / net_kg_d).max(Duration::ZERO)
        });
        let mark_kg = ahead.unwrap_or_default();
        self.lines[store] = Line { since: self.now, level_kg, net_kg_d, vented_kg_d, crosses, mark_kg };
    }

    /// Puts a store on the mark that it reaches now, or makes it wait a nanosecond when it was put on one now already.
    fn reach_at_once(&mut self, store: usize) -> bool {
        let line = &mut self.lines[store];
        if self.jumped[store] && self.positions[store].is_on_mark() {
            line.crosses = self.now + Duration::NANOSECOND;
            return false;
        }
        self.put_on_mark(store);
        true
    }

    fn put_on_mark(&mut self, store: usize) {
        let mark_kg = self.lines[store].mark_kg;
        self.jump(store, mark_kg);
    }

    /// Sets a level as it is from now on; what was vented until now is booked first.
    fn jump(&mut self, store: usize, level_kg: f64) {
        let node = &self.model.network.stores[store];
        assert!((0.0..=node.capacity_kg).contains(&level_kg), "`{}` at {level_kg} kg", node.name);
        self.trace.vented(store, self.vented_since_kg(store));
        let line = &mut self.lines[store];
        (line.since, line.level_kg, line.crosses) = (self.now, level_kg, Time::MAX);
        self.positions[store] = Position::of(level_kg, &node.marks_kg);
        self.jumped[store] = true;
    }

    /// The level at this instant, which lies between the marks that its position says.
    fn level_kg(&self, store: usize) -> f64 {
        let line = &self.lines[store];
        if line.since == self.now || line.net_kg_d == 0.0 {
            return line.level_kg;
        }
        let level_kg = line.level_kg + line.net_kg_d * (self.now - line.since).days();
        within_bounds(level_kg, &self.model.network, store)
    }

    fn vented_since_kg(&self, store: usize) -> f64 {
        let line = &self.lines[store];
        line.vented_kg_d * (self.now - line.since).days()
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
