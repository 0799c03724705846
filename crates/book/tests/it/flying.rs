//! How the small book's station flies, and one fault at a time in what it says of that.

use station::{Band, Tank};

use crate::small::{files, read_and_check, with};

#[test]
fn a_flight_is_read_whole() {
    let flying = read_and_check(files()).0.flying;
    let drag = &flying.drags[0];
    assert_eq!((drag.coefficient, drag.inclination_deg, drag.lowest_km), (2.2, 60.0, 200.0));
    let body = &flying.bodies[1];
    assert_eq!((body.area_m2, body.added.kg()), (320.5, 1_500.0));
    let from = "2040-07-01".parse().expect("a time");
    assert_eq!(flying.bands[1].value, Band { from, floor_km: 390.0, target_km: 395.0 });
    let tanks: Vec<&Tank> = flying.engines.iter().map(|engine| &engine.tank).collect();
    assert_eq!(tanks[1], &Tank::Vehicle("ferry".to_owned()));
    assert!(matches!(tanks[0], Tank::Store(store) if store.as_str() == "tank"));
}

#[test]
fn a_book_may_say_nothing_of_flying() {
    let mut without = files();
    without.retain(|(path, _)| path != "flying.toml");
    let (book, findings) = read_and_check(without);
    assert!(book.flying.is_empty());
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn faults_are_found_with_their_place_and_mend() {
    let file = "flying.toml";
    for (from, to, expected) in [
        (
            "coefficient = 2.2",
            "coefficient = 0",
            "flying.toml:2:15 out-of-range: write a number from 0.1 to 10",
        ),
        ("floor_km = 380", "floor = 380", "flying.toml:23:1 unit-missing: write `floor_km`"),
        ("floor_km = 380", "floor_km = 385", "flying.toml:21 band-empty: give a target above the floor"),
        (
            "lowest_km = 200",
            "lowest_km = 385",
            "flying.toml:21 band-empty: give a higher floor or a lower `lowest_km`",
        ),
        (
            "from = \"2040-06-01\"",
            "from = \"2040-01-09\"",
            "flying.toml:14 out-of-order: list them in order of time, one for each",
        ),
        ("store = \"tank\"", "store = \"tonk\"", "flying.toml:35 id-unknown: did you mean `tank`?"),
        ("family = \"ferry\"", "family = \"fery\"", "flying.toml:46 family-unknown: did you mean `ferry`?"),
        ("store = \"tank\"\n", "", "flying.toml:35 tank-unclear: give `store` or `family`, one of them"),
        (
            "priority = 2",
            "priority = 1",
            "flying.toml:46 priority-twice: say which of the two burns first: the lower number",
        ),
        (
            "until = \"2040-12-01\"",
            "until = \"2040-01-01\"",
            "flying.toml:35 dates-reversed: look both times up",
        ),
        ("[[drag]]", "[[drug]]", "flying.toml:1:3 table-unknown: did you mean `drag`?"),
    ] {
        let findings = with(file, from, to);
        let found: Vec<String> = findings
            .iter()
            .map(|one| {
                let place = one.place.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{place} {}: {}", one.rule, one.mend)
            })
            .collect();
        assert!(found.iter().any(|one| one == expected), "`{from}` -> `{to}`: {found:#?}");
    }
}

#[test]
fn what_decay_needs_is_there_once() {
    let twice = with(
        "flying.toml",
        "[[drag]]",
        "[[drag]]\ncoefficient = 2.0\ninclination_deg = 60\nlowest_km = 200\nsource = \"invented\"\nquality = \"assumed\"\n\n[[drag]]",
    );
    assert_eq!(twice.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>(), ["drag-twice"]);
    let none = with("flying.toml", "[[drag]]\n", "[[body]]\nfrom = \"2039-01-01\"\narea_m2 = 4\n");
    assert!(
        none.iter().any(|one| one.rule == "flying-incomplete" && one.message.contains("[[drag]]")),
        "{none:?}"
    );
}
