//! `planning.toml`, `skills.csv`: the crew day, what people have learnt; and the pools of `agreement.toml`.

use partnership::{Counts, CrewSeats, Part, PartnerSeats, Pool};
use people::Qualification;
use plan::{Block, DayKind, Demand, Extent, Holiday, Limit, Resource, Skill};

use super::{Need, Reader, sourced, take};
use crate::book::{Book, Planning};
use crate::entry::Entry;
use crate::toml_file;

const SKILLS: [&str; 7] = ["person", "skill", "from", "until", "source", "quality", "note"];

pub(super) fn planning(reader: &mut Reader<'_>, book: Book) -> Book {
    Book {
        planning: crew_day(reader),
        qualifications: reader.csv_list("skills.csv", Need::Rare, "skill", &SKILLS, qualification),
        ..book
    }
}

fn crew_day(reader: &mut Reader<'_>) -> Planning {
    let mut planning = Planning::default();
    let Some(text) = reader.text("planning.toml", Need::Rare) else {
        if reader.files.get("planning.toml").is_some() {
            planning.set_unread();
        }
        return planning;
    };
    let (mut syntax, mut faults) = (Vec::new(), Vec::new());
    let known = ["skill", "resource", "day", "holiday", "block"];
    toml_file::each_table(&text, &known, &mut syntax, &mut |mut entry| match entry.kind() {
        "skill" => take(&mut planning.skills, entry, skill, &mut faults),
        "resource" => take(&mut planning.resources, entry, resource, &mut faults),
        "day" => take(&mut planning.days, entry, day, &mut faults),
        "block" => take(&mut planning.blocks, entry, block, &mut faults),
        _ => {
            planning.holidays.extend(sourced(&mut entry, holiday));
            faults.append(&mut entry.finish());
        }
    });
    reader.findings.append(&mut syntax);
    reader.findings.append(&mut faults);
    planning
}

fn skill(entry: &mut Entry<'_>) -> Option<Skill> {
    let id = entry.id("id");
    let title = entry.text("title");
    Some(Skill { id: id?, title: title? })
}

/// A resource of which a part could not be read would be another one; so would a day, a holiday, a block.
fn resource(entry: &mut Entry<'_>) -> Option<Resource> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let title = entry.text("title");
        let owner = entry.id("owner");
        let element = entry.maybe_id("element");
        let capacity = entry.count("capacity");
        let unit = entry.text("unit");
        Some(Resource { id: id?, title: title?, owner: owner?, element, capacity: capacity?, unit: unit? })
    })
}

fn day(entry: &mut Entry<'_>) -> Option<DayKind> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let on = entry.words("on");
        let segments = entry.texts("segments");
        let limits = entry.tables("limits", "limit", |entry| {
            let kind = entry.id("kind");
            let minutes = entry.count("minutes");
            Some(Limit { kind: kind?, minutes: minutes? })
        });
        let is = entry.maybe_id("is");
        Some(DayKind { id: id?, on, segments, limits: limits.unwrap_or_default(), is })
    })
}

fn holiday(entry: &mut Entry<'_>) -> Option<Holiday> {
    entry.faultless(|entry| {
        let day = entry.day("day");
        let title = entry.text("title");
        let kind = entry.id("kind");
        let segments = entry.texts("segments");
        Some(Holiday { day: day?, title: title?, kind: kind?, segments })
    })
}

fn block(entry: &mut Entry<'_>) -> Option<Block> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let title = entry.text("title");
        let kind = entry.id("kind");
        let days = entry.ids("days");
        let on = entry.words("on");
        let segments = entry.texts("segments");
        let (from, to) = (entry.clock("from"), entry.clock("to"));
        let minutes = entry.maybe_count("minutes");
        let element = entry.maybe_id("element");
        let uses = demands(entry);
        let (from, to) = (from?, to?);
        let extent = match minutes {
            Some(minutes) => Extent::Within { minutes, from, to },
            None => Extent::Fixed { from, to },
        };
        Some(Block { id: id?, title: title?, kind: kind?, days, on, segments, extent, element, uses })
    })
}

/// What something uses.
pub(super) fn demands(entry: &mut Entry<'_>) -> Vec<Demand> {
    let demands = entry.tables("uses", "use", |entry| {
        let resource = entry.id("resource");
        let amount = if entry.has("amount") { entry.count("amount") } else { Some(1) };
        entry.ask("amount");
        Some(Demand { resource: resource?, amount: amount? })
    });
    demands.unwrap_or_default()
}

fn qualification(entry: &mut Entry<'_>) -> Option<record::Sourced<Qualification>> {
    sourced(entry, |entry| {
        let person = entry.id("person");
        let skill = entry.id("skill");
        let from = entry.maybe_time("from");
        let until = entry.maybe_time("until");
        Some(Qualification { person: person?, skill: skill?, from, until })
    })
}

/// A pool of which a part could not be read would share out something else.
pub(super) fn pool(entry: &mut Entry<'_>) -> Option<Pool> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let title = entry.text("title");
        // A pool that does not say what it counts is one of crew time: that was the first kind there was.
        let counts = if entry.has("counts") { entry.word("counts") } else { Some(Counts::CrewTime) };
        let unit = entry.maybe_word("unit");
        let may_be_of_all = matches!(counts, None | Some(Counts::Seats)) && !entry.has("segment");
        let segment = if may_be_of_all { None } else { entry.text("segment") };
        entry.ask("counts");
        entry.ask("segment");
        let kinds = entry.ids("kinds");
        let (from, until) = (entry.maybe_time("from"), entry.maybe_time("until"));
        let parts = entry.tables("parts", "part", |entry| {
            let partner = entry.id("partner");
            let share = entry.share("share_pct");
            Some(Part { partner: partner?, share: share? })
        });
        let crews = entry.tables("crews", "crew", |entry| {
            let aboard = entry.count("aboard");
            let seats = entry.tables("seats", "seat", |entry| {
                let partner = entry.id("partner");
                let seats = entry.seats("seats");
                Some(PartnerSeats { partner: partner?, seats: seats? })
            });
            Some(CrewSeats { aboard: aboard?, seats: seats.unwrap_or_default() })
        });
        Some(Pool {
            id: id?,
            title: title?,
            counts: counts?,
            unit: unit.unwrap_or(counts?.unit()),
            segment,
            kinds,
            from,
            until,
            parts: parts.unwrap_or_default(),
            crews: crews.unwrap_or_default(),
        })
    })
}
