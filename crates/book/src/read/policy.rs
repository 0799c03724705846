//! `policy.toml`: what is done when supplies get short or nobody would be left.

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
        let does: Option<Does> = entry.word("does");
        let does = match does? {
            Does::Ration => Response::Ration { less: entry.number("less_pct", 0.1..=100.0)? / 100.0 },
            Does::Stop => Response::Stop { processes: entry.ids("processes") },
            Does::Hold => Response::Hold {
                least: entry.count("least")?,
                over_life: entry.maybe_number("over_life_pct", 0.0..=1e3).unwrap_or(0.0) / 100.0,
            },
            Does::CrewDown => Response::CrewDown { least: entry.count("least")? },
            Does::Leave => {
                Response::Leave { processes: entry.ids("processes"), notice: days(entry, "notice_days") }
            }
        };
        let call = match does {
            Response::Hold { .. } => None,
            _ => {
                let supplies = entry.ids("supplies");
                let at = entry.number("at_days", 0.0..=1e5).map(Duration::from_days);
                Some(Call { supplies, at: at? })
            }
        };
        Some(Measure { id: id?, name: name?, order: order?, call, does })
    })
}

fn days(entry: &mut Entry<'_>, name: &'static str) -> Duration {
    entry.maybe_days(name).unwrap_or(Duration::ZERO)
}
