//! From a book and a question to a draft: whose levels, which flights, which crew.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use record::{FlightId, StoreId};
use station::{Outage, Overflow as Full, Process as Machine, Scale};
use timeline::{Duration, Interval, Profile, Time};
use traffic::{Cargo, CargoDirection, CargoKind, Docking, Flight};

use crate::{Batch, Correction, Delivery, Draft, Flow, Hold, Overflow, Part, Process, Serves, Store, Supply};

/// What is asked of a book's stocks.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// From when to when.
    pub span: Interval,
    /// What is known: flights launched and levels counted up to here, and everybody aboard then stays. Nothing more is known
    /// than the book's own end.
    pub as_of: Time,
    /// So many aboard from the beginning of the span on, instead of those the book has.
    pub crew: Option<u32>,
    /// Flights that do not arrive.
    pub without: BTreeSet<FlightId>,
    /// Processes that fail, for good or for a time.
    pub failures: Vec<Outage>,
    /// Levels that somebody sets, kg.
    pub levels: Vec<(StoreId, Time, f64)>,
}

/// A draft and what was taken for granted in it, one sentence each.
#[derive(Clone, PartialEq, Debug)]
pub struct Drafted {
    /// What the engine computes.
    pub draft: Draft,
    /// What it rests on.
    pub assumptions: Vec<String>,
}

/// The stores, processes and deliveries of `book` as `scenario` asks.
///
/// It begins with the oldest of the last levels known of each store at the beginning of the span, so that every store starts
/// from something counted; levels counted later, up to the beginning of the span, are set when they come.
#[must_use]
pub fn draft(book: &Book, scenario: &Scenario) -> Drafted {
    let known_until = scenario.as_of.min(book.about.known_until);
    let counted_until = known_until.min(scenario.span.start());
    let last = |store: &StoreId| book.level_at(store, counted_until).map(|level| level.at);
    let begins =
        book.stores.iter().filter_map(|store| last(&store.id)).min().unwrap_or(scenario.span.start());
    let whole = Interval::new(begins, scenario.span.end()).unwrap_or(scenario.span);
    let crew = Crew { book, known_until, from: scenario.span.start(), instead: scenario.crew };
    let deliveries = deliveries(book, scenario, Interval::new(begins, scenario.span.end()), known_until);
    let draft = Draft {
        begins,
        stores: book.stores.iter().map(|store| drafted_store(book, &store.value, begins)).collect(),
        processes: book
            .processes
            .iter()
            .filter(|process| flows_are_known(book, &process.value))
            .map(|process| drafted_process(book, &process.value, scenario, &crew, whole))
            .collect(),
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
    };
    Drafted { draft, assumptions: assumptions(book, scenario, begins, counted_until) }
}

fn drafted_store(book: &Book, store: &station::Store, begins: Time) -> Store {
    Store {
        name: store.id.to_string(),
        commodity: store.commodity.clone(),
        supply: store.supply.as_ref().map(ToString::to_string),
        capacity_kg: store.capacity.kg(),
        overflow: match store.overflow {
            Full::HoldsBack => Overflow::HoldsBack,
            Full::Vents => Overflow::Vents,
        },
        level_kg: book.level_at(&store.id, begins).map_or(0.0, |level| level.mass.kg()),
        kpa_per_kg: store.gas.map(|gas| gas.kpa_per_kg()),
    }
}

/// A record that could not be read leaves ids that point nowhere; what uses them is left out, as the findings say.
fn flows_are_known(book: &Book, process: &Machine) -> bool {
    process.inputs.iter().chain(&process.outputs).all(|flow| book.stores.get(&flow.store).is_some())
}

fn drafted_process(
    book: &Book,
    process: &Machine,
    scenario: &Scenario,
    crew: &Crew<'_>,
    whole: Interval,
) -> Process {
    let flow = |flow: &station::Flow, sign: f64| Flow {
        store: flow.store.to_string(),
        rate_kg_d: sign * flow.rate_kg_d,
    };
    let taken = process.inputs.iter().map(|input| flow(input, -1.0));
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
        needs: process
            .needs
            .iter()
            .filter(|id| book.processes.get(id).is_some())
            .map(ToString::to_string)
            .collect(),
        strengths: strengths(book, process, scenario, crew, whole),
    }
}

