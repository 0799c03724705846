use timeline::{Direction, Duration, Interval, Profile, ProfileError, Time, Unit, Window};

fn hour(hour: i64) -> Time {
    Time::EPOCH + Duration::HOUR * hour
}

fn between(from: i64, until: i64) -> Interval {
    Interval::new(hour(from), hour(until)).unwrap()
}

#[test]
fn values_that_make_no_profile() {
    let check = |values: &[(i64, f64)], expected: ProfileError| {
        let values = values.iter().map(|&(h, value)| (hour(h), value));
        assert_eq!(Profile::step("p", Unit::NONE, between(0, 10), values), Err(expected));
    };
    let name = || "p".to_owned();
    check(&[], ProfileError::Empty { name: name() });
    check(&[(1, 0.0)], ProfileError::Start { name: name(), domain_start: hour(0), first: hour(1) });
    check(&[(0, 0.0), (2, 0.0), (1, 0.0)], ProfileError::Order { name: name(), time: hour(1) });
    check(&[(0, 0.0), (2, 0.0), (2, 0.0)], ProfileError::Order { name: name(), time: hour(2) });
    check(&[(0, 0.0), (10, 0.0)], ProfileError::Order { name: name(), time: hour(10) });
    check(&[(0, 0.0), (2, f64::NAN)], ProfileError::NotFinite { name: name(), time: hour(2) });
    check(&[(0, f64::INFINITY)], ProfileError::NotFinite { name: name(), time: hour(0) });
}

#[test]
fn lines_that_make_no_profile() {
    let check = |segments: &[(i64, f64, f64)], bad: i64| {
        let segments = segments.iter().map(|&(h, value, slope_per_s)| (hour(h), value, slope_per_s));
        let found = Profile::linear("p", Unit::NONE, between(0, 10), segments);
        assert_eq!(found, Err(ProfileError::NotFinite { name: "p".to_owned(), time: hour(bad) }));
    };
    check(&[(0, 0.0, f64::NAN)], 0);
    check(&[(0, 0.0, 1.0), (3, 0.0, f64::NEG_INFINITY)], 3);
    // Finite at its start only.
    check(&[(0, 0.0, 1.0), (3, 1e308, 1e308)], 3);
}

#[test]
fn what_cannot_be_combined_says_why() {
    let constant = |name: &str, unit: Unit, domain| Profile::constant(name, unit, domain, 1.0).unwrap();
    let water = constant("water", Unit::KILOGRAM, between(0, 10));
    let days = constant("days", Unit::DAY, between(0, 10));
    let later = constant("later", Unit::KILOGRAM, between(10, 20));
    let line = Profile::linear("line", Unit::KILOGRAM, between(0, 10), [(hour(0), 1.0, 1.0)]).unwrap();

    let check = |result: Result<Profile, ProfileError>, expected: &str| {
        assert_eq!(result.unwrap_err().to_string(), expected);
    };
    let units = "`water` is in `kg` and `days` in `d`: they do not go together";
    check(water.add(&days), units);
    check(water.min(&days), units);
    assert_eq!(water.less_than(&days).unwrap_err().to_string(), units);
    let apart = "`water` is known from 1999-12-31T23:59:28Z to 2000-01-01T09:59:28Z, which shares no time with \
                 2000-01-01T09:59:28Z to 2000-01-01T19:59:28Z";
    check(water.add(&later), apart);
    check(water.clip(between(10, 20)), apart);
    let curved = "`line` runs along lines; this is done to step profiles only";
    check(water.mul(&line), curved);
    check(line.running_integral(timeline::TimeUnit::Day), curved);
    check(line.combine(&water, Unit::NONE, |a, _| a), curved);
    let zero = Profile::constant("zero", Unit::NONE, between(0, 10), 0.0).unwrap();
    check(
        water.div(&zero),
        "profile `water` has no finite value in the segment that starts at 1999-12-31T23:59:28Z",
    );
}

/// A crossing between two nanoseconds is rounded up: to the first at which the new state is true.
#[test]
fn crossings_are_exact_to_the_nanosecond() {
    // Falls from 1 to −1 in two hours, or rises.
    let slope_per_s = 1.0 / 3_600.0;
    let falls = Profile::linear("p", Unit::NONE, between(0, 2), [(hour(0), 1.0, -slope_per_s)]).unwrap();
    let rises = falls.negate();
    let ns = Duration::NANOSECOND;
    let check = |found: &Window, from: Time, until: Time| {
        assert_eq!(found.intervals(), [Interval::new(from, until).unwrap()]);
    };
    check(&falls.at_least(0.0), hour(0), hour(1) + ns);
    check(&falls.below(0.0), hour(1) + ns, hour(2));
    check(&falls.above(0.0), hour(0), hour(1));
    check(&falls.at_most(0.0), hour(1), hour(2));
    check(&rises.at_least(0.0), hour(1), hour(2));
    check(&rises.above(0.0), hour(1) + ns, hour(2));
    assert_eq!(rises.first_crossing(0.0, Direction::Rising, hour(0)), Some(hour(1)));
    assert_eq!(falls.first_crossing(0.0, Direction::Falling, hour(0)), Some(hour(1) + ns));
    assert_eq!(falls.first_crossing(0.0, Direction::Rising, hour(0)), None);
}

/// Oxygen in the station as a controller would draw it: used, delivered, and used again.
#[test]
fn a_delivery_is_a_jump_up_and_no_line() {
    let kg_per_s = -1.0 / 3_600.0;
    let segments = [(hour(0), 10.0, kg_per_s), (hour(6), 14.0, kg_per_s)];
    let oxygen = Profile::linear("store.oxygen", Unit::KILOGRAM, between(0, 20), segments).unwrap();
    let lowest = oxygen.minimum(between(0, 12)).unwrap();
    assert_eq!((lowest.value, lowest.time), (4.0, hour(6)), "it comes to 4 kg just before the delivery");
    assert_eq!(oxygen.at(hour(6)), Some(14.0));
    assert_eq!(oxygen.first_crossing(5.0, Direction::Rising, hour(0)), Some(hour(6)));
    let low = oxygen.below(5.0);
    assert_eq!(low.intervals()[0].end(), hour(6));
    // The area of two trapezia: (10 + 4)/2 · 6 h + (14 + 8)/2 · 6 h = 108 kg·h.
    assert_eq!(oxygen.integral(between(0, 12)) / 3_600.0, 108.0);
    assert_eq!(oxygen.mean(between(0, 12)), Some(9.0));
}

/// A domain without beginning or end is as good as any other.
#[test]
fn open_domains_hold_and_move() {
    let always = Profile::constant("always", Unit::NONE, Interval::ALWAYS, 2.0).unwrap();
    assert_eq!(always.at(Time::MIN), Some(2.0));
    assert_eq!(always.shift(Duration::DAY).unwrap(), always);
    assert_eq!(always.above(1.0).intervals(), [Interval::ALWAYS]);
    assert_eq!(always.integral(between(0, 1)), 7_200.0);
    assert_eq!(always.mean(Interval::ALWAYS), Some(2.0));
    let line = Profile::linear("line", Unit::NONE, Interval::ALWAYS, [(Time::MIN, 0.0, 1e-9)]).unwrap();
    let later = line.shift(Duration::DAY).unwrap();
    assert!((later.at(hour(24)).unwrap() - line.at(hour(0)).unwrap()).abs() < 1e-12);
    let soon = Profile::constant("soon", Unit::NONE, Interval::new(hour(0), hour(1)).unwrap(), 1.0).unwrap();
    assert!(matches!(soon.shift(Duration::MAX), Err(ProfileError::OutOfTime { .. })));
}
