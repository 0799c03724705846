//! Elements and ports.

use record::ElementId;
use station::{Element, Placement, Port, Use};
use timeline::Time;

use super::Reader;
use crate::book::Book;
use crate::entry::{Entry, Need};

pub(super) fn structure(reader: &mut Reader<'_>, book: Book) -> Book {
    let elements = reader.toml_table("elements.toml", Need::Needed, "element", element);
    let ports = reader.toml_table("ports.toml", Need::Needed, "port", port);
    Book { elements, ports, ..book }
}

fn element(entry: &mut Entry<'_>) -> Option<Element> {
    let id: Option<ElementId> = entry.id("id");
    let name = entry.text("name");
    let kind = entry.word("kind");
    let owner = entry.id("owner");
    let segment = entry.text("segment");
    let placements = placements(entry);
    let launched = entry.time("launched");
    let removed = entry.maybe_time("removed");
    let flight = entry.maybe_id("flight");
    let mass = entry.maybe_mass("mass_kg");
    let volume_m3 = entry.maybe_number("volume_m3", 0.0..=1e5);
    let length_m = entry.maybe_number("length_m", 0.0..=1e3);
    let diameter_m = entry.maybe_number("diameter_m", 0.0..=1e3);
    let uses = entry.tables("use", "share", one_use).unwrap_or_default();
    Some(Element {
        id: id?,
        name: name?,
        kind: kind?,
        owner: owner?,
        segment: segment?,
        placements: placements?,
        launched: launched?,
        removed,
        flight,
        mass,
        volume_m3,
        length_m,
        diameter_m,
        uses,
    })
}

/// An element's one place, or the list of those it had; both at once contradict each other.
fn placements(entry: &mut Entry<'_>) -> Option<Vec<Placement>> {
    let has_moved = entry.has("moved");
    if !has_moved {
        let parent = entry.maybe_id("parent");
        let at = entry.maybe_text("at");
        let attached: Option<Time> = entry.time("attached");
        entry.tables("moved", "place", |_| None::<Placement>);
        return Some(vec![Placement { parent, at, from: attached? }]);
    }
    let moved = entry.tables("moved", "place", placement)?;
    for name in ["parent", "at", "attached"] {
        if entry.has(name) {
            let message = format!("both `moved` and `{name}` say where it is attached");
            entry.report("placed-twice", message, &format!("take `{name}` away"));
        }
        entry.ask(name);
    }
    if moved.is_empty() {
        entry.report(
            "value-missing",
            "`moved` names no place".to_owned(),
            "list the places in order of time",
        );
        return None;
    }
    Some(moved)
}

fn placement(entry: &mut Entry<'_>) -> Option<Placement> {
    let parent = entry.maybe_id("parent");
    let at = entry.maybe_text("at");
    let from = entry.time("from");
    Some(Placement { parent, at, from: from? })
}

fn one_use(entry: &mut Entry<'_>) -> Option<Use> {
    let partner = entry.id("partner");
    let share = entry.share("share_pct");
    Some(Use { partner: partner?, share: share? })
}

fn port(entry: &mut Entry<'_>) -> Option<Port> {
    let id: Option<record::PortId> = entry.id("id");
    let name = entry.text("name");
    let element = entry.id("element");
    let adapter = entry.maybe_id("adapter");
    let direction = entry.word("direction");
    let mechanism = entry.text("mechanism");
    let from = entry.time("from");
    let until = entry.maybe_time("until");
    let blocks = entry.ids("blocks");
    let place = entry.maybe_text("place");
    let id = id?;
    Some(Port {
        place: if place.is_empty() { id.to_string() } else { place },
        id,
        name: name?,
        element: element?,
        adapter,
        direction: direction?,
        mechanism: mechanism?,
        from: from?,
        until,
        blocks,
    })
}
