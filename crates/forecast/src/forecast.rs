use timeline::{Duration, Interval, Profile, ProfileError, Time, TimeUnit, Unit};

use crate::ForecastError;
use crate::course::Course;
use crate::height::{Burn, HeightModel, HeightTrace};
use crate::model::Model;
use crate::network::{Network, SupplyNode};
use crate::power::{Shedding, power_profiles, sheddings};
use crate::reserve::{MOST_DAYS, Reserve, store_reserve, supply_reserve};
use crate::total::{Total, totals};
use crate::trace::{Detail, Shortage, Shortfall, Trace};

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
/// | `power.<channel>.load_kw` | kW | what hangs on the channel draws |
/// | `power.<channel>.output_kw` | kW | what its wings give in sunlight |
/// | `power.<channel>.capability_kw` | kW | the most it could carry revolution after revolution |
/// | `power.<channel>.charge_low`, `charge_high` | – | lowest and highest charge of each day, as a part of what its batteries hold |
/// | `power.<channel>.charge_kwh` | kWh | the charge itself, where each revolution is looked at; linear |
/// | `power.load_kw`, `power.capability_kw`, `power.margin_kw` | kW | all channels together, and what could be carried beyond |
/// | `env.altitude_km` | km | height of the mean orbit above the equatorial radius, where the station flies through air; linear |
/// | `propulsion.delta_v_m_s` | m/s | changes of speed that raised it since the span began, added up |
/// | `propulsion.burned_kg` | kg | what that took from stores, added up |
///
/// What it takes to stay up counts as use of the class from whose stores it is burned, by the mean from burn to burn.
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    span: Interval,
    stores: Vec<Named>,
    supplies: Vec<Class>,
    /// Of stores, then of processes, then of supplies, then of pressures, height and power.
    profiles: Vec<Profile>,
    totals: Vec<Total>,
    shortfalls: Vec<Shortfall>,
    sheddings: Vec<Shedding>,
    burns: Vec<Burn>,
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
    let mut course = Course::begin(model, Detail::Profiles);
    course.run_through(span.start())?;
    course.write_from(span.start());
    course.run_through(span.end() - Duration::NANOSECOND)?;
    let traces = course.close(span.end());
    let mut forecast = Forecast::of(model, &traces.stocks, traces.height.as_ref(), span)?;
    if let Some((grid, power)) = model.grid.as_ref().zip(traces.power) {
        forecast.profiles.extend(power_profiles(grid, &power, span)?);
        forecast.sheddings = sheddings(grid, &power, |process, during| model.has_strength(process, during));
    }
    Ok(forecast)
}

impl Forecast {
    /// The time it covers.
    #[must_use]
    pub fn span(&self) -> Interval {
        self.span
    }

    /// Every quantity over time: stores, processes, supplies, pressures, height, power, each kind in order of its names.
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

    /// When loads were off for want of power or cooling, in order of time.
    #[must_use]
    pub fn sheddings(&self) -> &[Shedding] {
        &self.sheddings
    }

    /// The burns that raised the orbit, in order of time.
    #[must_use]
    pub fn burns(&self) -> &[Burn] {
        &self.burns
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

    fn of(
        model: &Model,
        trace: &Trace,
        height: Option<&HeightTrace>,
        span: Interval,
    ) -> Result<Self, ForecastError> {
        let network = &model.network;
        let count = network.stores.len() * 2 + network.processes.len() + network.supplies.len() * 3;
        let mut profiles =
            Vec::with_capacity(count + model.grid.as_ref().map_or(3, |grid| grid.channels.len() * 5 + 6));
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
            let upkeep = height.filter(|_| model.burns_from(node)).map(|height| height.upkeep(span));
            profiles.extend(supply_profiles(node, &profiles, uses, upkeep.transpose()?, span)?);
            supplies.push(Class { named, lines_days: node.lines_days.clone() });
        }
        for (at, node) in network.stores.iter().enumerate() {
            if let Some(kpa_per_kg) = node.kpa_per_kg {
                let pressure = profiles[at].convert(kpa_per_kg, Unit::KILOPASCAL)?;
                profiles.push(pressure.named(format!("cabin.{}_kpa", node.name)));
            }
        }
        if let Some(height) = height {
            profiles.extend(height.profiles(span)?);
        }
        let mut shortfalls: Vec<Shortfall> =
            trace.shortages.iter().filter_map(|short| shortfall(network, short)).collect();
        if let Some(lost) = height.and_then(|height| height.lost) {
            shortfalls.extend(came_down(model, lost, span));
            shortfalls.sort_by_key(|shortfall| shortfall.during.start());
        }
        Ok(Self {
            span,
            stores,
            supplies,
            profiles,
            totals: totals(network, trace),
            shortfalls,
            sheddings: Vec::new(),
            burns: height.map(|height| height.burns_in(span).copied().collect()).unwrap_or_default(),
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

/// A station that nobody raised in time: no process, but nothing could be shorter.
fn came_down(model: &Model, lost: Time, span: Interval) -> Option<Shortfall> {
    let store = model.height.as_deref().and_then(HeightModel::first_store);
    Some(Shortfall {
        process: CAME_DOWN.to_owned(),
        during: Interval::new(lost.max(span.start()), span.end())?,
        store: store.map(|store| model.network.stores[store].name.clone()),
        least_run: 0.0,
    })
}

/// Names the shortfall of a station that came down.
pub const CAME_DOWN: &str = "reboost";

/// A use below this counts as none, kg a day: a milligram lasts longer than [`MOST_DAYS`] then.
const LEAST_USE_KG_D: f64 = 1e-9;

/// Level, use and days; `stores` are the profiles of the network's stores.
fn supply_profiles(
    supply: &SupplyNode,
    stores: &[Profile],
    uses: &[(Time, f64)],
    upkeep: Option<Profile>,
    span: Interval,
) -> Result<[Profile; 3], ProfileError> {
    let mut level = Profile::linear("", Unit::KILOGRAM, span, [(span.start(), 0.0, 0.0)])?;
    for (at, &store) in supply.stores.iter().enumerate() {
        level = if at == 0 { stores[store].clone() } else { level.add(&stores[store])? };
    }
    let per_day = Unit::KILOGRAM.per(&Unit::DAY);
    let mut used = Profile::step("", per_day.clone(), span, uses.iter().copied())?;
    if let Some(upkeep) = upkeep {
        used = used.add(&upkeep)?;
    }
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
