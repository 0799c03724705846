//! The books that ship, and settings of them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use book::{Book, Files};
use plan::{Day, Level};
use schedule::{Continue, Options, Scheduled, Setting, schedule};
use timeline::{Interval, Severity};

/// A book of the repository by its folder, and a Monday of which something can be planned.
pub(crate) struct Shipped {
    pub(crate) name: &'static str,
    pub(crate) book: Book,
}

/// Every book that ships with requests.
pub(crate) fn all() -> &'static [Shipped] {
    static BOOKS: OnceLock<Vec<Shipped>> = OnceLock::new();
    BOOKS.get_or_init(|| ["iss", "first-station", "mars-transit"].map(shipped).into())
}

pub(crate) fn iss() -> &'static Book {
    &all()[0].book
}

fn shipped(name: &'static str) -> Shipped {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
    let files = Files::from_dir(&folder).expect("the folder is there");
    let (book, mut findings) = book::read(&files);
    findings.extend(book::check(&book));
    let fault = findings.iter().find(|finding| finding.severity == Severity::Must);
    assert!(fault.is_none(), "{name}: {fault:?}");
    Shipped { name, book }
}

impl Shipped {
    /// The week that begins on the Monday so many weeks after the first Monday of which the book knows no history.
    pub(crate) fn week(&self, number: u32) -> Interval {
        let known = Day::of(self.book.about.known_until.min("2100-01-01".parse().expect("a day")));
        let first = known.monday().later(7 * (1 + number));
        let end = first.later(7);
        Interval::new(first.start(), end.start()).expect("a week")
    }

    pub(crate) fn setting(&self, span: Interval) -> Setting<'_> {
        setting(&self.book, span)
    }
}

/// A setting without orbit: nothing of light and links is known.
pub(crate) fn setting(book: &Book, span: Interval) -> Setting<'_> {
    let lexicon = scene::lexicon(book);
    let rules = scene::rules(book, &lexicon).0;
    let scene = scene::scene(book, None, Vec::new(), span);
    Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new())
}

pub(crate) fn options(seed: u64, iterations: u64) -> Options {
    Options { seed, iterations: Some(iterations), ..Options::default() }
}

pub(crate) fn planned(setting: &Setting<'_>, seed: u64, iterations: u64) -> Scheduled {
    schedule(setting, "a week", &options(seed, iterations), &mut |_| Continue::Spent(0.0))
        .expect("there is somebody to plan for")
}
