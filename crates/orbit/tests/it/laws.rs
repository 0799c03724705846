//! What holds for every orbit and every place.

use orbit::{
    Contact, Globe, Relay, Seeing, Shadow, Site, any_in_sight, contacts, eclipses, hand_overs, in_sight,
    passes, step_for,
};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time, Window};

use crate::paths::{Circle, days, still_sun};

/// Two searches for the same instant may differ by this: tracks sampled at other times differ by a metre, and a
/// contact that only grazes the mask turns a metre into several milliseconds.
const SLACK: Duration = Duration::from_nanoseconds(50_000_000);

prop_compose! {
    fn circles()(
        altitude_km in 300.0..1_500.0,
        inclination_deg in 0.0..110.0,
        node_deg in 0.0..360.0,
        phase_deg in 0.0..360.0,
    ) -> Circle {
        Circle { altitude_km, inclination_deg, node_deg, phase_deg }
    }
}

prop_compose! {
    fn sites()(latitude_deg in -80.0..80.0, longitude_deg in -180.0..180.0, mask_deg in 0.0..40.0) -> Site {
        Site { id: "somewhere".to_owned(), latitude_deg, longitude_deg, height_m: 500.0, mask_deg }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_higher_mask_sees_less(circle in circles(), site in sites(), more_deg in 0.1..40.0) {
        let track = circle.track(days(2), Duration::MINUTE * 5);
        let low = contacts(&track, &site);
        let high = contacts(&track, &Site { mask_deg: site.mask_deg + more_deg, ..site });
        in_order(&spans(&low), days(2))?;
        in_order(&spans(&high), days(2))?;
        inside(&spans(&high), &spans(&low))?;
        for contact in low.iter().chain(&high) {
            let top = contact.culmination.elevation_deg;
            prop_assert!(top + 1e-9 >= contact.rise.elevation_deg && top + 1e-9 >= contact.set.elevation_deg);
            prop_assert!(contact.least_range_km <= contact.culmination.range_km);
        }
    }

    /// Nothing is lost between two states: a track of four times as many finds the same, to a second in what only
    /// grazes the mask.
    #[test]
    fn a_finer_track_finds_no_more(circle in circles(), higher_km in 0.0..20_000.0_f64, site in sites()) {
        let circle = Circle { altitude_km: circle.altitude_km + higher_km * higher_km / 20_000.0, ..circle };
        let step = step_for(&circle.state(Time::EPOCH));
        let coarse = spans(&contacts(&circle.track(days(2), step), &site));
        let fine = spans(&contacts(&circle.track(days(2), step / 4), &site));
        for (some, others) in [(&coarse, &fine), (&fine, &coarse)] {
            let long: Vec<Interval> =
                some.iter().copied().filter(|span| span.duration() > Duration::MINUTE).collect();
            inside_within(Duration::SECOND, &long, others)?;
        }
    }

    #[test]
    fn shadows_nest(circle in circles(), declination_deg in -23.4..23.4) {
        let track = circle.track(days(1), Duration::MINUTE * 5);
        let sun = still_sun(days(1), declination_deg, 149_597_870.7);
        let [umbra, half, penumbra] = [Shadow::Umbra, Shadow::Half, Shadow::Penumbra]
            .map(|shadow| eclipses(&track, &sun, shadow, Globe::WGS84));
        for found in [&umbra, &half, &penumbra] {
            in_order(found.intervals(), days(1))?;
        }
        inside(umbra.intervals(), half.intervals())?;
        inside(half.intervals(), penumbra.intervals())?;
    }

    #[test]
    fn a_link_by_relays_is_the_union_of_all(circle in circles(), longitudes in prop::collection::vec(-180.0..180.0, 0..5)) {
        let track = circle.track(days(1), Duration::MINUTE * 5);
        let windows: Vec<Window> = longitudes
            .iter()
            .map(|&longitude_deg| Relay::geostationary("relay", longitude_deg, days(1)))
            .map(|relay| in_sight(&track, &relay, Globe::WGS84.raised(50.0)))
            .collect();
        let union = any_in_sight(&windows);
        in_order(union.intervals(), days(1))?;
        for stretches in &windows {
            in_order(stretches.intervals(), days(1))?;
            prop_assert_eq!(&stretches.and(&union), stretches);
        }
        let legs = hand_overs(&windows);
        for leg in &legs {
            prop_assert!(windows[leg.relay].covers(leg.during));
        }
        let carried: Vec<Interval> = legs.iter().map(|leg| leg.during).collect();
        in_order(&carried, days(1))?;
        prop_assert_eq!(Window::from_intervals(carried), union);
    }

    #[test]
    fn a_gap_hides_nothing_else(circle in circles(), site in sites(), from_h in 1.0..10.0, hours in 0.2..10.0) {
        let whole = circle.track(days(1), Duration::MINUTE * 5);
        let gap_from = Time::EPOCH + Duration::from_seconds(from_h * 3_600.0);
        let gap_to = gap_from + Duration::from_seconds(hours * 3_600.0);
        let gap = Interval::new(gap_from, gap_to).expect("a gap");
        let known = [(days(1).start(), gap_from), (gap_to, days(1).end())]
            .map(|(from, to)| Interval::new(from, to).expect("a piece"));
        let broken = circle.track_over(&known, Duration::MINUTE * 5);
        let (all, found) = (spans(&contacts(&whole, &site)), spans(&contacts(&broken, &site)));
        in_order(&found, days(1))?;
        inside(&found, &all)?;
        prop_assert!(found.iter().all(|contact| !contact.overlaps(gap)));
        let untouched = all.iter().filter(|contact| !contact.overlaps(gap)).count();
        prop_assert!(found.len() >= untouched);
    }

    #[test]
    fn visible_passes_are_contacts_in_the_light(circle in circles(), site in sites()) {
        let track = circle.track(days(2), Duration::MINUTE * 5);
        let sun = still_sun(days(2), 15.0, 149_597_870.7);
        let seen: Vec<Interval> = passes(&track, &sun, &site, &Seeing::after_twilight(-1.8))
            .iter()
            .filter_map(|pass| Interval::new(pass.start.time, pass.end.time))
            .collect();
        in_order(&seen, days(2))?;
        inside(&seen, &spans(&contacts(&track, &site)))?;
        let dark = eclipses(&track, &sun, Shadow::Half, Globe::WGS84);
        prop_assert!(seen.iter().all(|&pass| !dark.overlaps(pass)));
    }
}

fn spans(contacts: &[Contact]) -> Vec<Interval> {
    contacts.iter().filter_map(Contact::during).collect()
}

fn in_order(stretches: &[Interval], span: Interval) -> Result<(), TestCaseError> {
    prop_assert!(stretches.is_sorted_by(|a, b| a.end() <= b.start()), "{stretches:?}");
    prop_assert!(
        stretches.iter().all(|s| s.start() >= span.start() && s.end() <= span.end()),
        "{stretches:?}"
    );
    Ok(())
}

/// Every one of `inner` lies in one of `outer`.
fn inside(inner: &[Interval], outer: &[Interval]) -> Result<(), TestCaseError> {
    inside_within(SLACK, inner, outer)
}

fn inside_within(slack: Duration, inner: &[Interval], outer: &[Interval]) -> Result<(), TestCaseError> {
    for stretch in inner {
        let held =
            outer.iter().any(|o| o.start() <= stretch.start() + slack && stretch.end() <= o.end() + slack);
        prop_assert!(held, "{stretch:?} lies in none of {outer:?}");
    }
    Ok(())
}
