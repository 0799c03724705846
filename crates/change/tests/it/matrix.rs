//! Every kind of change, by every centre, however soon, in every state of approval, against what the agreement says.
//!
//! The table below is written from the text of the agreement (`docs/agreement.md`), not from what the code answers: who is asked is spelled out
//! for each kind and author.

use std::collections::BTreeSet;

use change::{Mark, Products, touches};
use journal::{Status, Urgency};
use plan::Origin;
use timeline::Duration;

use crate::world::{
    Act, CENTRES, FIVE, WEEK, What, World, act, activity, asked_at, content, id, iss, later, rewrite, stand,
    with,
};

/// A kind of change and what the agreement says of it.
struct Kind {
    name: &'static str,
    /// The edits; nothing for bytes that cannot be read.
    change: Option<fn(&mut Products)>,
    /// What it touches.
    touches: &'static [&'static str],
    /// Whose own it touches: the centres that a stranger must ask.
    owners: &'static [&'static str],
    /// For these authors instead those.
    but: &'static [(&'static str, &'static [&'static str])],
    /// Whether it is the board's as well, and until when the chair must wait: routine, urgent, safety.
    board: Option<[i64; 3]>,
    /// Whether all partners must agree.
    is_for_all: bool,
    /// Whether the lead alone decides on it for safety.
    is_leads: bool,
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// "Operations questions first in the SOP" (14 days, and 30 in the MCB), "daily ones in the IMMT" (24 hours, and 24 in the MCB). Of safety the
/// lead decides, and no chair.
const OPERATIONS: Option<[i64; 3]> = Some([44 * DAY, 48 * HOUR, 0]);
/// Rules: as these, and for safety 4 hours in the IMMT and 4 in the MCB.
const RULES: Option<[i64; 3]> = Some([44 * DAY, 48 * HOUR, 8 * HOUR]);
/// Shares and the agreement: the MCB at once.
const BOARD: Option<[i64; 3]> = Some([30 * DAY, 24 * HOUR, 4 * HOUR]);

const KIND: Kind = Kind {
    name: "",
    change: None,
    touches: &[],
    owners: &[],
    but: &[],
    board: None,
    is_for_all: false,
    is_leads: true,
};

