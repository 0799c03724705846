//! The ISS book, a week of a plan of its partners, and centres that write journals.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use book::Files;
use change::{BookTerms, Content, Products};
use journal::{
    ChangeRequest, Contradiction, Digest, Entry, Journals, Key, Ruled, Signed, State, Status, Terms, Urgency,
    Writer, fold,
};
use plan::{Activity, Hold, Level, Origin, Plan, Progress};
use record::CentreId;
use timeline::{Duration, Interval, Time};

/// The centres of the ISS book.
pub(crate) const CENTRES: [&str; 8] =
    ["col-cc", "mcc-d", "mcc-h", "mcc-m", "mcc-x", "msc-csa", "poic", "ssipc"];

/// Those that speak for a partner in everything.
pub(crate) const FIVE: [&str; 5] = ["col-cc", "mcc-h", "mcc-m", "msc-csa", "ssipc"];

/// The plan of these tests.
pub(crate) const WEEK: &str = "week-2026-06-01";

pub(crate) struct Iss {
    pub(crate) terms: BookTerms,
    pub(crate) products: Products,
}

/// The book as it ships, with a plan.
pub(crate) fn iss() -> &'static Iss {
    static ISS: OnceLock<Iss> = OnceLock::new();
    ISS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
        let files = Files::from_dir(folder).unwrap();
        let (book, _) = book::read(&files);
        let mut products = Products::of_files(&files).unwrap();
        // Long tables that no test here changes.
        products.files.retain(|path, _| !path.starts_with("orbit/"));
        products.plans.insert(WEEK.parse().unwrap(), week());
        Iss { terms: BookTerms::of(&book), products }
    })
}

pub(crate) fn time(text: &str) -> Time {
    text.parse().unwrap()
}

/// An activity of that week, on Tuesday from nine to ten.
pub(crate) fn activity(partner: Option<&str>, kind: &str, crew: &[&str], element: Option<&str>) -> Activity {
    Activity {
        title: "Something to do".to_owned(),
        origin: Origin::Added,
        partner: partner.map(|partner| partner.parse().unwrap()),
        kind: kind.parse().unwrap(),
        start: time("2026-06-02T09:00Z"),
        end: time("2026-06-02T10:00Z"),
        crew: crew.iter().map(|person| person.parse().unwrap()).collect(),
        element: element.map(|element| element.parse().unwrap()),
        uses: Vec::new(),
        hold: Hold::Free,
        progress: Progress::Planned,
        notes: String::new(),
    }
}

fn week() -> Plan {
    let span = Interval::new(time("2026-06-01"), time("2026-06-08")).unwrap();
    let mut plan = Plan::empty("Week 23", Level::Week, span);
    let rest = Activity {
        origin: Origin::Block("sleep".parse().unwrap()),
        ..activity(None, "sleep", &["adenot-sophie"], None)
    };
    for (id, activity) in [
        ("esa-own", activity(Some("esa"), "experiment", &["adenot-sophie"], Some("columbus"))),
        ("nasa-own", activity(Some("nasa"), "experiment", &["meir-jessica"], Some("destiny"))),
        ("nasa-upkeep", activity(Some("nasa"), "maintenance", &["hathaway-jack"], Some("tranquility"))),
        ("jaxa-by-nasa", activity(Some("jaxa"), "experiment", &["hathaway-jack"], Some("kibo-pm"))),
        ("csa-by-esa", activity(Some("csa"), "experiment", &["adenot-sophie"], Some("destiny"))),
        ("russian", activity(Some("roscosmos"), "experiment", &["mikaev-sergey"], Some("zvezda"))),
        ("tourist", activity(Some("guest"), "experiment", &["meir-jessica"], Some("destiny"))),
        ("rest", rest),
        ("ground", activity(None, "work", &[], None)),
    ] {
        plan.activities.insert(id.parse().unwrap(), activity);
    }
    plan
}

/// What makes the products of the book those that `change` makes of them.
pub(crate) fn content(change: impl FnOnce(&mut Products)) -> Content {
    let mut after = iss().products.clone();
    change(&mut after);
    Content::between(&iss().products, &after).unwrap()
}

/// Changes one activity of the week.
pub(crate) fn with(products: &mut Products, id: &str, change: impl FnOnce(&mut Activity)) {
    change(products.plans.get_mut(WEEK).unwrap().activities.get_mut(id).unwrap());
}

/// An hour later.
pub(crate) fn later(activity: &mut Activity) {
    *activity = activity.moved_to(activity.start + Duration::HOUR);
}

