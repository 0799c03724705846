use timeline::{Duration, Interval, Profile, ProfileError, Time, TimeUnit, Unit};

use crate::ForecastError;
use crate::course::Course;
use crate::model::Model;
use crate::network::{Network, SupplyNode};
use crate::reserve::{MOST_DAYS, Reserve, store_reserve, supply_reserve};
use crate::total::{Total, totals};
use crate::trace::{Shortage, Shortfall, Trace};

/// What the stores of a station come to over a span of time.
///
/// | profile | unit | is |
/// |---|---|---|
/// | `store.<name>_kg` | kg | what is in the store; linear |
/// | `cabin.<name>_kpa` | kPa | its (partial) pressure, where it is a gas in a room; linear |
/// | `process.<name>.run` | – | the part of its full rate at which the process runs, 0 to 1; 1 while it takes its part of a store |
/// | `supply.<name>_kg` | kg | what is in all stores of the class; linear |
/// | `supply.<name>.use_kg_d` | kg/d | what is wanted of them, less what comes back |
/// | `supply.<name>.days` | d | how long they last at that use, see [`Reserve`]; linear |
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    span: Interval,
    stores: Vec<Named>,
    supplies: Vec<Class>,
    /// Of stores, then of processes, then of supplies, then of pressures.
    profiles: Vec<Profile>,
    totals: Vec<Total>,
    shortfalls: Vec<Shortfall>,
    unsettled: u64,
}

/// A record and where its profile stands.
#[derive(Clone, PartialEq, Debug)]
struct Named {
    name: String,
    profile: usize,
}

/// A class of supply; its three profiles stand one after the other.
#[derive(Clone, PartialEq, Debug)]
struct Class {
    named: Named,
    lines_days: Vec<f64>,
}

/// Computes a model over `span`. It may start later than the model begins; what is before is gone through unwritten.
///
/// # Errors
/// When `span` starts before the model, or levels pass to and fro without end.
pub fn compute(model: &Model, span: Interval) -> Result<Forecast, ForecastError> {
    if span.start() < model.begins {
        return Err(ForecastError::BeforeModel { from: span.start(), begins: model.begins });
    }
    let mut course = Course::begin(model);
    course.run_through(span.start())?;
    course.write_from(span.start());
    course.run_through(span.end() - Duration::NANOSECOND)?;
    Forecast::of(&model.network, &course.close(span.end()), span)
}

impl Forecast {
    /// The time it covers.
    #[must_use]
    pub fn span(&self) -> Interval {
        self.span
    }

