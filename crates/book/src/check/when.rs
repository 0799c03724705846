//! Comparing times that are known to the second, the minute or the day.

use timeline::{Duration, Interval, Time};

/// How exactly a time is known: books write what they know, and no more.
///
/// One on a whole minute is taken as known to the minute, and may have been rounded or cut to it; one at midnight to the day,
/// for whose beginning it stands.
enum Grain {
    Day,
    Minute,
    Second,
}

fn grain(time: Time) -> Grain {
    let clock = time.utc();
    let is_whole_minute = clock.second == 0 && clock.nanosecond == 0;
    match (clock.hour, clock.minute) {
        (0, 0) if is_whole_minute => Grain::Day,
        _ if is_whole_minute => Grain::Minute,
        _ => Grain::Second,
    }
}

fn earliest(time: Time) -> Time {
    match grain(time) {
        Grain::Minute => time - Duration::SECOND * 30,
        Grain::Day | Grain::Second => time,
    }
}

fn latest(time: Time) -> Time {
    match grain(time) {
        Grain::Day => time + Duration::DAY,
        Grain::Minute => time + Duration::MINUTE,
        Grain::Second => time + Duration::SECOND,
    }
}

/// Whether `a` comes after `b` however coarsely both are known.
pub(super) fn surely_after(a: Time, b: Time) -> bool {
    a > b && latest(b) <= earliest(a)
}

/// Whether `a` and `b` cannot be two ways of writing one instant.
pub(super) fn surely_differ(a: Time, b: Time) -> bool {
    surely_after(a, b) || surely_after(b, a)
}

/// Two of a list that share time.
pub(super) struct Overlap<T> {
    pub(super) first: T,
    pub(super) second: T,
    pub(super) shared: Interval,
    /// Whether they share time however coarsely both are known.
    pub(super) is_sure: bool,
}

/// Every interval that begins before another of the list has ended, with the one that lasts longest of those before it.
pub(super) fn overlaps<T: Copy>(mut list: Vec<(Interval, T)>) -> Vec<Overlap<T>> {
    list.sort_by_key(|&(interval, _)| interval);
    let mut found = Vec::new();
    let mut lasting: Option<(Interval, T)> = None;
    for (interval, item) in list {
        if let Some((before, first)) = lasting {
            found.extend(before.intersection(interval).map(|shared| Overlap {
                first,
                second: item,
                shared,
                is_sure: surely_after(before.end(), interval.start()),
            }));
        }
        if lasting.is_none_or(|(before, _)| before.end() < interval.end()) {
            lasting = Some((interval, item));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::surely_after;

    #[test]
    fn coarse_times_are_given_the_benefit_of_the_doubt() {
        for (a, b, expected) in [
            ("2001-04-18T12:40:01Z", "2001-04-18T12:40:00.5Z", false),
            ("2001-04-18T12:40:30Z", "2001-04-18T12:40Z", false),
            ("2001-04-18T12:41Z", "2001-04-18T12:40:29Z", true),
            ("2001-04-18T12:41Z", "2001-04-18T12:40:30Z", false),
            ("2001-04-18T12:42Z", "2001-04-18T12:40Z", true),
            ("2001-04-18T12:40Z", "2001-04-18", false),
            ("2001-04-19", "2001-04-18", true),
            ("2001-04-18", "2001-04-18T12:40Z", false),
        ] {
            assert_eq!(surely_after(a.parse().unwrap(), b.parse().unwrap()), expected, "{a} after {b}");
        }
    }
}