/// Replaces what stands once in a file of the book.
pub(crate) fn rewrite(products: &mut Products, file: &str, from: &str, to: &str) {
    let text = products.files.get_mut(file).unwrap();
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in {file}");
    *text = text.replace(from, to);
}

/// What a centre does with a request, and how long after it was made.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) centre: &'static str,
    pub(crate) after: Duration,
    pub(crate) what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum What {
    Approve,
    Comment,
    Reject,
    Withdraw,
    RuleFor(&'static str),
    RuleAgainst(&'static str),
}

pub(crate) fn act(centre: &'static str, minutes: i64, what: What) -> Act {
    Act { centre, after: Duration::MINUTE * minutes, what }
}

/// When requests of these tests are made.
pub(crate) fn asked_at() -> Time {
    time("2026-05-20T12:00Z")
}

pub(crate) struct World {
    pub(crate) writers: BTreeMap<&'static str, Writer>,
    pub(crate) journals: Journals,
    pub(crate) terms: Terms,
}

impl World {
    /// Eight journals that have begun.
    pub(crate) fn new() -> Self {
        static BEGUN: OnceLock<Vec<(Writer, Signed)>> = OnceLock::new();
        let begun = BEGUN.get_or_init(|| {
            let begin = |(at, name): (usize, &&str)| {
                let key = Key::from_seed(&[at as u8 + 1; 32]);
                Writer::found(&name.parse().unwrap(), key, time("2026-05-01")).unwrap()
            };
            CENTRES.iter().enumerate().map(begin).collect()
        });
        let roots =
            begun.iter().map(|(writer, _)| (writer.standing().centre().clone(), writer.key())).collect();
        Self {
            writers: CENTRES.iter().zip(begun).map(|(name, (writer, _))| (*name, writer.clone())).collect(),
            journals: begun.iter().map(|(_, first)| first.clone()).collect(),
            terms: Terms { roots, quorum: 5 },
        }
    }

    pub(crate) fn write(&mut self, centre: &str, time: Time, entry: Entry) -> Digest {
        let writer = self.writers.get_mut(centre).unwrap();
        // A centre's own records are never earlier than what it wrote.
        let time = time.max(writer.standing().latest().unwrap());
        let signed = writer.append(time, entry).unwrap();
        let digest = signed.digest();
        self.journals.add(signed);
        digest
    }

    pub(crate) fn ask(
        &mut self,
        centre: &str,
        time: Time,
        urgency: Urgency,
        edits: &[u8],
        replaces: &[Digest],
    ) -> Digest {
        let mut replaces = replaces.to_vec();
        replaces.sort_unstable();
        replaces.dedup();
        let number = self.writers[centre].standing().number();
        let request = ChangeRequest {
            name: format!("75-{centre}-{number}"),
            urgency,
            baseline: Digest::NONE,
            seen: Vec::new(),
            replaces,
            edits: edits.to_vec(),
            rationale: "so that it is done".to_owned(),
        };
        self.write(centre, time, Entry::Request(request))
    }

    pub(crate) fn act(&mut self, request: Digest, asked: Time, act: &Act) -> Digest {
        let text = "said so".to_owned();
        let rule = |body: &str, ruled| Entry::Ruling {
            request,
            body: body.parse().unwrap(),
            ruled,
            text: "no word in time".to_owned(),
        };
        let entry = match act.what {
            What::Approve => Entry::Approval { request },
            What::Comment => Entry::ApprovalWithComment { request, text },
            What::Reject => Entry::Rejection { request, text },
            What::Withdraw => Entry::Withdrawal { request, text },
            What::RuleFor(body) => rule(body, Ruled::Approved),
            What::RuleAgainst(body) => rule(body, Ruled::Rejected),
        };
        self.write(act.centre, asked + act.after, entry)
    }

    pub(crate) fn state(&self) -> State<'_> {
        fold(&self.journals, &self.terms, &iss().terms)
    }
}

/// Where a request of `author` stands after these acts, and what contradicts.
pub(crate) fn stand(
    author: &str,
    urgency: Urgency,
    edits: &[u8],
    acts: &[Act],
) -> (Status, Vec<&'static str>) {
    let mut world = World::new();
    let request = world.ask(author, asked_at(), urgency, edits, &[]);
    for act in acts {
        world.act(request, asked_at(), act);
    }
    let state = world.state();
    let told = state.contradictions.iter().map(|one| match one {
        Contradiction::AfterApproval { .. } => "after",
        Contradiction::NotAuthor { .. } => "not author",
        Contradiction::NotChair { .. } => "not chair",
        other => panic!("{other:?} is not expected"),
    });
    (state.requests[&request].status, told.collect())
}

pub(crate) fn id(centre: &str) -> CentreId {
    centre.parse().unwrap()
}
