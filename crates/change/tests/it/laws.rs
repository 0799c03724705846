//! Laws on random histories and random edits. What may be in the baseline is judged by tables of this file: whose people and elements are whose,
//! who speaks for whom, how long a board has.

use std::collections::BTreeSet;

use change::{Content, Products, apply, baseline, rebase};
use journal::{Digest, Entry, Journals, Requested, Ruled, Signed, State, Status, Urgency, fold};
use plan::Activity;
use proptest::collection::vec;
use proptest::prelude::*;
use timeline::{Duration, Time};

use crate::world::{CENTRES, FIVE, WEEK, What, World, act, activity, asked_at, iss, later, time};

const PEOPLE: [(&str, &str); 6] = [
    ("adenot-sophie", "esa"),
    ("meir-jessica", "nasa"),
    ("hathaway-jack", "nasa"),
    ("williams-christopher", "nasa"),
    ("mikaev-sergey", "roscosmos"),
    ("fedyaev-andrey", "roscosmos"),
];

const ELEMENTS: [(&str, &str); 5] = [
    ("columbus", "esa"),
    ("destiny", "nasa"),
    ("tranquility", "nasa"),
    ("kibo-pm", "jaxa"),
    ("zvezda", "roscosmos"),
];

const VOICES: [(&str, &str); 5] =
    [("esa", "col-cc"), ("nasa", "mcc-h"), ("roscosmos", "mcc-m"), ("csa", "msc-csa"), ("jaxa", "ssipc")];

const OWNERS: [&str; 6] = ["esa", "nasa", "roscosmos", "csa", "jaxa", "guest"];
const KINDS: [&str; 3] = ["experiment", "maintenance", "exercise"];
const IDS: [&str; 9] =
    ["esa-own", "nasa-own", "nasa-upkeep", "jaxa-by-nasa", "csa-by-esa", "russian", "tourist", "rest", "new"];

fn of<'a>(table: &[(&str, &'a str)], name: &str) -> &'a str {
    table.iter().find(|(one, _)| *one == name).unwrap_or_else(|| panic!("{name} is in no table")).1
}

/// One thing that happens: which centre, what, how long after the last, and free choices.
type Step = (usize, u8, u8, [usize; 3]);

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    vec((0..CENTRES.len(), 0_u8..20, any::<u8>(), any::<[usize; 3]>()), 10..most)
}

struct History {
    world: World,
    now: Time,
}

fn history(steps: &[Step]) -> History {
    let mut history = History { world: World::new(), now: asked_at() };
    for step in steps {
        happen(&mut history, *step);
    }
    history
}

fn happen(history: &mut History, (at, what, wait, [one, two, three]): Step) {
    let world = &mut history.world;
    let pause =
        [Duration::MINUTE, Duration::HOUR, Duration::HOUR * 13, Duration::DAY * 23][usize::from(wait) % 4];
    history.now = history.now + pause;
    let centre = CENTRES[at];
    let state = world.state();
    let held: Vec<Digest> = state.requests.keys().copied().collect();
    let open: Vec<Digest> = state
        .requests
        .iter()
        .filter(|(_, requested)| matches!(requested.status, Status::Open | Status::Rejected))
        .map(|(digest, _)| *digest)
        .collect();
    // What a chair would mostly be asked for.
    let flights = |digest: &&Digest| state.requests[*digest].touches.iter().eq(["flight-plan"]);
    let flights: Vec<Digest> = open.iter().filter(flights).copied().collect();
    let products = baseline(&iss().products, &state).products;
    drop(state);
    let request = if one % 4 == 0 { &held } else { &open };
    let request = request.get(two % request.len().max(1)).copied();
    let say = |what: What| act(centre, 0, what);
    match (what, request) {
        (0..=6, _) => ask(history, centre, &products, [one, two, three], &[]),
        (7, Some(request)) => ask(history, centre, &products, [one, two, three], &[request]),
        (8..=12, Some(request)) => drop(world.act(request, history.now, &say(What::Approve))),
        // Everybody agrees at once, which seldom happens by chance.
        (13..=14, Some(request)) => {
            for centre in FIVE {
                world.act(request, history.now, &act(centre, 0, What::Approve));
            }
        }
        (15, Some(request)) => drop(world.act(request, history.now, &say(What::Reject))),
        (16, Some(request)) => drop(world.act(request, history.now, &say(What::Withdraw))),
        (17..=18, Some(request)) => {
            let request = flights.get(two % flights.len().max(1)).copied().unwrap_or(request);
            let centre = if three % 3 == 0 { centre } else { "mcc-h" };
            let body = ["mcb", "mcb", "sop", "immt"][three % 4];
            let what = if one % 5 == 0 { What::RuleAgainst(body) } else { What::RuleFor(body) };
            world.act(request, history.now, &act(centre, 0, what));
        }
        (_, Some(request)) => drop(world.act(request, history.now, &say(What::Comment))),
        _ => {}
    }
}

