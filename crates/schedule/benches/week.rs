//! How long a week of the ISS book takes: `cargo bench -p schedule`.

use std::collections::BTreeSet;
use std::path::Path;

use book::{Book, Files};
use divan::Bencher;
use plan::Level;
use schedule::{Continue, Disruption, Options, Scheduled, Setting, schedule};
use timeline::{Duration, Interval, Time};

fn main() {
    divan::main();
}

fn iss() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    book::read(&Files::from_dir(&folder).expect("the folder is there")).0
}

fn monday() -> Time {
    "2026-06-01".parse().expect("a day")
}

fn setting(book: &Book) -> Setting<'_> {
    let span = Interval::new(monday(), monday() + Duration::DAY * 7).expect("a week");
    let rules = scene::rules(book, &scene::lexicon(book)).0;
    let scene = scene::scene(book, None, Vec::new(), span);
    Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new())
}

fn planned(setting: &Setting<'_>, iterations: u64) -> Scheduled {
    let options = Options { iterations: Some(iterations), ..Options::default() };
    schedule(setting, "a week", &options, &mut |_| Continue::Spent(0.0)).expect("somebody is aboard")
}

/// From the book to the wishes, the scene and the rules of a week.
#[divan::bench]
fn set_the_week_up(bencher: Bencher) {
    let book = iss();
    bencher.bench(|| setting(&book));
}

/// The first full plan with every rule, its shares, its bound and the checker's verdict.
#[divan::bench]
fn first_plan(bencher: Bencher) {
    let book = iss();
    let setting = setting(&book);
    bencher.bench(|| planned(&setting, 0));
}

/// Somebody is ill on the third day: a plan that is kept, and a thousand ruins.
#[divan::bench]
fn replan(bencher: Bencher) {
    let book = iss();
    let before = planned(&setting(&book), 2_000).plan;
    let now = monday() + Duration::DAY * 2 + Duration::HOUR * 6;
    let ill = Interval::new(now, now + Duration::DAY).expect("a day");
    let away = vec![("meir-jessica".parse().expect("an id"), ill)];
    let disruption = Disruption { now: Some(now), away, ..Disruption::default() };
    let setting = setting(&book).keeping(Some(&before)).disrupted(disruption);
    bencher.bench(|| planned(&setting, 1_000));
}
