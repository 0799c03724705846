//! `moments.toml`: moments that are told in words.

use super::{Need, Reader};
use crate::book::Book;
use crate::entry::Entry;
use crate::moment::Moment;

pub(super) fn moments(reader: &mut Reader<'_>, book: Book) -> Book {
    Book { moments: reader.toml_table("moments.toml", Need::Rare, "moment", moment), ..book }
}

fn moment(entry: &mut Entry<'_>) -> Option<Moment> {
    let (id, kind, from) = (entry.id("id"), entry.word("kind"), entry.time("from"));
    let until = entry.maybe_time("until");
    let (title, text) = (entry.text("title"), entry.text("text"));
    let (flights, rules) = (entry.ids("flights"), entry.ids("rules"));
    Some(Moment { id: id?, kind: kind?, from: from?, until, title: title?, text: text?, flights, rules })
}
