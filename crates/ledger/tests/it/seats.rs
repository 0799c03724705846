//! Seats and mass of the ISS book against what its files say, added up another way.

use std::collections::BTreeMap;

use ledger::{Barter, BarterFault, Line, Span, gather};
use people::Role;
use timeline::{Interval, Time};

use crate::books::{iss, line, shipped, span, time};

fn statement(pool: &str, span: Span) -> ledger::Statement {
    let gathered = gather(iss(), &[], &[]);
    let tally = gathered.tallies.iter().find(|tally| tally.pool().as_str() == pool);
    tally.expect("the book has the pool").over(span)
}

/// Every second that an expedition member lives on the US segment, counted stay by stay.
#[test]
fn seats_are_the_stays_of_members() {
    let begin = time("2009-05-29T12:34Z");
    let end = iss().about.known_until;
    let mut seconds: BTreeMap<&str, i128> = BTreeMap::new();
    for one in iss().aboard() {
        if one.stay.role == Role::Visitor || iss().segment_of(one.stay) != Some("us") {
            continue;
        }
        let (from, to) = (one.interval.start().max(begin), one.interval.end().min(end));
        let ns = i128::from(to.nanoseconds()) - i128::from(from.nanoseconds());
        *seconds.entry(one.stay.partner.as_str()).or_default() += ns.max(0) / 1_000_000_000;
    }
    let stated = statement("us-seats", span("1998-11-20", "2026-06-01"));
    for (partner, seconds) in &seconds {
        assert_eq!(line(&stated, partner).flown, Some(*seconds), "{partner}");
    }
    assert_eq!(stated.whole, Some(seconds.values().sum()));
    assert!(!seconds.contains_key("roscosmos") && seconds["jaxa"] > 2_000 * 86_400);
}

/// A week with seven aboard all the time: three seats are Russian, four go by 76.6, 12.8, 8.3 and 2.3.
#[test]
fn seven_aboard_are_three_russian_seats_and_four_by_the_shares() {
    // Expedition 74 from the coming of Crew-12 on: seven, without a handover.
    let stated = statement("crew-seats", span("2026-03-02", "2026-03-09"));
    let week_s: i128 = 7 * 86_400;
    assert_eq!((stated.whole, stated.beyond_terms), (Some(7 * week_s), 0));
    for (partner, thousandths) in
        [("roscosmos", 3_000), ("nasa", 3_064), ("jaxa", 512), ("esa", 332), ("csa", 92)]
    {
        let entitled = line(&stated, partner).entitled.expect("it is told");
        assert!((entitled * 1_000 - thousandths * week_s).abs() <= 1_000, "{partner}: {entitled}");
    }
    // As they were: Kud-Sverchkov, Mikaev, Fedyaev; Williams, Meir, Hathaway; Adenot.
    let flown = ["roscosmos", "nasa", "esa"].map(|partner| line(&stated, partner).flown);
    assert_eq!(flown, [Some(3 * week_s), Some(3 * week_s), Some(week_s)]);
    assert_eq!(stated.lines.iter().filter_map(Line::balance).sum::<i128>(), 0);
}

/// Three aboard: half and half. Expedition 1 was two Russians and an American.
#[test]
fn three_aboard_are_half_and_half() {
    let stated = statement("crew-seats", span("2001-01-01", "2001-01-11"));
    let day_s: i128 = 86_400;
    for (partner, flown, entitled) in [("nasa", 10, 15), ("roscosmos", 20, 15)] {
        let line = line(&stated, partner);
        assert_eq!((line.flown, line.entitled), (Some(flown * day_s), Some(entitled * day_s)), "{partner}");
    }
}

/// Of crews of six the agreement as it was read says nothing: their time is told, and shared out to nobody.
#[test]
fn six_aboard_are_told_and_in_no_balance() {
    let stated = statement("crew-seats", span("2010-01-01", "2010-03-01"));
    assert_eq!(stated.whole, Some(0));
    assert!(stated.beyond_terms > 0);
    assert!(stated.lines.iter().all(|line| line.balance() == Some(0)));
}

