use timeline::{Duration, Interval, Time};

use crate::{Ephemeris, OrbitError, Sgp4, State, Teme};

/// Many element sets of one object, of which each time takes the nearest.
///
/// The set whose epoch is nearest answers, the earlier of two as near; so in hindsight a set is used backwards as much as
/// forwards. [`Archive::known_at`] gives what could be known on a day of the past. No set answers farther from its epoch
/// than the archive's reach.
#[derive(Clone, Debug)]
pub struct Archive {
    source: String,
    /// In order of epoch, at least one.
    sets: Vec<Sgp4>,
    reach: Duration,
}

/// How far two sets may be apart where one takes over from the other without a break in [`Archive::coverage`], km.
///
/// A jump of this size still leaves a smooth path between states minutes apart; a larger one would make events of its own.
const SEAMLESS_KM: f64 = 20.0;

impl Archive {
    /// An archive of sets in any order; of several with the same epoch the last is kept.
    ///
    /// `reach` is how far from its epoch a set may be used: two weeks is wise for a low orbit.
    ///
    /// # Errors
    /// When there is no set at all.
    pub fn new(source: &str, mut sets: Vec<Sgp4>, reach: Duration) -> Result<Self, OrbitError> {
        if sets.is_empty() || reach <= Duration::ZERO {
            let needed = "one element set and time to use it";
            return Err(OrbitError::Empty { source_name: source.to_owned(), needed });
        }
        sets.reverse();
        sets.sort_by_key(epoch);
        sets.dedup_by_key(|set| epoch(set));
        Ok(Self { source: source.to_owned(), sets, reach })
    }

    /// What was known at `moment`: the sets with an epoch up to then. (A set appears some hours after its epoch.)
    ///
    /// # Errors
    /// When there was no set yet.
    pub fn known_at(&self, moment: Time) -> Result<Self, OrbitError> {
        let known = self.sets.partition_point(|set| epoch(set) <= moment);
        Self::new(&self.source, self.sets[..known].to_vec(), self.reach)
    }

    /// The sets, in order of epoch.
    #[must_use]
    pub fn sets(&self) -> &[Sgp4] {
        &self.sets
    }

    /// The set that answers for `time`, whether it reaches there or not.
    #[must_use]
    pub fn set(&self, time: Time) -> &Sgp4 {
        &self.sets[self.nearest(time)]
    }

    fn nearest(&self, time: Time) -> usize {
        let after = self.sets.partition_point(|set| epoch(set) < time);
        match after.checked_sub(1) {
            None => 0,
            Some(before) if after == self.sets.len() => before,
            Some(before) => {
                let (since, until) = (time - epoch(&self.sets[before]), epoch(&self.sets[after]) - time);
                if since <= until { before } else { after }
            }
        }
    }

    /// From when to when the set at `index` answers.
    fn tenure(&self, index: usize) -> Option<Interval> {
        let epoch_of = |index: usize| self.sets.get(index).map(epoch);
        let own = epoch(&self.sets[index]);
        let middle = |other: Time| own.min(other) + (other - own).abs() / 2;
        // Half way the earlier set still answers.
        let after_middle = |other: Time| middle(other) + Duration::NANOSECOND;
        let start =
            index.checked_sub(1).and_then(epoch_of).map_or(Time::MIN, after_middle).max(own - self.reach);
        let end = epoch_of(index + 1).map_or(Time::MAX, middle).min(own + self.reach);
        Interval::new(start, end)
    }

    /// Whether the set at `index` takes over from the one before it without a gap or a jump.
    fn is_seamless(&self, index: usize, before: Interval, after: Interval) -> bool {
        let positions = [index - 1, index].map(|set| self.sets[set].state(after.start()));
        before.end() + Duration::NANOSECOND == after.start()
            && matches!(positions, [Ok(a), Ok(b)] if a.position_km.distance(b.position_km) < SEAMLESS_KM)
    }
}

impl Ephemeris for Archive {
    fn source(&self) -> &str {
        &self.source
    }

    fn span(&self) -> Interval {
        let (first, last) = (epoch(&self.sets[0]), epoch(&self.sets[self.sets.len() - 1]));
        Interval::new(first - self.reach, last + self.reach).unwrap_or(Interval::ALWAYS)
    }

    /// A new stretch begins after a gap, and where two sets are more than 20 km apart.
    fn coverage(&self) -> Vec<Interval> {
        let mut stretches: Vec<Interval> = Vec::new();
        let mut before: Option<Interval> = None;
        for (index, tenure) in (0..self.sets.len()).filter_map(|index| Some((index, self.tenure(index)?))) {
            let seamless = before.is_some_and(|before| self.is_seamless(index, before, tenure));
            match stretches.pop() {
                Some(open) if seamless => stretches.extend(Interval::new(open.start(), tenure.end())),
                Some(open) => stretches.extend([open, tenure]),
                None => stretches.push(tenure),
            }
            before = Some(tenure);
        }
        stretches
    }

    fn state(&self, time: Time) -> Result<State<Teme>, OrbitError> {
        let set = self.set(time);
        if set.age(time) <= self.reach {
            return set.state(time);
        }
        let after = self.sets.partition_point(|set| epoch(set) <= time);
        match after.checked_sub(1) {
            Some(before) if after < self.sets.len() => Err(OrbitError::Gap {
                source_name: self.source.clone(),
                before: epoch(&self.sets[before]) + self.reach,
                after: epoch(&self.sets[after]) - self.reach,
                time,
            }),
            _ => Err(OrbitError::OutsideSpan { source_name: self.source.clone(), span: self.span(), time }),
        }
    }

    fn age(&self, time: Time) -> Duration {
        self.set(time).age(time)
    }

    fn error_km(&self, time: Time) -> f64 {
        self.set(time).error_km(time)
    }
}

fn epoch(set: &Sgp4) -> Time {
    set.elements().epoch
}
