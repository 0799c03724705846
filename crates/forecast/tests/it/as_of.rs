//! Forecasts as of a time: the plan of that time, and nothing that was learnt later.

use std::collections::BTreeSet;
use std::path::Path;

use book::{Book, Files};
use forecast::{Certainty, Drafted, Scenario, crew, draft};
use station::Scale;
use timeline::{Duration, Interval, Time};

type Contents = Vec<(String, String)>;

/// Text files of the ISS book.
fn files() -> Contents {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let files = Files::from_dir(folder).unwrap();
    let text = |path: &str| String::from_utf8_lossy(files.get(path).unwrap_or_default()).into_owned();
    files.paths().map(|path| (path.to_owned(), text(path))).collect()
}

fn read(files: Contents) -> Book {
    book::read(&files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()).0
}

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

fn asked(book: &Book, as_of: &str) -> Drafted {
    draft(book, &scenario(as_of))
}

fn scenario(as_of: &str) -> Scenario {
    let span = Interval::new(time(as_of), time(as_of) + Duration::DAY * 400).unwrap();
    Scenario::new(span, time(as_of))
}

/// Whether a cell is a time after `as_of`. No cell before those that are looked at holds a comma or a quotation mark.
fn later(row: &str, column: usize, as_of: Time) -> bool {
    row.split(',').nth(column).and_then(|cell| cell.parse::<Time>().ok()).is_some_and(|at| at > as_of)
}

fn emptied(row: &str, column: usize) -> String {
    let cells = row.split(',').enumerate().map(|(at, cell)| if at == column { "" } else { cell });
    cells.collect::<Vec<_>>().join(",")
}

/// The book as somebody would have it who stopped writing at `as_of`: later rows are gone, later ends open. The Sun's activity is
/// taken as it came, and stays.
fn forgetting(files: &Contents, as_of: Time) -> Contents {
    let unflown: BTreeSet<String> = files
        .iter()
        .filter(|(path, _)| path == "flights.csv")
        .flat_map(|(_, text)| text.lines().filter(|row| later(row, 4, as_of)).map(first).collect::<Vec<_>>())
        .collect();
    let forget = |path: &str, text: &str| -> String {
        if path == "orbit/elements.json" {
            return until_epoch(text, as_of);
        }
        text.lines().filter_map(|row| remembered(path, row, &unflown, as_of)).collect::<Vec<_>>().join("\n")
            + "\n"
    };
    files.iter().map(|(path, text)| (path.clone(), forget(path, text))).collect()
}

/// What is left of a row.
fn remembered(path: &str, row: &str, unflown: &BTreeSet<String>, as_of: Time) -> Option<String> {
    let flown = |row: &str, column: usize| !unflown.contains(row.split(',').nth(column).unwrap_or_default());
    let open = |column: usize| if later(row, column, as_of) { emptied(row, column) } else { row.to_owned() };
    let stays = match path {
        "flights.csv" | "cargo.csv" => flown(row, 0),
        "dockings.csv" => flown(row, 0) && !later(row, 2, as_of),
        "stays.csv" => flown(row, 1),
        "plans.csv" | "levels.csv" | "outages.csv" | "seats.csv" => !later(row, 1, as_of),
        _ => true,
    };
    stays.then(|| match path {
        "flights.csv" if later(row, 5, as_of) => emptied(&open(5), 6),
        "dockings.csv" => open(3),
        "stays.csv" if !flown(row, 2) => emptied(row, 2),
        "outages.csv" | "seats.csv" => open(2),
        _ => row.to_owned(),
    })
}

/// The element sets of a file that has one on each line, without those of later epochs.
fn until_epoch(text: &str, as_of: Time) -> String {
    let epoch = |row: &str| -> Option<Time> {
        let (_, after) = row.split_once("\"EPOCH\": \"")?;
        format!("{}Z", after.split_once('"')?.0).parse().ok()
    };
    let sets: Vec<&str> = text.lines().filter(|row| epoch(row).is_some_and(|at| at <= as_of)).collect();
    let sets: Vec<&str> = sets.iter().map(|row| row.trim_end_matches(',')).collect();
    format!("[\n{}\n]\n", sets.join(",\n"))
}

