use proptest::prelude::*;
use timeline::{Direction, Duration, Interval, Kind, Profile, Time, TimeUnit, Unit, Window};

use crate::any::{around, edges, interval, linear, profile, samples, step, time, two_days, value, window};

/// The largest value there is, in size; what rounding errors are measured by.
fn size(profile: &Profile) -> f64 {
    let (low, high) =
        (profile.minimum(profile.domain()).unwrap(), profile.maximum(profile.domain()).unwrap());
    low.value.abs().max(high.value.abs()).max(1.0)
}

fn assert_near(found: f64, expected: f64, size: f64) {
    assert!((found - expected).abs() <= 1e-9 * size, "{found} is not {expected} within 1e-9 of {size}");
}

/// `result` is `function` of the two wherever both have values, and nothing elsewhere.
fn assert_pointwise(result: &Profile, a: &Profile, b: &Profile, function: impl Fn(f64, f64) -> f64) {
    for time in samples(a).into_iter().chain(samples(b)).chain(samples(result)) {
        let Some((in_a, in_b)) = a.at(time).zip(b.at(time)) else {
            assert_eq!(result.at(time), None);
            continue;
        };
        let found = result.at(time).unwrap();
        let expected = function(in_a, in_b);
        assert_near(found, expected, size(a) + size(b) + size(result));
    }
}

