//! A model by name, as somebody writes it down.

use timeline::Time;

use crate::flying::Flying;
use crate::power::Power;

/// Stores, processes and what is to happen, by name; [`Model::new`](crate::Model::new) checks and compiles it.
///
/// The order of the lists means nothing.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// When the levels of the stores hold. What is delivered or corrected up to this instant is in them already.
    pub begins: Time,
    /// What can be stocked.
    pub stores: Vec<Store>,
    /// What turns stores into stores.
    pub processes: Vec<Process>,
    /// Classes of supply.
    pub supplies: Vec<Supply>,
    /// What is brought.
    pub deliveries: Vec<Delivery>,
    /// Levels that are set, whatever was computed: a stock was counted.
    pub corrections: Vec<Correction>,
    /// Electricity; without it processes run whatever they would draw.
    pub power: Option<Power>,
    /// How the station flies, where air slows it.
    pub flying: Option<Flying>,
}

/// A place for one commodity.
#[derive(Clone, PartialEq, Debug)]
pub struct Store {
    /// Names it.
    pub name: String,
    /// What it holds, for the totals of the station.
    pub commodity: String,
    /// The class of supply it counts for.
    pub supply: Option<String>,
    /// The most it holds, kg; may be infinite.
    pub capacity_kg: f64,
    /// What becomes of what comes when it is full.
    pub overflow: Overflow,
    /// What is in it at [`Draft::begins`], kg.
    pub level_kg: f64,
    /// The pressure of each kg of it, kPa, where it is a gas in a room.
    pub kpa_per_kg: Option<f64>,
    /// Whether surveys tell how its level goes, though no supply counts it: machines wait for what is in it.
    pub watch: Watch,
}

/// Which levels surveys tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Watch {
    /// Those that a supply counts.
    #[default]
    WithSupply,
    /// This one in any case.
    Always,
}

/// What becomes of what comes to a store that is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overflow {
    /// It holds back the processes that make it.
    HoldsBack,
    /// It is lost overboard, and counted.
    Vents,
}

/// What turns stores into stores at rates that are proportional to one another, at any part of its full rate.
///
/// What it runs at, from 0 to 1, follows from these rules at every instant:
///
/// - An empty store gives what comes in to those who take from it, in order of priority: the lowest number takes all it
///   needs, the next what is left.
/// - A full store that does not vent makes room by what is taken out, and gives that room to those who fill it in the same
///   order: the highest number is held back first.
/// - A process that [holds](Process::hold) a level runs fully on the one side of it, not at all on the other, and at the
///   level as much as keeps it; among several that hold one level alike the lowest number goes first.
/// - A process that runs in [batches](Process::batch) runs from the instant at which its store reaches one level until it
///   reaches another, and not before the next; it begins waiting.
/// - A process that takes a [part](Process::part_of) of what is in a store runs at 1 whenever it can, and takes that part; what
///   it gives is in proportion to it.
/// - A process does not run while its strength, or that of one it needs, is 0.
/// - Under these it runs as much as it can.
///
/// Where a process both takes from and gives to one store, the difference counts.
#[derive(Clone, PartialEq, Debug)]
pub struct Process {
    /// Names it.
    pub name: String,
    /// Who goes first where something is scarce: the lowest number. No two processes have the same.
    pub priority: u32,
    /// Whether people go short when it does.
    pub serves: Serves,
    /// What goes out of and into stores at full rate and strength 1.
    pub flows: Vec<Flow>,
    /// The level it keeps.
    pub hold: Option<Hold>,
    /// The levels of a store between which it runs.
    pub batch: Option<Batch>,
    /// What it takes of what is in a store; its flows then only say in which proportion to that it gives.
    pub part_of: Option<Part>,
    /// Names of the processes without which it does not run.
    pub needs: Vec<String>,
    /// By what its rates are multiplied from each time on: persons, efficiency, 0 while it is out. Before the first, 0.
    pub strengths: Vec<(Time, f64)>,
}

/// Whether people go short when a process runs at less than its full rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Serves {
    /// They do: it is how they live.
    Crew,
    /// They do not, or not at once.
    Station,
}

/// A mass a day out of or into a store.
#[derive(Clone, PartialEq, Debug)]
pub struct Flow {
    /// Which store.
    pub store: String,
    /// How much comes into it, kg a day of 86,400 s; below 0 it goes out.
    pub rate_kg_d: f64,
}

/// A level that a process keeps in one of its stores.
#[derive(Clone, PartialEq, Debug)]
pub struct Hold {
    /// Which store; the process takes from it or gives to it.
    pub store: String,
    /// How much is to be in it, kg.
    pub level_kg: f64,
}

/// A store and the levels at which a process starts and stops: who takes from it starts high, who fills it starts low.
#[derive(Clone, PartialEq, Debug)]
pub struct Batch {
    /// Which store; the process takes from it or gives to it.
    pub store: String,
    /// At which level it starts, kg.
    pub start_kg: f64,
    /// At which level it stops, kg.
    pub stop_kg: f64,
}