fn ask(
    history: &mut History,
    centre: &str,
    products: &Products,
    [one, two, three]: [usize; 3],
    replaces: &[Digest],
) {
    // On what is agreed now, on what was agreed in the beginning, or on what never was.
    let mut before = if one % 5 == 0 { iss().products.clone() } else { products.clone() };
    if one % 7 == 0 {
        change(&mut before, [three, one, two]);
    }
    let mut after = before.clone();
    change(&mut after, [two, three, one]);
    if two % 3 == 0 {
        change(&mut after, [three, two, one]);
    }
    let Ok(content) = Content::between(&before, &after) else { return };
    let urgency = [Urgency::Routine, Urgency::Routine, Urgency::Urgent, Urgency::Safety][three % 4];
    history.world.ask(centre, history.now, urgency, &content.to_bytes().unwrap(), replaces);
}

/// One edit of many kinds.
fn change(products: &mut Products, [what, which, how]: [usize; 3]) {
    let person = PEOPLE[how % PEOPLE.len()].0;
    let element = ELEMENTS[how % ELEMENTS.len()].0;
    let owner = OWNERS[how % OWNERS.len()];
    let kind = KINDS[how % KINDS.len()];
    if what % 10 >= 8 {
        let dockings = products.files.get_mut("dockings.csv").unwrap();
        let before = "sts-88,unity-pma-2,1998-12-07T02:";
        let at = dockings.find(before).unwrap() + before.len();
        dockings.replace_range(at..at + 2, &format!("{:02}", how % 60));
        return;
    }
    let id = IDS[which % IDS.len()];
    let week = &mut products.plans.get_mut(WEEK).unwrap().activities;
    let Some(activity) = week.get_mut(id) else {
        let new = activity(Some(owner), kind, &[person], Some(element));
        week.insert(id.parse().unwrap(), new);
        return;
    };
    match what % 10 {
        0..=1 => later(activity),
        2 => activity.crew = [person.parse().unwrap()].into(),
        3 => activity.crew.extend([person.parse().unwrap()]),
        4 => activity.element = Some(element.parse().unwrap()),
        5 => activity.partner = Some(owner.parse().unwrap()),
        6 => activity.kind = kind.parse().unwrap(),
        _ => {
            let taken = week.remove(id);
            // Under another name, unless that is taken.
            let other = IDS[how % IDS.len()];
            if let Some(taken) = taken.filter(|_| how % 2 == 0 && !week.contains_key(other)) {
                week.insert(other.parse().unwrap(), taken);
            }
        }
    }
}

/// Whether a centre had agreed when a request was decided: it asked, or its last word by then was yes.
fn agreed(requested: &Requested<'_>, centre: &str) -> bool {
    let decided = requested.decided.as_ref().unwrap();
    let mut last = requested.signed.record().centre.as_str() == centre;
    let words = requested.said.iter().filter(|signed| signed.record().centre.as_str() == centre);
    for signed in words.filter(|signed| journal::Place::of(signed) <= *decided) {
        match signed.record().entry {
            Entry::Approval { .. } | Entry::ApprovalWithComment { .. } => last = true,
            Entry::Rejection { .. } => last = requested.signed.record().centre.as_str() == centre,
            _ => {}
        }
    }
    last
}

/// Whether the lead acted for safety.
fn led(requested: &Requested<'_>) -> bool {
    requested.request.urgency == Urgency::Safety && agreed(requested, "mcc-h")
}

