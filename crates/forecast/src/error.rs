use thiserror::Error;
use timeline::{Duration, Time};

/// Why there is no forecast.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum ForecastError {
    /// Two records of one kind have the same name.
    #[error("two {what} are called `{name}`: give one of them another name")]
    Twice {
        /// Stores, processes or supplies.
        what: &'static str,
        /// The name they share.
        name: String,
    },
    /// A name that nothing bears.
    #[error("{by} names the {what} `{name}`, which is not there")]
    Unknown {
        /// Who names it.
        by: String,
        /// Store, process or supply.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Two processes have the same priority, so that nobody knows who goes first.
    #[error("`{first}` and `{second}` both have priority {priority}: say which goes first")]
    PriorityTie {
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// What both have.
        priority: u32,
    },
    /// A number that cannot be meant.
    #[error("{what} of `{of}` is {value}: {wanted}")]
    Number {
        /// Of which record.
        of: String,
        /// Which figure.
        what: &'static str,
        /// What it is.
        value: f64,
        /// What it should be.
        wanted: &'static str,
    },
    /// A process is to hold a store at a level without taking from it or giving to it.
    #[error("`{process}` is to hold `{store}` at a level but neither takes from it nor gives to it")]
    HoldsWithoutFlow {
        /// Which process.
        process: String,
        /// Which store.
        store: String,
    },
    /// A process is to take a part of what is in a store, but more than that would tell how fast it runs.
    #[error("`{process}` cannot take a part of what is in a store: {why}")]
    Part {
        /// Which process.
        process: String,
        /// What stands against it.
        why: String,
    },
    /// Processes take a part of more than one store.
    #[error(
        "`{}` takes a part of `{}`, and `{}` of `{}`: that can be said of one store only",
        first.0, first.1, second.0, second.1
    )]
    TwoSources {
        /// One process and the store it takes from.
        first: (String, String),
        /// Another and its store.
        second: (String, String),
    },
    /// A process would start at a level that it moves the store towards, so that it never stops.
    #[error(
        "`{process}` does not run from its start to its stop: who takes from `{store}` starts high and stops low, who fills \
         it the other way round"
    )]
    BatchWithoutEnd {
        /// Which process.
        process: String,
        /// Which store.
        store: String,
    },
    /// Two levels of a store at which something changes are neither equal nor apart.
    #[error("`{store}`: {lower_kg} kg and {upper_kg} kg must be equal or further apart")]
    LevelsTooNear {
        /// Which store.
        store: String,
        /// The lower level.
        lower_kg: f64,
        /// The upper level.
        upper_kg: f64,
    },
    /// There are power channels, but nobody says when the Sun shines on them.
    #[error("power channels need light: give at least one day of it")]
    NoLight,
    /// Days or revolutions of light that overlap, last no time or are not in order.
    #[error("the light from {at} on lasts no time or is not in order of time")]
    LightDisordered {
        /// From when.
        at: Time,
    },
    /// Nothing is known so early.
    #[error("the forecast is to start at {from}, but levels are known from {begins} on only")]
    BeforeModel {
        /// The start that was asked for.
        from: Time,
        /// When the levels of the model hold.
        begins: Time,
    },
    /// A level passes to and fro so often that the forecast would not end.
    #[error("levels change course more than {most} times within {within} after {since}")]
    Restless {
        /// How often at most.
        most: u32,
        /// In what time.
        within: Duration,
        /// Since when.
        since: Time,
    },
    /// A value grew past what can be counted.
    #[error(transparent)]
    Profile(#[from] timeline::ProfileError),
}