fn first(row: &str) -> String {
    row.split(',').next().unwrap_or_default().to_owned()
}

/// Seven were aboard when Soyuz MS-22 lost its coolant; nobody knew it before, and afterwards four had seats, until MS-23 was to come
/// on 22 February. Whom MS-22 was to take home in March stayed.
#[test]
fn an_unfit_ship_has_no_seats_once_it_is_known() {
    let book = read(files());
    for (as_of, when, seats, aboard) in [
        ("2022-12-01", "2023-01-01", 7, 7.0),
        ("2022-12-16", "2023-01-01", 4, 7.0),
        ("2023-01-15", "2023-02-01", 4, 7.0),
        ("2023-01-15", "2023-04-01", 7, 7.0),
    ] {
        let (drafted, at) = (asked(&book, as_of), time(when));
        let found = drafted.seats.iter().rev().find(|step| step.0 <= at).map(|step| step.1);
        assert_eq!(found, Some(seats), "as of {as_of}: seats on {when}");
        let crew = crew(&book, &scenario(as_of), &Scale::Aboard).at(at);
        assert_eq!(crew, Some(aboard), "as of {as_of}: aboard on {when}");
    }
}

/// As of any time the answer is the same from the whole book and from one that ends there: who came and when, what was counted,
/// which machines failed later, how their yields changed.
#[test]
fn nothing_learnt_later_is_used() {
    let whole = files();
    let known_flights = read(whole.clone()).flights.len();
    // What the book says of later times, said otherwise. Transfers have no end in the book.
    let transfer = "from = \"2001-02-16\"\nsource = \"general knowledge: converters";
    let ended = transfer.replace("\nsource", "\nuntil = \"2020-01-01\"\nsource");
    let later_words = [
        ("elements.toml", "2021-01-01", "removed = \"2021-07-26T10:55Z\"", "removed = \"2021-03-26T10:55Z\""),
        ("flying.toml", "2025-10-01", "until = \"2026-02-26\"", "until = \"2026-01-26\""),
        ("power.toml", "2019-01-01", transfer, &ended),
    ];
    let later_machines = [
        ("2012-01-01", "factor = 0.38 }", "factor = 9.0 }"),
        ("2012-02-01", "until = \"2017-10-31\"", "until = \"2016-10-31\""),
        ("2015-12-31", "from = \"2016-01-01\"", "from = \"2016-07-01\""),
        ("2019-01-01", "factor = 0.77 }", "factor = 0.0 }"),
    ];
    let days =
        ["2003-02-28", "2004-09-24", "2004-11-15", "2014-10-01", "2015-04-29", "2015-06-29", "2018-10-01"];
    for as_of in days.into_iter().chain(["2022-12-01", "2023-01-15", "2026-01-10"]) {
        let known = asked(&read(whole.clone()), as_of);
        let forgotten = read(forgetting(&whole, time(as_of)));
        let left = forgotten.flights.len();
        assert!((20..known_flights).contains(&left), "{left} of {known_flights} flights are left on {as_of}");
        let again = asked(&forgotten, as_of);
        assert!(known.draft.flying.is_some() && known.draft.power.is_some(), "{as_of}");
        assert!(forgotten.element_sets.iter().all(|set| set.epoch <= time(as_of)), "{as_of}");
        assert_eq!(known.draft, again.draft, "{as_of}");
        assert_eq!((known.arrivals, known.seats), (again.arrivals, again.seats), "{as_of}");
        assert_eq!(known.assumptions, again.assumptions, "{as_of}");
    }
    let later_machines = later_machines.map(|(as_of, from, to)| ("processes.toml", as_of, from, to));
    for (file, as_of, from, to) in later_words.into_iter().chain(later_machines) {
        let mut other = whole.clone();
        let (_, text) = other.iter_mut().find(|(path, _)| path == file).unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
        let (known, other) = (read(whole.clone()), read(other));
        assert_eq!(asked(&known, as_of).draft, asked(&other, as_of).draft, "{as_of}: {from}");
        let end = time("2026-05-30T12:25Z");
        let in_hindsight = Scenario::new(Interval::new(time(as_of), end).unwrap(), end);
        let drafts = [&known, &other].map(|book| draft(book, &in_hindsight).draft);
        assert_ne!(drafts[0], drafts[1], "{from} says something");
    }
}

