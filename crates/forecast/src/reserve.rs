use timeline::{Duration, Profile, Time, TimeUnit};

/// What is left of a class of supply, or of one store, at one instant, and when it gets scarce.
///
/// **Days left** are the level divided by the use of that instant: how long it would last if everything went on as it is, with
/// the people aboard now and no more deliveries. The use of a class is what its processes take from its stores less what they
/// give to them; what passes from store to store within the class is none. Processes by which people live count as fully served
/// even while they are not, so that a class does not seem to last longer because somebody starves; all others count as they
/// run. For a single store the use is how fast it falls. Where nothing is used up there are no days to count.
///
/// **Crossings** and **empty** are of the forecast itself, with all that is delivered and changes in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Reserve {
    /// Name of the class of supply or of the store.
    pub name: String,
    /// Which of the two it is.
    pub of: ReserveOf,
    /// The instant for which level, use and days are.
    pub at: Time,
    /// What is left, kg.
    pub level_kg: f64,
    /// How much is used, kg a day; 0 or less when it grows.
    pub use_kg_d: f64,
    /// How many days it lasts at that use; nothing when it is not used up, or lasts longer than [`MOST_DAYS`].
    pub days_left: Option<f64>,
    /// When those days are over.
    pub lasts_until: Option<Time>,
    /// The reserve lines of the class, as its book orders them.
    pub crossings: Vec<LineCrossing>,
    /// The first instant from `at` on at which nothing is left; nothing when that does not come.
    pub empty: Option<Time>,
}

/// What a reserve is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum ReserveOf {
    /// A class of supply: all its stores together.
    Supply,
    /// One store.
    Store,
}

/// A reserve line and when it is reached.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LineCrossing {
    /// The line, days of supply.
    pub line_days: f64,
    /// The first instant from [`Reserve::at`] on at which no more days are left than that; nothing when that does not come.
    pub at: Option<Time>,
}

/// What lasts longer is said to last this long, days: a century of 365.25 days.
pub const MOST_DAYS: f64 = 36_525.0;

/// From the class's profiles of level, use and days.
pub(crate) fn supply_reserve(
    name: &str,
    [level, wanted, days]: [&Profile; 3],
    lines_days: &[f64],
    at: Time,
) -> Option<Reserve> {
    let days_left = days.at(at).filter(|&days| days < MOST_DAYS);
    let crossings = lines_days.iter().map(|&line_days| {
        let within = days.at_most(line_days).first_from(at);
        LineCrossing { line_days, at: within.map(timeline::Interval::start) }
    });
    Some(Reserve {
        name: name.to_owned(),
        of: ReserveOf::Supply,
        at,
        level_kg: level.at(at)?,
        use_kg_d: wanted.at(at)?,
        days_left,
        lasts_until: days_left.map(|days| at + Duration::from_days(days)),
        crossings: crossings.collect(),
        empty: empty_from(level, at),
    })
}

/// From the store's level.
pub(crate) fn store_reserve(name: &str, level: &Profile, at: Time) -> Option<Reserve> {
    let level_kg = level.at(at)?;
    let use_kg_d = -level.segment_at(at)?.slope_per_s * TimeUnit::Day.seconds();
    let days_left = Some(level_kg / use_kg_d).filter(|&days| use_kg_d > 0.0 && days < MOST_DAYS);
    Some(Reserve {
        name: name.to_owned(),
        of: ReserveOf::Store,
        at,
        level_kg,
        use_kg_d,
        days_left,
        lasts_until: days_left.map(|days| at + Duration::from_days(days)),
        crossings: Vec::new(),
        empty: empty_from(level, at),
    })
}

fn empty_from(level: &Profile, at: Time) -> Option<Time> {
    level.at_most(0.0).first_from(at).map(timeline::Interval::start)
}