/// Persons × factor while the process is in service and not out, from each instant at which one of them changes.
fn strengths(
    book: &Book,
    process: &Machine,
    scenario: &Scenario,
    crew: &Crew<'_>,
    whole: Interval,
) -> Vec<(Time, f64)> {
    let persons = process.scale.as_ref().map(|scale| crew.profile(scale, whole));
    let outages: Vec<Interval> = book
        .outages
        .iter()
        .filter(|outage| outage.process == process.id && outage.from <= crew.known_until)
        .filter_map(|outage| outage.interval())
        .chain(
            scenario
                .failures
                .iter()
                .filter(|failure| failure.process == process.id)
                .filter_map(Outage::interval),
        )
        .collect();
    let mut changes: BTreeSet<Time> = BTreeSet::from([whole.start()]);
    changes.extend(persons.iter().flat_map(|profile| profile.starts().to_vec()));
    changes.extend(process.factors.iter().map(|factor| factor.from));
    changes.extend([process.from, process.until].into_iter().flatten());
    changes.extend(outages.iter().flat_map(|outage| [outage.start(), outage.end()]));
    let strength = |at: Time| {
        let serves = process.service().is_some_and(|service| service.contains(at));
        let is_out = outages.iter().any(|outage| outage.contains(at));
        let count = persons.as_ref().map_or(1.0, |profile| profile.at(at).unwrap_or(0.0));
        if serves && !is_out { count * process.factor_at(at) } else { 0.0 }
    };
    changes.into_iter().filter(|at| whole.contains(*at)).map(|at| (at, strength(at))).collect()
}

/// Who is aboard, as far as it is known, and then whoever was last.
struct Crew<'a> {
    book: &'a Book,
    known_until: Time,
    from: Time,
    instead: Option<u32>,
}

impl Crew<'_> {
    /// How many of `scale` over `whole`.
    fn profile(&self, scale: &Scale, whole: Interval) -> Profile {
        let counted = self.counted(scale, whole);
        let Some(instead) = self.instead else { return counted };
        // Another crew has the present one's parts: of seven, three on one segment's stores stay three sevenths.
        let aboard = self.counted(&Scale::Aboard, whole);
        let now = |profile: &Profile| profile.at(self.from).unwrap_or(0.0);
        let part = if now(&aboard) > 0.0 { now(&counted) / now(&aboard) } else { 1.0 };
        let before = counted.segments().filter(|segment| segment.start < self.from);
        let values = before.map(|segment| (segment.start, segment.value));
        let values = values.chain([(self.from.max(whole.start()), f64::from(instead) * part)]);
        Profile::step(counted.name(), counted.unit().clone(), whole, values).unwrap_or(counted)
    }

    fn counted(&self, scale: &Scale, whole: Interval) -> Profile {
        let known = Interval::new(whole.start(), self.known_until.min(whole.end()));
        let last_known = known.unwrap_or_else(|| {
            Interval::new(self.known_until - Duration::SECOND, self.known_until).unwrap_or(whole)
        });
        let profile = self.book.crew_profile_of(scale, last_known);
        let values: Vec<(Time, f64)> =
            profile.segments().map(|segment| (segment.start.max(whole.start()), segment.value)).collect();
        Profile::step(profile.name(), profile.unit().clone(), whole, values).unwrap_or(profile)
    }
}

/// What flights bring into which store.
fn deliveries(
    book: &Book,
    scenario: &Scenario,
    within: Option<Interval>,
    known_until: Time,
) -> Vec<Delivery> {
    let Some(within) = within else { return Vec::new() };
    let mut first: BTreeMap<&FlightId, &Docking> = BTreeMap::new();
    for docking in &book.dockings {
        let earliest = first.entry(&docking.flight).or_insert(&docking.value);
        if docking.from < earliest.from {
            *earliest = &docking.value;
        }
    }
    let mut brought = Vec::new();
    for flight in book.flights.iter().filter(|flight| !scenario.without.contains(&flight.id)) {
        let Some(docking) = first.get(&flight.id) else { continue };
        let launched = flight.launched.is_some_and(|launched| launched <= known_until);
        if launched && within.contains(docking.from) {
            brought.extend(brought_by(book, &flight.value, docking.from));
        }
    }
    brought
}