/// The crew of the plans: who comes with which flight and goes home with which, by what was said at the time.
#[test]
fn the_crew_comes_and_goes_as_planned() {
    let iss = read(files());
    let aboard = |as_of: &str, scale: &str, at: &str| {
        let scale = Scale::from_name(scale).unwrap();
        crew(&iss, &scenario(as_of), &scale).at(time(at)).unwrap()
    };
    for (as_of, at, us, russian) in [
        // Three of Expedition 6, five with the next, and then two, who were relieved by two (NASA, 27 February 2003).
        ("2003-02-28", "2003-04-01", 2.0, 1.0),
        ("2003-02-28", "2003-04-30", 3.0, 2.0),
        ("2003-02-28", "2003-06-01", 1.0, 1.0),
        ("2003-02-28", "2003-12-01", 1.0, 1.0),
        // Soyuz MS-10 was to bring two on 11 October 2018 and did not.
        ("2018-10-01", "2018-10-20", 3.0, 2.0),
        // Crew-11 was to stay until Crew-12 came; known on 10 January 2026, it went home on the 14th.
        ("2025-12-31", "2026-02-01", 4.0, 3.0),
        ("2026-01-10", "2026-02-01", 1.0, 2.0),
        ("2026-01-10", "2026-02-20", 4.0, 3.0),
        // The book's end: Soyuz MS-29 for MS-28 and Crew-13 for Crew-12.
        ("2026-05-30T12:25Z", "2026-07-20", 5.0, 5.0),
        ("2026-05-30T12:25Z", "2026-12-01", 4.0, 3.0),
    ] {
        assert_eq!(aboard(as_of, "crew.segment.us", at), us, "US segment on {at} as of {as_of}");
        assert_eq!(aboard(as_of, "crew.segment.russian", at), russian, "Russian on {at} as of {as_of}");
        assert_eq!(aboard(as_of, "crew.aboard", at), us + russian, "{at} as of {as_of}");
    }
}

/// A flight is flown, under way or planned by what was known; a plan that is over and not flown has no date.
#[test]
fn each_flight_has_the_date_of_its_last_plan() {
    let iss = read(files());
    let at = |as_of: &str, flight: &str| {
        let found = asked(&iss, as_of).arrivals.into_iter().find(|one| one.flight.as_str() == flight);
        found.map(|one| (one.at.to_string()[..10].to_owned(), one.certainty))
    };
    for (as_of, flight, expected) in [
        // It slipped from November to December, by a day more, and back.
        ("2004-09-24", "progress-m-51", Some(("2004-11-26", Certainty::Planned))),
        ("2004-11-15", "progress-m-51", Some(("2004-12-26", Certainty::Planned))),
        // Launched on 23 December at 22:19, docked on the 25th at 23:58.
        ("2004-12-24", "progress-m-51", Some(("2004-12-26", Certainty::UnderWay))),
        ("2004-12-27", "progress-m-51", Some(("2004-12-25", Certainty::Flown))),
        // Lost on 28 June 2015: nobody knew on the first of the month, everybody on the last.
        ("2015-06-10", "spx-7", Some(("2015-06-28", Certainty::Planned))),
        ("2015-06-29", "spx-7", None),
        ("2015-06-29", "spx-8", None),
        // Planned for 20 October 2014 and flown later: overdue in between.
        ("2014-10-25", "orb-3", None),
        ("2026-05-30T12:25Z", "htv-x2", Some(("2026-11-14", Certainty::Planned))),
        // Without a vehicle of its own in the book a flight cannot come.
        ("2026-05-30T12:25Z", "nobody-1", None),
    ] {
        let expected = expected.map(|(day, certainty)| (day.to_owned(), certainty));
        assert_eq!(at(as_of, flight), expected, "{flight} as of {as_of}");
    }
    let said = asked(&iss, "2014-10-25").assumptions.join("\n");
    assert!(said.contains("overdue by their last plan") && said.contains("orb-3"), "{said}");
}

