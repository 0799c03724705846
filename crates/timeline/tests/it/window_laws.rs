use proptest::prelude::*;
use timeline::{Duration, Interval, Time, Window};

use crate::any::{edges, interval, open_window, time, two_days, window};

/// Sorted, and each ends before the next begins.
fn assert_normal(window: &Window) {
    assert!(window.intervals().windows(2).all(|pair| pair[0].end() < pair[1].start()), "{window:?}");
}

fn hours(hours: i64) -> Duration {
    Duration::HOUR * hours
}

proptest! {
    #[test]
    fn and_or_minus_and_not_hold_when_they_say(a in open_window(), b in open_window(), within in interval()) {
        let (and, or, minus, not) = (a.and(&b), a.or(&b), a.minus(&b), a.not(within));
        for result in [&and, &or, &minus, &not] {
            assert_normal(result);
        }
        for time in edges(&a).into_iter().chain(edges(&b)).chain(edges(&Window::from(within))) {
            let (in_a, in_b) = (a.contains(time), b.contains(time));
            prop_assert_eq!(and.contains(time), in_a && in_b);
            prop_assert_eq!(or.contains(time), in_a || in_b);
            prop_assert_eq!(minus.contains(time), in_a && !in_b);
            prop_assert_eq!(not.contains(time), within.contains(time) && !in_a);
            prop_assert_eq!(a.clip(within).contains(time), within.contains(time) && in_a);
        }
    }

    #[test]
    fn not_both_is_either_not(a in open_window(), b in open_window(), within in interval()) {
        prop_assert_eq!(a.and(&b).not(within), a.not(within).or(&b.not(within)));
        prop_assert_eq!(a.or(&b).not(within), a.not(within).and(&b.not(within)));
    }

    #[test]
    fn not_not_is_what_it_was(a in open_window(), within in interval()) {
        prop_assert_eq!(a.not(within).not(within), a.clip(within));
        prop_assert_eq!(a.not(Interval::ALWAYS).not(Interval::ALWAYS), a);
    }

    #[test]
    fn and_distributes_over_or(a in open_window(), b in open_window(), c in open_window()) {
        prop_assert_eq!(a.and(&b.or(&c)), a.and(&b).or(&a.and(&c)));
        prop_assert_eq!(a.or(&b.and(&c)), a.or(&b).and(&a.or(&c)));
    }

    #[test]
    fn what_holds_and_what_does_not_fill_the_span(a in open_window(), within in interval()) {
        prop_assert_eq!(a.clip(within).total() + a.not(within).total(), within.duration());
    }

    #[test]
    fn moved_there_and_back_is_the_same(a in open_window(), by in -100..100_i64) {
        let moved = a.shift(hours(by));
        assert_normal(&moved);
        prop_assert_eq!(moved.shift(hours(-by)), a);
    }

    #[test]
    fn widened_covers_and_shrunk_is_covered(a in open_window(), before in 0..5_i64, after in 0..5_i64) {
        let (before, after) = (hours(before), hours(after));
        let (wide, narrow) = (a.widen(before, after), a.shrink(before, after));
        assert_normal(&wide);
        assert_normal(&narrow);
        prop_assert_eq!(wide.and(&a), a.clone());
        prop_assert_eq!(narrow.and(&a), narrow.clone());
        prop_assert_eq!(narrow.widen(before, after), a.and(&narrow.widen(before, after)), "closing stays inside");
        prop_assert_eq!(wide.shrink(before, after).and(&a), a, "opening stays outside");
    }

    #[test]
    fn next_change_finds_every_edge(a in open_window()) {
        let mut found = Vec::new();
        let mut after = Time::MIN;
        while let Some(change) = a.next_change(after) {
            found.push(change);
            after = change;
        }
        let edges = a.iter().flat_map(|interval| [interval.start(), interval.end()]);
        let inner: Vec<Time> = edges.filter(|&time| time != Time::MIN && time != Time::MAX).collect();
        prop_assert_eq!(found, inner);
    }

    #[test]
    fn first_from_is_the_first_of_what_is_left(a in open_window(), time in time()) {
        let left = Interval::new(time, Time::MAX).map(|rest| a.clip(rest)).unwrap();
        prop_assert_eq!(a.first_from(time), left.intervals().first().copied());
    }

    #[test]
    fn covers_and_overlaps_agree_with_and(a in open_window(), interval in interval()) {
        let common = a.clip(interval);
        prop_assert_eq!(a.covers(interval), common == Window::from(interval));
        prop_assert_eq!(a.overlaps(interval), !common.is_empty());
    }

    #[test]
    fn long_and_short_intervals_make_the_whole(a in window(), length in 0..10_i64) {
        let length = hours(length);
        let short: Window = a.iter().filter(|interval| interval.duration() < length).collect();
        prop_assert_eq!(a.minus(&a.lasting(length)), short);
        let exactly = a.lasting(length).minus(&a.longer_than(length));
        prop_assert!(exactly.iter().all(|interval| interval.duration() == length));
        prop_assert!(two_days().duration() >= a.total());
    }
}
