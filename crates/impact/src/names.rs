//! Names in plans and edits, held against the book: what no rule knows no rule can judge.

use book::Book;
use plan::{Activity, Edit, Origin, Plan};
use record::PersonId;
use thiserror::Error;
use timeline::did_you_mean;

/// A name that is not there.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum NameError {
    /// A plan is another station's.
    #[error(
        "`{plan}` plans `{person}`, whom the book of {book} does not have; name the plan's own book with --book"
    )]
    OtherStation {
        /// The plan's title.
        plan: String,
        /// Whom it plans.
        person: PersonId,
        /// The book's title.
        book: String,
    },
    /// An edit names somebody whom the plan does not have.
    #[error("the plan knows no `{person}`; {mend}")]
    Person {
        /// Who.
        person: PersonId,
        /// What is near.
        mend: String,
    },
    /// An edit adds something of what the book does not have.
    #[error("the book has no {what} `{id}`; {mend}")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// Its name.
        id: String,
        /// What is near.
        mend: String,
    },
}

/// A plan is one of the book's station.
///
/// # Errors
/// When it plans somebody whom the book does not have.
pub fn same_station(book: &Book, plan: &Plan) -> Result<(), NameError> {
    let doing = plan.activities.values().flat_map(|activity| &activity.crew);
    match plan.crew.keys().chain(doing).find(|person| book.people.get(*person).is_none()) {
        None => Ok(()),
        Some(person) => Err(NameError::OtherStation {
            plan: plan.title.clone(),
            person: person.clone(),
            book: book.about.title.clone(),
        }),
    }
}

/// The persons of an edit are those of the plan, and what it adds is made of what the book has.
///
/// # Errors
/// The first name that is not there, and what is near.
pub fn names(book: &Book, plan: &Plan, edit: &Edit) -> Result<(), NameError> {
    match edit {
        Edit::Assign(_, crew) | Edit::ShiftAfter(_, _, crew) => persons(plan, crew),
        Edit::Add(_, activity) => {
            persons(plan, &activity.crew)?;
            parts(book, activity)
        }
        _ => Ok(()),
    }
}

fn persons<'a>(plan: &Plan, named: impl IntoIterator<Item = &'a PersonId>) -> Result<(), NameError> {
    let known = || plan.crew.keys().map(PersonId::as_str);
    for person in named {
        if !plan.crew.contains_key(person) {
            let all = format!("it plans {}", known().collect::<Vec<_>>().join(", "));
            let mend = did_you_mean(person.as_str(), known(), &all);
            return Err(NameError::Person { person: person.clone(), mend });
        }
    }
    Ok(())
}

fn parts(book: &Book, activity: &Activity) -> Result<(), NameError> {
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

fn is_there<'a>(
    what: &'static str,
    id: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), NameError> {
    const NAMED: usize = 40;
    if known.clone().any(|one| one == id) {
        return Ok(());
    }
    let all = format!("it has {}", known.clone().take(NAMED).collect::<Vec<_>>().join(", "));
    Err(NameError::Unknown { what, id: id.to_owned(), mend: did_you_mean(id, known, &all) })
}