/// A planned ship brings what its type usually brings, even when its real cargo stands in the book.
#[test]
fn a_planned_ship_has_the_usual_cargo() {
    let iss = read(files());
    let brings = |as_of: &str| -> f64 {
        let arrivals = asked(&iss, as_of).arrivals;
        let ship = arrivals.iter().find(|one| one.flight.as_str() == "progress-m-51").unwrap();
        ship.brings.iter().map(|one| one.mass_kg).sum()
    };
    // 2,465 kg is usual for a Progress M (vehicles.toml); 560, 50, 420 and 1,350 kg were loaded (cargo.csv).
    assert!((brings("2004-11-15") - 2_465.0).abs() < 1e-6);
    assert!((brings("2004-12-24") - 2_380.0).abs() < 1e-6);
}

/// A ship that was launched and had not docked when the book ends comes, unless it is known to be lost.
#[test]
fn a_ship_under_way_at_the_end_of_the_book_comes() {
    let arrival = |outcome: &str| {
        let mut more = files();
        let (_, flights) = more.iter_mut().find(|(path, _)| path == "flights.csv").unwrap();
        *flights += &format!("late-1,Late 1,progress-m1,,2026-05-30T10:00Z,,,{outcome},,x,assumed,\n");
        let arrivals = asked(&read(more), "2026-05-30T12:25Z").arrivals;
        arrivals.into_iter().find(|one| one.flight.as_str() == "late-1").map(|one| one.certainty)
    };
    assert_eq!(arrival("success"), Some(Certainty::UnderWay));
    assert_eq!(arrival("lost"), None);
}

/// A ship that was there on the day of knowledge goes home: the shuttle of July 2009 neither weighs nor raises the station for ever.
#[test]
fn who_was_there_does_not_stay_for_ever() {
    let flying = asked(&read(files()), "2009-07-20").draft.flying.unwrap();
    let at = |day: &str| {
        let day = time(day);
        flying.masses.iter().rev().find(|mass| mass.0 <= day).unwrap().1
    };
    let shuttle_kg = 115_000.0;
    assert!(
        at("2009-07-19") - at("2009-08-15") > 0.9 * shuttle_kg,
        "{} and {} kg",
        at("2009-07-19"),
        at("2009-08-15")
    );
}

/// Whoever is asked to be aboard instead is so once: in the parts of those who are, or who come next, or none more than another's.
#[test]
fn another_crew_is_shared_out_between_the_segments() {
    let whole = read(files());
    let nobodys = {
        let no_people = ["stays.csv", "plans.csv"];
        let header = |text: String| text.lines().next().unwrap_or_default().to_owned() + "\n";
        let kept = files().into_iter().map(|(path, text)| {
            let text = if no_people.contains(&path.as_str()) { header(text) } else { text };
            (path, text)
        });
        read(kept.collect())
    };
    for (book, from, as_of, us_part) in [
        // Expedition 1, two Russians and an American, came next.
        (&whole, "2000-10-25", "2001-01-01", 1.0 / 3.0),
        (&whole, "2004-12-01", "2004-12-01", 1.0 / 2.0),
        (&nobodys, "2004-12-01", "2004-12-01", 1.0 / 2.0),
    ] {
        let instead = Scenario { crew: Some(3), as_of: time(as_of), ..scenario(from) };
        let at_start = |scale: Scale| crew(book, &instead, &scale).at(time(from)).unwrap();
        let [us, russian] = ["us", "russian"].map(|segment| at_start(Scale::Segment(segment.to_owned())));
        assert_eq!(at_start(Scale::Aboard), 3.0, "{from}");
        assert!((us + russian - 3.0).abs() < 1e-12, "{from}: {us} and {russian}");
        assert!((us - 3.0 * us_part).abs() < 1e-12, "{from}: {us}");
    }
}
