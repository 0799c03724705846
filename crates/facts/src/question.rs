use std::collections::BTreeSet;

use book::Book;
use forecast::Scenario;
use forecast::power::Zoom;
use record::{ChannelId, FlightId, LoopId, StoreId};
use station::Outage;
use timeline::{Duration, Interval, Time};

use crate::{FactsError, Refusal, slip};

/// Shorter forecasts tell the charge of batteries revolution by revolution; longer ones would be a comb that nobody reads.
const LONGEST_ZOOM: Duration = Duration::from_nanoseconds(14 * Duration::DAY.nanoseconds());

/// What stands for all flights.
const ALL: &str = "all";

/// From one time to a later one.
///
/// # Errors
/// When it is not later.
pub fn span_of(from: Time, to: Time) -> Result<Interval, FactsError> {
    let refusal =
        || Refusal::new("to", format!("the span ends at {to}, which is not after its beginning {from}"));
    Ok(Interval::new(from, to).ok_or_else(refusal)?)
}

/// A longer list would fill the memory of a small machine: a year of contacts is some fifty thousand.
///
/// # Errors
/// When `span` is longer than so many days.
pub fn bounded(span: Interval, most_days: f64) -> Result<(), FactsError> {
    let days = span.duration().days();
    if days <= most_days {
        return Ok(());
    }
    let what = format!("the span is {days:.0} days long, more than {most_days:.0} at once");
    Err(Refusal::new("to", what).mend("ask for it in parts").into())
}

/// A forecast in the words of whoever asks for it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Asked {
    /// From when; by default as known last.
    pub from: Option<Time>,
    /// Until when; by default a year later.
    pub to: Option<Time>,
    /// As known when; by default all that the book knows.
    pub as_of: Option<Time>,
    /// So many aboard.
    pub crew: Option<u32>,
    /// Ids of flights that do not come, or `all`.
    pub without: Vec<String>,
    /// What fails: `NAME@TIME`, or `PROCESS@FROM..TO`.
    pub fail: Vec<String>,
    /// Levels: `store.NAME_kg=MASS@TIME`.
    pub set: Vec<String>,
    /// Planned flights that come at another time: `FLIGHT@TIME`, or `FLIGHT+DAYSd`.
    pub slip: Vec<String>,
}

impl Asked {
    /// The question as the engine wants it, every name held against the book. `now` is what the clock says.
    ///
    /// # Errors
    /// The first part of the question that cannot stand.
    pub fn scenario(&self, book: &Book, now: Time) -> Result<Scenario, FactsError> {
        let as_of = self.as_of.unwrap_or(book.about.known_until);
        let from = self.from.unwrap_or_else(|| usual_start(book, as_of.min(book.about.known_until), now));
        let span = span_of(from, self.to.unwrap_or(from + Duration::DAY * 365))?;
        let began = book.about.began;
        if from < began {
            let what = format!("the forecast is to start at {from}, before the station began on {began}");
            return Err(Refusal::new("from", what).into());
        }
        let failures = self.failures(book)?;
        let (without, levels) = (self.flights(book, span)?, self.levels(book)?);
        let delays = slip::delays(book, as_of, &self.slip)?;
        if let Some(flight) = delays.keys().find(|flight| without.contains(*flight)) {
            let what = format!("`{flight}` does not come, so it cannot come at another time");
            return Err(Refusal::new("slip", what)
                .mend("leave it out of one of `without` and `slip`")
                .into());
        }
        Ok(Scenario {
            span,
            as_of,
            crew: self.crew,
            without,
            delays,
            failures: failures.processes,
            dark_channels: failures.channels,
            lost_loops: failures.loops,
            zoom: if span.duration() <= LONGEST_ZOOM { Zoom::Revolutions } else { Zoom::Days },
            levels,
        })
    }

    fn flights(&self, book: &Book, span: Interval) -> Result<BTreeSet<FlightId>, FactsError> {
        if self.without.iter().any(|id| id == ALL) {
            return Ok(all_to_come(book, span));
        }
        let flight = |id: &String| -> Result<FlightId, FactsError> {
            let planned = book.plans.iter().find(|plan| plan.flight.as_str() == id);
            let flown = book.flights.named(id).map(|flight| flight.id.clone());
            let found = flown.or_else(|| planned.map(|plan| plan.flight.clone()));
            Ok(found.ok_or_else(|| Refusal::new("without", format!("the book has no flight `{id}`")))?)
        };
        self.without.iter().map(flight).collect()
    }

    fn failures(&self, book: &Book) -> Result<Failures, FactsError> {
        let mut all = Failures::default();
        for text in &self.fail {
            all.add(book, text)?;
        }
        Ok(all)
    }

    fn levels(&self, book: &Book) -> Result<Vec<(StoreId, Time, f64)>, FactsError> {
        self.set.iter().map(|text| level(book, text)).collect()
    }
}

