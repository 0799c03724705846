use record::{FlightId, Mass, PartnerId};
use timeline::{Duration, Interval, Time};

/// Something that somebody had of a pool, or put into it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    /// Whose; nobody's where the plan does not say.
    pub partner: Option<PartnerId>,
    /// In which column it counts.
    pub measure: Measure,
    /// Which of the pool's terms divide it, by number; nothing where nothing is agreed.
    pub terms: Option<usize>,
    /// When and how much.
    pub extent: Extent,
}

/// The columns in which something can count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measure {
    /// As planned, whatever became of it.
    Planned,
    /// What was really had.
    Flown,
    /// Planned, and neither done nor given up.
    Open,
    /// Put into the pool, for whomever.
    Provided,
}

/// How much, and when it comes together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// All at one instant.
    At(Time, u64),
    /// A unit with each second.
    Over(Interval),
}

impl Extent {
    /// What of it had come together before `time`; whole seconds, what is less is cut.
    #[must_use]
    pub fn before(self, time: Time) -> i128 {
        match self {
            Self::At(at, amount) => {
                if at < time {
                    i128::from(amount)
                } else {
                    0
                }
            }
            Self::Over(interval) => {
                let until = i128::from(interval.end().min(time).nanoseconds());
                let elapsed = (until - i128::from(interval.start().nanoseconds())).max(0);
                elapsed / i128::from(Duration::SECOND.nanoseconds())
            }
        }
    }

    /// What of it lies in an interval; nothing when none does.
    #[must_use]
    pub fn within(self, interval: Interval) -> Option<Self> {
        match self {
            Self::At(at, _) => interval.contains(at).then_some(self),
            Self::Over(own) => own.intersection(interval).map(Self::Over),
        }
    }
}

/// What a flight carried for a pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Carriage {
    /// Which flight.
    pub flight: FlightId,
    /// Who provided it.
    pub partner: PartnerId,
    /// When it counts.
    pub at: Time,
    /// How much; nothing when nobody says.
    pub mass: Option<Mass>,
}
