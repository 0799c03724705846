//! A plan as cases: its activities, and what each day is for each person.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use plan::{Activity, ActivityId, Calendar, Day, Member, Origin, Plan, Progress, Request, Wish};
use record::{PartnerId, PersonId, SkillId};
use rules::{Case, Scene};
use timeline::{Interval, Time};

/// The members of the crew who are aboard in `span`, in order of their ids, with what they have learnt.
///
/// Whoever has not left by the end of what the book knows is taken to stay on.
#[must_use]
pub fn members(book: &Book, span: Interval) -> Vec<Member> {
    let mut members: BTreeMap<PersonId, Member> = BTreeMap::new();
    for one in book.aboard() {
        let Some(planned) = one.interval.intersection(span) else { continue };
        let skills = book
            .qualifications
            .iter()
            .filter(|has| has.person == one.stay.person)
            .filter(|has| has.from.is_none_or(|from| from <= planned.start()))
            .filter(|has| has.until.is_none_or(|until| until >= planned.end()))
            .map(|has| has.skill.clone());
        members.insert(
            one.stay.person.clone(),
            Member {
                person: one.stay.person.clone(),
                partner: one.stay.partner.clone(),
                segment: book.segment_of(one.stay).map(str::to_owned),
                aboard: one.interval,
                skills: skills.collect(),
            },
        );
    }
    members.into_values().collect()
}

/// The same scene with a plan in it, in place of what was planned before.
///
/// Each activity is a case of its kind, of what that kind also is, and an `activity`; over the whole plan each person has a case `plan`, and
/// on days that are something as a whole, such as a day of rest, a case of that.
pub fn put_plan(scene: &mut Scene, book: &Book, plan: &Plan, crew: &[Member]) {
    for (id, activity) in &plan.activities {
        if let Some(case) = case(book, id, activity) {
            scene.cases.push(case);
        }
    }
    scene.cases.extend(days(book, plan.span, crew));
    for member in crew {
        let skills = member.skills.iter().map(|skill| skill.as_str().to_owned()).collect();
        scene.facts.entry(member.person.to_string()).or_default().insert("skill".to_owned(), skills);
    }
}

/// One activity as rules see it; nothing for what was not done.
#[must_use]
pub fn case(book: &Book, id: &ActivityId, activity: &Activity) -> Option<Case> {
    let (start, end) = match &activity.progress {
        Progress::Skipped(_) => return None,
        Progress::Done(was) => (was.start(), was.end()),
        Progress::Started(at) => (*at, activity.end.max(*at)),
        Progress::Planned => (activity.start, activity.end),
    };
    Some(described(book, activity, Case::new(id.as_str(), activity.kind.as_str(), start, end)))
}

/// A wish as rules see it before anybody has placed it: at `at`, with nobody in it.
#[must_use]
pub fn unplaced(book: &Book, wish: &Wish, at: Time) -> Case {
    let activity = wish.placed(at, []);
    let case = Case::new(wish.id.as_str(), wish.kind.as_str(), activity.start, activity.end);
    described(book, &activity, case)
}

fn described(book: &Book, activity: &Activity, mut case: Case) -> Case {
    if let Some(kind) = book.activity_kinds.get(&activity.kind) {
        for also in &kind.also {
            case = case.also(also.as_str());
        }
    }
    case = case
        .also("activity")
        .with_all("person", activity.crew.iter().map(PersonId::as_str))
        .with("activity", if matches!(activity.origin, Origin::Block(_)) { "block" } else { "task" })
        .with("hold", activity.hold.to_string())
        .with_all("skill", skills(book, &activity.origin).iter().map(SkillId::as_str));
    let devices = activity.uses.iter().filter(|used| {
        book.planning.resources.get(&used.resource).is_some_and(|resource| resource.capacity == 1)
    });
    case = case.with_all("device", devices.map(|used| used.resource.as_str()));
    if let Some(partner) = &activity.partner {
        case = case.with("partner", partner.as_str());
    }
    let element = activity.element.as_ref().and_then(|element| book.elements.get(element));
    let Some(element) = element else {
        // What is done nowhere in particular touches nobody's element but the asker's own.
        return case.with_all("owner", activity.partner.iter().map(PartnerId::as_str));
    };
    // Who has a part of an element's use by the agreement needs nobody's leave; others need the owner's.
    let mut approved: Vec<&PartnerId> = element.uses.iter().map(|part| &part.partner).collect();
    let request = request(book, &activity.origin);
    if request.is_some_and(|request| request.approved.contains(&element.owner)) {
        approved.extend(&activity.partner);
    }
    case.with("element", element.id.as_str())
        .with("owner", element.owner.as_str())
        .with("segment", element.segment.clone())
        .with_all("approved", approved.into_iter().map(PartnerId::as_str))
}

/// What each person of an activity must have learnt: what every part in it asks for.
fn skills(book: &Book, origin: &Origin) -> BTreeSet<SkillId> {
    let Some(request) = request(book, origin) else { return BTreeSet::new() };
    let mut roles = request.crew.iter().map(|role| role.skills.iter().cloned().collect::<BTreeSet<_>>());
    let first = roles.next().unwrap_or_default();
    roles.fold(first, |all, role| all.intersection(&role).cloned().collect())
}

fn request<'a>(book: &'a Book, origin: &Origin) -> Option<&'a Request> {
    let Origin::Request(request) = origin else { return None };
    book.requests.get(request).map(|request| &request.value)
}

/// What each day is for each person, and the time over which each is planned.
fn days(book: &Book, span: Interval, crew: &[Member]) -> Vec<Case> {
    let kinds: Vec<_> = book.planning.days.iter().map(|day| day.value.clone()).collect();
    let holidays: Vec<_> = book.planning.holidays.iter().map(|holiday| holiday.value.clone()).collect();
    let calendar = Calendar { kinds: &kinds, holidays: &holidays };
    let mut cases = Vec::new();
    for member in crew {
        let Some(planned) = member.aboard.intersection(span) else { continue };
        let id = format!("{}.plan", member.person);
        let case = Case::new(id, "plan", planned.start(), planned.end());
        cases.push(case.with("person", member.person.as_str()));
        for day in Day::in_span(planned) {
            let Some(is) = calendar.kind(day, member).and_then(|kind| kind.is.as_ref()) else { continue };
            let case = Case::new(
                format!("{}.{is}.{day}", member.person),
                is.as_str(),
                day.start(),
                day.next().start(),
            );
            cases.push(case.with("person", member.person.as_str()));
        }
    }
    cases
}
