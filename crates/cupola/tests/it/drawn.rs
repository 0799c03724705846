//! Plans as people and other programs see them: small fixed plans in every form.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::program;

const TWO_DAYS: &str = "tests/it/plans/two_days.json";
const FIVE_WEEKS: &str = "tests/it/plans/five_weeks.json";

/// The activities of [`TWO_DAYS`] by id.
fn activities() -> Vec<Value> {
    let plan = std::fs::read_to_string(TWO_DAYS).expect("the plan is beside the tests");
    program::list(&program::read(&plan, TWO_DAYS), "activities").to_vec()
}

#[test]
fn pages_are_as_they_were() {
    for (name, line) in [
        ("plan_show_two_days", format!("plan show {TWO_DAYS}")),
        ("plan_show_person", format!("plan show {TWO_DAYS} --day 2026-06-01 --person adenot")),
        ("plan_show_increment", format!("plan show {FIVE_WEEKS}")),
    ] {
        insta::assert_snapshot!(name, program::page(&line));
    }
}

#[test]
fn pages_of_plans_fit_100_columns() {
    for line in [
        format!("plan show {TWO_DAYS}"),
        format!("plan show {TWO_DAYS} --level increment"),
        format!("plan show {FIVE_WEEKS}"),
        format!("plan show {FIVE_WEEKS} --level day"),
        "plan week --iterations 1".to_owned(),
        "--book ../../books/mars-transit plan week --iterations 1".to_owned(),
    ] {
        for row in program::page(&line).lines() {
            assert!(row.chars().count() <= 100, "cupola {line}: {} columns\n{row}", row.chars().count());
        }
    }
}

/// What is shown as JSON is the plan that was read.
#[test]
fn json_is_the_plan() {
    let plan = std::fs::read_to_string(TWO_DAYS).expect("the plan is beside the tests");
    assert_eq!(program::json(&format!("plan show {TWO_DAYS}")), program::read(&plan, TWO_DAYS));
}

/// The texts of the `title` elements of a drawing that is well-formed and draws nothing from elsewhere.
fn titles(svg: &str) -> Vec<String> {
    let mut reader = Reader::from_str(svg);
    let (mut open, mut titles, mut text) = (Vec::new(), Vec::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("attributes once each, in quotes");
                    assert!(!attribute.key.as_ref().starts_with("on"), "no script in {name}");
                    assert_ne!(attribute.key.local_name().as_ref(), "href", "nothing from elsewhere");
                }
                assert!(!["script", "image", "foreignObject"].contains(&name.as_str()), "a {name}");
                text.clear();
                open.push(name);
            }
            Event::End(tag) => {
                let name = open.pop().expect("opened before");
                assert_eq!(name, tag.name().as_ref());
                if name == "title" {
                    titles.push(std::mem::take(&mut text));
                }
            }
            Event::Text(part) => text += &part,
            Event::GeneralRef(name) => {
                text += quick_xml::escape::resolve_predefined_entity(&name).expect("a known entity");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    titles
}

#[test]
fn the_drawing_has_every_activity() {
    let svg = program::page(&format!("plan show {TWO_DAYS} --svg"));
    let titles = titles(&svg);
    for activity in activities() {
        let (id, title) = (program::text(&activity, "id"), program::text(&activity, "title"));
        let told: Vec<&String> = titles.iter().filter(|text| text.lines().last() == Some(id)).collect();
        // What goes over midnight is drawn on both days.
        let persons = program::list(&activity, "crew").len().max(1);
        assert!(told.len() >= persons, "{id} is drawn {} times for {persons}", told.len());
        assert!(told.iter().all(|text| text.lines().next() == Some(title)), "{told:?}");
    }
    assert!(svg.contains("prefers-color-scheme:dark"));
    assert!(!svg.contains("url(http") && !svg.contains("@import"));
}

#[test]
fn the_drawing_of_one_person_has_nobody_elses() {
    let titles = titles(&program::page(&format!("plan show {TWO_DAYS} --svg --person fedyaev-andrey")));
    let drawn: BTreeSet<&str> = titles.iter().skip(1).filter_map(|text| text.lines().last()).collect();
    let own = activities();
    let own = own
        .iter()
        .filter(|one| one["crew"].as_array().is_some_and(|crew| crew.contains(&"fedyaev-andrey".into())));
    assert_eq!(drawn, own.map(|one| program::text(one, "id")).collect());
}

