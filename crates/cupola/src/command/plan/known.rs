//! Names in plans and edits, held against the book: what no rule knows no rule can judge.

use anyhow::{Result, bail};
use book::Book;
use plan::{Activity, Edit, Origin, Plan};
use record::PersonId;
use timeline::did_you_mean;

/// A plan is one of the book's station.
///
/// # Errors
/// When it plans somebody whom the book does not have.
pub(crate) fn same_station(book: &Book, plan: &Plan) -> Result<()> {
    let doing = plan.activities.values().flat_map(|activity| &activity.crew);
    match plan.crew.keys().chain(doing).find(|person| book.people.get(*person).is_none()) {
        None => Ok(()),
        Some(person) => bail!(
            "`{}` plans `{person}`, whom the book of {} does not have; name the plan's own book with --book",
            plan.title,
            book.about.title
        ),
    }
}

/// The persons of an edit are those of the plan, and what it adds is made of what the book has.
///
/// # Errors
/// The first name that is not there, and what is near.
pub(crate) fn names(book: &Book, plan: &Plan, edit: &Edit) -> Result<()> {
    match edit {
        Edit::Assign(_, crew) | Edit::ShiftAfter(_, _, crew) => persons(plan, crew),
        Edit::Add(_, activity) => {
            persons(plan, &activity.crew)?;
            parts(book, activity)
        }
        _ => Ok(()),
    }
}

fn persons<'a>(plan: &Plan, named: impl IntoIterator<Item = &'a PersonId>) -> Result<()> {
    let known = || plan.crew.keys().map(PersonId::as_str);
    for person in named {
        if !plan.crew.contains_key(person) {
            let all = format!("it plans {}", known().collect::<Vec<_>>().join(", "));
            bail!("the plan knows no `{person}`; {}", did_you_mean(person.as_str(), known(), &all));
        }
    }
    Ok(())
}

fn parts(book: &Book, activity: &Activity) -> Result<()> {
    let kinds = book.activity_kinds.iter().map(|kind| kind.id.as_str());
    is_there("kind of activity", activity.kind.as_str(), kinds)?;
    if let Some(partner) = &activity.partner {
        is_there("partner", partner.as_str(), book.partners.iter().map(|one| one.id.as_str()))?;
    }
    if let Some(element) = &activity.element {
        is_there("element", element.as_str(), book.elements.iter().map(|one| one.id.as_str()))?;
    }
    for used in &activity.uses {
        let resources = book.planning.resources.iter().map(|one| one.id.as_str());
        is_there("resource", used.resource.as_str(), resources)?;
    }
    match &activity.origin {
        Origin::Request(id) => {
            is_there("request", id.as_str(), book.requests.iter().map(|one| one.id.as_str()))
        }
        Origin::Block(id) => {
            is_there("block", id.as_str(), book.planning.blocks.iter().map(|one| one.id.as_str()))
        }
        Origin::Added => Ok(()),
    }
}

fn is_there<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str> + Clone) -> Result<()> {
    const NAMED: usize = 40;
    if known.clone().any(|one| one == id) {
        return Ok(());
    }
    let all = format!("it has {}", known.clone().take(NAMED).collect::<Vec<_>>().join(", "));
    bail!("the book has no {what} `{id}`; {}", did_you_mean(id, known, &all))
}
