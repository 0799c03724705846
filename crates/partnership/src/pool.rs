use record::{KindId, PartnerId, PoolId, Share, parse_decimal};
use timeline::Time;

/// Something that partners share by agreed parts: working time of a crew, seats, mass to orbit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pool {
    /// Names it.
    pub id: PoolId,
    /// Full name.
    pub title: String,
    /// What it counts.
    pub counts: Counts,
    /// In which whole unit amounts of it are written; the one that [`Counts::unit`] names.
    pub unit: PoolUnit,
    /// Of whom or what: those who live on this segment, the flights of those partners who do; of the whole station when none is named.
    pub segment: Option<String>,
    /// For crew time: time on activities of these kinds counts.
    pub kinds: Vec<KindId>,
    /// Since when it is shared; nothing when since the station began.
    pub from: Option<Time>,
    /// Until when it is shared; nothing while it is.
    pub until: Option<Time>,
    /// What part each partner is entitled to, where that does not hang on the number aboard; they add up to the whole.
    pub parts: Vec<Part>,
    /// For seats: what each partner is entitled to in a crew of so many, where that hangs on their number.
    pub crews: Vec<CrewSeats>,
}

record::words! {
    /// What a pool counts.
    pub enum Counts {
        /// Working time on activities, of those who live on a segment.
        CrewTime = "crew-time",
        /// Time that members of the expedition are aboard; visitors do not count.
        Seats = "seats",
        /// Cargo brought to the station.
        UpMass = "up-mass",
        /// Cargo brought back to the ground.
        DownMass = "down-mass",
    }
}

impl Counts {
    /// The unit in which it is counted.
    #[must_use]
    pub const fn unit(self) -> PoolUnit {
        match self {
            Self::CrewTime => PoolUnit::Minutes,
            Self::Seats => PoolUnit::Seconds,
            Self::UpMass | Self::DownMass => PoolUnit::Grams,
        }
    }
}

record::words! {
    /// The whole unit of a pool: the smallest amount that changes hands.
    pub enum PoolUnit {
        /// Minutes of one person's work.
        Minutes = "min",
        /// Seconds of one person aboard.
        Seconds = "s",
        /// Grams.
        Grams = "g",
    }
}

/// One partner's part of a pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Whose.
    pub partner: PartnerId,
    /// Of the whole.
    pub share: Share,
}

/// Who is entitled to how many seats in a crew of so many.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CrewSeats {
    /// While so many of the expedition are aboard.
    pub aboard: u32,
    /// Each partner's seats; they add up to that number.
    pub seats: Vec<PartnerSeats>,
}

/// One partner's seats in a crew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartnerSeats {
    /// Whose.
    pub partner: PartnerId,
    /// How many, over time.
    pub seats: SeatCount,
}

/// A number of seats in whole millionths, so that 3.064, 0.512, 0.332 and 0.092 add up to exactly four.
///
/// ```
/// use partnership::SeatCount;
/// let seats = ["3", "3.064", "0.512", "0.332", "0.092"].map(|text| SeatCount::from_text(text).unwrap());
/// assert_eq!(seats.into_iter().sum::<SeatCount>(), SeatCount::whole(7));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct SeatCount(i64);

impl SeatCount {
    /// So many whole seats.
    #[must_use]
    pub const fn whole(seats: u32) -> Self {
        Self(seats as i64 * 1_000_000)
    }

    /// A number of seats from text with at most six places.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        parse_decimal(text, 6).map(Self)
    }

    /// The seats in millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }
}

impl std::iter::Sum for SeatCount {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self(0), |sum, count| Self(sum.0.saturating_add(count.0)))
    }
}

impl std::fmt::Display for SeatCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0 as f64 / 1e6)
    }
}

impl Pool {
    /// What a partner is entitled to; nothing when it has no part, or one that hangs on the number aboard.
    #[must_use]
    pub fn share_of(&self, partner: &PartnerId) -> Option<Share> {
        self.parts.iter().find(|part| part.partner == *partner).map(|part| part.share)
    }

    /// Whether it is the working time of those who live on that segment.
    #[must_use]
    pub fn is_crew_time(&self) -> bool {
        self.counts == Counts::CrewTime
    }

    /// Everybody who is entitled to something of it, in the order of the book, each once.
    #[must_use]
    pub fn partners(&self) -> Vec<&PartnerId> {
        let seats = self.crews.iter().flat_map(|crew| &crew.seats).map(|seat| &seat.partner);
        let mut partners: Vec<&PartnerId> = Vec::new();
        for partner in self.parts.iter().map(|part| &part.partner).chain(seats) {
            if !partners.contains(&partner) {
                partners.push(partner);
            }
        }
        partners
    }
}
