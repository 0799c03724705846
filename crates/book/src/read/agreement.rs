//! `agreement.toml`: what partners share by agreed parts, who decides what, what they have arranged with one another.

use ::record::Sourced;
use partnership::{Arrangement, Body, Clause, Lead, Term, Voice};

use super::{Need, Reader, planning, sourced, take};
use crate::book::Book;
use crate::entry::Entry;
use crate::toml_file;

const FILE: &str = "agreement.toml";

pub(super) fn agreement(reader: &mut Reader<'_>, book: Book) -> Book {
    let mut book = book;
    let Some(text) = reader.text(FILE, Need::Rare) else {
        book.pools.set_unread();
        if reader.files.get(FILE).is_some() {
            book.agreed.set_unread();
        }
        return book;
    };
    let (mut syntax, mut faults) = (Vec::new(), Vec::new());
    let known = ["pool", "body", "term", "voice", "lead", "clause", "arrangement"];
    let (pools, agreed) = (&mut book.pools, &mut book.agreed);
    toml_file::each_table(&text, &known, &mut syntax, &mut |mut entry| match entry.kind() {
        "pool" => take(pools, entry, planning::pool, &mut faults),
        "body" => take(&mut agreed.bodies, entry, body, &mut faults),
        "clause" => take(&mut agreed.clauses, entry, clause, &mut faults),
        "arrangement" => take(&mut agreed.arrangements, entry, arrangement, &mut faults),
        kind => {
            let is_read = match kind {
                "term" => push(&mut agreed.terms, sourced(&mut entry, term)),
                "voice" => push(&mut agreed.voices, sourced(&mut entry, voice)),
                _ => push(&mut agreed.leads, sourced(&mut entry, lead)),
            };
            if is_read.is_none() {
                agreed.set_part_unread();
            }
            faults.append(&mut entry.finish());
        }
    });
    if !syntax.is_empty() {
        agreed.set_part_unread();
    }
    reader.findings.append(&mut syntax);
    reader.findings.append(&mut faults);
    book
}

fn push<T>(list: &mut Vec<Sourced<T>>, record: Option<Sourced<T>>) -> Option<()> {
    record.map(|record| list.push(record))
}

/// A body, clause, term or voice of which a part could not be read would be another one.
fn body(entry: &mut Entry<'_>) -> Option<Body> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let name = entry.text("name");
        let members = entry.ids("members");
        let chair = entry.maybe_id("chair");
        let otherwise = entry.word("otherwise");
        let refers_to = entry.maybe_id("refers_to");
        Some(Body { id: id?, name: name?, members, chair, otherwise: otherwise?, refers_to })
    })
}

fn term(entry: &mut Entry<'_>) -> Option<Term> {
    entry.faultless(|entry| {
        let body = entry.id("body");
        let urgency = entry.word("urgency");
        let hours = entry.has("hours").then(|| entry.maybe_hours("hours"));
        let length = match hours {
            Some(length) => length,
            None => entry.number("days", 0.0..=1e4).map(timeline::Duration::from_days),
        };
        entry.ask("hours");
        Some(Term { body: body?, urgency: urgency?, length: length? })
    })
}

fn voice(entry: &mut Entry<'_>) -> Option<Voice> {
    entry.faultless(|entry| {
        let partner = entry.id("partner");
        let centre = entry.id("centre");
        let kinds = entry.ids("kinds");
        Some(Voice { partner: partner?, centre: centre?, kinds })
    })
}

fn lead(entry: &mut Entry<'_>) -> Option<Lead> {
    entry.faultless(|entry| {
        let centre = entry.id("centre");
        let from = entry.time("from");
        Some(Lead { centre: centre?, from: from? })
    })
}

fn clause(entry: &mut Entry<'_>) -> Option<Clause> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let says = entry.text("says");
        let touches = entry.words("touches");
        let whose = entry.maybe_word("whose");
        let urgency = entry.words("urgency");
        let decides = entry.word("decides");
        let body = entry.maybe_id("body");
        let informs = entry.word("informs");
        Some(Clause {
            id: id?,
            says: says?,
            touches,
            whose,
            urgency,
            decides: decides?,
            body,
            informs: informs?,
        })
    })
}

fn arrangement(entry: &mut Entry<'_>) -> Option<Arrangement> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let kind = entry.word("kind");
        let between = entry.ids("between");
        let elements = entry.ids("elements");
        let pools = entry.ids("pools");
        let says = entry.text("says");
        Some(Arrangement { id: id?, kind: kind?, between, elements, pools, says: says? })
    })
}
