//! `cupola journal verify`: every record and signature again, and what contradicts what.

use anyhow::Result;
use desk::{ChainReport, Desk, Report};

use crate::answer::Answer;
use crate::text::{Align, Ink, rule, table, wrap};

pub(super) fn answer(desk: &mut Desk) -> Result<Answer> {
    let health = desk.node_mut().verify_all()?;
    let report = desk.report(&desk.state(), &health);
    let is_sound = report.is_sound();
    let answer = Answer::new(report, Report::to_json, page);
    Ok(if is_sound { answer } else { answer.with_findings() })
}

fn page(report: &Report, ink: Ink) -> String {
    let row = |chain: &ChainReport| {
        vec![
            chain.centre.to_string(),
            chain.records.to_string(),
            chain.latest.map_or_else(String::new, |time| time.gmt().to_string()),
            chain.sealed.to_string(),
            chain.head.clone(),
        ]
    };
    let heads = [
        ("centre", Align::Left),
        ("records", Align::Right),
        ("latest (GMT)", Align::Left),
        ("co-signed to", Align::Right),
        ("last record", Align::Left),
    ];
    let mut text = table(ink, &heads, &report.centres.iter().map(row).collect::<Vec<_>>());
    text += &rule(ink);
    text += &format!("{} change requests, {} in the baseline\n", report.requests, report.approved);
    text += &format!("baseline {}\nstate    {}\n", report.baseline, report.state);
    text += &ink.faint("Whoever has the same state has the same records and the same agreement.\n");
    for fault in &report.faults {
        text += &ink.warning(&wrap(&format!("▲ {fault}"), 100, 0));
    }
    for contradiction in &report.contradictions {
        text += &wrap(&format!("◆ {contradiction}"), 100, 0);
    }
    for missing in &report.missing {
        text += &wrap(&format!("◆ somebody has seen {missing}, and it is not here"), 100, 0);
    }
    if report.faults.is_empty() {
        text += "Every record and signature holds.\n";
    }
    text
}