fn kinds() -> Vec<Kind> {
    vec![
        Kind {
            name: "ESA's experiment by ESA's astronaut in Columbus, moved",
            change: Some(|products| with(products, "esa-own", later)),
            touches: &["activity/esa/experiment", "element/esa", "people/esa"],
            owners: &["col-cc"],
            but: &[("col-cc", &[])],
            ..KIND
        },
        Kind {
            name: "NASA's experiment by NASA's astronaut in Destiny, moved",
            change: Some(|products| with(products, "nasa-own", later)),
            touches: &["activity/nasa/experiment", "element/nasa", "people/nasa"],
            owners: &["mcc-h", "poic"],
            but: &[("mcc-h", &[]), ("poic", &["mcc-h"])],
            ..KIND
        },
        Kind {
            name: "NASA's maintenance, moved",
            change: Some(|products| with(products, "nasa-upkeep", later)),
            touches: &["activity/nasa/maintenance", "element/nasa", "people/nasa"],
            owners: &["mcc-h"],
            but: &[("mcc-h", &[])],
            ..KIND
        },
        Kind {
            name: "Japan's experiment by NASA's astronaut in Kibo, moved",
            change: Some(|products| with(products, "jaxa-by-nasa", later)),
            touches: &["activity/jaxa/experiment", "element/jaxa", "people/nasa"],
            owners: &["mcc-h", "ssipc"],
            but: &[("mcc-h", &["ssipc"]), ("ssipc", &["mcc-h"])],
            ..KIND
        },
        Kind {
            name: "Canada's experiment by ESA's astronaut in NASA's laboratory, made longer",
            change: Some(|products| {
                with(products, "csa-by-esa", |activity| activity.end = activity.end + Duration::HOUR);
            }),
            touches: &["activity/csa/experiment", "element/nasa", "people/esa", "share/us-crew-time/csa"],
            owners: &["col-cc", "mcc-h", "msc-csa"],
            but: &[
                ("col-cc", &["mcc-h", "msc-csa"]),
                ("mcc-h", &["col-cc", "msc-csa"]),
                ("msc-csa", &["col-cc", "mcc-h"]),
            ],
            ..KIND
        },
        Kind {
            name: "a Russian experiment, given to another cosmonaut",
            change: Some(|products| {
                with(products, "russian", |activity| {
                    activity.crew = ["kud-sverchkov-sergei".parse().unwrap()].into();
                });
            }),
            touches: &["activity/roscosmos/experiment", "element/roscosmos", "people/roscosmos"],
            owners: &["mcc-m"],
            but: &[("mcc-m", &[])],
            ..KIND
        },
        Kind {
            name: "the sleep of ESA's astronaut, which nobody asked for, moved",
            change: Some(|products| with(products, "rest", later)),
            touches: &["people/esa"],
            owners: &["col-cc"],
            but: &[("col-cc", &[])],
            ..KIND
        },
        Kind {
            name: "a guest's experiment, moved",
            change: Some(|products| with(products, "tourist", later)),
            touches: &["element/nasa", "guest", "people/nasa"],
            is_for_all: true,
            is_leads: false,
            ..KIND
        },
        Kind {
            name: "something with nobody nowhere, moved",
            change: Some(|products| with(products, "ground", later)),
            touches: &["common"],
            board: OPERATIONS,
            ..KIND
        },
        Kind {
            name: "the plan's title",
            change: Some(|products| products.plans.get_mut(WEEK).unwrap().title.push('b')),
            touches: &["common"],
            board: OPERATIONS,
            ..KIND
        },
        Kind {
            name: "a docking",
            change: Some(|products| {
                rewrite(
                    products,
                    "dockings.csv",
                    "sts-88,unity-pma-2,1998-12-07T02:07Z",
                    "sts-88,unity-pma-2,1998-12-07T02:08Z",
                );
            }),
            touches: &["flight-plan"],
            board: OPERATIONS,
            ..KIND
        },
        Kind {
            name: "a stay",
            change: Some(|products| {
                rewrite(products, "stays.csv", "adenot-sophie,crew-12,", "adenot-sophie,crew-12,crew-12");
            }),
            touches: &["crew-rotation"],
            board: OPERATIONS,
            ..KIND
        },
        Kind {
            name: "a flight rule",
            change: Some(|products| {
                let rules = products.files.get_mut("rules/stocks.toml").unwrap();
                *rules = rules.replacen("[[rule]]\n", "[[rule]]\n# Looked at again.\n", 1);
            }),
            touches: &["rules"],
            board: RULES,
            is_leads: false,
            ..KIND
        },
        Kind {
            name: "the parts of a pool",
            change: Some(|products| {
                let agreement = products.files.get_mut("agreement.toml").unwrap();
                *agreement = agreement.replacen("share_pct = 76.6", "share_pct = 76.5", 1);
                *agreement = agreement.replacen("share_pct = 12.8", "share_pct = 12.9", 1);
            }),
            touches: &["agreement"],
            board: BOARD,
            is_leads: false,
            ..KIND
        },
        Kind {
            name: "what Japan asks for",
            change: Some(|products| {
                rewrite(
                    products,
                    "requests/jaxa.toml",
                    "Kibo: weekly round, fans and panels",
                    "Kibo: weekly round",
                );
            }),
            touches: &["activity/jaxa/inspection"],
            owners: &["ssipc"],
            but: &[("ssipc", &[])],
            ..KIND
        },
        Kind {
            name: "what the book says of Columbus",
            change: Some(|products| {
                rewrite(
                    products,
                    "elements.toml",
                    "id = \"columbus\"\n",
                    "id = \"columbus\"\n# To be weighed.\n",
                );
            }),
            touches: &["element/esa"],
            owners: &["col-cc"],
            but: &[("col-cc", &[])],
            ..KIND
        },
        Kind {
            name: "a docking and ESA's experiment together",
            change: Some(|products| {
                with(products, "esa-own", later);
                rewrite(
                    products,
                    "dockings.csv",
                    "sts-88,unity-pma-2,1998-12-07T02:07Z",
                    "sts-88,unity-pma-2,1998-12-07T02:08Z",
                );
            }),
            touches: &["activity/esa/experiment", "element/esa", "flight-plan", "people/esa"],
            owners: &["col-cc"],
            but: &[("col-cc", &[])],
            board: OPERATIONS,
            ..KIND
        },
        Kind {
            name: "bytes that cannot be read",
            touches: &["everything"],
            owners: &["poic"],
            but: &[("poic", &[]), ("mcc-h", &[])],
            is_for_all: true,
            is_leads: false,
            ..KIND
        },
    ]
}