    /// Every quantity over time: stores, processes, supplies, pressures, each kind in order of its names.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The profile of that name.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name() == name)
    }

    /// What is in a store, kg.
    #[must_use]
    pub fn store(&self, name: &str) -> Option<&Profile> {
        let found = self.stores.iter().find(|store| store.name == name)?;
        self.profiles.get(found.profile)
    }

    /// What came and went of every commodity, in order of their names.
    #[must_use]
    pub fn totals(&self) -> &[Total] {
        &self.totals
    }

    /// When people went short, in order of time.
    #[must_use]
    pub fn shortfalls(&self) -> &[Shortfall] {
        &self.shortfalls
    }

    /// How often processes that compete in a circle found no rates that obey all rules, so that some were stopped.
    #[must_use]
    pub fn unsettled(&self) -> u64 {
        self.unsettled
    }

    /// What is left at `at` of every class of supply and then of every store, and until when; nothing outside the span.
    #[must_use]
    pub fn reserves_at(&self, at: Time) -> Vec<Reserve> {
        let supplies = self.supplies.iter().filter_map(|class| {
            let [level, wanted, days] = self.profiles.get(class.named.profile..)?.first_chunk()?;
            supply_reserve(&class.named.name, [level, wanted, days], &class.lines_days, at)
        });
        let stores = self.stores.iter();
        let stores = stores.filter_map(|store| store_reserve(&store.name, &self.profiles[store.profile], at));
        supplies.chain(stores).collect()
    }

    fn of(network: &Network, trace: &Trace, span: Interval) -> Result<Self, ForecastError> {
        let mut profiles = Vec::new();
        let mut stores = Vec::with_capacity(network.stores.len());
        let per_second = |(at, value, per_d)| (at, value, per_d / TimeUnit::Day.seconds());
        for (node, store) in network.stores.iter().zip(&trace.stores) {
            stores.push(Named { name: node.name.clone(), profile: profiles.len() });
            let lines = store.lines.iter().copied().map(per_second);
            profiles.push(Profile::linear(format!("store.{}_kg", node.name), Unit::KILOGRAM, span, lines)?);
        }
        for (node, process) in network.processes.iter().zip(&trace.processes) {
            let name = format!("process.{}.run", node.name);
            let lines = process.runs.iter().copied();
            profiles.push(if process.runs.iter().all(|&(.., change_per_d)| change_per_d == 0.0) {
                Profile::step(name, Unit::NONE, span, lines.map(|(at, run, _)| (at, run)))?
            } else {
                Profile::linear(name, Unit::NONE, span, lines.map(per_second))?
            });
        }
        let mut supplies = Vec::with_capacity(network.supplies.len());
        for (node, uses) in network.supplies.iter().zip(&trace.uses) {
            let named = Named { name: node.name.clone(), profile: profiles.len() };
            profiles.extend(supply_profiles(node, &profiles, uses, span)?);
            supplies.push(Class { named, lines_days: node.lines_days.clone() });
        }
        for (at, node) in network.stores.iter().enumerate() {
            if let Some(kpa_per_kg) = node.kpa_per_kg {
                let pressure = profiles[at].convert(kpa_per_kg, Unit::KILOPASCAL)?;
                profiles.push(pressure.named(format!("cabin.{}_kpa", node.name)));
            }
        }
        Ok(Self {
            span,
            stores,
            supplies,
            profiles,
            totals: totals(network, trace),
            shortfalls: trace.shortages.iter().filter_map(|short| shortfall(network, short)).collect(),
            unsettled: trace.unsettled,
        })
    }
}

fn shortfall(network: &Network, shortage: &Shortage) -> Option<Shortfall> {
    Some(Shortfall {
        process: network.processes[shortage.process].name.clone(),
        during: Interval::new(shortage.from, shortage.to)?,
        store: shortage.store.map(|store| network.stores[store].name.clone()),
        least_run: shortage.least_run,
    })
}

/// A use below this counts as none, kg a day: a milligram lasts longer than [`MOST_DAYS`] then.
const LEAST_USE_KG_D: f64 = 1e-9;

/// Level, use and days; `stores` are the profiles of the network's stores.
fn supply_profiles(
    supply: &SupplyNode,
    stores: &[Profile],
    uses: &[(Time, f64)],
    span: Interval,
) -> Result<[Profile; 3], ProfileError> {
    let mut level = Profile::linear("", Unit::KILOGRAM, span, [(span.start(), 0.0, 0.0)])?;
    for (at, &store) in supply.stores.iter().enumerate() {
        level = if at == 0 { stores[store].clone() } else { level.add(&stores[store])? };
    }
    let per_day = Unit::KILOGRAM.per(&Unit::DAY);
    let used = Profile::step("", per_day.clone(), span, uses.iter().copied())?;
    let least = Profile::constant("", per_day, span, LEAST_USE_KG_D)?;
    let most = Profile::constant("", Unit::DAY, span, MOST_DAYS)?;
    let days = level.div(&used.max(&least)?)?.min(&most)?;
    let name = &supply.name;
    Ok([
        level.named(format!("supply.{name}_kg")),
        used.named(format!("supply.{name}.use_kg_d")),
        days.named(format!("supply.{name}.days")),
    ])
}
