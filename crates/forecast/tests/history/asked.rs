//! The ISS book, as it is or with something in it said otherwise, and questions to it.

use std::path::Path;

use book::{Book, Files};
use forecast::{Drafted, Forecast, Model, Scenario, compute, draft};
use timeline::{Interval, Profile, Time};

/// A file, what stands in it, and what is to stand there instead.
pub(crate) type Edit<'a> = (&'a str, &'a str, &'a str);

/// The ISS book with every place changed at which one of the edits' texts stands.
pub(crate) fn iss(edits: &[Edit<'_>]) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let files = Files::from_dir(folder).unwrap();
    let text = |path: &str| String::from_utf8_lossy(files.get(path).unwrap_or_default()).into_owned();
    let of_stocks = files.paths().filter(|path| !path.starts_with("orbit/"));
    let contents = of_stocks.map(|path| {
        let edits = edits.iter().filter(|(file, ..)| *file == path);
        let edited = edits.fold(text(path), |text, (_, from, to)| {
            assert!(text.contains(from), "{path} has no `{from}`");
            text.replace(from, to)
        });
        (path.to_owned(), edited.into_bytes())
    });
    book::read(&contents.collect()).0
}

pub(crate) fn time(text: &str) -> Time {
    text.parse().unwrap()
}

/// A question about the ISS.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) as_of: &'a str,
    pub(crate) crew: Option<u32>,
    /// Flights that do not come.
    pub(crate) without: &'a [&'a str],
}

/// Its answer.
pub(crate) struct Asked {
    pub(crate) span: Interval,
    pub(crate) drafted: Drafted,
    pub(crate) forecast: Forecast,
}

impl Question<'_> {
    pub(crate) fn ask(&self, book: &Book) -> Asked {
        let scenario = self.scenario();
        let drafted = draft(book, &scenario);
        let forecast = compute(&Model::new(&drafted.draft).unwrap(), scenario.span).unwrap();
        Asked { span: scenario.span, drafted, forecast }
    }

    pub(crate) fn scenario(&self) -> Scenario {
        let span = Interval::new(time(self.from), time(self.to)).unwrap();
        Scenario {
            crew: self.crew,
            without: self.without.iter().map(|id| id.parse().unwrap()).collect(),
            ..Scenario::new(span, time(self.as_of))
        }
    }
}

impl Asked {
    pub(crate) fn profile(&self, name: &str) -> &Profile {
        self.forecast.profile(name).unwrap_or_else(|| panic!("no profile {name}"))
    }

    /// How many days of a supply are left at `at`.
    pub(crate) fn days_left(&self, supply: &str, at: &str) -> f64 {
        self.profile(&format!("supply.{supply}.days")).at(time(at)).unwrap()
    }

    /// When no more days of a supply are left than that, from `from` on.
    pub(crate) fn crossing(&self, supply: &str, days: f64, from: &str) -> Option<Time> {
        let at_most = self.profile(&format!("supply.{supply}.days")).at_most(days);
        at_most.first_from(time(from)).map(Interval::start)
    }

    /// When nothing of a supply is left.
    pub(crate) fn empty(&self, supply: &str) -> Option<Time> {
        let reserves = self.forecast.reserves_at(self.span.start());
        reserves.iter().find(|reserve| reserve.name == supply).unwrap().empty
    }

    /// When somebody first goes short of anything.
    pub(crate) fn first_short(&self) -> Option<Time> {
        self.forecast.shortfalls().iter().map(|short| short.during.start()).min()
    }
}

/// `19 November 2004`.
pub(crate) fn day(at: Time) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let utc = at.utc();
    format!("{} {} {}", utc.day, MONTHS[usize::from(utc.month) - 1], utc.year)
}

/// Whole days from `a` to `b`, rounded.
pub(crate) fn days_between(a: Time, b: Time) -> i64 {
    (b - a).days().round() as i64
}
