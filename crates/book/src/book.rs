use orbit::ElementSet;
use partnership::{Antenna, Centre, Partner, Pool, Relay, Site};
use people::{Aboard, Person, Qualification, Spacewalk, Stay};
use plan::{Block, DayKind, Holiday, Request, Resource, Skill};
use record::{Sourced, StoreId};
use station::{
    Band, Battery, Body, Channel, Commodity, CoolingLoop, Drag, Element, Engine, Level, Load, Measure,
    Outage, Port, Process, Scale, Store, Supply, Transfer, Wing,
};
use timeline::{Interval, Profile, Time, Window};
use traffic::{Cargo, Delivery, Docking, Fitness, Flight, Plan, Seats, Vehicle};

use crate::agreed::Agreed;
use crate::moment::Moment;
use crate::rule::{ActivityKind, Definition, Rule};
use crate::table::Table;
use crate::tabulated::{OrientationDay, SpaceWeatherDay, SunDistance};

/// Everything known about one station, as its folder of files says it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Book {
    /// What the book is about.
    pub about: About,
    /// Who shares the station.
    pub partners: Table<Partner>,
    /// Their control centres.
    pub centres: Table<Centre>,
    /// Places on Earth.
    pub sites: Table<Site>,
    /// Relay satellites.
    pub relays: Table<Relay>,
    /// Antennas that follow them.
    pub antennas: Table<Antenna>,
    /// What the station is made of.
    pub elements: Table<Element>,
    /// Where vehicles dock and berth.
    pub ports: Table<Port>,
    /// Types of vehicle.
    pub vehicles: Table<Vehicle>,
    /// Everyone who was aboard.
    pub people: Table<Person>,
    /// Every visit.
    pub flights: Table<Flight>,
    /// What was planned for flights, and from when on, in the order of their file.
    pub plans: Vec<Sourced<Plan>>,
    /// Every time a flight held a port.
    pub dockings: Vec<Sourced<Docking>>,
    /// When a flight could take home more or fewer than its type has seats for, in the order of their file.
    pub fitness: Vec<Sourced<Fitness>>,
    /// Every time a person was aboard.
    pub stays: Vec<Sourced<Stay>>,
    /// What flights brought and took.
    pub cargo: Vec<Sourced<Cargo>>,
    /// Every spacewalk.
    pub spacewalks: Table<Spacewalk>,
    /// What commodities are worth when they burn.
    pub commodities: Table<Commodity>,
    /// Classes of supply.
    pub supplies: Table<Supply>,
    /// Where the station keeps what it has.
    pub stores: Table<Store>,
    /// What was in the stores when, in the order of their file.
    pub levels: Vec<Sourced<Level>>,
    /// What turns stores into stores.
    pub processes: Table<Process>,
    /// Into which stores cargo goes.
    pub deliveries: Vec<Sourced<Delivery>>,
    /// When processes did not run.
    pub outages: Vec<Sourced<Outage>>,
    /// What is done when supplies get short or nobody would be left.
    pub policy: Table<Measure>,
    /// How it gets, stores and spends electricity.
    pub power: Power,
    /// How the station flies; empty where no air slows it.
    pub flying: Flying,
    /// What its plans are held to.
    pub rules: Table<Rule>,
    /// What several rules name.
    pub definitions: Table<Definition>,
    /// What plans consist of.
    pub activity_kinds: Table<ActivityKind>,
    /// The crew day, and what activities use.
    pub planning: Planning,
    /// What people have learnt, in the order of their file.
    pub qualifications: Vec<Sourced<Qualification>>,
    /// What partners ask for.
    pub requests: Table<Request>,
    /// What partners share by agreed parts.
    pub pools: Table<Pool>,
    /// Who decides what.
    pub agreed: Agreed,
    /// What of its life is told in words.
    pub moments: Table<Moment>,
    /// Element sets of the station, as `orbit/elements.json` lists them.
    pub element_sets: Vec<ElementSet>,
    /// Element sets of the relays.
    pub relay_element_sets: Vec<ElementSet>,
    /// The Sun's radio flux and the geomagnetic index by day.
    pub space_weather: Vec<SpaceWeatherDay>,
    /// The Earth's orientation by day.
    pub earth_orientation: Vec<OrientationDay>,
    /// How far from the Sun, for a station that does not stay with the Earth.
    pub sun_distances: Vec<SunDistance>,
}

/// Electricity: its `power.toml`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Power {
    /// What feeds and carries.
    pub channels: Table<Channel>,
    /// What feeds channels in sunlight.
    pub wings: Table<Wing>,
    /// What carries them through the night.
    pub batteries: Table<Battery>,
    /// What draws power and is no process.
    pub loads: Table<Load>,
    /// Converters between channels.
    pub transfers: Table<Transfer>,
    /// What carries the heat away.
    pub loops: Table<CoolingLoop>,
}

/// The crew day, and what activities use: its `planning.toml`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Planning {
    /// What people can learn.
    pub skills: Table<Skill>,
    /// What activities use.
    pub resources: Table<Resource>,
    /// Kinds of day.
    pub days: Table<DayKind>,
    /// Days that are another kind of day than their weekday says, in the order of the file.
    pub holidays: Vec<Sourced<Holiday>>,
    /// What every day of everybody has.
    pub blocks: Table<Block>,
}

impl Planning {
    /// The file is there and could not be read, so that nobody can say what it does not have.
    pub(crate) fn set_unread(&mut self) {
        self.skills.set_unread();
        self.resources.set_unread();
        self.days.set_unread();
        self.blocks.set_unread();
    }
}

