//! A plan compiled once, so that it can be asked what would be otherwise without going back to the book.

mod change;

use std::sync::Arc;

use book::Book;
use record::VehicleId;
use station::Scale;
use timeline::{Duration, Interval, Time};

use crate::arrivals::{Arrival, Certainty, arrivals};
use crate::crew::Crew;
use crate::knowledge::Knowledge;
use crate::model::{Event, What};
use crate::power::{Power, Zoom};
use crate::{Errand, ForecastError, Model, Passage, Scenario, draft};

pub use change::{Change, Otherwise, Plan};

/// What a book knows and plans, compiled: ships, people, stocks and height.
///
/// [`Outlook::plan`] takes ships out of it, moves them, stops processes or lets people eat less; [`Survey`](crate::Survey) says
/// what comes of it. Electricity is left out until [`Outlook::with_power`] puts it in: what does not touch power does not change who
/// has it.
#[derive(Clone, PartialEq, Debug)]
pub struct Outlook {
    span: Interval,
    known_until: Time,
    /// Without what ships to come bring, and with the crew's processes at strength 0.
    pub(crate) model: Model,
    power: Option<Power>,
    ships: Vec<Ship>,
    /// First all people aboard, then every other group that processes count; those known, before anybody comes or goes.
    groups: Vec<(Scale, Vec<(Time, f64)>)>,
    crewed: Vec<Crewed>,
    assumptions: Vec<String>,
}

/// A ship that is to come, or that is there and may leave.
#[derive(Clone, PartialEq, Debug)]
pub struct Ship {
    /// What it does to people and seats; it names the flight.
    pub passage: Passage,
    /// Its name; its id where no record of it was known.
    pub name: String,
    /// Its type.
    pub vehicle: VehicleId,
    /// What it is for.
    pub errand: Errand,
    /// Whether it is there.
    pub certainty: Certainty,
    /// When it leaves the ground, or left it; the arrival where nobody says.
    pub launch: Time,
    /// Certified life in orbit.
    pub life: Option<Duration>,
    /// What it brings: into which store of the outlook, how long after its arrival, kg.
    pub delivers: Vec<(usize, Duration, f64)>,
}

/// A process whose rates are for one of a group of people.
#[derive(Clone, PartialEq, Debug)]
struct Crewed {
    process: usize,
    group: usize,
    /// Its strength for one person.
    own: Vec<(Time, f64)>,
}

impl Outlook {
    /// What `book` plans, as `scenario` asks.
    ///
    /// # Errors
    /// As of [`Model::new`].
    pub fn new(book: &Book, scenario: &Scenario) -> Result<Self, ForecastError> {
        let knowledge = Knowledge::of(book, scenario.as_of);
        let drafted = draft(book, scenario);
        let mut drafted_model = drafted.draft;
        let whole = Interval::new(drafted_model.begins, scenario.span.end()).unwrap_or(scenario.span);
        let (arrivals, _) = arrivals(&knowledge, &scenario.without, &scenario.delays);
        let crew = Crew::of(&knowledge, &arrivals, scenario);
        let to_come = |arrival: &&Arrival| arrival.certainty != Certainty::Flown;
        let flown = arrivals.iter().filter(|arrival| !to_come(arrival) && whole.contains(arrival.at));
        drafted_model.deliveries = flown.flat_map(|arrival| arrival.brings.clone()).collect();
        let power = drafted_model.power.take();
        let mut model = Model::new(&drafted_model)?;

        let mut groups = vec![(Scale::Aboard, Vec::new())];
        let mut crewed = Vec::new();
        for process in knowledge.processes() {
            let Some(scale) = &process.scale else { continue };
            let Some(at) = model.network.process(process.id.as_str()) else { continue };
            let group = groups.iter().position(|(known, _)| known == scale).unwrap_or(groups.len());
            if group == groups.len() {
                groups.push((scale.clone(), Vec::new()));
            }
            let own = crate::scenario::strengths(process, None, scenario, &knowledge, whole);
            crewed.push(Crewed { process: at, group, own });
            model.strengths[at] = 0.0;
        }
        for (scale, steps) in &mut groups {
            let known = match scenario.crew {
                // Another crew is there whoever comes and goes.
                Some(_) => crew.profile(scale, whole),
                None => crew.known(scale, whole),
            };
            steps.extend(known.segments().map(|segment| (segment.start.max(whole.start()), segment.value)));
        }
        let is_crewed = |process: usize| crewed.iter().any(|one| one.process == process);
        model
            .schedule
            .retain(|event| !matches!(event.what, What::Strength { process, .. } if is_crewed(process)));
        let ships = arrivals
            .iter()
            .zip(crew.passages())
            .filter(|(arrival, passage)| {
                let is_there = passage.leaves.is_none_or(|leaves| leaves > knowledge.until);
                if to_come(arrival) {
                    arrival.at < scenario.span.end()
                } else {
                    is_there && passage.seats > 0
                }
            })
            .filter_map(|(arrival, passage)| {
                let delay = scenario.delays.get(&arrival.flight).copied().unwrap_or(Duration::ZERO);
                ship(&knowledge, &model, arrival, passage, delay)
            })
            .collect();
        let known_until = knowledge.until;
        let assumptions = drafted.assumptions;
        Ok(Self { span: scenario.span, known_until, model, power, ships, groups, crewed, assumptions })
    }