impl Kind {
    fn edits(&self) -> Vec<u8> {
        self.change.map_or(b"{\"content\":1}".to_vec(), |change| content(change).to_bytes().unwrap())
    }

    /// The centres whose own is touched and who must agree when `author` asks. For safety it is the lead who decides on what is somebody's own: Houston,
    /// which is among those who must agree to the rest.
    fn owners(&self, author: &str, urgency: Urgency) -> BTreeSet<&'static str> {
        if urgency == Urgency::Safety {
            return BTreeSet::new();
        }
        let but = self.but.iter().find(|(named, _)| *named == author);
        but.map_or(self.owners, |(_, owners)| owners).iter().copied().collect()
    }

    /// Those who must agree together.
    fn together(&self, author: &str) -> BTreeSet<&'static str> {
        let is_asked = self.board.is_some() || self.is_for_all;
        FIVE.into_iter().filter(|centre| is_asked && *centre != author).collect()
    }
}

const URGENCIES: [Urgency; 3] = [Urgency::Routine, Urgency::Urgent, Urgency::Safety];

#[test]
fn every_kind_touches_what_the_table_says() {
    for kind in kinds() {
        let Some(change) = kind.change else { continue };
        let found: Vec<String> =
            touches(&content(change), iss().terms.founding()).iter().map(ToString::to_string).collect();
        let mut expected: Vec<&str> = kind.touches.to_vec();
        expected.sort_unstable();
        let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{}", kind.name);
    }
}

/// What is expected, and what is found.
struct Check<'a> {
    kind: &'a Kind,
    edits: Vec<u8>,
    author: &'static str,
    urgency: Urgency,
    cases: usize,
}

impl Check<'_> {
    #[track_caller]
    fn is(&mut self, acts: &[Act], status: Status, told: &[&str]) {
        self.cases += 1;
        let found = stand(self.author, self.urgency, &self.edits, acts);
        let name = self.kind.name;
        assert_eq!(
            found,
            (status, told.to_vec()),
            "{name}, by {}, {:?}: {acts:?}",
            self.author,
            self.urgency
        );
    }
}

fn all(centres: &BTreeSet<&'static str>, what: What) -> Vec<Act> {
    centres.iter().enumerate().map(|(at, centre)| act(centre, at as i64 + 10, what)).collect()
}

