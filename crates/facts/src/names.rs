//! What people call what a plan names by id, and how each partner is marked.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use plan::{Activity, Origin, Plan, Progress};
use record::{PartnerId, PersonId};
use timeline::{Duration, Time};

/// Blocks of the crew day that last so long are the night (ours: no meal or conference does).
const NIGHT: Duration = Duration::from_nanoseconds(6 * Duration::HOUR.nanoseconds());

/// Names and marks of all that a plan speaks of.
#[derive(Clone, PartialEq, Debug)]
pub struct Names {
    /// The station's.
    pub station: String,
    /// The book's id, empty when it has none.
    pub book: String,
    /// In the order of the book.
    pub partners: Vec<Partner>,
    people: BTreeMap<String, (String, PartnerId)>,
    elements: BTreeMap<String, String>,
    resources: BTreeMap<String, String>,
}

/// A partner as it is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Partner {
    /// Which partner.
    pub id: PartnerId,
    /// For a narrow column.
    pub short: String,
    /// `#rrggbb`.
    pub colour: String,
    /// One letter that no other partner has, so that meaning never hangs on colour.
    pub mark: char,
}

impl Names {
    /// The names that a book has for what is in a plan.
    #[must_use]
    pub fn of(book: &Book, plan: &Plan) -> Self {
        let in_plan = |id: &PartnerId| {
            plan.activities.values().any(|activity| activity.partner.as_ref() == Some(id))
                || plan.crew.keys().any(|person| partner_of(book, person) == Some(id))
                || book
                    .pools
                    .iter()
                    .any(|pool| pool.is_crew_time() && pool.parts.iter().any(|part| part.partner == *id))
        };
        let mut taken = BTreeSet::new();
        let mut partners = Vec::new();
        for partner in book.partners.iter().filter(|partner| in_plan(&partner.id)) {
            let mark = free_mark(&partner.short, &taken);
            taken.insert(mark);
            partners.push(Partner {
                id: partner.id.clone(),
                short: partner.short.clone(),
                colour: partner.colour.clone(),
                mark,
            });
        }
        Self {
            station: book.about.title.clone(),
            book: book.about.id.clone(),
            partners,
            people: book
                .people
                .iter()
                .map(|one| (one.id.to_string(), (one.family_name.clone(), one.partner.clone())))
                .collect(),
            elements: book.elements.iter().map(|one| (one.id.to_string(), one.name.clone())).collect(),
            resources: book
                .planning
                .resources
                .iter()
                .map(|one| (one.id.to_string(), one.title.clone()))
                .collect(),
        }
    }

    /// The family name; the id of somebody the book does not know.
    #[must_use]
    pub fn family<'a>(&'a self, person: &'a PersonId) -> &'a str {
        self.people.get(person.as_str()).map_or(person.as_str(), |(name, _)| name)
    }

    /// The partner under whose right somebody flies.
    #[must_use]
    pub fn partner_of(&self, person: &PersonId) -> Option<&Partner> {
        let (_, partner) = self.people.get(person.as_str())?;
        self.partner(partner)
    }

    /// A partner that has something in the plan.
    #[must_use]
    pub fn partner(&self, id: &PartnerId) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.id == *id)
    }

    /// A partner's short name; its id when the book does not know it.
    #[must_use]
    pub fn short<'a>(&'a self, id: &'a PartnerId) -> &'a str {
        self.partner(id).map_or(id.as_str(), |partner| &partner.short)
    }

    /// Where an activity is done; empty where it does not say.
    #[must_use]
    pub fn element(&self, activity: &Activity) -> String {
        let name = |id: &str| self.elements.get(id).map_or(id, String::as_str).to_owned();
        activity.element.as_ref().map(|id| name(id.as_str())).unwrap_or_default()
    }

    /// What an activity uses, with amounts that are not one.
    #[must_use]
    pub fn devices(&self, activity: &Activity) -> Vec<String> {
        let named = |id: &str| self.resources.get(id).map_or(id, String::as_str).to_owned();
        let one = |demand: &plan::Demand| match demand.amount {
            1 => named(demand.resource.as_str()),
            amount => format!("{} ({amount})", named(demand.resource.as_str())),
        };
        activity.uses.iter().map(one).collect()
    }

    /// Family names of all who take part but `without`.
    #[must_use]
    pub fn crew<'a>(&'a self, activity: &'a Activity, without: Option<&PersonId>) -> Vec<&'a str> {
        activity
            .crew
            .iter()
            .filter(|person| Some(*person) != without)
            .map(|person| self.family(person))
            .collect()
    }
}

