//! The books that ship, and plans of them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use book::{Book, Files};
use plan::{Day, Level, Plan};
use rules::Scene;
use schedule::{Continue, Disruption, Options, Scheduled, Setting, schedule};
use timeline::Interval;

/// A book of the repository.
pub(crate) struct Shipped {
    pub(crate) name: &'static str,
    pub(crate) book: Arc<Book>,
}

/// Every book that ships with requests.
pub(crate) fn all() -> &'static [Shipped] {
    static BOOKS: OnceLock<Vec<Shipped>> = OnceLock::new();
    BOOKS.get_or_init(|| ["iss", "first-station", "mars-transit"].map(shipped).into())
}

fn shipped(name: &'static str) -> Shipped {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
    let (book, _) = book::read(&Files::from_dir(&folder).expect("the folder is there"));
    Shipped { name, book: Arc::new(book) }
}

impl Shipped {
    /// So many days from the Monday so many weeks after the first of which the book knows no history.
    pub(crate) fn span(&self, week: u32, days: u32) -> Interval {
        let known = Day::of(self.book.about.known_until.min("2100-01-01".parse().expect("a day")));
        let first = known.monday().later(7 * (1 + week));
        Interval::new(first.start(), first.later(days).start()).expect("a span")
    }

    /// What happens there, with light and links as far as they are known.
    pub(crate) fn scene(&self, span: Interval) -> Scene {
        let rules = scene::rules(&self.book, &scene::lexicon(&self.book)).0;
        impact::surroundings(&self.book, span, &rules).expect("the orbit is told")
    }

    /// A plan by the planner, and how many mandatory things it has no place for.
    pub(crate) fn planned(&self, scene: &Scene, level: Level, seed: u64) -> Scheduled {
        let rules = scene::rules(&self.book, &scene::lexicon(&self.book)).0;
        let setting = Setting::new(&self.book, level, scene.span, rules, scene.clone(), &BTreeSet::new());
        let options = Options { seed, iterations: Some(60), ..Options::default() };
        schedule(&setting, "a week", &options, &mut |_| Continue::Spent(0.0)).expect("somebody is aboard")
    }

    pub(crate) fn judge(&self, plan: Plan, scene: Scene) -> impact::Judge {
        impact::Judge::with(&self.book, plan, scene, Disruption::default())
    }
}

/// A week of a book with its plan and a scene, made once for all tests.
pub(crate) struct Week {
    pub(crate) shipped: &'static Shipped,
    pub(crate) plan: Plan,
    pub(crate) scene: Scene,
}

/// The first week of every book.
pub(crate) fn weeks() -> &'static [Week] {
    static WEEKS: OnceLock<Vec<Week>> = OnceLock::new();
    WEEKS.get_or_init(|| {
        let week = |shipped: &'static Shipped| {
            let scene = shipped.scene(shipped.span(0, 7));
            Week { shipped, plan: shipped.planned(&scene, Level::Week, 1).plan, scene }
        };
        all().iter().map(week).collect()
    })
}

impl Week {
    pub(crate) fn judge(&self) -> impact::Judge {
        self.judge_of(self.plan.clone())
    }

    pub(crate) fn judge_of(&self, plan: Plan) -> impact::Judge {
        self.shipped.judge(plan, self.scene.clone())
    }
}
