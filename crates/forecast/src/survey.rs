//! What comes of a plan, without writing profiles: how each class of supply goes, and who goes short.

use timeline::{Duration, Interval, Time};

use crate::ForecastError;
use crate::course::{Course, Traces};
use crate::height::HeightTrace;
use crate::model::Model;
use crate::network::SupplyNode;
use crate::outlook::{Outlook, Plan};
use crate::trace::{Detail, Shortage, Trace};

/// A crossing of a reserve line counts when it lasts as long as this, or to the end: while one crew relieves another there are more
/// people aboard for a week or two, and every reserve would seem short. Ours.
pub const LASTING: Duration = Duration::from_nanoseconds(14 * Duration::DAY.nanoseconds());

/// A use below this counts as none, kg a day.
const LEAST_USE_KG_D: f64 = 1e-9;

/// What comes of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Survey {
    span: Interval,
    supplies: Vec<Vec<Piece>>,
    /// When people went short, by index, in order of time.
    pub short: Vec<Short>,
    /// Since when nothing keeps the station up.
    pub down: Option<Time>,
    /// Loads and processes that were off for want of power or cooling: name, since when.
    pub shed: Vec<(String, Time)>,
}

/// A time when a process by which people live ran at less than its full rate.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Short {
    /// Which process of the outlook, by index.
    pub process: usize,
    /// When.
    pub during: Interval,
    /// The store that held it back at first, by index.
    pub store: Option<usize>,
    /// The least part of its full rate that it ran at meanwhile.
    pub least_run: f64,
}

/// A time during which the level of a class of supply is a straight line and its use constant.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Piece {
    since: Time,
    level_kg: f64,
    net_kg_d: f64,
    use_kg_d: f64,
}

impl Piece {
    /// When there are no more than so many days left, between `from` and `end`; with a straight level that is one time or none.
    fn below(&self, days: f64, from: Time, end: Time) -> Option<(Time, Time)> {
        let line_kg = days * self.use_kg_d.max(LEAST_USE_KG_D);
        let since = self.since.max(from);
        let above_kg = self.level_kg + self.net_kg_d * (since - self.since).days() - line_kg;
        let crosses = since + Duration::from_days((above_kg / -self.net_kg_d).max(0.0));
        match (above_kg <= 0.0, self.net_kg_d) {
            (true, net) if net > 0.0 => {
                Some((since, crosses.min(end))).filter(|(start, until)| start < until)
            }
            (true, _) => Some((since, end)),
            (false, net) if net < 0.0 => (crosses < end).then_some((crosses, end)),
            (false, _) => None,
        }
    }
}

impl Survey {
    /// When a class of supply first has no more than so many days left for good, or for [`LASTING`], from `from` on.
    #[must_use]
    pub fn at_most_days(&self, supply: usize, days: f64, from: Time) -> Option<Time> {
        let mut open: Option<(Time, Time)> = None;
        for (piece, end) in self.pieces(supply).filter(|(_, end)| *end > from) {
            let Some((start, until)) = piece.below(days, from, end) else { continue };
            open = match open {
                Some((first, last)) if last == start => Some((first, until)),
                Some((first, last)) if last - first >= LASTING => return Some(first),
                _ => Some((start, until)),
            };
        }
        open.filter(|&(first, last)| last - first >= LASTING || last == self.span.end())
            .map(|(first, _)| first)
    }

    /// When nothing is left of a class of supply, from `from` on.
    #[must_use]
    pub fn empty(&self, supply: usize, from: Time) -> Option<Time> {
        let mut pieces = self.pieces(supply).filter(|(_, end)| *end > from);
        pieces.find_map(|(piece, end)| {
            let since = piece.since.max(from);
            let level_kg = piece.level_kg + piece.net_kg_d * (since - piece.since).days();
            if level_kg <= EMPTY_KG {
                return Some(since);
            }
            let runs_out = since + Duration::from_days((level_kg / -piece.net_kg_d).max(0.0));
            (piece.net_kg_d < 0.0 && runs_out < end).then_some(runs_out)
        })
    }

