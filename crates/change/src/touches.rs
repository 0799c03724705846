//! What content touches, from its evidence alone.

use std::collections::{BTreeMap, BTreeSet};

use plan::{Activity, Origin};
use record::{PartnerId, PoolId};
use timeline::{Duration, Time};

use crate::blocks::{Division, Form, Table, division};
use crate::{BlockEdit, Change, Content, Founding, Header, Touch};

/// What a change touches: computed from what it says was and is to be, and from whose is what in the founding book. What cannot be read
/// touches everything; nothing touches nothing.
#[must_use]
pub fn touches(content: &Content, founding: &Founding) -> BTreeSet<Touch> {
    let mut touches = BTreeSet::new();
    for edit in content.products.values() {
        if let Some(header) = &edit.header {
            of_header(header, founding, &mut touches);
        }
        for change in edit.activities.values() {
            of_activity(change, founding, &mut touches);
        }
    }
    for (path, edits) in &content.files {
        for edit in edits {
            touches.extend(of_block(path, edit, founding));
        }
    }
    if touches.is_empty() { founding.everything() } else { touches }
}

/// Of the plan itself: its title, level and span are everybody's; who is in it, theirs; what has no time, of those who asked for it.
fn of_header(change: &Change<Header>, founding: &Founding, touches: &mut BTreeSet<Touch>) {
    let [before, after] = [&change.before, &change.after].map(|side| side.as_ref().map(Header::plan));
    let frame = |plan: &plan::Plan| (plan.title.clone(), plan.level, plan.span);
    if before.map(frame) != after.map(frame) {
        touches.insert(Touch::Common);
    }
    for (plan, other) in [(before, after), (after, before)] {
        let Some(plan) = plan else { continue };
        for (person, aboard) in &plan.crew {
            if other.and_then(|other| other.crew.get(person)) != Some(aboard) {
                touches.extend(founding.person(
                    person,
                    aboard.start().max(plan.span.start()),
                    aboard.end().min(plan.span.end()),
                ));
            }
        }
        if other.map(|other| &other.task_list) != Some(&plan.task_list) {
            touches.insert(Touch::Common);
            for task in &plan.task_list {
                touches.extend(of_request(task.request.as_str(), founding));
            }
        }
    }
}

/// Whose request it is, by the founding book; one that came later has no other owner than what names it.
fn of_request(request: &str, founding: &Founding) -> BTreeSet<Touch> {
    match founding.request(request) {
        Some((partner, kind)) => {
            founding.owned(Some(partner), |partner| Touch::Activity(partner, kind.clone()))
        }
        None => BTreeSet::new(),
    }
}

fn of_activity(change: &Change<Activity>, founding: &Founding, touches: &mut BTreeSet<Touch>) {
    let mut own = BTreeSet::new();
    for side in change.sides() {
        if let Some(partner) = &side.partner {
            own.extend(founding.owned(Some(partner), |partner| Touch::Activity(partner, side.kind.clone())));
        }
        if let Origin::Request(request) = &side.origin {
            own.extend(of_request(request.as_str(), founding));
        }
        for person in &side.crew {
            own.extend(founding.person(person, side.start, side.end));
        }
        if let Some(element) = &side.element {
            own.extend(founding.owned(founding.element(element.as_str()), Touch::Element));
        }
    }
    let [was, is] = [&change.before, &change.after]
        .map(|side| side.as_ref().map(|side| minutes(side, founding)).unwrap_or_default());
    for (pool, partner) in was.keys().chain(is.keys()) {
        let key = (pool.clone(), partner.clone());
        if was.get(&key) != is.get(&key) {
            own.extend(founding.owned(Some(partner), |partner| Touch::Share(pool.clone(), partner)));
        }
    }
    // Something of nobody's, with nobody, nowhere: it is in the plan of all.
    if own.is_empty() {
        own.insert(Touch::Common);
    }
    touches.extend(own);
}

/// Crew time that an activity takes of each pool, whole minutes, counted to its partner.
fn minutes(activity: &Activity, founding: &Founding) -> BTreeMap<(PoolId, PartnerId), i64> {
    let mut minutes = BTreeMap::new();
    // What every day has is nobody's share.
    let (Some(partner), false) = (&activity.partner, matches!(activity.origin, Origin::Block(_))) else {
        return minutes;
    };
    let long = activity.length().nanoseconds() / Duration::MINUTE.nanoseconds();
    let (from, to): (Time, Time) = (activity.start, activity.end);
    for person in &activity.crew {
        for pool in founding.pools(person, &activity.kind, from, to) {
            *minutes.entry((pool.id.clone(), partner.clone())).or_default() += long;
        }
    }
    minutes
}

