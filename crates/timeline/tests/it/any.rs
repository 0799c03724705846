//! What the laws are tried on: times on a coarse grid, so that they often coincide, some a nanosecond beside it.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use timeline::{Duration, Interval, Profile, Time, Unit, Window};

/// An hour of two days from the epoch, and sometimes a nanosecond or two beside it.
pub(crate) fn time() -> impl Strategy<Value = Time> {
    let beside_ns = prop_oneof![6 => Just(0), 1 => -2..=2_i64];
    (0..=48_i64, beside_ns)
        .prop_map(|(hour, ns)| Time::EPOCH + Duration::HOUR * hour + Duration::from_nanoseconds(ns))
}

/// Two days, with room for what lies beside the grid.
pub(crate) fn two_days() -> Interval {
    Interval::new(Time::EPOCH - Duration::HOUR, Time::EPOCH + Duration::HOUR * 49).unwrap()
}

pub(crate) fn interval() -> impl Strategy<Value = Interval> {
    (time(), time()).prop_filter_map("empty", |(a, b)| Interval::new(a.min(b), a.max(b)))
}

pub(crate) fn window() -> impl Strategy<Value = Window> {
    vec(interval(), 0..8).prop_map(Window::from_intervals)
}

/// A window that may have begun always before or still go on.
pub(crate) fn open_window() -> impl Strategy<Value = Window> {
    let open = |(window, from, until): (Window, bool, bool)| {
        let before = from.then(|| Interval::new(Time::MIN, Time::EPOCH).unwrap());
        let after = until.then(|| Interval::new(Time::EPOCH + Duration::HOUR * 48, Time::MAX).unwrap());
        window.into_iter().chain(before).chain(after).collect()
    };
    (window(), any::<bool>(), any::<bool>()).prop_map(open)
}

/// Small whole numbers, so that values are often equal, and others.
pub(crate) fn value() -> impl Strategy<Value = f64> {
    prop_oneof![(-3..=3_i8).prop_map(f64::from), -1e6..1e6]
}

/// Per second; from flat to falling by a value's size in a nanosecond.
fn slope_per_s() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        (-3..=3_i8).prop_map(|n| f64::from(n) / 3_600.0),
        -1e-9..1e-9,
        -1e3..1e3,
        -1e9..1e9
    ]
}

/// Any two of these domains share hours 20 to 28.
fn domain() -> impl Strategy<Value = Interval> {
    let hour = |h: i64| Time::EPOCH + Duration::HOUR * h;
    (0..20_i64, 28..48_i64).prop_map(move |(from, until)| Interval::new(hour(from), hour(until)).unwrap())
}

pub(crate) fn step() -> impl Strategy<Value = Profile> {
    (domain(), value(), btree_map(time(), value(), 0..10)).prop_map(|(domain, first, mut values)| {
        values.retain(|time, _| domain.contains(*time));
        values.insert(domain.start(), first);
        Profile::step("step", Unit::KILOGRAM, domain, values).unwrap()
    })
}

pub(crate) fn linear() -> impl Strategy<Value = Profile> {
    let line = || (value(), slope_per_s());
    (domain(), line(), btree_map(time(), line(), 0..10)).prop_map(|(domain, first, mut lines)| {
        lines.retain(|time, _| domain.contains(*time));
        lines.insert(domain.start(), first);
        let segments = lines.into_iter().map(|(start, (value, slope_per_s))| (start, value, slope_per_s));
        Profile::linear("linear", Unit::KILOGRAM, domain, segments).unwrap()
    })
}

pub(crate) fn profile() -> impl Strategy<Value = Profile> {
    prop_oneof![step(), linear()]
}

/// Where something may go wrong: each time given, the nanosecond before and the one after.
pub(crate) fn around(times: impl IntoIterator<Item = Time>) -> Vec<Time> {
    let nearby = |time: Time| [time - Duration::NANOSECOND, time, time + Duration::NANOSECOND];
    times.into_iter().flat_map(nearby).collect()
}

/// Times around every start, every end, and inside every segment.
pub(crate) fn samples(profile: &Profile) -> Vec<Time> {
    let inside = |segment: timeline::Segment| {
        let third = segment.interval().duration() / 3;
        [segment.start, segment.start + third, segment.end - third, segment.end]
    };
    around(profile.segments().flat_map(inside))
}

pub(crate) fn edges(window: &Window) -> Vec<Time> {
    around(window.iter().flat_map(|interval| [interval.start(), interval.end()]))
}
