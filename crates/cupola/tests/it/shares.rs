//! The ledger on the command line: that it balances, and agrees with what other commands say of the same.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{self, list, text};

fn whole(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_else(|| panic!("`{field}` is a whole number in {value}"))
}

/// What is known of every pool adds up: entitled to the whole, used to the whole, balances to nothing.
fn balances(shares: &Value) -> usize {
    let mut balanced = 0;
    for pool in list(shares, "pools") {
        let unit = text(pool, "unit");
        let of = |name: &str| format!("{name}_{unit}");
        let sum = |name: &str| -> Option<i64> {
            list(pool, "partners").iter().map(|line| line[of(name)].as_i64()).sum()
        };
        let whole = pool[of("whole")].as_i64();
        assert_eq!(sum("entitled"), whole, "{}", text(pool, "pool"));
        if let Some(balance) = sum("balance") {
            assert_eq!((balance, sum("used")), (0, whole), "{}", text(pool, "pool"));
            balanced += 1;
        }
        assert_eq!(sum("barter_in"), sum("barter_out"));
    }
    balanced
}

#[test]
fn every_pool_of_every_book_balances_over_any_span() {
    for (line, balanced) in [
        ("shares", 2),
        ("shares --from 2003-02-01 --to 2003-07-01T12:34:56Z", 2),
        ("shares --from 1990-01-01 --to 1995-01-01", 2),
        ("shares --from 2020-01-01 --to 2020-01-01", 2),
        ("shares --to 1997-01-01", 2),
        ("shares --to 2040-01-01", 2),
        ("shares --plan tests/it/plans/two_days.json", 4),
        ("shares --plan tests/it/plans/five_weeks.json --plan tests/it/plans/two_days.json", 4),
        ("--book ../../books/first-station shares", 1),
        ("--book ../../books/mars-transit shares", 1),
        ("--book ../../books/mars-transit shares --to 2042-01-28", 1),
    ] {
        assert_eq!(balances(&program::json(line)), balanced, "{line}");
    }
}

/// Person-days are those of the record of presence, which prints them to a thousandth.
#[test]
fn person_days_are_those_of_presence() {
    for span in [
        "--from 1998-11-20T06:40Z --to 2026-05-30T12:25Z",
        "--from 2000-11-02T09:21Z --to 2009-07-20",
        "--from 2020-02-29T11:11:11Z --to 2020-12-31",
    ] {
        let presence = program::json(&format!("presence {span}"));
        let shares = program::json(&format!("shares {span}"));
        let partners = list(&shares["history"], "partners");
        assert_eq!(partners.len(), presence["person_days"].as_object().expect("an object").len());
        for one in partners {
            let of_presence = &presence["person_days"][text(one, "partner")];
            assert_eq!(&one["person_days"], of_presence, "{span} {one}");
            let days = whole(one, "aboard_s") as f64 / 86_400.0;
            assert!((days - of_presence.as_f64().expect("days")).abs() <= 0.000_51, "{span} {one}");
        }
        let countries = list(&shares["history"], "countries").iter();
        let by_country: i64 = countries.map(|one| whole(one, "aboard_s")).sum();
        assert_eq!(by_country, partners.iter().map(|one| whole(one, "aboard_s")).sum::<i64>());
    }
}

/// What the ledger has as planned is what the planner told of its plan, to the minute.
#[test]
fn planned_is_what_the_planner_told() {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shares");
    fs::create_dir_all(&folder).expect("the folder can be made");
    for book in ["iss", "first-station", "mars-transit"] {
        let line = format!("--book ../../books/{book} plan week --iterations 30");
        let text_of_plan = program::page(&format!("{line} --json"));
        let path = folder.join(format!("{book}.json"));
        fs::write(&path, &text_of_plan).expect("the folder can be written to");
        let told = program::read(&text_of_plan, &line);
        let ledger =
            program::json(&format!("--book ../../books/{book} shares --plan {}", path.to_string_lossy()));
        let mut compared = 0;
        for share in list(&told, "shares") {
            let pool =
                list(&ledger, "pools").iter().find(|pool| pool["pool"] == share["pool"]).expect("a pool");
            let own = list(pool, "partners").iter().find(|one| one["partner"] == share["partner"]);
            let own = own.expect("an account");
            assert_eq!(own["planned_min"], share["planned_min"], "{book} {share}");
            assert_eq!(own["open_min"], share["planned_min"], "{book} {share}");
            compared += usize::from(share["planned_min"] != 0);
        }
        assert!(compared > 0, "{book}: something is planned for somebody");
    }
}

