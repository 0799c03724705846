//! What holds for every set of stays.

use people::{Aboard, PersonTime, Role, Stay, aboard, crew_profile, gaps, person_time_by_partner, presence};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

/// A stay of the person and partner of that number, from one second to another (or for ever) after the epoch.
fn stay((number, from_s, lasts_s): (u8, i64, Option<i64>)) -> Stay {
    let at = |seconds: i64| Time::EPOCH + Duration::SECOND * seconds;
    Stay {
        person: format!("person-{number}").parse().expect("an id"),
        up: "up".parse().expect("an id"),
        down: None,
        partner: format!("partner-{}", number % 3).parse().expect("an id"),
        role: Role::Visitor,
        from: Some(at(from_s)),
        to: lasts_s.map(|lasts_s| at(from_s + lasts_s)),
    }
}

fn stays() -> impl Strategy<Value = Vec<Stay>> {
    let one = (0_u8..9, -50_000_000_i64..50_000_000, proptest::option::weighted(0.9, 0_i64..40_000_000));
    proptest::collection::vec(one.prop_map(stay), 0..40)
}

fn within() -> impl Strategy<Value = Interval> {
    (-60_000_000_i64..60_000_000, 1_i64..60_000_000).prop_map(|(from_s, lasts_s)| {
        let start = Time::EPOCH + Duration::SECOND * from_s;
        Interval::new(start, start + Duration::SECOND * lasts_s).expect("it lasts")
    })
}

fn seconds(aboard: &[Aboard<'_>], within: Interval) -> i64 {
    person_time_by_partner(aboard, within).into_values().sum::<PersonTime>().seconds()
}

proptest! {
    #[test]
    fn gaps_are_what_presence_leaves(stays in stays(), within in within()) {
        let aboard = aboard(&stays, |_| None);
        let (present, absent) = (presence(&aboard, within), gaps(&aboard, within));
        prop_assert!(present.and(&absent).is_empty());
        prop_assert_eq!(present.total() + absent.total(), within.duration());
        prop_assert_eq!(absent.not(within), present);
    }

    #[test]
    fn person_time_is_the_integral_of_the_crew_aboard(stays in stays(), within in within()) {
        let aboard = aboard(&stays, |_| None);
        let integral_s = crew_profile(&aboard, within).integral(within);
        // Both are whole numbers of seconds far below 2^53, so that even the float is exact.
        prop_assert_eq!(seconds(&aboard, within) as f64, integral_s);
    }

    #[test]
    fn person_time_adds_up_over_a_split(stays in stays(), within in within(), part in 0.0..1.0) {
        let aboard = aboard(&stays, |_| None);
        let whole_s = (within.duration().seconds() * part) as i64;
        let split = within.start() + Duration::SECOND * whole_s;
        let halves = [Interval::new(within.start(), split), Interval::new(split, within.end())];
        let sum: i64 = halves.into_iter().flatten().map(|half| seconds(&aboard, half)).sum();
        prop_assert_eq!(sum, seconds(&aboard, within));
    }

    #[test]
    fn somebody_is_aboard_just_when_the_crew_is_not_empty(stays in stays(), within in within()) {
        let aboard = aboard(&stays, |_| None);
        prop_assert_eq!(crew_profile(&aboard, within).above(0.5), presence(&aboard, within));
    }
}
