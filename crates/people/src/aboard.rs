use record::FlightId;
use timeline::{Interval, Profile, Time, Unit};

use crate::Stay;

/// A stay with the time it took.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aboard<'a> {
    /// Which stay.
    pub stay: &'a Stay,
    /// From coming aboard to leaving; open ends are [`Time::MAX`].
    pub interval: Interval,
}

/// When each person was aboard: from the docking of the flight up to the last undocking of the flight down, unless the stay
/// itself says otherwise.
///
/// `visit` gives a flight's time at the station, from first docking to last undocking. A stay is left out when its beginning
/// is not known or its end is not after it.
pub fn aboard<'a>(
    stays: impl IntoIterator<Item = &'a Stay>,
    visit: impl Fn(&FlightId) -> Option<Interval>,
) -> Vec<Aboard<'a>> {
    stays
        .into_iter()
        .filter_map(|stay| {
            let from = stay.from.or_else(|| visit(&stay.up).map(Interval::start))?;
            let with_down =
                || stay.down.as_ref().map_or(Some(Time::MAX), |down| visit(down).map(Interval::end));
            let to = stay.to.or_else(with_down)?;
            Interval::new(from, to).map(|interval| Aboard { stay, interval })
        })
        .collect()
}

/// The stays of those aboard at `time`.
pub fn aboard_at<'a>(aboard: &[Aboard<'a>], time: Time) -> impl Iterator<Item = &'a Stay> {
    aboard.iter().filter(move |one| one.interval.contains(time)).map(|one| one.stay)
}

/// The number of people aboard over `within`: the profile `crew.aboard`, in persons.
#[must_use]
pub fn crew_profile(aboard: &[Aboard<'_>], within: Interval) -> Profile {
    let unit: Unit = "persons".parse().expect("`persons` is a unit");
    let changes = aboard
        .iter()
        .filter_map(|one| one.interval.intersection(within))
        .flat_map(|interval| [(interval.start(), 1.0), (interval.end(), -1.0)]);
    Profile::from_changes("crew.aboard", unit, within, 0.0, changes).expect("a count of people is finite")
}
