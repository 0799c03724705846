//! What a scene has is what the lexicon promises, and the rules of the books that ship are sound.

use std::collections::BTreeSet;

use book::{Book, Files};
use rules::{Case, Value};
use timeline::Interval;

fn book(name: &str) -> Book {
    let folder = format!("{}/../../books/{name}", env!("CARGO_MANIFEST_DIR"));
    book::read(&Files::from_dir(folder).expect("the book ships")).0
}

#[test]
fn the_rules_of_the_books_are_understood() {
    for (name, least) in [("iss", 50), ("mars-transit", 4)] {
        let book = book(name);
        let (rules, findings) = scene::rules(&book, &scene::lexicon(&book));
        assert_eq!(findings, [], "{name}");
        assert!(rules.len() >= least, "{name}: {}", rules.len());
        assert_eq!(rules.len(), book.rules.len(), "{name}");
    }
}

/// A profile or an attribute that the lexicon does not know could be in no rule; one of another unit would make a bad rule good.
#[test]
fn the_lexicon_knows_all_that_a_scene_has() {
    for name in ["iss", "mars-transit"] {
        let book = book(name);
        let lexicon = scene::lexicon(&book);
        let span = Interval::new(book.about.began, book.about.known_until).expect("the book has a history");
        let scene = scene::scene(&book, None, Vec::new(), span);
        for profile in scene.profiles.values() {
            let rule = format!("{} >= 0 {}", profile.name(), profile.unit());
            assert_eq!(rules::read(&rule, &lexicon), Ok(()), "{name}: {rule}");
        }
        let mut seen = BTreeSet::new();
        for case in &scene.cases {
            for rule in case.kinds.iter().flat_map(|kind| asked(kind, case)) {
                if seen.insert(rule.clone()) {
                    assert_eq!(rules::read(&rule, &lexicon), Ok(()), "{name}: {rule}");
                }
            }
        }
    }
}

/// A rule for each attribute of a case.
fn asked(kind: &str, case: &Case) -> Vec<String> {
    let rule = |(attribute, value): &(String, Value)| match value {
        Value::Words(words) => {
            words.iter().map(|word| format!("no {kind} where {attribute} is \"{word}\"")).collect()
        }
        Value::Number(value, unit) => vec![format!("no {kind} where {attribute} > {value} {unit}")],
    };
    case.attributes.iter().flat_map(rule).collect()
}

#[test]
fn ids_of_cases_are_their_own() {
    let book = book("iss");
    let span = Interval::new(book.about.began, book.about.known_until).expect("the book has a history");
    let scene = scene::scene(&book, None, Vec::new(), span);
    let ids: BTreeSet<&str> = scene.cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), scene.cases.len());
}

/// Soyuz MS-22 lost its coolant on 2022-12-15 at 00:45 and could take nobody home; MS-23 docked on 2023-02-26 at 00:58, beside
/// Crew-5's Dragon and, from its coming on 3 March, Crew-6's.
#[test]
fn a_ship_that_is_unfit_has_no_seats() {
    let book = book("iss");
    let time = |text: &str| text.parse().expect("a time");
    let span = Interval::new(time("2022-12-01"), time("2023-03-01")).expect("three months");
    let scene = scene::scene(&book, None, Vec::new(), span);
    let seats = &scene.profiles["seats.down"];
    for (at, expected) in [
        ("2022-12-15T00:44Z", 7.0),
        ("2022-12-15T00:46Z", 4.0),
        ("2023-02-26T00:57Z", 4.0),
        ("2023-02-26T00:59Z", 7.0),
    ] {
        assert_eq!(seats.at(time(at)), Some(expected), "{at}");
        assert_eq!(f64::from(book.seats_at(time(at)).down), expected, "{at}");
    }
    assert_eq!(
        scene.profiles["seats.up"].at(time("2023-01-01")),
        Some(7.0),
        "who is unfit came up all the same"
    );
}

/// A vehicle that moves to another port keeps its seats: on 2021-09-28 Soyuz MS-18 flew from Rassvet to Nauka with its crew.
#[test]
fn a_vehicle_that_moves_keeps_its_seats() {
    let book = book("iss");
    let span = Interval::new(
        "2021-09-28T00:00:00Z".parse().expect("a time"),
        "2021-09-29T00:00:00Z".parse().expect("a time"),
    );
    let scene = scene::scene(&book, None, Vec::new(), span.expect("a day"));
    let seats = &scene.profiles["seats.down"];
    assert_eq!(seats.values(), [7.0]);
}