    /// How many days of a class of supply are left at `at`; nothing when it is not used.
    #[must_use]
    pub fn days_left(&self, supply: usize, at: Time) -> Option<f64> {
        let (piece, _) = self.pieces(supply).find(|(piece, end)| piece.since <= at && at < *end)?;
        let level_kg = piece.level_kg + piece.net_kg_d * (at - piece.since).days();
        (piece.use_kg_d > LEAST_USE_KG_D).then(|| level_kg.max(0.0) / piece.use_kg_d)
    }

    fn pieces(&self, supply: usize) -> impl Iterator<Item = (&Piece, Time)> {
        let pieces = &self.supplies[supply];
        let ends = pieces.iter().skip(1).map(|piece| piece.since).chain([self.span.end()]);
        pieces.iter().zip(ends)
    }
}

/// What rounding may leave in stores that are empty, kg.
const EMPTY_KG: f64 = 1e-6;

/// Surveys plans of one outlook. What is the same in all of them is gone through once: each plan is taken up where it begins to differ.
pub struct Surveyor<'o> {
    outlook: &'o Outlook,
    /// The plan that others differ from, at some instants; in order of time.
    stops: Vec<(Time, Course<'o>)>,
}

/// So long from one stop to the next.
const STOP_EVERY: Duration = Duration::from_nanoseconds(15 * Duration::DAY.nanoseconds());

impl<'o> Surveyor<'o> {
    /// Goes through `base`, which others will differ from.
    ///
    /// # Errors
    /// As of [`compute`](crate::compute).
    pub fn along(outlook: &'o Outlook, base: &'o Plan) -> Result<Self, ForecastError> {
        let span = outlook.span();
        let mut course = Course::begin(&base.model, Detail::Supplies);
        course.run_through(span.start())?;
        course.write_from(span.start());
        let mut stops = vec![(span.start(), course.clone())];
        let mut at = span.start() + STOP_EVERY;
        while at < span.end() {
            course.run_through(at)?;
            stops.push((at, course.clone()));
            at = at + STOP_EVERY;
        }
        Ok(Self { outlook, stops })
    }

    /// The same along another plan, which is as the one before until `differs` and from which others differ later.
    ///
    /// # Errors
    /// As of [`compute`](crate::compute).
    pub fn branch<'p>(&self, plan: &'p Plan, differs: Time) -> Result<Surveyor<'p>, ForecastError>
    where
        'o: 'p,
    {
        let before = self.stops.partition_point(|stop| stop.0 < differs);
        let Some((last, course)) = before.checked_sub(1).map(|stop| &self.stops[stop]) else {
            return Surveyor::along(self.outlook, plan);
        };
        let mut course = course.on(&plan.model);
        let mut stops = vec![(*last, course.clone())];
        let mut at = *last + STOP_EVERY;
        while at < self.outlook.span().end() {
            course.run_through(at)?;
            stops.push((at, course.clone()));
            at = at + STOP_EVERY;
        }
        Ok(Surveyor { outlook: self.outlook, stops })
    }

    /// With nothing gone through yet.
    #[must_use]
    pub fn afresh(outlook: &'o Outlook) -> Self {
        Self { outlook, stops: Vec::new() }
    }

    /// What comes of a plan that is as the base until `differs`.
    ///
    /// # Errors
    /// As of [`compute`](crate::compute).
    pub fn survey(&self, plan: &Plan, differs: Time) -> Result<Survey, ForecastError> {
        let traces = self.traces(plan, differs)?;
        Ok(Survey::of(&plan.model, &traces, self.outlook.span()))
    }

    /// When a store of the outlook, by index, first holds so much in a plan that is as the base until `differs`, within the span; nothing
    /// when it never does.
    ///
    /// # Errors
    /// As of [`compute`](crate::compute).
    pub fn first_with(
        &self,
        plan: &Plan,
        differs: Time,
        store: usize,
        mass_kg: f64,
    ) -> Result<Option<Time>, ForecastError> {
        let traces = self.traces(plan, differs)?;
        let lines = &traces.stocks.stores[store].lines;
        let ends = lines.iter().skip(1).map(|line| line.0).chain([self.outlook.span().end()]);
        let first = |(&(since, level_kg, kg_d), end): (&(Time, f64, f64), Time)| {
            if level_kg >= mass_kg {
                return Some(since);
            }
            let at = since + Duration::from_days((mass_kg - level_kg) / kg_d);
            (kg_d > 0.0 && at < end).then_some(at)
        };
        Ok(lines.iter().zip(ends).find_map(first))
    }

    fn traces(&self, plan: &Plan, differs: Time) -> Result<Traces, ForecastError> {
        let span = self.outlook.span();
        let until = span.end() - Duration::NANOSECOND;
        let before = self.stops.partition_point(|stop| stop.0 < differs);
        match before.checked_sub(1).map(|stop| &self.stops[stop].1) {
            Some(stop) => {
                let mut course = stop.on(&plan.model);
                course.run_through(until)?;
                Ok(course.close(span.end()))
            }
            None => {
                let mut course = Course::begin(&plan.model, Detail::Supplies);
                course.run_through(span.start())?;
                course.write_from(span.start());
                course.run_through(until)?;
                Ok(course.close(span.end()))
            }
        }
    }
}