/// Whether a request may change an activity so: by whom it is done, where, and whose it is.
fn may(requested: &Requested<'_>, activity: &Activity) -> Result<(), String> {
    let partner = activity.partner.as_ref().map(ToString::to_string);
    if partner.as_deref() == Some("guest") {
        return if FIVE.iter().all(|centre| agreed(requested, centre)) {
            Ok(())
        } else {
            Err("a guest's".to_owned())
        };
    }
    if led(requested) {
        return Ok(());
    }
    for person in &activity.crew {
        if !agreed(requested, of(&VOICES, of(&PEOPLE, person.as_str()))) {
            return Err(format!("{person} is not asked for"));
        }
    }
    if let Some(element) = &activity.element
        && !agreed(requested, of(&VOICES, of(&ELEMENTS, element.as_str())))
    {
        return Err(format!("{element} is not asked for"));
    }
    let Some(partner) = partner else { return Ok(()) };
    let is_nasas_research = partner == "nasa" && activity.kind.as_str() == "experiment";
    // Houston speaks for all of NASA where it asks; where it is asked, Huntsville is for research.
    let is_agreed = if is_nasas_research {
        agreed(requested, "poic") || requested.signed.record().centre.as_str() == "mcc-h"
    } else {
        agreed(requested, of(&VOICES, &partner))
    };
    if is_agreed { Ok(()) } else { Err(format!("{partner} is not asked")) }
}

/// Whether a request may change flights: all agree, or Houston has the chair once 44 days are over, or 2 when it is urgent, or leads for safety.
fn may_fly(requested: &Requested<'_>) -> bool {
    let wait =
        if requested.request.urgency == Urgency::Routine { Duration::DAY * 44 } else { Duration::DAY * 2 };
    let asked = requested.signed.record().time;
    let decided = requested.decided.as_ref().unwrap();
    let mut rulings = requested
        .said
        .iter()
        .filter(|signed| journal::Place::of(signed) <= *decided)
        .map(|signed| signed.record());
    let ruled = rulings.any(|record| {
        matches!(&record.entry, Entry::Ruling { body, ruled: Ruled::Approved, .. } if body.as_str() == "mcb")
            && record.centre.as_str() == "mcc-h"
            && record.time >= asked + wait
    });
    led(requested) || ruled || FIVE.iter().all(|centre| agreed(requested, centre))
}

/// What a request did: each activity before and after, and whether it did something to a file.
fn did(before: &Products, after: &Products) -> (Vec<Activity>, bool) {
    let mut sides = Vec::new();
    for id in IDS {
        let [was, is] = [before, after].map(|products| products.plans[WEEK].activities.get(id));
        if was != is {
            sides.extend([was, is].into_iter().flatten().cloned());
        }
    }
    (sides, before.files != after.files)
}

