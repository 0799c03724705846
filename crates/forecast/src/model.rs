use std::sync::Arc;

use timeline::{Interval, Time};

use crate::ForecastError;
use crate::draft::{Draft, Process};
use crate::height::HeightModel;
use crate::network::{Network, SupplyNode, number};
use crate::power::Grid;

/// A station's stocks, checked and compiled: what [`compute`](crate::compute) runs, as often as one likes.
#[derive(Clone, PartialEq, Debug)]
pub struct Model {
    /// Shared, as are grid and height, by all plans of an outlook: no change touches them.
    pub(crate) network: Arc<Network>,
    pub(crate) begins: Time,
    /// By store.
    pub(crate) levels_kg: Vec<f64>,
    /// By process, what holds at the beginning.
    pub(crate) strengths: Vec<f64>,
    /// In order of time; at one time strengths come first, then deliveries, withdrawals and corrections.
    pub(crate) schedule: Vec<Event>,
    pub(crate) grid: Option<Arc<Grid>>,
    pub(crate) height: Option<Arc<HeightModel>>,
}

/// Something that happens at a known time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Event {
    pub(crate) at: Time,
    pub(crate) what: What,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum What {
    Strength {
        process: usize,
        strength: f64,
    },
    Delivery {
        store: usize,
        mass_kg: f64,
    },
    /// Taken out at once, as far as there is any.
    Withdrawal {
        store: usize,
        mass_kg: f64,
    },
    Correction {
        store: usize,
        level_kg: f64,
    },
}

impl Model {
    /// Checks and compiles a draft.
    ///
    /// # Errors
    /// When names are missing or used twice, priorities tie, or a number cannot be meant.
    pub fn new(draft: &Draft) -> Result<Self, ForecastError> {
        let network = Network::of(draft)?;
        let level_of =
            |name: &str| draft.stores.iter().find(|store| store.name == name).map(|store| store.level_kg);
        let levels_kg = network.stores.iter().filter_map(|store| level_of(&store.name)).collect();
        let mut strengths = vec![0.0; network.processes.len()];
        let mut schedule = stock_events(draft, &network)?;
        for (at, node) in network.processes.iter().enumerate() {
            let drafted = draft.processes.iter().filter(|process| process.name == node.name);
            for (since, strength) in drafted.flat_map(strengths_in_order) {
                check_strength(&node.name, strength)?;
                if since <= draft.begins {
                    strengths[at] = strength;
                } else {
                    schedule.push(Event { at: since, what: What::Strength { process: at, strength } });
                }
            }
        }
        schedule.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.what.order(&b.what)));
        let names = network.process_names();
        let grid = draft.power.as_ref().map(|power| Grid::of(power, &names)).transpose()?.map(Arc::new);
        let height = draft.flying.as_ref().map(|flying| HeightModel::of(flying, draft.begins, &network));
        let height = height.transpose()?.map(Arc::new);
        let network = Arc::new(network);
        Ok(Self { network, begins: draft.begins, levels_kg, strengths, schedule, grid, height })
    }

    /// Whether the orbit is raised with what is in a class of supply.
    pub(crate) fn burns_from(&self, supply: &SupplyNode) -> bool {
        let height = self.height.as_ref();
        height.is_some_and(|height| supply.stores.iter().any(|&store| height.burns_from(store)))
    }

    /// Whether a process has any strength at some time of an interval.
    pub(crate) fn has_strength(&self, process: usize, during: Interval) -> bool {
        let of_it = self.schedule.iter().filter_map(|event| match event.what {
            What::Strength { process: of, strength } if of == process => Some((event.at, strength)),
            _ => None,
        });
        let mut at_start = self.strengths[process];
        for (at, strength) in of_it {
            if at <= during.start() {
                at_start = strength;
            } else if at < during.end() && strength > 0.0 {
                return true;
            }
        }
        at_start > 0.0
    }

    /// When its levels hold; no forecast can start before.
    #[must_use]
    pub fn begins(&self) -> Time {
        self.begins
    }
}

impl What {
    /// An order that does not depend on how the draft was written.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let (a, b) = (self.key(), other.key());
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.total_cmp(&b.2))
    }

    fn key(&self) -> (u8, usize, f64) {
        match *self {
            // Only the last of several strengths of one process at one time counts; which that is the draft's list says.
            Self::Strength { process, .. } => (0, process, 0.0),
            Self::Delivery { store, mass_kg } => (1, store, mass_kg),
            Self::Withdrawal { store, mass_kg } => (2, store, mass_kg),
            // Of several levels of one store at one time the last in the draft's list counts, alike.
            Self::Correction { store, .. } => (3, store, 0.0),
        }
    }
}

/// The strengths of a process in order of time, of those at one time the last in its list last.
fn strengths_in_order(process: &Process) -> Vec<(Time, f64)> {
    let mut strengths = process.strengths.clone();
    strengths.sort_by_key(|&(since, _)| since);
    strengths
}

fn check_strength(process: &str, strength: f64) -> Result<(), ForecastError> {
    if strength.is_finite() && strength >= 0.0 {
        return Ok(());
    }
    Err(number(process, "a strength", strength, "0 or more"))
}

fn stock_events(draft: &Draft, network: &Network) -> Result<Vec<Event>, ForecastError> {
    let find = |by: &str, name: &str| {
        network.store(name).ok_or_else(|| ForecastError::Unknown {
            by: by.to_owned(),
            what: "store",
            name: name.to_owned(),
        })
    };
    let mut events = Vec::new();
    for delivery in &draft.deliveries {
        let store = find("a delivery", &delivery.store)?;
        if !delivery.mass_kg.is_finite() || delivery.mass_kg < 0.0 {
            return Err(number(&delivery.store, "a delivery", delivery.mass_kg, "0 or more"));
        }
        events.push(Event { at: delivery.at, what: What::Delivery { store, mass_kg: delivery.mass_kg } });
    }
    for correction in &draft.corrections {
        let store = find("a correction", &correction.store)?;
        let level_kg = correction.level_kg;
        if !level_kg.is_finite() || level_kg < 0.0 || level_kg > network.stores[store].capacity_kg {
            return Err(number(&correction.store, "a level", level_kg, "from 0 to the capacity"));
        }
        events.push(Event { at: correction.at, what: What::Correction { store, level_kg } });
    }
    events.retain(|event| event.at > draft.begins);
    Ok(events)
}
