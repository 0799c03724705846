//! `cupola orbit events`: eclipses, ascending nodes, the South Atlantic Anomaly and links by relay in order of time.

use anyhow::Result;
use facts::events::{Events, events};
use sky::Sky;
use timeline::Interval;

use super::{head, until};
use crate::answer::Answer;
use crate::text::{Align, Ink, table};

/// Answers with the given kinds, or with all when there are none.
pub(crate) fn answer(sky: &Sky, span: Interval, kinds: &[String]) -> Result<Answer> {
    Ok(Answer::new(events(sky, span, kinds)?, Events::json, page))
}

fn page(facts: &Events, ink: Ink) -> String {
    let mut text = head("EVENTS", facts.span, &facts.provenance, ink);
    let heads = [
        ("from (GMT)", Align::Left),
        ("to", Align::Left),
        ("min", Align::Right),
        ("what", Align::Left),
        ("", Align::Left),
    ];
    let rows: Vec<Vec<String>> = facts
        .events
        .iter()
        .map(|event| {
            let lasts = event.end > event.start;
            let minutes = format!("{:.1}", (event.end - event.start).seconds() / 60.0);
            vec![
                event.start.gmt_seconds(),
                if lasts { until(event.start, event.end) } else { String::new() },
                if lasts { minutes } else { String::new() },
                event.kind.clone(),
                event.words.clone(),
            ]
        })
        .collect();
    text += &table(ink, &heads, &rows);
    text
}