/// Two spans add up to both, in every amount of every pool, rounding included.
#[test]
fn spans_add_up() {
    let over = |from: &str, to: &str| program::json(&format!("shares --from {from} --to {to}"));
    let (begin, middle, end) = ("2019-03-01", "2022-08-17T05:43:21Z", "2025-01-01");
    let (first, second, both) = (over(begin, middle), over(middle, end), over(begin, end));
    let mut compared = 0;
    for (at, pool) in list(&both, "pools").iter().enumerate() {
        for (line, whole) in list(pool, "partners").iter().enumerate() {
            let part = |shares: &Value, field: &str| shares["pools"][at]["partners"][line][field].as_i64();
            for (field, value) in whole.as_object().expect("an object") {
                let Some(value) = value.as_i64().filter(|_| !field.ends_with("_pct")) else { continue };
                assert_eq!(part(&first, field).zip(part(&second, field)).map(|(a, b)| a + b), Some(value));
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

/// The nodes of a training room in a folder of their own, which goes when the test is over.
struct Room(PathBuf);

impl Room {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("cupola-shares-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        program::page(&format!("journal --node {} found --all", folder.display()));
        Self(folder)
    }

    fn node(&self, centre: &str) -> String {
        self.0.join(centre).display().to_string()
    }

    /// The one says it at its node, and the other takes in its records.
    fn barter(&self, centre: &str, other: &str) -> Value {
        let line =
            format!("journal --node {} barter esa csa us-crew-time 90 --terms camera", self.node(centre));
        let said = program::json(&line);
        let bundle = self.0.join(format!("{centre}.bundle")).display().to_string();
        program::page(&format!("journal --node {} export {bundle}", self.node(centre)));
        program::page(&format!("journal --node {} import {bundle}", self.node(other)));
        said
    }

    /// What ESA has given and Canada taken, in minutes.
    fn bartered(&self) -> (i64, i64) {
        let plan = "tests/it/plans/two_days.json";
        let shares =
            program::json(&format!("shares --node {} --plan {plan} --to 2100-01-01", self.node("msc-csa")));
        balances(&shares);
        let pool =
            list(&shares, "pools").iter().find(|pool| pool["pool"] == "us-crew-time").expect("it is there");
        let of = |partner: &str| list(pool, "partners").iter().find(|line| line["partner"] == partner);
        let minutes = |partner: &str, field: &str| whole(of(partner).expect("it is a partner"), field);
        (minutes("esa", "barter_out_min"), minutes("csa", "barter_in_min"))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_barter_counts_when_both_have_said_it() {
    let room = Room::new();
    let foreign = program::cupola(&format!(
        "journal --node {} barter esa csa us-crew-time 90 --terms camera",
        room.node("ssipc")
    ));
    assert_eq!(foreign.status, Some(2));
    assert!(foreign.err.contains("speaks for neither esa nor csa"), "{}", foreign.err);
    let said = room.barter("col-cc", "msc-csa");
    assert!(text(&said, "done").contains("once the centre that speaks for csa says the same"), "{said}");
    assert_eq!(room.bartered(), (0, 0), "an offer is no barter");
    let said = room.barter("msc-csa", "col-cc");
    assert!(text(&said, "done").contains("it counts"), "{said}");
    assert_eq!(room.bartered(), (90, 90));
}
