//! From a book and a question to a draft: whose levels, which flights, which crew.

mod flying;

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use record::{ChannelId, FlightId, LoopId, ProcessId, StoreId};
use station::{Outage, Overflow as Full, Process as Machine, Scale};
use timeline::{Duration, Interval, Profile, Time};

use crate::arrivals::{Arrival, Certainty, arrivals};
use crate::crew::Crew;
use crate::knowledge::Knowledge;
use crate::power::{Zoom, power};
use crate::{Batch, Correction, Draft, Flow, Hold, Overflow, Part, Process, Serves, Store, Supply, Watch};

/// What is asked of a book's stocks.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// From when to when.
    pub span: Interval,
    /// As known when: what was launched, counted, begun and planned up to here, and nothing that was learnt later. From the
    /// book's end on all of it is known.
    pub as_of: Time,
    /// So many aboard from the beginning of the span on, instead of those the book has.
    pub crew: Option<u32>,
    /// Flights that do not arrive.
    pub without: BTreeSet<FlightId>,
    /// Flights that come so much later, or earlier when it is less than nothing; those whom they bring and their departure move with
    /// them. Of a flight that has come only the departure moves.
    pub delays: BTreeMap<FlightId, Duration>,
    /// Processes that fail, for good or for a time.
    pub failures: Vec<Outage>,
    /// Power channels that fail, from when on.
    pub dark_channels: Vec<(ChannelId, Time)>,
    /// Cooling loops that fail, from when on.
    pub lost_loops: Vec<(LoopId, Time)>,
    /// Levels that somebody sets, kg.
    pub levels: Vec<(StoreId, Time, f64)>,
    /// How closely batteries are looked at.
    pub zoom: Zoom,
}

impl Scenario {
    /// The plain question: what was known at `as_of`, everybody and everything as it is.
    #[must_use]
    pub fn new(span: Interval, as_of: Time) -> Self {
        Self {
            span,
            as_of,
            crew: None,
            without: BTreeSet::new(),
            delays: BTreeMap::new(),
            failures: Vec::new(),
            dark_channels: Vec::new(),
            lost_loops: Vec::new(),
            levels: Vec::new(),
            zoom: Zoom::Days,
        }
    }
}

/// A draft and what was taken for granted in it, one sentence each.
#[derive(Clone, PartialEq, Debug)]
pub struct Drafted {
    /// What the engine computes.
    pub draft: Draft,
    /// The flights that come within its time, in order of time.
    pub arrivals: Vec<Arrival>,
    /// Seats to take people home, from each instant of the span at which they change.
    pub seats: Vec<(Time, u32)>,
    /// What it rests on.
    pub assumptions: Vec<String>,
}

/// The stores, processes and deliveries of `book` as `scenario` asks.
///
/// It begins with the oldest of the last levels known of each store at the beginning of the span, so that every store starts
/// from something counted; levels counted later, up to the beginning of the span, are set when they come.
#[must_use]
pub fn draft(book: &Book, scenario: &Scenario) -> Drafted {
    let knowledge = Knowledge::of(book, scenario.as_of);
    let counted_until = knowledge.until.min(scenario.span.start());
    let last = |store: &StoreId| book.level_at(store, counted_until).map(|level| level.at);
    let begins =
        book.stores.iter().filter_map(|store| last(&store.id)).min().unwrap_or(scenario.span.start());
    let whole = Interval::new(begins, scenario.span.end()).unwrap_or(scenario.span);
    let (mut arrivals, overdue) = arrivals(&knowledge, &scenario.without, &scenario.delays);
    let crew = Crew::of(&knowledge, &arrivals, scenario);
    let seats = crew.seats(scenario.span);
    let processes = knowledge.processes().filter(|process| flows_are_known(book, process));
    // Counted once for each scale, not for each process.
    let mut heads: Vec<(&Scale, Profile)> = Vec::new();
    for scale in knowledge.processes().filter_map(|process| process.scale.as_ref()) {
        if heads.iter().all(|(counted, _)| *counted != scale) {
            heads.push((scale, crew.profile(scale, whole)));
        }
    }
    let persons = |process: &Machine| {
        heads.iter().find(|(scale, _)| process.scale.as_ref() == Some(scale)).map(|(_, persons)| persons)
    };
    let processes: Vec<Process> = processes
        .map(|process| drafted_process(process, persons(process), scenario, &knowledge, whole))
        .collect();
    let mut assumptions = assumptions(&knowledge, scenario, &arrivals, &overdue, begins, counted_until);
    // A ship may be unpacked after the beginning that docked before it; the model knows what is past.
    let deliveries = arrivals.iter().flat_map(|arrival| arrival.brings.clone()).collect();
    arrivals.retain(|arrival| whole.contains(arrival.at));
    let draft = Draft {
        begins,
        stores: book.stores.iter().map(|store| drafted_store(book, &store.value, scenario, begins)).collect(),
        processes,
        supplies: book
            .supplies
            .iter()
            .map(|supply| Supply {
                name: supply.id.to_string(),
                lines_days: supply.lines.iter().map(|line| line.days()).collect(),
            })
            .collect(),
        deliveries,
        corrections: corrections(book, scenario, begins, counted_until),
        power: power(&knowledge, whole, scenario),
        flying: flying::flying(&knowledge, scenario, begins),
    };
    assumptions.extend(draft.flying.iter().flat_map(|flying| flying::assumptions(book, scenario, flying)));
    Drafted { draft, arrivals, seats, assumptions }
}