fn without(centres: &BTreeSet<&'static str>, one: &str) -> BTreeSet<&'static str> {
    centres.iter().copied().filter(|centre| *centre != one).collect()
}

#[test]
fn every_change_by_everybody_stands_where_the_agreement_puts_it() {
    let mut cases = 0;
    for kind in kinds() {
        for author in CENTRES {
            for urgency in URGENCIES {
                let mut check = Check { kind: &kind, edits: kind.edits(), author, urgency, cases: 0 };
                if urgency == Urgency::Safety && kind.is_leads {
                    the_lead_acts(&mut check);
                } else {
                    words_decide(&mut check);
                    chairs_decide(&mut check);
                }
                cases += check.cases;
            }
        }
    }
    assert!(cases > 5_000, "{cases} cases were looked at");
}

/// By words alone.
fn words_decide(check: &mut Check<'_>) {
    use Status::{Approved, Open, Rejected, Withdrawn};
    let (kind, author) = (check.kind, check.author);
    let needed: BTreeSet<&'static str> =
        kind.owners(author, check.urgency).union(&kind.together(author)).copied().collect();
    let others: BTreeSet<&'static str> =
        CENTRES.into_iter().filter(|centre| !needed.contains(centre) && *centre != author).collect();
    let undecided = if needed.is_empty() { Approved } else { Open };
    check.is(&[], undecided, &[]);
    check.is(&all(&needed, What::Approve), Approved, &[]);
    check.is(&all(&needed, What::Comment), Approved, &[]);
    // Whoever is only told decides nothing, either way; nor does the author by approving.
    check.is(&all(&others, What::Approve), undecided, &[]);
    check.is(&all(&others, What::Reject), undecided, &[]);
    check.is(&[act(author, 1, What::Approve)], undecided, &[]);
    check.is(&[all(&others, What::Reject), all(&needed, What::Approve)].concat(), Approved, &[]);
    // The author may take it back until it is approved, and nobody else.
    let withdrawn = if needed.is_empty() { (Approved, vec!["after"]) } else { (Withdrawn, vec![]) };
    let back = [vec![act(author, 1, What::Withdraw)], all(&needed, What::Approve)].concat();
    check.is(&back, withdrawn.0, &withdrawn.1);
    let other = CENTRES.into_iter().find(|centre| *centre != author).unwrap();
    check.is(&[act(other, 1, What::Withdraw)], undecided, &["not author"]);
    for &one in &needed {
        let rest = without(&needed, one);
        check.is(&all(&rest, What::Approve), Open, &[]);
        check.is(&[all(&rest, What::Approve), vec![act(one, 20, What::Reject)]].concat(), Rejected, &[]);
        let no_then_yes =
            [vec![act(one, 1, What::Reject)], all(&rest, What::Approve), vec![act(one, 20, What::Approve)]]
                .concat();
        check.is(&no_then_yes, Approved, &[]);
        let mut yes_then_no = vec![act(one, 1, What::Approve), act(one, 2, What::Reject)];
        yes_then_no.extend(all(&rest, What::Approve));
        // Where nobody else is asked the yes has decided.
        if rest.is_empty() {
            check.is(&yes_then_no, Approved, &["after"]);
        } else {
            check.is(&yes_then_no, Rejected, &[]);
        }
        check.is(
            &[all(&needed, What::Approve), vec![act(one, 20, What::Reject)]].concat(),
            Approved,
            &["after"],
        );
    }
}

/// By the chair of the MCB, NASA, where a board decides; and by nobody else, and nowhere else.
fn chairs_decide(check: &mut Check<'_>) {
    use Status::{Approved, Open, Rejected};
    let (kind, author) = (check.kind, check.author);
    let (owners, together) = (kind.owners(author, check.urgency), kind.together(author));
    let is_decided = owners.is_empty() && together.is_empty();
    let undecided = if is_decided { Approved } else { Open };
    let at = |minutes: i64, what: What| act("mcc-h", minutes, what);
    let year = 365 * DAY;
    if kind.change.is_none() {
        // What touches everything touches what the chair may decide and what it may not: it can say no for all, and yes for its part.
        check.is(&[at(year, What::RuleFor("mcb"))], undecided, &[]);
        check.is(&[at(year, What::RuleAgainst("mcb"))], Rejected, &[]);
        return;
    }
    let Some(terms) = kind.board else {
        // What is somebody's own, and what all must agree to, no chair decides.
        check.is(&[at(year, What::RuleFor("mcb"))], undecided, &["not chair"]);
        check.is(&[at(year, What::RuleAgainst("mcb"))], undecided, &["not chair"]);
        return;
    };
    let term = terms[check.urgency as usize];
    let after = if owners.is_empty() { Approved } else { Open };
    check.is(
        &[Act { after: Duration::MINUTE * term - Duration::SECOND, ..at(0, What::RuleFor("mcb")) }],
        Open,
        &["not chair"],
    );
    check.is(&[at(term, What::RuleFor("mcb"))], after, &[]);
    check.is(&[at(term, What::RuleAgainst("mcb"))], Rejected, &[]);
    check.is(&[at(term, What::RuleAgainst("mcb")), at(term + 1, What::RuleFor("mcb"))], after, &[]);
    // Early and again in time.
    check.is(&[at(1, What::RuleFor("mcb")), at(term, What::RuleFor("mcb"))], after, &["not chair"]);
    for body in ["sop", "immt", "no-such"] {
        check.is(&[at(year, What::RuleFor(body))], Open, &["not chair"]);
    }
    for other in CENTRES.into_iter().filter(|centre| *centre != "mcc-h") {
        check.is(&[act(other, year, What::RuleFor("mcb"))], Open, &["not chair"]);
    }
    // What a member rejected the chair can decide; what is a partner's own it cannot.
    for &member in &together {
        let acts = [act(member, 1, What::Reject), at(term, What::RuleFor("mcb"))];
        let status = if owners.contains(member) { Rejected } else { after };
        check.is(&acts, status, &[]);
    }
    let late: Vec<Act> = owners.iter().map(|owner| act(owner, term + 1, What::Approve)).collect();
    check.is(&[vec![at(term, What::RuleFor("mcb"))], late.clone()].concat(), Approved, &[]);
    if !owners.is_empty() {
        let acts = [vec![at(term, What::RuleFor("mcb"))], late, vec![at(term + 9, What::RuleAgainst("mcb"))]]
            .concat();
        check.is(&acts, Approved, &["after"]);
    }
}

/// For safety the lead, Houston, acts now; everybody reviews after, and what they reject is shown.
fn the_lead_acts(check: &mut Check<'_>) {
    use Status::{Approved, Open, Rejected, Withdrawn};
    let author = check.author;
    let others: BTreeSet<&'static str> = ["col-cc", "mcc-m", "msc-csa", "poic", "ssipc"]
        .into_iter()
        .filter(|centre| *centre != author)
        .collect();
    if author == "mcc-h" {
        check.is(&[], Approved, &[]);
        check.is(&all(&others, What::Approve), Approved, &[]);
        check.is(&all(&others, What::Reject), Approved, &["after"; 5]);
        check.is(&[act("mcc-h", 1, What::Withdraw)], Approved, &["after"]);
        // Commercial centres speak for nobody.
        check.is(&[act("mcc-x", 1, What::Reject)], Approved, &[]);
        return;
    }
    check.is(&[], Open, &[]);
    check.is(&all(&others, What::Approve), Open, &[]);
    check.is(&[act("mcc-h", 1, What::Approve)], Approved, &[]);
    check.is(&[act("mcc-h", 1, What::Comment)], Approved, &[]);
    check.is(&[act("mcc-h", 1, What::Reject)], Rejected, &[]);
    check.is(&[act(author, 1, What::Withdraw), act("mcc-h", 2, What::Approve)], Withdrawn, &[]);
    let after = vec!["after"; others.len()];
    check.is(&[vec![act("mcc-h", 1, What::Approve)], all(&others, What::Reject)].concat(), Approved, &after);
    check.is(&[all(&others, What::Reject), vec![act("mcc-h", 30, What::Approve)]].concat(), Approved, &[]);
    check.is(&[act("mcc-h", 365 * DAY, What::RuleFor("mcb"))], Open, &["not chair"]);
}

#[test]
fn the_lead_is_who_had_it_then() {
    // The book has Moscow in the lead until February 2001.
    let kind = &kinds()[0];
    for (author, time, status) in [
        ("mcc-m", "2001-01-15", Status::Approved),
        ("mcc-h", "2001-01-15", Status::Open),
        ("mcc-m", "2026-05-20", Status::Open),
        ("mcc-h", "2026-05-20", Status::Approved),
    ] {
        let time: timeline::Time = time.parse().unwrap();
        let begin = |(at, name): (usize, &&'static str)| {
            let founded =
                journal::Writer::found(&id(name), journal::Key::from_seed(&[at as u8 + 1; 32]), time)
                    .unwrap();
            (*name, founded)
        };
        let begun: Vec<_> = CENTRES.iter().enumerate().map(begin).collect();
        let mut world = World::new();
        world.journals = begun.iter().map(|(_, (_, first))| first.clone()).collect();
        world.writers = begun.into_iter().map(|(name, (writer, _))| (name, writer)).collect();
        let request = world.ask(author, time, Urgency::Safety, &kind.edits(), &[]);
        assert_eq!(world.state().requests[&request].status, status, "{author} at {time}");
    }
}

#[test]
fn a_row_shows_each_centre_what_it_is() {
    let edits = content(|products| with(products, "jaxa-by-nasa", later)).to_bytes().unwrap();
    let row = |acts: &[Act], edits: &[u8], urgency| -> Vec<(String, &'static str)> {
        let mut world = World::new();
        let request = world.ask("ssipc", asked_at(), urgency, edits, &[]);
        for act in acts {
            world.act(request, asked_at(), act);
        }
        let state = world.state();
        let row = iss().terms.row(&state.requests[&request]);
        row.into_iter().map(|(centre, mark)| (centre.to_string(), record::Word::word(mark))).collect()
    };
    let told = |mark: Mark, at: &str, author: &str| -> Vec<(String, &'static str)> {
        CENTRES
            .iter()
            .map(|centre| {
                let mark = if *centre == at {
                    mark
                } else if *centre == author {
                    Mark::Author
                } else {
                    Mark::InformationOnly
                };
                ((*centre).to_owned(), record::Word::word(mark))
            })
            .collect()
    };
    for (acts, mark) in [
        (vec![], Mark::InReview),
        (vec![act("mcc-h", 1, What::Approve)], Mark::Approved),
        (vec![act("mcc-h", 1, What::Comment)], Mark::ApprovedWithComment),
        (vec![act("mcc-h", 1, What::Approve), act("mcc-h", 2, What::Reject)], Mark::Rejected),
        // Who is not asked has no mark, whatever it says; no chair has a say here.
        (vec![act("mcc-m", 1, What::Reject), act("mcc-h", 2, What::RuleFor("mcb"))], Mark::InReview),
    ] {
        assert_eq!(row(&acts, &edits, Urgency::Routine), told(mark, "mcc-h", "ssipc"), "{acts:?}");
    }
    let flight = content(|products| {
        rewrite(
            products,
            "dockings.csv",
            "sts-88,unity-pma-2,1998-12-07T02:07Z",
            "sts-88,unity-pma-2,1998-12-07T02:08Z",
        );
    });
    let acts = [act("col-cc", 1, What::Reject), act("mcc-h", 44 * DAY, What::RuleFor("mcb"))];
    let marks: Vec<&str> =
        row(&acts, &flight.to_bytes().unwrap(), Urgency::Routine).iter().map(|(_, mark)| *mark).collect();
    let expected = [
        "rejected",
        "information only",
        "decided by the chair",
        "in review",
        "information only",
        "in review",
        "information only",
        "author",
    ];
    assert_eq!(marks, expected);
}

#[test]
fn an_activity_for_a_request_of_another_is_the_others() {
    // Whatever partner it names: that it is done for Japan's request is said by the book.
    let edits = content(|products| {
        let week = products.plans.get_mut(WEEK).unwrap();
        let mut activity = activity(Some("esa"), "inspection", &["adenot-sophie"], Some("columbus"));
        activity.origin = Origin::Request("kibo-inspection".parse().unwrap());
        week.activities.insert("kibo-inspection.2026-06-01.1".parse().unwrap(), activity);
    });
    let (status, _) = stand("col-cc", Urgency::Routine, &edits.to_bytes().unwrap(), &[]);
    assert_eq!(status, Status::Open);
    let approved =
        stand("col-cc", Urgency::Routine, &edits.to_bytes().unwrap(), &[act("ssipc", 1, What::Approve)]);
    assert_eq!(approved.0, Status::Approved);
}