/// Rows of CSV as RFC 4180 has them.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = csv.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

#[test]
fn csv_has_a_row_an_activity() {
    let rows = rows(&program::page(&format!("plan show {TWO_DAYS} --csv")));
    let head = "id,start,end,minutes,title,kind,partner,crew,element,devices,hold,progress";
    assert_eq!(rows[0].join(","), head);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let all = activities();
    assert_eq!(rows.len() - 1, all.len());
    for activity in &all {
        let row = rows.iter().find(|row| row[0] == program::text(activity, "id")).expect("a row");
        assert_eq!(row[1], program::text(activity, "start"));
        assert_eq!(row[2], program::text(activity, "end"));
        assert_eq!(row[4], program::text(activity, "title"));
        assert_eq!(row[7], crew(activity, "+"));
        assert_eq!(row[11], program::text(&activity["progress"], "state"));
    }
    let fluid = rows.iter().find(|row| row[0] == "fluid-cell.2026-06-01.1").expect("a row");
    assert_eq!(fluid[9], "fluid-laboratory+power-columbus*500");
    assert_eq!((fluid[3].as_str(), fluid[10].as_str()), ("135", "locked"));
}

fn crew(activity: &Value, between: &str) -> String {
    let crew = program::list(activity, "crew").iter().filter_map(Value::as_str);
    crew.collect::<Vec<_>>().join(between)
}

#[test]
fn the_calendar_has_an_event_an_activity() {
    let text = program::page(&format!("plan show {TWO_DAYS} --ics"));
    assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    let whole = text.replace("\r\n ", "");
    let events: Vec<&str> = whole.split("BEGIN:VEVENT\r\n").skip(1).collect();
    let all = activities();
    assert_eq!(events.len(), all.len());
    for activity in &all {
        let id = program::text(activity, "id");
        let event =
            events.iter().find(|event| event.starts_with(&format!("UID:{id}@iss\r\n"))).expect("an event");
        let has = |line: String| assert!(event.contains(&format!("\r\n{line}\r\n")), "{line} in {event}");
        let basic = |field| program::text(activity, field).replace(['-', ':'], "");
        has(format!("DTSTART:{}", basic("start")));
        if activity["start"] != activity["end"] {
            has(format!("DTEND:{}", basic("end")));
        }
        if !crew(activity, ",").is_empty() {
            has(format!("X-CUPOLA-CREW:{}", crew(activity, ",")));
        }
        let is_skipped = activity["progress"]["state"] == "skipped";
        has(format!("STATUS:{}", if is_skipped { "CANCELLED" } else { "CONFIRMED" }));
    }
    assert!(whole.contains("sample cell changed\\, \"cold\" & <wet>\\; a very long"));
    assert!(whole.contains("Gloves on\\;\\nask COL-CC\\, then start\\\\stop\r\n"));
}

/// A plan that was just made takes the same forms.
#[test]
fn a_new_plan_takes_every_form() {
    let line = "plan week --iterations 1 --days 1";
    let count = program::list(&program::json(line), "activities").len();
    assert_eq!(rows(&program::page(&format!("{line} --csv"))).len(), count + 1);
    assert_eq!(program::page(&format!("{line} --ics")).matches("BEGIN:VEVENT").count(), count);
    assert!(titles(&program::page(&format!("{line} --svg"))).len() > count);
}

#[test]
fn what_cannot_be_shown_is_said() {
    for (line, said) in [
        ("plan show tests/it/plans/none.json".to_owned(), "cannot read tests/it/plans/none.json"),
        ("plan show tests/it/drawn.rs".to_owned(), "tests/it/drawn.rs is no plan"),
        (format!("plan show {TWO_DAYS} --day 2027-01-01"), "2027-01-01 is not in the plan"),
        (
            format!("plan show {TWO_DAYS} --person nobody"),
            "it has williams-christopher, fedyaev-andrey, adenot-sophie",
        ),
        (format!("plan show {TWO_DAYS} --svg --json"), "cannot be used with"),
        (format!("plan show {TWO_DAYS} --svg --csv"), "cannot be used with"),
    ] {
        let run = program::cupola(&line);
        assert_eq!(run.status, Some(2), "cupola {line}");
        assert!(run.err.contains(said), "cupola {line}: {}", run.err);
    }
}