    /// The time it is asked for.
    #[must_use]
    pub fn span(&self) -> Interval {
        self.span
    }

    /// Up to here things are history.
    #[must_use]
    pub fn known_until(&self) -> Time {
        self.known_until
    }

    /// The ships to come, and those there that have seats, in order of their arrivals.
    #[must_use]
    pub fn ships(&self) -> &[Ship] {
        &self.ships
    }

    /// What it rests on, one sentence each.
    #[must_use]
    pub fn assumptions(&self) -> &[String] {
        &self.assumptions
    }

    /// Names of the classes of supply, by index, with their reserve lines in days.
    pub fn supplies(&self) -> impl ExactSizeIterator<Item = (&str, &[f64])> {
        let supplies = self.model.network.supplies.iter();
        supplies.map(|supply| (supply.name.as_str(), supply.lines_days.as_slice()))
    }

    /// The index of the store of that name.
    #[must_use]
    pub fn store(&self, name: &str) -> Option<usize> {
        self.model.network.store(name)
    }

    /// The index of the process of that name; nothing when it was not known to run.
    #[must_use]
    pub fn process(&self, name: &str) -> Option<usize> {
        self.model.network.process(name)
    }

    /// The class of supply of a store, by index.
    #[must_use]
    pub fn supply_of(&self, store: usize) -> Option<usize> {
        self.model.network.supplies.iter().position(|supply| supply.stores.contains(&store))
    }

    /// The name of the store of that index.
    #[must_use]
    pub fn store_name(&self, store: usize) -> &str {
        &self.model.network.stores[store].name
    }

    /// The name of the process of that index.
    #[must_use]
    pub fn process_name(&self, process: usize) -> &str {
        &self.model.network.processes[process].name
    }

    /// The processes by which people live that use up a class of supply, by index.
    #[must_use]
    pub fn users_of(&self, supply: usize) -> Vec<usize> {
        let takes = self.model.network.supplies[supply].takes.iter().filter(|(_, kg_d)| *kg_d > 0.0);
        takes.map(|&(process, _)| process).filter(|&process| self.serves_crew(process)).collect()
    }

    /// The electricity, to be changed and given to [`Outlook::with_power`].
    #[must_use]
    pub fn power(&self) -> Option<&Power> {
        self.power.as_ref()
    }

    /// The same with this electricity in it.
    ///
    /// # Errors
    /// As of [`Model::new`].
    pub fn with_power(&self, power: &Power) -> Result<Self, ForecastError> {
        let mut grid = crate::power::Grid::of(power, &self.model.network.process_names())?;
        grid.zoom = Zoom::Sheddings;
        let grid = Some(Arc::new(grid));
        Ok(Self { model: Model { grid, ..self.model.clone() }, ..self.clone() })
    }

    fn serves_crew(&self, process: usize) -> bool {
        self.model.network.processes[process].serves == crate::Serves::Crew
    }

    /// What happens whoever comes and goes.
    fn fixed_events(&self) -> &[Event] {
        &self.model.schedule
    }
}

/// A flight of a plan that comes so much later than it says.
fn ship(
    knowledge: &Knowledge<'_>,
    model: &Model,
    arrival: &Arrival,
    passage: &Passage,
    delay: Duration,
) -> Option<Ship> {
    let book = knowledge.book;
    let plan = knowledge.plans.get(&arrival.flight).copied();
    let flight = book.flights.get(&arrival.flight);
    let is_planned = arrival.certainty == Certainty::Planned;
    let of_plan = plan.map(|plan| &plan.vehicle);
    let of_flight = flight.map(|flight| &flight.vehicle);
    let vehicle = if is_planned { of_plan.or(of_flight) } else { of_flight }?;
    let record = book.vehicles.get(vehicle)?;
    let launched = flight.and_then(|flight| flight.launched).filter(|_| !is_planned);
    let to_launch = plan.and_then(|plan| plan.launch).map(|launch| launch + delay);
    let to_launch = to_launch.filter(|&launch| is_planned && launch <= arrival.at);
    let before = arrival.at - record.usual_transit.unwrap_or(Duration::ZERO).abs();
    let launch = launched.or(to_launch).unwrap_or_else(|| Time::min(before, arrival.at));
    let to_come = arrival.certainty != Certainty::Flown;
    let brings = arrival.brings.iter().filter(|_| to_come);
    let delivers = brings
        .filter_map(|one| Some((model.network.store(&one.store)?, one.at - arrival.at, one.mass_kg)))
        .collect();
    Some(Ship {
        passage: passage.clone(),
        name: arrival.name.clone(),
        vehicle: vehicle.clone(),
        errand: arrival.errand,
        certainty: arrival.certainty,
        launch,
        life: record.life,
        delivers,
    })
}