/// Up to the gram what cargo.csv says of each flight, and every flight of which it says nothing.
#[test]
fn mass_is_what_flights_are_told_to_have_brought() {
    let stated = statement("us-up-mass", span("1998-11-20", "2026-06-01"));
    let jaxa = line(&stated, "jaxa");
    let printed: i64 = iss()
        .cargo
        .iter()
        .filter(|part| part.flight.as_str().starts_with("htv") && part.kind == traffic::CargoKind::Total)
        .filter(|part| part.direction == traffic::CargoDirection::Up)
        .map(|part| part.mass.grams())
        .sum();
    assert_eq!((jaxa.provided, jaxa.flights, jaxa.untold_flights), (Some(i128::from(printed)), 10, 0));
    assert!(line(&stated, "nasa").untold_flights > 40, "nobody says what most shuttles carried");
    assert!(stated.lines.iter().all(|line| line.used().is_none() && line.balance().is_none()));
    assert_eq!(
        stated.lines.iter().filter_map(|line| line.entitled).sum::<i128>(),
        stated.whole.expect("told")
    );
}

/// Any book, any span: before there was anything, of no length, to the end of time.
#[test]
fn every_book_can_be_stated_over_any_span() {
    for name in ["iss", "first-station", "mars-transit"] {
        let book = shipped(name);
        let gathered = gather(&book, &[], &[]);
        assert_eq!(gathered.tallies.len(), book.pools.len());
        let always = (Interval::ALWAYS.start(), Interval::ALWAYS.end());
        let before = (time("1970-01-01"), time("1980-01-01"));
        let empty = (time("2030-01-01"), time("2030-01-01"));
        for (from, to) in [always, before, empty, (Time::MIN, Time::MIN), (Time::MAX, Time::MAX)] {
            let span = Span::new(from, to).expect("a span");
            for tally in &gathered.tallies {
                let stated = tally.over(span);
                let balances = || stated.lines.iter().filter_map(Line::balance);
                assert_eq!(balances().sum::<i128>(), 0, "{name} {}", stated.pool);
                if from != Time::MIN || to != Time::MAX {
                    assert!(stated.lines.iter().all(Line::is_empty), "{name} {}", stated.pool);
                }
            }
            assert_eq!(ledger::history(&book, span).partners.len(), book.partners.len());
        }
    }
    assert!(Span::new(time("2020-01-02"), time("2020-01-01")).is_err());
}

/// What names something that the book does not have is left out and told, and the rest counts.
#[test]
fn barters_that_cannot_be_entered_are_told() {
    let barter = |from: &str, to: &str, pool: &str, amount: u64| Barter {
        at: time("2015-01-01"),
        from: from.parse().expect("an id"),
        to: to.parse().expect("an id"),
        pool: pool.parse().expect("an id"),
        amount,
        terms: String::new(),
    };
    let barters = [
        barter("nasa", "esa", "us-seats", 86_400),
        barter("nasa", "esa", "us-seat", 86_400),
        barter("nasa", "eza", "us-seats", 86_400),
        barter("nasa", "nasa", "us-seats", 86_400),
        barter("nasa", "esa", "us-seats", u64::MAX),
    ];
    let gathered = gather(iss(), &[], &barters);
    let kinds = gathered.faults.iter().map(|fault| match fault {
        BarterFault::Pool { .. } => "pool",
        BarterFault::Partner { .. } => "partner",
        BarterFault::Itself { .. } => "itself",
        BarterFault::Amount { .. } => "amount",
    });
    assert_eq!(kinds.collect::<Vec<_>>(), ["pool", "partner", "itself", "amount"]);
    let seats = gathered.tallies.iter().find(|tally| tally.pool().as_str() == "us-seats").expect("a pool");
    let stated = seats.over(span("2014-01-01", "2016-01-01"));
    assert_eq!((line(&stated, "nasa").given, line(&stated, "esa").taken), (86_400, 86_400));
    assert_eq!(stated.lines.iter().filter_map(Line::balance).sum::<i128>(), 0);
}