/// The cargo of one flight by the rules of its vehicle's family.
///
/// Printed parts go by their own rule; `food` is a part of `dry`, whose rest goes by the rule of `dry` without the stores that
/// food goes to. Without parts the total counts, and without a total what the vehicle usually brings.
fn brought_by(book: &Book, flight: &Flight, docked: Time) -> Vec<Delivery> {
    let Some(vehicle) = book.vehicles.get(&flight.vehicle) else { return Vec::new() };
    let of = |kind: CargoKind| -> Option<f64> {
        let mass = |cargo: &Cargo| {
            let counts =
                cargo.flight == flight.id && cargo.direction == CargoDirection::Up && cargo.kind == kind;
            let own_tank = cargo.basis == Some(traffic::Basis::OwnTank);
            (counts && !own_tank).then(|| cargo.mass.kg())
        };
        let masses: Vec<f64> = book.cargo.iter().filter_map(|cargo| mass(&cargo.value)).collect();
        (!masses.is_empty()).then(|| masses.into_iter().sum())
    };
    let rule = |kind: CargoKind| {
        book.deliveries.iter().find(|rule| rule.family == vehicle.family && rule.kind == kind)
    };
    let mut brought = Vec::new();
    let mut bring = |kind: CargoKind, mass_kg: f64, except: &[StoreId]| {
        let Some(rule) = rule(kind) else { return };
        let into: Vec<_> = rule.into.iter().filter(|part| !except.contains(&part.store)).collect();
        let whole: f64 = into.iter().map(|part| part.share.percent()).sum();
        for part in into {
            brought.push(Delivery {
                at: docked + rule.after,
                store: part.store.to_string(),
                mass_kg: mass_kg * part.share.percent() / whole,
            });
        }
    };
    let (food, dry) = (of(CargoKind::Food), of(CargoKind::Dry));
    let parts = [CargoKind::Propellant, CargoKind::Gas, CargoKind::Water, CargoKind::Unpressurised];
    let has_parts = dry.is_some() || parts.iter().any(|kind| of(*kind).is_some());
    if !has_parts {
        let usual = vehicle.cargo_up.map(record::Mass::kg);
        if let Some(mass_kg) = of(CargoKind::Total).or(usual) {
            bring(CargoKind::Total, mass_kg, &[]);
        }
        return brought;
    }
    for kind in parts {
        if let Some(mass_kg) = of(kind) {
            bring(kind, mass_kg, &[]);
        }
    }
    let food_stores: Vec<StoreId> = match (food, rule(CargoKind::Food)) {
        (Some(mass_kg), Some(rule)) => {
            bring(CargoKind::Food, mass_kg, &[]);
            rule.into.iter().map(|part| part.store.clone()).collect()
        }
        _ => Vec::new(),
    };
    if let Some(mass_kg) = dry {
        let rest_kg = if food_stores.is_empty() { mass_kg } else { (mass_kg - food.unwrap_or(0.0)).max(0.0) };
        bring(CargoKind::Dry, rest_kg, &food_stores);
    }
    brought
}

/// Levels counted after the beginning, and those that the scenario sets.
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

fn assumptions(book: &Book, scenario: &Scenario, begins: Time, counted_until: Time) -> Vec<String> {
    let mut said = vec![format!(
        "computed from the levels known on {}, the oldest of them of {}",
        counted_until.gmt(),
        begins.gmt()
    )];
    let known = scenario.as_of.min(book.about.known_until);
    if scenario.span.end() > known {
        said.push(format!("after {} no flight arrives and nobody comes or goes", known.gmt()));
    }
    if let Some(crew) = scenario.crew {
        said.push(format!("{crew} aboard from {} on", scenario.span.start().gmt()));
    }
    said.extend(scenario.without.iter().map(|flight| format!("{flight} does not arrive")));
    said.extend(scenario.failures.iter().map(|failure| {
        let until = failure.to.map(|to| format!(" and runs again on {}", to.gmt())).unwrap_or_default();
        format!("{} fails on {}{until}", failure.process, failure.from.gmt())
    }));
    said.extend(
        scenario.levels.iter().map(|(store, at, kg)| format!("{store} is set to {kg} kg on {}", at.gmt())),
    );
    for store in &book.stores {
        if let Some(level) = book.level_at(&store.id, counted_until)
            && level.provenance.quality.must_be_marked()
            && store.supply.is_some()
        {
            said.push(format!(
                "{} held {:.0} kg on {} ({}: {})",
                store.name,
                level.mass.kg(),
                level.at.date(),
                record::Word::word(level.provenance.quality),
                level.provenance.source
            ));
        }
    }
    said
}
