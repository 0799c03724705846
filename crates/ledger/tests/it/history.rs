//! What each partner did, against the book's files and published counts.

use std::collections::BTreeMap;

use ledger::{Span, history};
use people::PersonTime;
use timeline::Time;

use crate::books::{iss, span, time};

fn everything() -> Span {
    Span::new(iss().about.began, iss().about.known_until).expect("a span")
}

/// Stay by stay from the tables of stays and dockings: to the nanosecond what the record of presence has.
#[test]
fn time_aboard_is_that_of_the_stays() {
    let until = iss().about.known_until;
    let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
    for stay in &iss().stays {
        let at_station = |flight: &record::FlightId| {
            let own = iss().dockings.iter().filter(|one| one.flight == *flight);
            let (from, to): (Vec<Time>, Vec<Time>) =
                own.map(|one| (one.from, one.to.unwrap_or(until))).unzip();
            (from.into_iter().min(), to.into_iter().max())
        };
        let first = at_station(&stay.up).0;
        let last = stay.down.as_ref().and_then(|down| at_station(down).1);
        let from = stay.from.or(first).expect("it began");
        let to = stay.to.or(last).unwrap_or(until).min(until);
        *sums.entry(stay.partner.as_str()).or_default() +=
            i128::from(to.nanoseconds()) - i128::from(from.nanoseconds());
    }
    let history = history(iss(), everything());
    for one in &history.partners {
        let seconds = sums.get(one.partner.as_str()).copied().unwrap_or_default() / 1_000_000_000;
        assert_eq!(i128::from(one.aboard.seconds()), seconds, "{}", one.partner);
    }
    let by_partner: PersonTime = history.partners.iter().map(|one| one.aboard).sum();
    let by_country: PersonTime = history.countries.iter().map(|(_, time)| *time).sum();
    assert_eq!(by_partner, by_country);
}

/// Every flight once; as many as the book has.
#[test]
fn flights_are_counted_once() {
    let history = history(iss(), everything());
    let flights = history.partners.iter().map(|one| one.flights);
    let all: u64 = flights.map(|one| one.crew + one.cargo + one.assembly).sum();
    assert_eq!(all, iss().flights.len() as u64);
    let of = |id: &str| history.partners.iter().find(|one| one.partner.as_str() == id).expect("a partner");
    // Five ATVs (Jules Verne to Georges Lemaître); nine HTVs and HTV-X1.
    assert_eq!((of("esa").flights.cargo, of("jaxa").flights.cargo), (5, 10));
    // Lost: Progress M-12M, M-27M, MS-04, and Soyuz MS-10 in flight with its crew.
    assert_eq!(of("roscosmos").flights.lost, 4);
    // Lost or without docking: Cygnus Orb-3, Dragon CRS-7, and Starliner's first test.
    assert_eq!(of("nasa").flights.lost, 3);
}

/// Walks of the book, each person's time outside by partner, add up to the walks times who went out.
#[test]
fn time_outside_is_that_of_the_walks() {
    let history = history(iss(), everything());
    let expected: PersonTime = iss()
        .spacewalks
        .iter()
        .flat_map(|walk| walk.crew.iter().filter_map(|_| walk.interval()))
        .map(PersonTime::from)
        .sum();
    assert_eq!(history.partners.iter().map(|one| one.outside).sum::<PersonTime>(), expected);
}

/// The months add up to the year, in every figure.
#[test]
fn spans_add_up() {
    let months = ["2020-01-01", "2020-04-17T03:12Z", "2020-09-01", "2021-01-01"];
    let year = history(iss(), span("2020-01-01", "2021-01-01"));
    for (at, whole) in year.partners.iter().enumerate() {
        let parts: Vec<_> = months
            .windows(2)
            .map(|pair| history(iss(), span(pair[0], pair[1])).partners[at].clone())
            .collect();
        let sum = |of: &dyn Fn(&ledger::PartnerHistory) -> i64| parts.iter().map(of).sum::<i64>();
        assert_eq!(sum(&|one| one.aboard.seconds()), whole.aboard.seconds());
        assert_eq!(sum(&|one| one.up.mass.grams()), whole.up.mass.grams());
        assert_eq!(sum(&|one| one.flights.cargo as i64), whole.flights.cargo as i64);
        assert_eq!(sum(&|one| one.outside.seconds()), whole.outside.seconds());
    }
    assert!(year.partners.iter().any(|one| one.up.mass.grams() > 0));
}

#[test]
fn before_there_was_anything_nothing_was_done() {
    let history = history(iss(), span("1990-01-01", "1995-01-01"));
    assert_eq!((history.within, history.countries.len()), (None, 0));
    assert!(history.partners.iter().all(|one| one.aboard == PersonTime::default() && one.walks == 0));
    assert!(time("1995-01-01") < iss().about.began);
}
