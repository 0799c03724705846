//! What an edit of a week of the ISS costs: `cargo bench -p impact`.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use book::{Book, Files};
use divan::Bencher;
use impact::{Judge, Situation, Verdict, impact};
use plan::{Activity, ActivityId, Edit, Level, Origin, Plan, Progress};
use schedule::{Continue, Disruption, Options, Setting, schedule};
use timeline::{Duration, Interval};

fn main() {
    divan::main();
}

fn iss() -> Arc<Book> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    Arc::new(book::read(&Files::from_dir(&folder).expect("the folder is there")).0)
}

/// The first week of June 2026, some 900 activities.
fn week(book: &Arc<Book>) -> Plan {
    let span = Interval::new("2026-06-01".parse().expect("a day"), "2026-06-08".parse().expect("a day"));
    let rules = scene::rules(book, &scene::lexicon(book)).0;
    let span = span.expect("a week");
    let scene = impact::surroundings(book, span, &rules).expect("the orbit is told");
    let setting = Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new());
    let options = Options { iterations: Some(500), ..Options::default() };
    schedule(&setting, "a week", &options, &mut |_| Continue::Spent(0.0)).expect("it is planned").plan
}

/// Work on the third day.
fn work(plan: &Plan) -> (ActivityId, Activity) {
    let noon = plan.span.start() + Duration::DAY * 2 + Duration::HOUR * 12;
    let is_work = |one: &Activity| {
        matches!(one.origin, Origin::Request(_)) && one.progress == Progress::Planned && one.start > noon
    };
    let found = plan.activities.iter().find(|(_, one)| is_work(one)).expect("there is work");
    (found.0.clone(), found.1.clone())
}

/// With the light and links of the week.
#[divan::bench(sample_count = 10)]
fn judge_built(bencher: Bencher) {
    let book = iss();
    let plan = week(&book);
    bencher.bench_local(|| Judge::of(&book, plan.clone()).expect("it is judged"));
}

/// Where whoever asks has the light and links.
#[divan::bench(sample_count = 20)]
fn judge_built_with_surroundings(bencher: Bencher) {
    let book = iss();
    let plan = week(&book);
    let rules = scene::rules(&book, &scene::lexicon(&book)).0;
    let scene = impact::surroundings(&book, plan.span, &rules).expect("the orbit is told");
    bencher.bench_local(|| Judge::with(&book, plan.clone(), scene.clone(), Disruption::default()));
}

/// Moved an hour and told; moved back.
#[divan::bench]
fn edit_to_verdict(bencher: Bencher) {
    let book = iss();
    let plan = week(&book);
    let (id, activity) = work(&plan);
    let mut judge = Judge::of(&book, plan).expect("it is judged");
    let edit = Edit::Move(id, activity.start + Duration::HOUR);
    bencher.bench_local(|| judge.verdict_of(&edit).expect("it can be moved"));
}

/// All of a plan that is told, once.
#[divan::bench]
fn standing(bencher: Bencher) {
    let book = iss();
    let judge = Judge::of(&book, week(&book)).expect("it is judged");
    bencher.bench_local(|| judge.standing());
}

/// The three nearest free times before and after.
#[divan::bench]
fn nearest(bencher: Bencher) {
    let book = iss();
    let plan = week(&book);
    let (id, _) = work(&plan);
    let mut judge = Judge::of(&book, plan).expect("it is judged");
    bencher.bench_local(|| judge.nearest(&id));
}

/// Fifty activities, one after the other.
#[divan::bench(sample_count = 3)]
fn nearest_of_fifty(bencher: Bencher) {
    let book = iss();
    let plan = week(&book);
    let all: Vec<ActivityId> = plan.activities.keys().step_by(plan.activities.len() / 50).cloned().collect();
    let mut judge = Judge::of(&book, plan).expect("it is judged");
    bencher.bench_local(|| all.iter().map(|id| judge.nearest(id).len()).sum::<usize>());
}

/// What finds no time within a week: the hatch seals of the first Monday.
#[divan::bench(sample_count = 20)]
fn nearest_where_there_is_none(bencher: Bencher) {
    let book = iss();
    let mut judge = Judge::of(&book, week(&book)).expect("it is judged");
    let id: ActivityId = "hatch-seals-ru.2026-06-01.1".parse().expect("an id");
    bencher.bench_local(|| judge.nearest(&id));
}

/// A whole situation against another that differs by one move: the judge is built anew.
#[divan::bench(sample_count = 10)]
fn impact_of_a_plan(bencher: Bencher) {
    let book = iss();
    let plan = week(&book);
    let (id, activity) = work(&plan);
    let mut after = plan.clone();
    plan::apply(&mut after, &Edit::Move(id, activity.start + Duration::HOUR)).expect("it can be moved");
    let of = |plan: &Plan| Situation {
        book: Arc::clone(&book),
        plan: Some(plan.clone()),
        as_of: book.about.known_until,
    };
    let (before, after) = (of(&plan), of(&after));
    bencher.bench_local(|| {
        let told = impact(&before, &after, plan.span).expect("it is told");
        assert!(told.verdict != Verdict::default() || told.touched.activities.len() == 1);
        told
    });
}

/// Two books over eighteen months: stocks, rules, orbit and every single loss, of both.
#[divan::bench(sample_count = 5)]
fn impact_of_a_book(bencher: Bencher) {
    let book = iss();
    let mut other = book.as_ref().clone();
    other.about.title.push('!');
    let known = book.about.known_until;
    let ahead = Interval::new(known, known + risk::USUAL_SPAN).expect("a span");
    let of = |book: Arc<Book>| Situation { book, plan: None, as_of: known };
    let (before, after) = (of(Arc::clone(&book)), of(Arc::new(other)));
    bencher.bench_local(|| impact(&before, &after, ahead).expect("it is told"));
}