/// How many people of `scale` are aboard over the span, as known and planned; a partner's only as far as it was known, since plans
/// do not say whose people come.
#[must_use]
pub fn crew(book: &Book, scenario: &Scenario, scale: &Scale) -> Profile {
    let knowledge = Knowledge::of(book, scenario.as_of);
    let (arrivals, _) = arrivals(&knowledge, &scenario.without, &scenario.delays);
    Crew::of(&knowledge, &arrivals, scenario).profile(scale, scenario.span)
}

fn drafted_store(book: &Book, store: &station::Store, scenario: &Scenario, begins: Time) -> Store {
    let set = scenario.levels.iter().rev().find(|(id, at, _)| *id == store.id && *at == begins);
    let is_spare = |process: &Machine| {
        let spare = process.repair.as_ref().and_then(|repair| repair.spare.as_ref());
        spare.is_some_and(|(spare, _)| *spare == store.id)
    };
    let waited_for = book.processes.iter().any(|process| is_spare(process));
    let counted_kg = || book.level_at(&store.id, begins).map_or(0.0, |level| level.mass.kg());
    Store {
        name: store.id.to_string(),
        commodity: store.commodity.clone(),
        supply: store.supply.as_ref().map(ToString::to_string),
        capacity_kg: store.capacity.kg(),
        overflow: match store.overflow {
            Full::HoldsBack => Overflow::HoldsBack,
            Full::Vents => Overflow::Vents,
        },
        level_kg: set.map_or_else(counted_kg, |&(_, _, level_kg)| level_kg),
        kpa_per_kg: store.gas.map(|gas| gas.kpa_per_kg()),
        watch: if waited_for { Watch::Always } else { Watch::WithSupply },
    }
}

/// A record that could not be read leaves ids that point nowhere; what uses them is left out, as the findings say.
fn flows_are_known(book: &Book, process: &Machine) -> bool {
    process.inputs.iter().chain(&process.outputs).all(|flow| book.stores.get(&flow.store).is_some())
}

fn drafted_process(
    process: &Machine,
    persons: Option<&Profile>,
    scenario: &Scenario,
    knowledge: &Knowledge<'_>,
    whole: Interval,
) -> Process {
    let flow = |flow: &station::Flow, sign: f64| Flow {
        store: flow.store.to_string(),
        rate_kg_d: sign * flow.rate_kg_d,
    };
    let taken = process.inputs.iter().map(|input| flow(input, -1.0));
    let is_known = |id: &&ProcessId| {
        knowledge.book.processes.get(id).is_some_and(|process| knowledge.has_process(&process.value))
    };
    Process {
        name: process.id.to_string(),
        priority: process.priority,
        serves: if process.scale.is_some() { Serves::Crew } else { Serves::Station },
        flows: taken.chain(process.outputs.iter().map(|output| flow(output, 1.0))).collect(),
        hold: process
            .hold
            .as_ref()
            .map(|hold| Hold { store: hold.store.to_string(), level_kg: hold.mass.kg() }),
        batch: process.batch.as_ref().map(|batch| Batch {
            store: batch.store.to_string(),
            start_kg: batch.start.kg(),
            stop_kg: batch.stop.kg(),
        }),
        part_of: process
            .part_of
            .as_ref()
            .map(|part| Part { store: part.store.to_string(), per_day: part.per_day }),
        needs: process.needs.iter().filter(is_known).map(ToString::to_string).collect(),
        strengths: strengths(process, persons, scenario, knowledge, whole),
    }
}

/// `persons` (one where there is none) × factor while the process is in service and not out, from each instant at which one of them changes.
pub(crate) fn strengths(
    process: &Machine,
    persons: Option<&Profile>,
    scenario: &Scenario,
    knowledge: &Knowledge<'_>,
    whole: Interval,
) -> Vec<(Time, f64)> {
    let failed = scenario.failures.iter().filter(|failure| failure.process == process.id);
    let failed = failed.filter_map(Outage::interval);
    let outages: Vec<Interval> = knowledge.outages(process).chain(failed).collect();
    let service = knowledge.service(process);
    let mut changes: BTreeSet<Time> = BTreeSet::from([whole.start()]);
    changes.extend(persons.iter().flat_map(|profile| profile.starts().to_vec()));
    changes.extend(process.factors.iter().map(|factor| factor.from).filter(|&from| knowledge.has(from)));
    changes.extend(service.iter().chain(&outages).flat_map(|interval| [interval.start(), interval.end()]));
    let strength = |at: Time| {
        let serves = service.is_some_and(|service| service.contains(at));
        let is_out = outages.iter().any(|outage| outage.contains(at));
        let count = persons.map_or(1.0, |profile| profile.at(at).unwrap_or(0.0));
        if serves && !is_out { count * knowledge.factor_at(process, at) } else { 0.0 }
    };
    changes.into_iter().filter(|at| whole.contains(*at)).map(|at| (at, strength(at))).collect()
}