fn judge(state: &State<'_>) -> Result<(), TestCaseError> {
    let mut products = iss().products.clone();
    for digest in &state.baseline {
        let requested = &state.requests[digest];
        let before = products.clone();
        apply(&Content::from_bytes(&requested.request.edits).unwrap(), &mut products);
        let (activities, has_flights) = did(&before, &products);
        for activity in activities {
            prop_assert_eq!(
                may(requested, &activity),
                Ok(()),
                "{:?} by {:?}",
                activity,
                requested.signed.record().centre
            );
        }
        prop_assert!(!has_flights || may_fly(requested));
    }
    // Who takes an approved request back needs those who were needed for it.
    for requested in state.requests.values().filter(|requested| requested.decided.is_some()) {
        let Status::Replaced(by) = requested.status else { continue };
        let edits = Content::from_bytes(&requested.request.edits).unwrap();
        for change in edits.products.values().flat_map(|edit| edit.activities.values()) {
            for side in change.sides() {
                prop_assert_eq!(may(&state.requests[&by], side), Ok(()), "replaced");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_of_a_partner_changes_without_its_word(steps in steps(90)) {
        let history = history(&steps);
        judge(&history.world.state())?;
    }

    #[test]
    fn the_order_in_which_records_come_means_nothing(
        (records, all) in steps(60).prop_flat_map(|steps| {
            let all = history(&steps).world.journals;
            let records: Vec<Signed> = all.iter().cloned().collect();
            (Just(records).prop_shuffle(), Just(all))
        })
    ) {
        let terms = World::new().terms;
        let shuffled: Journals = records.iter().cloned().collect();
        let [one, other] = [&all, &shuffled].map(|journals| fold(journals, &terms, &iss().terms));
        prop_assert_eq!(one.digest(), other.digest());
        let [one, other] = [&one, &other].map(|state| baseline(&iss().products, state));
        prop_assert!(one == other);
    }

    #[test]
    fn what_lies_between_two_makes_one_of_the_other(edits in vec(any::<[usize; 3]>(), 0..12), more in vec(any::<[usize; 3]>(), 0..12)) {
        let [before, after] = [edits, more].map(|edits| changed(&iss().products, &edits));
        match Content::between(&before, &after) {
            Ok(content) => {
                prop_assert_eq!(&Content::from_bytes(&content.to_bytes().unwrap()).unwrap(), &content);
                let mut made = before.clone();
                prop_assert_eq!(apply(&content, &mut made), vec![]);
                prop_assert!(made == after);
                // Not twice: what is done is not what it was.
                if content.files.is_empty() {
                    let refused = apply(&content, &mut made);
                    prop_assert_eq!(refused.len(), content.products.values().map(|edit| edit.activities.len()).sum::<usize>());
                    prop_assert!(made == after);
                }
            }
            Err(error) => {
                prop_assert_eq!(error, change::ContentError::Empty);
                prop_assert!(before == after);
            }
        }
    }

    #[test]
    fn what_is_rebased_fits(base in vec(any::<[usize; 3]>(), 0..6), ours in vec(any::<[usize; 3]>(), 1..8), theirs in vec(any::<[usize; 3]>(), 0..8)) {
        let old = changed(&iss().products, &base);
        let (wanted, new) = (changed(&old, &ours), changed(&old, &theirs));
        let Ok(content) = Content::between(&old, &wanted) else { return Ok(()) };
        prop_assert_eq!(rebase(&content, &old, &old).content, Some(content.clone()));
        let rebased = rebase(&content, &old, &new);
        let mut made = new.clone();
        if let Some(moved) = &rebased.content {
            prop_assert_eq!(apply(moved, &mut made), vec![]);
        }
        // Where nobody else changed anything of it, it is the same change.
        let ids: BTreeSet<_> = content.products.values().flat_map(|edit| edit.activities.keys()).collect();
        let is_untouched = ids.iter().all(|id| old.plans[WEEK].activities.get(*id) == new.plans[WEEK].activities.get(*id));
        if is_untouched && old.files == new.files {
            prop_assert_eq!(rebased.conflicts, vec![]);
            prop_assert_eq!(rebased.content, Some(content));
        } else if rebased.conflicts.is_empty() {
            // Whoever comes second, the two come to the same.
            let other = Content::between(&old, &new).map(|theirs| rebase(&theirs, &old, &wanted));
            if let Ok(other) = other {
                let mut second = wanted.clone();
                if let Some(moved) = &other.content {
                    prop_assert_eq!(apply(moved, &mut second), vec![]);
                }
                prop_assert!(other.conflicts.is_empty() && second == made);
            }
        }
    }
}

fn changed(products: &Products, edits: &[[usize; 3]]) -> Products {
    let mut products = products.clone();
    edits.iter().for_each(|edit| change(&mut products, *edit));
    products
}

#[test]
fn random_histories_are_worth_their_name() {
    // A linear congruential generator (Knuth's MMIX constants), its upper bits.
    let mut random = 7_u64;
    let mut draw = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize
    };
    let steps: Vec<Step> = (0..500)
        .map(|_| (draw() % CENTRES.len(), (draw() % 20) as u8, draw() as u8, [draw(), draw(), draw()]))
        .collect();
    let history = history(&steps);
    assert!(history.now > time("2026-06-20"));
    let state = history.world.state();
    judge(&state).unwrap();
    let made = baseline(&iss().products, &state);
    assert!(state.baseline.len() > 50, "{} in the baseline", state.baseline.len());
    assert!(made.refusals.len() > 20, "{} edits had no effect", made.refusals.len());
    assert!(made.products.plans[WEEK] != iss().products.plans[WEEK]);
    assert!(made.products.files != iss().products.files);
    for status in [Status::Open, Status::Approved, Status::Rejected, Status::Withdrawn] {
        assert!(state.requests.values().any(|requested| requested.status == status), "no {status:?}");
    }
    let by_chair = state.requests.values().filter(|requested| {
        let decided = requested.decided.as_ref();
        requested.said.iter().any(|signed| {
            matches!(signed.record().entry, Entry::Ruling { .. })
                && decided == Some(&journal::Place::of(signed))
        })
    });
    assert!(by_chair.count() > 0, "a chair decided something");
    let by_lead = state.requests.values().filter(|requested| {
        requested.request.urgency == Urgency::Safety && requested.status == Status::Approved
    });
    assert!(by_lead.count() > 5);
}