/// What a file is about, by its name.
enum About {
    /// It is all of one kind.
    One(Touch),
    /// Each of its records is somebody's.
    Elements,
    Ports,
    Requests,
}

fn about(path: &str) -> About {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    match (folder, path) {
        (Some("requests"), _) if division(path) == Division::Tables => About::Requests,
        (Some("rules"), _) => About::One(Touch::Rules),
        (None, "elements.toml") => About::Elements,
        (None, "ports.toml") => About::Ports,
        (None, "flights.csv" | "plans.csv" | "dockings.csv") => About::One(Touch::FlightPlan),
        (None, "stays.csv" | "seats.csv" | "people.csv") => About::One(Touch::CrewRotation),
        (None, "agreement.toml" | "partners.toml") => About::One(Touch::Agreement),
        _ => About::One(Touch::Common),
    }
}

fn of_block(path: &str, edit: &BlockEdit, founding: &Founding) -> BTreeSet<Touch> {
    let kind = match about(path) {
        About::One(touch) => return BTreeSet::from([touch]),
        About::Elements => "element",
        About::Ports => "port",
        About::Requests => "request",
    };
    let read = |text: &Option<String>| {
        text.as_ref().map(|text| Table::read(text).filter(|_| edit.form == Form::Table))
    };
    let sides = [read(&edit.text.before), read(&edit.text.after)];
    // A record that is not exactly one, or of another kind, may say anything.
    let is_unclear = |side: &Option<Option<Table>>| match side {
        None => false,
        Some(None) => true,
        Some(Some(table)) => table.kind.as_ref().is_some_and(|of| of != kind),
    };
    if sides.iter().any(is_unclear) {
        return founding.everything();
    }
    let sides = sides.map(Option::flatten);
    let mut touches = BTreeSet::new();
    for table in sides.iter().flatten().filter(|table| table.kind.is_some()) {
        touches.extend(match kind {
            "element" => of_element(table, founding),
            "port" => of_port(table, founding),
            _ => of_asking(table, founding),
        });
    }
    let written = |name: &str| {
        sides.each_ref().map(|side| side.as_ref().and_then(|table| table.written.get(name).cloned()))
    };
    let differs = |name: &str| written(name)[0] != written(name)[1];
    if kind == "element" && differs("use") {
        touches.insert(Touch::Agreement);
    }
    // Leave to use what is another's: whoever claims it, or changes that for which it was given, touches what is theirs.
    if kind == "request" {
        touches.extend(approvers(&written("approved"), founding));
    }
    // Comments alone.
    if touches.is_empty() {
        touches.insert(Touch::Common);
    }
    touches
}

fn of_element(table: &Table, founding: &Founding) -> BTreeSet<Touch> {
    let named: Option<PartnerId> = table.texts.get("owner").and_then(|owner| owner.parse().ok());
    let mut touches = founding.owned(named.as_ref(), Touch::Element);
    if let Some(owner) = table.id.as_deref().and_then(|id| founding.element(id)) {
        touches.extend(founding.owned(Some(owner), Touch::Element));
    }
    touches
}

fn of_port(table: &Table, founding: &Founding) -> BTreeSet<Touch> {
    let element = table.texts.get("element").map(String::as_str).unwrap_or_default();
    let mut touches = founding.owned(founding.element(element), Touch::Element);
    if let Some(was) = table.id.as_deref().and_then(|id| founding.port(id)) {
        touches.extend(founding.owned(founding.element(was.as_str()), Touch::Element));
    }
    touches
}

fn of_asking(table: &Table, founding: &Founding) -> BTreeSet<Touch> {
    let partner: Option<PartnerId> = table.texts.get("partner").and_then(|partner| partner.parse().ok());
    let mut touches = match table.texts.get("kind").and_then(|kind| kind.parse().ok()) {
        Some(kind) => {
            let kind: record::KindId = kind;
            founding.owned(partner.as_ref(), |partner| Touch::Activity(partner, kind.clone()))
        }
        None => founding.everything(),
    };
    touches.extend(table.id.as_deref().map(|id| of_request(id, founding)).unwrap_or_default());
    touches
}

/// Those who gave leave, by either side of a change.
fn approvers(written: &[Option<String>; 2], founding: &Founding) -> BTreeSet<Touch> {
    let written: Vec<&String> = written.iter().flatten().filter(|text| text.contains(['"', '\''])).collect();
    // A list written in another way, with escapes for letters, may name anybody.
    if written.iter().any(|text| text.contains('\\')) {
        return founding.owned(None, Touch::Element);
    }
    let is_named = |partner: &&PartnerId| {
        let forms = [format!("\"{partner}\""), format!("'{partner}'")];
        written.iter().any(|text| forms.iter().any(|form| text.contains(form)))
    };
    founding.partners().iter().filter(is_named).cloned().map(Touch::Element).collect()
}
