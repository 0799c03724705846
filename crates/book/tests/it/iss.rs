//! The real station's book.

use std::path::Path;

use book::{Book, Files};
use timeline::{Finding, Severity, Time};

fn iss() -> (Book, Vec<Finding>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let (book, mut findings) = book::read(&Files::from_dir(folder).expect("the book is there"));
    findings.extend(book::check(&book));
    (book, findings)
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

#[test]
fn the_bundled_book_has_nothing_that_must_be_mended() {
    let (_, findings) = iss();
    let faults: Vec<String> =
        findings.iter().filter(|one| one.severity == Severity::Must).map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Expedition 1 docked on 2000-11-02 at 09:21 UTC, and somebody has been aboard ever since (NASA).
#[test]
fn the_station_has_been_crewed_since_expedition_one() {
    let (book, _) = iss();
    let now = book.about.known_until - timeline::Duration::SECOND;
    assert_eq!(book.present_since(now), Some(time("2000-11-02T09:21Z")));
}

/// Before Expedition 1 people came with five shuttle flights (STS-88, 96, 101, 106, 92): nobody was there between.
#[test]
fn the_only_gaps_are_between_the_first_visits() {
    let (_, findings) = iss();
    let gaps: Vec<String> = findings
        .iter()
        .filter(|one| one.rule == "presence-gap")
        .filter_map(|one| one.during.map(|gap| format!("{} to {}", gap.start().date(), gap.end().date())))
        .collect();
    assert_eq!(
        gaps,
        [
            "1998-12-13 to 1999-05-29",
            "1999-06-03 to 2000-05-21",
            "2000-05-26 to 2000-09-10",
            "2000-09-18 to 2000-10-13",
            "2000-10-20 to 2000-11-02",
        ]
    );
}

/// How many were aboard: the record of 13 with STS-127 (NASA, 2009-07-17), two between Columbia and return to flight, three
/// after Crew-11 was brought home early (NASA, January 2026).
#[test]
fn the_number_aboard_is_what_is_told_of_those_days() {
    let (book, _) = iss();
    let history = book.history().expect("the book has a history");
    let aboard = book.crew_profile(history);
    for (when, expected) in [
        ("1999-01-01", 0.0),
        ("2000-11-03", 3.0),
        ("2003-06-01", 2.0),
        ("2009-07-20", 13.0),
        ("2019-01-15", 3.0),
        ("2026-02-01", 3.0),
    ] {
        assert_eq!(aboard.at(time(when)), Some(expected), "{when}");
        assert_eq!(book.aboard_at(time(when)).len() as f64, expected, "{when}");
    }
    assert_eq!(aboard.values().iter().copied().fold(0.0, f64::max), 13.0);
}

/// 2011-03-01: the only time that every partner's cargo and crew vehicle was docked at once (STS-133, ATV-2, HTV-2, two
/// Soyuz, one Progress; NASA).
#[test]
fn all_kinds_of_vehicle_were_docked_once_together() {
    let (book, _) = iss();
    let mut docked: Vec<&str> = book.docked_at(time("2011-03-01")).map(|one| one.flight.as_str()).collect();
    docked.sort_unstable();
    assert_eq!(docked, ["atv-2", "htv-2", "progress-m-09m", "soyuz-tma-01m", "soyuz-tma-20", "sts-133"]);
    assert_eq!(book.seats_at(time("2011-03-01")).down, 13);
}

/// Oleg Kononenko and Nikolai Chub flew 373 d 20 h 14 min from launch to landing, the longest so far (Roscosmos, 2024-09-23);
/// aboard they were from 2023-09-15 18:53 to 2024-09-23 08:36.
#[test]
fn the_longest_stay_is_that_of_kononenko_and_chub() {
    let (book, _) = iss();
    let aboard = book.aboard();
    let longest = people::longest_stays(&aboard, book.about.known_until);
    let names: Vec<&str> = longest.iter().take(2).map(|one| one.stay.person.as_str()).collect();
    assert_eq!(names, ["chub-nikolai", "kononenko-oleg"]);
    let (first, minute) = (longest[0], timeline::Duration::MINUTE);
    assert!((first.interval.duration() - minute * (373 * 1_440 + 13 * 60 + 43)).abs() <= minute);
    let flight = |id| book.flights.get(id).expect("the flight is in the book");
    let (up, down) = (flight(&first.stay.up), flight(first.stay.down.as_ref().expect("they came down")));
    let flown = down.ended.expect("it landed") - up.launched.expect("it was launched");
    assert!((flown - minute * (373 * 1_440 + 20 * 60 + 14)).abs() <= minute);
}

/// What people of the five partners and their guests spent aboard is all that was spent, to the second.
#[test]
fn the_partners_person_days_are_the_integral_of_the_crew_aboard() {
    let (book, _) = iss();
    let history = book.history().expect("the book has a history");
    let spent: people::PersonTime =
        people::person_time_by_partner(&book.aboard(), history).into_values().sum();
    assert_eq!(spent.seconds() as f64, book.crew_profile(history).integral(history));
}

/// 2026-02-01: Soyuz MS-28 alone had a crew aboard, two of Roscosmos and one of NASA, who is fed by the US segment although a
/// Soyuz brought him (NASA, January 2026). 2001-05-01: the first guest had come two days before, by Soyuz, beside two of the same
/// crew and the three of Expedition 2, two of them NASA's (NASA, Soyuz TM-32; STS-100 had left on 29 April).
#[test]
fn each_segment_feeds_its_own_and_their_guests() {
    let (book, _) = iss();
    let history = book.history().expect("the book has a history");
    for (when, us, russian) in [("2026-02-01", 1.0, 2.0), ("2001-05-01", 2.0, 4.0)] {
        for (scale, expected) in [("crew.segment.us", us), ("crew.segment.russian", russian)] {
            let scale = station::Scale::from_name(scale).expect("a scale");
            assert_eq!(
                book.crew_profile_of(&scale, history).at(time(when)),
                Some(expected),
                "{scale} {when}"
            );
        }
    }
}