/// A store and the part of what is in it that a process takes, as a scrubber clears the air that flows through it.
///
/// One store of a model can be one of which processes take a part. Such a process takes from no other store, holds no level, and
/// gives only to stores that cannot hold it back.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Which store.
    pub store: String,
    /// How much of it at strength 1, a day; 2 means that it takes in an hour a twelfth of what is there.
    pub per_day: f64,
}

/// A class of supply: what is left of it is counted over all stores of the class.
#[derive(Clone, PartialEq, Debug)]
pub struct Supply {
    /// Names it.
    pub name: String,
    /// Reserve lines: how many days it must last at the present use.
    pub lines_days: Vec<f64>,
}

/// A mass brought into a store at one instant; what finds no room is refused, or vented where the store vents, and counted.
#[derive(Clone, PartialEq, Debug)]
pub struct Delivery {
    /// When.
    pub at: Time,
    /// Into which store.
    pub store: String,
    /// How much, kg.
    pub mass_kg: f64,
}

/// A level that a store is known to have, whatever was computed; after deliveries of the same instant.
#[derive(Clone, PartialEq, Debug)]
pub struct Correction {
    /// When.
    pub at: Time,
    /// Of which store.
    pub store: String,
    /// How much is in it, kg.
    pub level_kg: f64,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            begins: Time::EPOCH,
            stores: Vec::new(),
            processes: Vec::new(),
            supplies: Vec::new(),
            deliveries: Vec::new(),
            corrections: Vec::new(),
            power: None,
            flying: None,
        }
    }
}

impl Store {
    /// An empty store of a commodity of the same name, which holds back what finds no room.
    #[must_use]
    pub fn new(name: &str, capacity_kg: f64) -> Self {
        Self {
            name: name.to_owned(),
            commodity: name.to_owned(),
            supply: None,
            capacity_kg,
            overflow: Overflow::HoldsBack,
            level_kg: 0.0,
            kpa_per_kg: None,
            watch: Watch::default(),
        }
    }

    /// The same with this much in it.
    #[must_use]
    pub fn with_level_kg(mut self, level_kg: f64) -> Self {
        self.level_kg = level_kg;
        self
    }

    /// The same holding another commodity.
    #[must_use]
    pub fn of_commodity(mut self, commodity: &str) -> Self {
        commodity.clone_into(&mut self.commodity);
        self
    }

    /// The same counting for a class of supply.
    #[must_use]
    pub fn for_supply(mut self, supply: &str) -> Self {
        self.supply = Some(supply.to_owned());
        self
    }

    /// The same losing overboard what finds no room.
    #[must_use]
    pub fn venting(mut self) -> Self {
        self.overflow = Overflow::Vents;
        self
    }
}

impl Process {
    /// A process without flows, strength 1 at all times.
    #[must_use]
    pub fn new(name: &str, priority: u32) -> Self {
        Self {
            name: name.to_owned(),
            priority,
            serves: Serves::Station,
            flows: Vec::new(),
            hold: None,
            batch: None,
            part_of: None,
            needs: Vec::new(),
            strengths: vec![(Time::MIN, 1.0)],
        }
    }

    /// The same taking this much a day from a store.
    #[must_use]
    pub fn takes(mut self, store: &str, rate_kg_d: f64) -> Self {
        self.flows.push(Flow { store: store.to_owned(), rate_kg_d: -rate_kg_d });
        self
    }

    /// The same giving this much a day to a store.
    #[must_use]
    pub fn gives(mut self, store: &str, rate_kg_d: f64) -> Self {
        self.flows.push(Flow { store: store.to_owned(), rate_kg_d });
        self
    }

    /// The same keeping a store at a level.
    #[must_use]
    pub fn holds(mut self, store: &str, level_kg: f64) -> Self {
        self.hold = Some(Hold { store: store.to_owned(), level_kg });
        self
    }

    /// The same running from the instant at which a store reaches one level until it reaches the other.
    #[must_use]
    pub fn runs_between(mut self, store: &str, start_kg: f64, stop_kg: f64) -> Self {
        self.batch = Some(Batch { store: store.to_owned(), start_kg, stop_kg });
        self
    }

    /// The same taking this part a day of what is in a store; what it gives is for each kg taken.
    #[must_use]
    pub fn takes_part_of(mut self, store: &str, per_day: f64) -> Self {
        self.part_of = Some(Part { store: store.to_owned(), per_day });
        self.takes(store, 1.0)
    }

    /// The same running only while another does not fail.
    #[must_use]
    pub fn needs(mut self, process: &str) -> Self {
        self.needs.push(process.to_owned());
        self
    }

    /// The same as how people live.
    #[must_use]
    pub fn serves_crew(mut self) -> Self {
        self.serves = Serves::Crew;
        self
    }

    /// The same with all rates multiplied by `strength` from `since` on.
    #[must_use]
    pub fn of(mut self, since: Time, strength: f64) -> Self {
        self.strengths.push((since, strength));
        self
    }
}