fn level(book: &Book, text: &str) -> Result<(StoreId, Time, f64), FactsError> {
    let form = || Refusal::new("set", format!("`{text}` is not store.NAME_kg=MASS@TIME"));
    let (name, rest) = text.split_once('=').ok_or_else(form)?;
    let (mass, at) = rest.split_once('@').ok_or_else(form)?;
    let id = name.strip_prefix("store.").and_then(|name| name.strip_suffix("_kg")).ok_or_else(form)?;
    let unknown = || Refusal::new("set", format!("the book has no store `{id}`"));
    let store = book.stores.named(id).ok_or_else(unknown)?;
    let kg: f64 = mass.parse().map_err(|_| form())?;
    let most = store.capacity.kg();
    if !(0.0..=most).contains(&kg) {
        return Err(Refusal::new("set", format!("`{text}`: the level must be from 0 to {most} kg")).into());
    }
    Ok((store.id.clone(), at.parse::<Time>()?, kg))
}

/// What fails, by kind.
#[derive(Default)]
struct Failures {
    processes: Vec<Outage>,
    channels: Vec<(ChannelId, Time)>,
    loops: Vec<(LoopId, Time)>,
}

impl Failures {
    fn add(&mut self, book: &Book, text: &str) -> Result<(), FactsError> {
        let form = || Refusal::new("fail", format!("`{text}` is not NAME@TIME or PROCESS@FROM..TO"));
        let (id, when) = text.split_once('@').ok_or_else(form)?;
        let (from, to) = match when.split_once("..") {
            Some((from, to)) => (from.parse::<Time>()?, Some(to.parse::<Time>()?)),
            None => (when.parse::<Time>()?, None),
        };
        if to.is_some_and(|to| to <= from) {
            let what = format!("`{text}`: the outage ends before it begins");
            return Err(Refusal::new("fail", what).into());
        }
        let (channels, loops) = (&book.power.channels, &book.power.loops);
        if let Some(process) = book.processes.named(id) {
            self.processes.push(Outage { process: process.id.clone(), from, to });
            return Ok(());
        }
        if let Some(channel) = channels.named(id) {
            self.channels.push((channel.id.clone(), from));
        } else if let Some(cooling) = loops.named(id) {
            self.loops.push((cooling.id.clone(), from));
        } else {
            let processes = book.processes.iter().map(|process| process.id.as_str());
            let channels = channels.iter().map(|channel| channel.id.as_str());
            let loops = loops.iter().map(|cooling| cooling.id.as_str());
            let known: Vec<&str> = processes.chain(channels).chain(loops).collect();
            let what = format!("the book has no process, channel or loop `{id}`");
            return Err(Refusal::new("fail", what).mend(format!("it has {}", known.join(", "))).into());
        }
        if to.is_some() {
            let what = format!("`{text}`: a channel or loop fails for good; only a process may run again");
            return Err(Refusal::new("fail", what).into());
        }
        Ok(())
    }
}

/// The flights that were or are to be launched after the beginning of the span.
fn all_to_come(book: &Book, span: Interval) -> BTreeSet<FlightId> {
    let is_later = |launched: Option<Time>| launched.is_none_or(|launched| launched > span.start());
    let flown =
        book.flights.iter().filter(|flight| is_later(flight.launched)).map(|flight| flight.id.clone());
    let has_flown = |id: &FlightId| book.flights.get(id).is_some_and(|flight| !is_later(flight.launched));
    let planned = book.plans.iter().map(|plan| plan.flight.clone()).filter(|id| !has_flown(id));
    flown.chain(planned).collect()
}

/// The last that is known; of a station still to be launched, its first level.
fn usual_start(book: &Book, known: Time, now: Time) -> Time {
    let first_level = book.levels.iter().map(|level| level.at).min();
    if now < book.about.began { first_level.unwrap_or(known) } else { known }
}

/// From when to when losses are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LossAsked {
    /// From when; by default as known last.
    pub from: Option<Time>,
    /// Until when; by default [`risk::USUAL_SPAN`] later.
    pub to: Option<Time>,
    /// As known when; by default all that the book knows.
    pub as_of: Option<Time>,
    /// Planned flights that come at another time, as of [`Asked::slip`].
    pub slip: Vec<String>,
}

impl LossAsked {
    /// The question as the engine wants it. `now` is what the clock says.
    ///
    /// # Errors
    /// When the span is empty, or begins in what was history then, or a flight cannot move.
    pub fn question(&self, book: &Book, now: Time) -> Result<risk::Question, FactsError> {
        let as_of = self.as_of.unwrap_or(book.about.known_until);
        let known = as_of.min(book.about.known_until);
        if let Some(from) = self.from.filter(|from| *from < known) {
            let what = format!(
                "what is lost is still to come, and {from} is before {known}, up to which all is history"
            );
            return Err(Refusal::new("from", what)
                .say("as_of", format!("{from} to ask what was known then"))
                .into());
        }
        let from = self.from.unwrap_or_else(|| usual_start(book, known, now));
        let span = span_of(from, self.to.unwrap_or(from + risk::USUAL_SPAN))?;
        Ok(risk::Question { span, as_of, delays: slip::delays(book, as_of, &self.slip)? })
    }
}