/// Levels counted after the beginning, and then those that the scenario sets: of two at one time the last counts.
fn corrections(book: &Book, scenario: &Scenario, begins: Time, counted_until: Time) -> Vec<Correction> {
    let counted = book.levels.iter().filter(|level| begins < level.at && level.at <= counted_until);
    let counted = counted.map(|level| Correction {
        at: level.at,
        store: level.store.to_string(),
        level_kg: level.mass.kg(),
    });
    let set = scenario.levels.iter().map(|(store, at, level_kg)| Correction {
        at: *at,
        store: store.to_string(),
        level_kg: *level_kg,
    });
    counted.chain(set).collect()
}

fn assumptions(
    knowledge: &Knowledge<'_>,
    scenario: &Scenario,
    arrivals: &[Arrival],
    overdue: &[&FlightId],
    begins: Time,
    counted_until: Time,
) -> Vec<String> {
    let book = knowledge.book;
    let mut said = vec![format!(
        "computed from the levels known on {}, the oldest of them of {}",
        counted_until.gmt(),
        begins.gmt()
    )];
    if scenario.span.end() > knowledge.until {
        said.push(ahead(knowledge, arrivals, scenario.span));
        let named: Vec<String> = overdue.iter().map(ToString::to_string).collect();
        if !named.is_empty() {
            said.push(format!("overdue by their last plan, and so without a date: {}", named.join(", ")));
        }
    }
    if let Some(crew) = scenario.crew {
        said.push(format!("{crew} aboard from {} on", scenario.span.start().gmt()));
    }
    said.extend(scenario.without.iter().map(|flight| format!("{flight} does not arrive")));
    said.extend(scenario.delays.iter().map(|(flight, by)| {
        let days = (by.days() * 10.0).round() / 10.0;
        let arrives = arrivals.iter().find(|arrival| arrival.flight == *flight);
        let when = arrives.map(|arrival| format!(", to {}", arrival.at.gmt())).unwrap_or_default();
        format!("{flight} moves by {days:+} days{when}")
    }));
    said.extend(scenario.failures.iter().map(|failure| {
        let until = failure.to.map(|to| format!(" and runs again on {}", to.gmt())).unwrap_or_default();
        format!("{} fails on {}{until}", failure.process, failure.from.gmt())
    }));
    let channels = scenario.dark_channels.iter().map(|(channel, at)| (channel.as_str(), at));
    let loops = scenario.lost_loops.iter().map(|(cooling, at)| (cooling.as_str(), at));
    said.extend(channels.chain(loops).map(|(name, at)| format!("{name} fails on {}", at.gmt())));
    said.extend(
        scenario.levels.iter().map(|(store, at, kg)| format!("{store} is set to {kg} kg on {}", at.gmt())),
    );
    said.extend(marked_levels(book, counted_until));
    said
}

/// The levels of classes of supply that were not measured or published, those of one source in one sentence.
fn marked_levels(book: &Book, counted_until: Time) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for store in book.stores.iter().filter(|store| store.supply.is_some()) {
        let Some(level) = book.level_at(&store.id, counted_until) else { continue };
        let provenance = &level.provenance;
        if !provenance.quality.must_be_marked() {
            continue;
        }
        let quality = record::Word::word(provenance.quality);
        let group = format!("{quality} for {}, {}", level.at.date(), provenance.source);
        let held = format!("{} {:.0} kg", store.name, level.mass.kg());
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, stores)) => stores.push(held),
            None => groups.push((group, vec![held])),
        }
    }
    groups.into_iter().map(|(group, stores)| format!("{group}: {}", stores.join(" · "))).collect()
}

/// What is taken to come after the time as of which the book is asked, and how well it is known.
fn ahead(knowledge: &Knowledge<'_>, arrivals: &[Arrival], span: Interval) -> String {
    let to_come: Vec<&Arrival> = arrivals
        .iter()
        .filter(|arrival| arrival.certainty != Certainty::Flown && arrival.at < span.end())
        .collect();
    let until = knowledge.until.gmt();
    if to_come.is_empty() {
        return format!("after {until} no flight arrives, and people go home as planned");
    }
    let is_marked = |arrival: &&&Arrival| {
        let plans = knowledge.book.plans.iter().filter(|plan| plan.flight == arrival.flight);
        let last = plans.filter(|plan| plan.known_on <= knowledge.until).max_by_key(|plan| plan.known_on);
        last.is_some_and(|plan| plan.provenance.quality.must_be_marked())
    };
    let marked = to_come.iter().filter(is_marked).count();
    format!(
        "after {until} {} flights come as planned then, {marked} of them recalled or assumed, with what their types usually bring; \
         people come and go with them",
        to_come.len()
    )
}
