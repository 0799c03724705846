//! Whole pages as a person sees them. The bundled book and the times are fixed, so the pages are.
//!
//! When a page changes on purpose, `INSTA_UPDATE=always cargo test -p cupola` writes it anew; read the difference.

use std::process::Command;

use crate::program;

#[test]
fn pages_are_as_they_were() {
    for (name, line) in [
        ("status_2021", "status --at 2021-12-10"),
        ("status_2026", "status --at 2026-05-30T12:00Z"),
        ("status_before", "status --at 1998-01-01"),
        ("presence", "presence"),
        ("presence_at", "presence --at 2009-07-20"),
        ("orbit_state", "orbit state --at 2026-05-30T12:00Z"),
        ("orbit_events", "orbit events --from 2026-05-30T09:00Z --to 2026-05-30T12:00Z"),
        ("orbit_contacts", "orbit contacts --from 2026-05-30T09:00Z --to 2026-05-30T12:00Z"),
        ("orbit_passes", "orbit passes --site auckland --from 2026-05-25 --to 2026-05-30"),
        ("forecast", "forecast --from 2026-05-30T12:25Z"),
        ("forecast_2004", "forecast --as-of 2004-11-15 --to 2005-11-15"),
        ("forecast_mars", "--book ../../books/mars-transit forecast --from 2039-10-02 --to 2042-01-28"),
        ("risk_losses_2004", "risk losses --as-of 2004-11-15 --to 2006-05-15"),
        ("risk_losses_2018", "risk losses --as-of 2018-10-01 --to 2019-04-01 --depth 2"),
        ("risk_losses_mars", "--book ../../books/mars-transit risk losses --from 2039-10-02 --to 2040-06-01"),
        ("shares", "shares"),
        ("shares_before", "shares --from 1990-01-01 --to 1995-01-01"),
        ("shares_plan", "shares --from 2026-05-01 --plan tests/it/plans/two_days.json"),
        ("shares_small", "--book ../../books/first-station shares"),
        ("book_check", "book check"),
    ] {
        insta::assert_snapshot!(name, program::page(line));
    }
}

/// A page fits 100 columns, whoever is aboard and whatever is docked.
#[test]
fn pages_fit_100_columns() {
    // Thirteen aboard; twelve; every port taken; ten with the longest names; before, at and after the last known moment.
    let moments = [
        "1998-11-21",
        "2000-11-03",
        "2009-07-20",
        "2011-03-01",
        "2016-12-31T23:59:60Z",
        "2024-09-15",
        "2025-07-01",
        "2025-12-05",
        "2026-05-30T12:25Z",
        "2028-01-01",
        "2100-01-01",
    ];
    let mut lines = vec!["status".to_owned(), "presence".to_owned(), "presence --from 1990-01-01".to_owned()];
    lines.extend(moments.map(|at| format!("status --at {at}")));
    lines.extend(moments.iter().filter(|at| **at < "2027").map(|at| format!("presence --at {at}")));
    lines.push("orbit state --at 2026-05-30".to_owned());
    lines.push("orbit events --from 2026-05-01 --to 2026-05-10".to_owned());
    lines.push("book check".to_owned());
    for book in ["iss", "first-station", "mars-transit"] {
        let book = format!("--book ../../books/{book} shares");
        lines.push(book.clone());
        lines.push(format!("{book} --from 1990-01-01 --to 2100-01-01"));
        lines.push(format!("{book} --from 1990-01-01 --to 1990-01-01"));
    }
    for plan in ["two_days", "five_weeks"] {
        lines.push(format!("shares --plan tests/it/plans/{plan}.json"));
    }
    for as_of in ["2001-01-01", "2009-07-20", "2015-06-29", "2024-09-15", "2026-05-30T12:25Z"] {
        lines.push(format!("forecast --as-of {as_of}"));
        lines.push(format!("forecast --from {as_of} --crew 14"));
        lines.push(format!("risk losses --as-of {as_of}"));
    }
    for line in lines {
        for row in program::page(&line).lines() {
            assert!(row.chars().count() <= 100, "cupola {line}: {} columns\n{row}", row.chars().count());
            assert!(!row.contains('\u{1b}'), "cupola {line}: colour in a pipe\n{row}");
        }
    }
}

/// Colour only on a terminal, and never when NO_COLOR says so (no-color.org: any value but an empty one).
#[test]
fn colour_is_for_terminals() {
    let program = env!("CARGO_BIN_EXE_cupola");
    let on_a_terminal = |no_colour: Option<&str>| {
        let mut script = Command::new("script");
        script.args(["-qec", &format!("{program} status --at 2026-05-30T12:00Z"), "/dev/null"]);
        script.env_remove("NO_COLOR").envs(no_colour.map(|value| ("NO_COLOR", value)));
        let output = script.stdin(std::process::Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(coloured) = on_a_terminal(None) else {
        println!("skipped: no `script` here that plays a terminal");
        return;
    };
    assert!(coloured.contains("\u{1b}["), "no colour on a terminal");
    let plain = program::page("status --at 2026-05-30T12:00Z");
    assert_eq!(without_colour(&coloured), plain, "colour changes nothing else");
    for (value, colour) in [("1", false), ("0", false), ("", true)] {
        let page = on_a_terminal(Some(value)).expect("it ran before");
        assert_eq!(page.contains('\u{1b}'), colour, "NO_COLOR={value}");
    }
}

fn without_colour(page: &str) -> String {
    let mut plain = String::new();
    let mut in_code = false;
    for character in page.chars().filter(|&character| character != '\r') {
        match character {
            '\u{1b}' => in_code = true,
            'm' if in_code => in_code = false,
            _ if in_code => {}
            _ => plain.push(character),
        }
    }
    plain
}