proptest! {
    #[test]
    fn arithmetic_holds_at_every_time(a in profile(), b in profile()) {
        assert_pointwise(&a.add(&b).unwrap(), &a, &b, |a, b| a + b);
        assert_pointwise(&a.sub(&b).unwrap(), &a, &b, |a, b| a - b);
        assert_pointwise(&a.min(&b).unwrap(), &a, &b, f64::min);
        assert_pointwise(&a.max(&b).unwrap(), &a, &b, f64::max);
        assert_pointwise(&a.negate(), &a, &a, |a, _| -a);
        assert_pointwise(&a.scale(2.5).unwrap(), &a, &a, |a, _| a * 2.5);
    }

    #[test]
    fn products_and_quotients_hold_at_every_time(a in profile(), b in step()) {
        let product = a.mul(&b).unwrap();
        assert_pointwise(&product, &a, &b, |a, b| a * b);
        let divisor = b.combine(&b, Unit::DAY, |b, _| b.abs() + 1.0).unwrap();
        let quotient = a.div(&divisor).unwrap();
        assert_pointwise(&quotient, &a, &divisor, |a, b| a / b);
        prop_assert_eq!(quotient.unit(), &Unit::KILOGRAM.per(&Unit::DAY));
    }

    #[test]
    fn combining_steps_gives_the_function_of_the_values(a in step(), b in step()) {
        let function = |a: f64, b: f64| a.hypot(b) - b;
        let combined = a.combine(&b, Unit::NONE, function).unwrap();
        for time in samples(&a).into_iter().chain(samples(&b)) {
            let expected = a.at(time).zip(b.at(time)).map(|(a, b)| function(a, b));
            prop_assert_eq!(combined.at(time), expected);
        }
    }

    #[test]
    fn comparison_holds_at_exactly_the_nanoseconds_it_says(a in profile(), level in value()) {
        let (above, at_least) = (a.above(level), a.at_least(level));
        let (below, at_most) = (a.below(level), a.at_most(level));
        for time in samples(&a).into_iter().chain(edges(&above)).chain(edges(&at_least)) {
            let value = a.at(time);
            prop_assert_eq!(above.contains(time), value.is_some_and(|value| value > level));
            prop_assert_eq!(at_least.contains(time), value.is_some_and(|value| value >= level));
            prop_assert_eq!(below.contains(time), value.is_some_and(|value| value < level));
            prop_assert_eq!(at_most.contains(time), value.is_some_and(|value| value <= level));
        }
        prop_assert_eq!(above.or(&at_most), Window::from(a.domain()));
        prop_assert!(above.and(&at_most).is_empty());
        prop_assert_eq!(at_least.minus(&above), at_most.minus(&below));
    }

    #[test]
    fn comparison_of_two_is_complementary(a in profile(), b in profile()) {
        let common = a.domain().intersection(b.domain()).unwrap();
        prop_assert_eq!(a.less_than(&b).unwrap(), a.no_less_than(&b).unwrap().not(common));
        prop_assert_eq!(a.more_than(&b).unwrap(), a.no_more_than(&b).unwrap().not(common));
        let less = a.less_than(&b).unwrap();
        if a.kind() == Kind::Step && b.kind() == Kind::Step {
            for time in samples(&a).into_iter().chain(samples(&b)).filter(|&time| common.contains(time)) {
                prop_assert_eq!(less.contains(time), a.at(time) < b.at(time));
            }
        }
    }

    #[test]
    fn integrals_add_over_a_split(a in profile(), whole in interval(), split in time()) {
        let before = Interval::new(whole.start(), split.min(whole.end()));
        let after = Interval::new(split.max(whole.start()), whole.end());
        let parts: f64 = [before, after].into_iter().flatten().map(|part| a.integral(part)).sum();
        assert_near(a.integral(whole), parts, size(&a) * 86_400.0);
    }

    #[test]
    fn the_integral_of_a_sum_is_the_sum_of_the_integrals(a in profile(), b in profile()) {
        let common = a.domain().intersection(b.domain()).unwrap();
        let sum = a.add(&b).unwrap();
        let expected = a.integral(common) + b.integral(common);
        assert_near(sum.integral(two_days()), expected, (size(&a) + size(&b)) * 86_400.0);
    }

    #[test]
    fn an_integral_over_a_window_is_that_of_the_product(a in profile(), window in window()) {
        let on = Profile::from_window("on", &window, two_days());
        let product = a.mul(&on).unwrap();
        assert_near(a.integral_over(&window), product.integral(two_days()), size(&a) * 86_400.0);
    }

    #[test]
    fn a_running_integral_ends_at_the_integral(a in step(), until in time()) {
        let running = a.running_integral(TimeUnit::Hour).unwrap();
        let end = until.clamp(a.domain().start(), a.domain().end() - Duration::NANOSECOND);
        let expected = Interval::new(a.domain().start(), end).map_or(0.0, |part| a.integral(part)) / 3_600.0;
        assert_near(running.at(end).unwrap(), expected, size(&a) * 24.0);
        prop_assert_eq!(running.unit(), &Unit::KILOGRAM.times(&Unit::HOUR));
        for segment in running.segments().skip(1) {
            let before = running.segment_at(segment.start - Duration::NANOSECOND).unwrap();
            assert_near(before.end_value(), segment.value, size(&a) * 24.0);
        }
    }

    #[test]
    fn the_mean_is_between_the_extremes(a in profile(), window in window()) {
        let extremes = a.minimum_over(&window).zip(a.maximum_over(&window));
        let mean = a.mean_over(&window);
        prop_assert_eq!(extremes.is_some(), mean.is_some());
        let Some(((low, high), mean)) = extremes.zip(mean) else { return Ok(()) };
        let rounding = 1e-9 * size(&a);
        prop_assert!(low.value - rounding <= mean && mean <= high.value + rounding);
        for time in samples(&a).into_iter().chain(edges(&window)).filter(|&time| window.contains(time)) {
            let Some(value) = a.at(time) else { continue };
            prop_assert!(low.value <= value && value <= high.value);
            if a.kind() == Kind::Step {
                prop_assert!(time >= low.time || value > low.value, "the lowest value comes earlier");
                prop_assert!(time >= high.time || value < high.value, "the highest value comes earlier");
            }
        }
    }

    #[test]
    fn thinning_for_a_plot_keeps_what_is_there(a in profile(), interval in interval(), buckets in 1..50_u32) {
        let plot = a.resample_for_plot(interval, buckets);
        let Some(known) = a.domain().intersection(interval) else {
            prop_assert!(plot.is_empty());
            return Ok(());
        };
        prop_assert_eq!(plot.iter().map(|bucket| bucket.interval).collect::<Window>(), Window::from(known));
        let lowest = plot.iter().map(|bucket| bucket.min).fold(f64::INFINITY, f64::min);
        let highest = plot.iter().map(|bucket| bucket.max).fold(f64::NEG_INFINITY, f64::max);
        prop_assert_eq!(Some(lowest), a.minimum(interval).map(|extreme| extreme.value));
        prop_assert_eq!(Some(highest), a.maximum(interval).map(|extreme| extreme.value));
        let mut area = 0.0;
        for bucket in plot {
            prop_assert_eq!(Some(bucket.first), a.at(bucket.interval.start()));
            prop_assert!(bucket.min <= bucket.last && bucket.last <= bucket.max);
            prop_assert!(bucket.min <= bucket.mean && bucket.mean <= bucket.max);
            area += bucket.mean * bucket.interval.duration().seconds();
        }
        assert_near(area, a.integral(interval), size(&a) * 86_400.0);
    }

    #[test]
    fn a_first_crossing_is_an_edge_of_the_window(a in profile(), level in value(), after in time()) {
        let (at_least, below) = (a.at_least(level), a.below(level));
        for (direction, window) in [(Direction::Rising, at_least), (Direction::Falling, below)] {
            let starts = window.iter().map(Interval::start);
            let expected = starts.filter(|&start| start > after.max(a.domain().start())).min();
            prop_assert_eq!(a.first_crossing(level, direction, after), expected);
        }
    }

    #[test]
    fn shifted_there_and_back_is_the_same(a in profile(), by in -100..100_i64) {
        let by = Duration::HOUR * by;
        let moved = a.shift(by).unwrap();
        for time in samples(&a) {
            prop_assert_eq!(moved.at(time + by), a.at(time));
        }
        prop_assert_eq!(moved.shift(-by).unwrap(), a);
    }

    #[test]
    fn clipped_is_the_same_inside_and_nothing_outside(a in profile(), within in interval()) {
        let Ok(clipped) = a.clip(within) else {
            prop_assert!(!a.domain().overlaps(within));
            return Ok(());
        };
        for time in samples(&a).into_iter().chain(around([within.start(), within.end()])) {
            match a.at(time).filter(|_| within.contains(time)) {
                Some(expected) => assert_near(clipped.at(time).unwrap(), expected, size(&a)),
                None => prop_assert_eq!(clipped.at(time), None),
            }
        }
    }

    #[test]
    fn held_goes_on_at_the_last_value(a in profile(), hours in 0..60_i64) {
        let end = Time::EPOCH + Duration::HOUR * hours;
        let held = a.hold_until(end);
        prop_assert_eq!(held.domain().end(), end.max(a.domain().end()));
        for time in samples(&a).into_iter().filter(|&time| a.domain().contains(time)) {
            prop_assert_eq!(held.at(time), a.at(time));
        }
        let last = a.segments().next_back().unwrap().end_value();
        if end > a.domain().end() {
            prop_assert_eq!(held.at(end - Duration::NANOSECOND), Some(last));
        }
    }

    #[test]
    fn simplified_says_the_same_in_no_more_words(a in profile(), b in profile()) {
        let sum = a.add(&b.sub(&b).unwrap()).unwrap();
        let simple = sum.simplify();
        prop_assert!(simple.starts().len() <= sum.starts().len());
        prop_assert_eq!(simple.simplify(), simple.clone());
        for time in samples(&sum) {
            match sum.at(time) {
                Some(expected) => assert_near(simple.at(time).unwrap(), expected, size(&sum)),
                None => prop_assert_eq!(simple.at(time), None),
            }
        }
    }

    #[test]
    fn a_window_and_its_profile_are_one(window in window(), domain in interval()) {
        let on = Profile::from_window("on", &window, domain);
        prop_assert_eq!(on.when_true(), window.clip(domain));
        let total = window.clip(domain).total().seconds();
        assert_near(on.integral(domain), total, 86_400.0);
    }

    #[test]
    fn a_cursor_reads_what_at_reads(a in profile(), mut times in proptest::collection::vec(time(), 0..40)) {
        let mut cursor = a.cursor();
        for &time in &times {
            prop_assert_eq!(cursor.at(time), a.at(time));
        }
        times.sort_unstable();
        let mut cursor = a.cursor();
        for &time in &times {
            prop_assert_eq!(cursor.at(time), a.at(time));
        }
    }

    #[test]
    fn a_line_through_points_meets_them(points in proptest::collection::btree_map(time(), value(), 2..10)) {
        let through = Profile::through("through", Unit::DEGREE, points.clone()).unwrap();
        for (time, value) in points {
            let found = through.at(time).or_else(|| Some(through.segments().next_back()?.end_value()));
            assert_near(found.unwrap(), value, size(&through));
        }
    }

    #[test]
    fn changes_add_up(
        events in proptest::collection::vec((time(), -3..=3_i8), 0..20),
        domain in interval(),
        when in time(),
    ) {
        let sum_from = |first: Time| {
            let counted = events.iter().filter(|(time, _)| (first..=when).contains(time));
            domain.contains(when).then(|| counted.map(|(_, change)| f64::from(*change)).sum::<f64>())
        };
        let changes = || events.iter().map(|&(time, change)| (time, f64::from(change)));
        let level = Profile::from_changes("level", Unit::NONE, domain, 5.0, changes()).unwrap();
        prop_assert_eq!(level.at(when), sum_from(Time::MIN).map(|sum| 5.0 + sum), "with what came before");
        let sum = Profile::running_sum("sum", Unit::NONE, domain, changes()).unwrap();
        prop_assert_eq!(sum.at(when), sum_from(domain.start()), "without");
        let count = Profile::running_count("count", domain, events.iter().map(|event| event.0));
        let counted = events.iter().filter(|(time, _)| (domain.start()..=when).contains(time)).count();
        prop_assert_eq!(count.at(when), domain.contains(when).then_some(counted as f64));
    }

    #[test]
    fn times_rise_and_lines_join_where_min_and_max_switch(a in linear(), b in linear()) {
        for result in [a.min(&b).unwrap(), a.max(&b).unwrap()] {
            prop_assert!(result.starts().windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(result.starts().last().copied() < Some(result.domain().end()));
        }
        let sum = a.min(&b).unwrap().add(&a.max(&b).unwrap()).unwrap();
        let expected = a.add(&b).unwrap();
        for time in samples(&expected) {
            let Some(expected) = expected.at(time) else { continue };
            assert_near(sum.at(time).unwrap(), expected, size(&a) + size(&b));
        }
    }
}