/// How a station flies through thin air: its `flying.toml`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Flying {
    /// What air does to it; there should be one.
    pub drags: Vec<Sourced<Drag>>,
    /// What meets the air since when, in the order of the file.
    pub bodies: Vec<Sourced<Body>>,
    /// Between what heights it is kept since when, in the order of the file.
    pub bands: Vec<Sourced<Band>>,
    /// What can raise it.
    pub engines: Table<Engine>,
}

impl Flying {
    /// Whether the book says nothing of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drags.is_empty() && self.bodies.is_empty() && self.bands.is_empty() && self.engines.is_empty()
    }
}

/// What a book is about: its `book.toml`.
#[derive(Clone, PartialEq, Debug)]
pub struct About {
    /// Names the station; empty when the file does not.
    pub id: String,
    /// The station's name.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// When the first element was launched; [`Time::MIN`] when the file does not say.
    pub began: Time,
    /// Up to here flights and stays are history, after it plans; [`Time::MAX`] when the file does not say.
    pub known_until: Time,
    /// Which environment the station flies in.
    pub environment: String,
    /// The station's number in the satellite catalogue.
    pub catalogue_number: Option<u32>,
    /// Its international designator, such as `1998-067A`; may be empty.
    pub international_designator: String,
    /// Magnitude at 1,000 km when half of what is seen is lit, for visible passes.
    pub standard_magnitude: Option<f64>,
}

impl Default for About {
    fn default() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            summary: String::new(),
            began: Time::MIN,
            known_until: Time::MAX,
            environment: String::new(),
            catalogue_number: None,
            international_designator: String::new(),
            standard_magnitude: None,
        }
    }
}

impl Book {
    /// The time the book knows as history; nothing when its dates are reversed.
    #[must_use]
    pub fn history(&self) -> Option<Interval> {
        Interval::new(self.about.began, self.about.known_until)
    }

    /// The dockings that hold a port at `time`, in the order of their file.
    pub fn docked_at(&self, time: Time) -> impl Iterator<Item = &Docking> {
        traffic::docked_at(self.dockings.iter().map(|docking| &docking.value), time)
    }

    /// The type of vehicle that flew a flight.
    #[must_use]
    pub fn vehicle_of(&self, flight: &traffic::FlightId) -> Option<&Vehicle> {
        let flight = self.flights.get(flight)?;
        self.vehicles.get(&flight.vehicle).map(|vehicle| &vehicle.value)
    }

    /// The seats of all vehicles docked at `time`.
    #[must_use]
    pub fn seats_at(&self, time: Time) -> Seats {
        traffic::seats_at(
            self.dockings.iter().map(|docking| &docking.value),
            |flight| {
                let seats = self.vehicle_of(flight)?.seats;
                let otherwise = self.fitness_of(flight);
                let now = otherwise.iter().rev().find(|(during, _)| during.contains(time));
                Some(Seats { down: now.map_or(seats.down, |&(_, down)| down), ..seats })
            },
            time,
        )
    }

    /// When a flight could take home how many, where that is not what its type has seats for.
    #[must_use]
    pub fn fitness_of(&self, flight: &traffic::FlightId) -> Vec<(Interval, u32)> {
        let of_it = self.fitness.iter().filter(|one| one.flight == *flight);
        of_it.filter_map(|one| Some((one.interval()?, one.seats_down))).collect()
    }

    /// All stays with the time they took.
    #[must_use]
    pub fn aboard(&self) -> Vec<Aboard<'_>> {
        let visits = traffic::visits(self.dockings.iter().map(|docking| &docking.value));
        people::aboard(self.stays.iter().map(|stay| &stay.value), |flight| visits.get(flight).copied())
    }

    /// The stays of those aboard at `time`, in the order of their file.
    #[must_use]
    pub fn aboard_at(&self, time: Time) -> Vec<&Stay> {
        people::aboard_at(&self.aboard(), time).collect()
    }

    /// The number of people aboard over `within`, in persons.
    #[must_use]
    pub fn crew_profile(&self, within: Interval) -> Profile {
        people::crew_profile(&self.aboard(), within)
    }

    /// The number of people aboard over `within` of whom a rate is for one, in persons; its name is that of the scale.
    #[must_use]
    pub fn crew_profile_of(&self, scale: &Scale, within: Interval) -> Profile {
        let mut counted = self.aboard();
        counted.retain(|one| match scale {
            Scale::Aboard => true,
            Scale::Segment(segment) => self.segment_of(one.stay) == Some(segment),
            Scale::Partner(partner) => one.stay.partner == *partner,
        });
        people::crew_profile(&counted, within).named(scale.to_string())
    }

    /// The segment on whose stores a person lives during a stay: that of the stay's partner, or, when the partner has none, that
    /// of the partner whose vehicle brought them.
    #[must_use]
    pub fn segment_of(&self, stay: &Stay) -> Option<&str> {
        let of = |partner| self.partners.get(partner).and_then(|partner| partner.segment.as_deref());
        of(&stay.partner).or_else(|| of(&self.vehicle_of(&stay.up)?.partner))
    }

    /// The last level of a store that was known at `time`.
    #[must_use]
    pub fn level_at(&self, store: &StoreId, time: Time) -> Option<&Sourced<Level>> {
        let known = self.levels.iter().filter(|level| level.store == *store && level.at <= time);
        known.max_by_key(|level| level.at)
    }

    /// When anybody was aboard, within `within`.
    #[must_use]
    pub fn presence(&self, within: Interval) -> Window {
        people::presence(&self.aboard(), within)
    }

    /// The first instant of the unbroken presence in which `time` lies; nothing when nobody is aboard then.
    #[must_use]
    pub fn present_since(&self, time: Time) -> Option<Time> {
        let presence = self.presence(Interval::ALWAYS);
        presence.iter().find(|interval| interval.contains(time)).map(Interval::start)
    }
}
