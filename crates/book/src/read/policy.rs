//! `policy.toml`: what is done when supplies get short or nobody would be left.

use std::ops::RangeInclusive;

use record::ProcessId;
use station::{Call, Measure, Response};
use timeline::Duration;

use super::{Need, Reader};
use crate::book::Book;
use crate::entry::Entry;

pub(super) fn policy(reader: &mut Reader<'_>, book: Book) -> Book {
    Book { policy: reader.toml_table("policy.toml", Need::Rare, "measure", measure), ..book }
}

record::words! {
    /// What a measure does, as it is written.
    pub enum Does {
        /// People use less.
        Ration = "ration",
        /// Processes stop.
        Stop = "stop",
        /// A ship stays.
        Hold = "hold",
        /// Fewer stay.
        CrewDown = "crew-down",
        /// Everybody leaves.
        Leave = "leave",
    }
}

/// A measure with a part that could not be read would be another measure.
fn measure(entry: &mut Entry<'_>) -> Option<Measure> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let name = entry.text("name");
        let order = entry.count("order");
        let does = entry.word("does");
        let response = does.and_then(|does| response(entry, does));
        let supplies = if does == Some(Does::Hold) { Vec::new() } else { entry.ids("supplies") };
        let at_days = match does {
            Some(Does::Hold) => None,
            // What a process calls for as well needs no supply.
            Some(Does::Leave) => entry.maybe_number("at_days", DAYS),
            Some(_) => entry.number("at_days", DAYS),
            None => ask_all(entry),
        };
        let call = at_days.map(|days| Call { supplies, at: Duration::from_days(days) });
        Some(Measure { id: id?, name: name?, order: order?, call, does: response? })
    })
}

/// What a measure of an unknown kind may have is no further fault.
fn ask_all(entry: &mut Entry<'_>) -> Option<f64> {
    let _: Vec<ProcessId> = entry.ids("processes");
    entry.maybe_count("least");
    for name in ["less_pct", "over_life_pct", "notice_days"] {
        entry.maybe_number(name, DAYS);
    }
    entry.maybe_number("at_days", DAYS)
}

const DAYS: RangeInclusive<f64> = 0.0..=1e5;

fn response(entry: &mut Entry<'_>, does: Does) -> Option<Response> {
    Some(match does {
        Does::Ration => Response::Ration { less: entry.number("less_pct", 0.1..=100.0)? / 100.0 },
        Does::Stop => Response::Stop { processes: entry.ids("processes") },
        Does::Hold => {
            let over_life = entry.maybe_number("over_life_pct", 0.0..=1e3).unwrap_or(0.0) / 100.0;
            Response::Hold { least: entry.count("least")?, over_life }
        }
        Does::CrewDown => Response::CrewDown { least: entry.count("least")? },
        Does::Leave => {
            Response::Leave { processes: entry.ids("processes"), notice: days(entry, "notice_days") }
        }
    })
}

fn days(entry: &mut Entry<'_>, name: &'static str) -> Duration {
    entry.maybe_days(name).unwrap_or(Duration::ZERO)
}