fn partner_of<'a>(book: &'a Book, person: &PersonId) -> Option<&'a PartnerId> {
    book.people.named(person.as_str()).map(|person| &person.partner)
}

/// The first letter of a name that is free, or else any that is.
fn free_mark(name: &str, taken: &BTreeSet<char>) -> char {
    let own = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase);
    own.chain('A'..='Z').find(|letter| !taken.contains(letter)).unwrap_or('?')
}

/// Those who are planned: in the order of partners, then by name.
#[must_use]
pub fn people<'a>(plan: &'a Plan, names: &Names) -> Vec<&'a PersonId> {
    let acting = plan.activities.values().flat_map(|activity| &activity.crew);
    let all: BTreeSet<&PersonId> = plan.crew.keys().chain(acting).collect();
    let mut all: Vec<&PersonId> = all.into_iter().collect();
    let place = |person: &PersonId| {
        let own = names.partner_of(person).map(|partner| partner.mark);
        names.partners.iter().position(|partner| Some(partner.mark) == own).unwrap_or(usize::MAX)
    };
    all.sort_by_key(|person| (place(person), names.family(person)));
    all
}

/// Whether an activity is a part of the day that everybody has.
#[must_use]
pub const fn is_block(activity: &Activity) -> bool {
    matches!(activity.origin, Origin::Block(_))
}

/// Whether something is asked for by no partner and is no part of everybody's day.
#[must_use]
pub fn is_nobodys(activity: &Activity) -> bool {
    activity.partner.is_none() && !is_block(activity)
}

/// Whether it was not done.
#[must_use]
pub const fn is_skipped(activity: &Activity) -> bool {
    matches!(activity.progress, Progress::Skipped(_))
}

/// Whether it is the night's sleep.
#[must_use]
pub fn is_night(activity: &Activity) -> bool {
    is_block(activity) && activity.length() >= NIGHT
}

/// The activities by their beginning.
#[must_use]
pub fn in_order(plan: &Plan) -> Vec<(&plan::ActivityId, &Activity)> {
    let mut all: Vec<_> = plan.activities.iter().collect();
    all.sort_by_key(|(id, activity)| (activity.start, activity.end, *id));
    all
}

/// What became of an activity, in a word or two; nothing for what is as planned and may be moved.
#[must_use]
pub fn state(activity: &Activity) -> String {
    match (&activity.progress, activity.hold) {
        (Progress::Planned, plan::Hold::Free) => String::new(),
        // Parts of everybody's day stand at fixed times by themselves.
        (Progress::Planned, plan::Hold::Locked) if is_block(activity) => String::new(),
        (Progress::Planned, plan::Hold::Locked) => "locked".to_owned(),
        (Progress::Started(at), _) => format!("begun {}", clock(*at)),
        (Progress::Done(was), _) => format!("done {}–{}", clock(was.start()), clock(was.end())),
        (Progress::Skipped(why), _) if why.is_empty() => "skipped".to_owned(),
        (Progress::Skipped(why), _) => format!("skipped: {why}"),
    }
}

/// A time of day in GMT: `08:05`.
#[must_use]
pub fn clock(time: Time) -> String {
    let at = time.utc();
    format!("{:02}:{:02}", at.hour, at.minute)
}

/// Whole minutes of an activity; what is less is cut.
#[must_use]
pub fn minutes(activity: &Activity) -> i64 {
    activity.length().whole_minutes()
}