impl Survey {
    fn of(model: &Model, traces: &Traces, span: Interval) -> Self {
        let trace = &traces.stocks;
        let height = traces.height.as_ref();
        let supplies = model.network.supplies.iter().zip(&trace.uses).map(|(node, uses)| {
            let upkeep = height.filter(|_| model.burns_from(node)).map(HeightTrace::upkeep_steps);
            pieces(node, trace, uses, upkeep.unwrap_or_default(), span)
        });
        let short = trace.shortages.iter().filter_map(short);
        let shed = model.grid.as_ref().zip(traces.power.as_ref()).map_or_else(Vec::new, |(grid, power)| {
            let sheddings =
                crate::power::sheddings(grid, power, |process, during| model.has_strength(process, during));
            sheddings.into_iter().map(|one| (one.load, one.during.start())).collect()
        });
        Self {
            span,
            supplies: supplies.collect(),
            short: short.collect(),
            down: height.and_then(|height| height.lost),
            shed,
        }
    }
}

fn short(shortage: &Shortage) -> Option<Short> {
    let Shortage { process, from, to, store, least_run } = *shortage;
    Some(Short { process, during: Interval::new(from, to)?, store, least_run })
}

/// The lines of a class's stores added up, beside its use.
fn pieces(
    node: &SupplyNode,
    trace: &Trace,
    uses: &[(Time, f64)],
    upkeep: &[(Time, f64)],
    span: Interval,
) -> Vec<Piece> {
    let lines: Vec<&[(Time, f64, f64)]> =
        node.stores.iter().map(|&store| trace.stores[store].lines.as_slice()).collect();
    let mut at_line = vec![0; lines.len()];
    let (mut at_use, mut at_upkeep) = (0, 0);
    let mut now = span.start();
    let mut pieces = Vec::new();
    loop {
        let (mut level_kg, mut net_kg_d, mut next) = (0.0, 0.0, span.end());
        for (lines, at) in lines.iter().zip(&mut at_line) {
            while lines.get(*at + 1).is_some_and(|line| line.0 <= now) {
                *at += 1;
            }
            let Some(&(since, line_kg, line_kg_d)) = lines.get(*at) else { continue };
            level_kg += line_kg + line_kg_d * (now - since).days();
            net_kg_d += line_kg_d;
            next = lines.get(*at + 1).map_or(next, |line| next.min(line.0));
        }
        let use_kg_d = hold(uses, &mut at_use, now, &mut next) + hold(upkeep, &mut at_upkeep, now, &mut next);
        pieces.push(Piece { since: now, level_kg, net_kg_d, use_kg_d });
        if next >= span.end() {
            return pieces;
        }
        now = next;
    }
}

/// The value that holds at `now`, 0 before the first; `next` becomes no later than the next one.
fn hold(steps: &[(Time, f64)], at: &mut usize, now: Time, next: &mut Time) -> f64 {
    while steps.get(*at + 1).is_some_and(|step| step.0 <= now) {
        *at += 1;
    }
    let follows =
        steps.get(*at).into_iter().chain(steps.get(*at + 1)).map(|step| step.0).find(|&since| since > now);
    *next = follows.map_or(*next, |since| since.min(*next));
    steps.get(*at).filter(|step| step.0 <= now).map_or(0.0, |step| step.1)
}
