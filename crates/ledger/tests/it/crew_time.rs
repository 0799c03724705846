//! Crew time from plans and their marks of progress.

use std::collections::BTreeSet;

use ledger::{Line, Statement, gather};
use plan::{Activity, Hold, Level, Origin, Plan, Progress};
use timeline::Interval;

use crate::books::{iss, line, span, time};

/// Adenot (ESA) and Meir (NASA) live on the US segment, Fedyaev on the Russian.
fn activity(partner: &str, minutes: i64, crew: &[&str], progress: Progress) -> Activity {
    let start = time("2026-06-02T09:00Z");
    Activity {
        title: "Something".to_owned(),
        origin: Origin::Request("something".parse().expect("an id")),
        partner: Some(partner.parse().expect("an id")),
        kind: "experiment".parse().expect("an id"),
        start,
        end: start + timeline::Duration::MINUTE * minutes,
        crew: crew.iter().map(|one| one.parse().expect("an id")).collect::<BTreeSet<_>>(),
        element: None,
        uses: Vec::new(),
        hold: Hold::Free,
        progress,
        notes: String::new(),
    }
}

fn plan(level: Level, from: &str, to: &str, activities: Vec<(&str, Activity)>) -> Plan {
    let span = Interval::new(time(from), time(to)).expect("a span");
    let mut plan = Plan::empty("A plan", level, span);
    plan.activities.extend(activities.into_iter().map(|(id, one)| (id.parse().expect("an id"), one)));
    plan
}

fn week(activities: Vec<(&str, Activity)>) -> Plan {
    plan(Level::Week, "2026-06-01", "2026-06-08", activities)
}

fn stated(plans: &[Plan], pool: &str) -> Statement {
    let gathered = gather(iss(), plans, &[]);
    let tally = gathered.tallies.iter().find(|tally| tally.pool().as_str() == pool);
    tally.expect("the book has the pool").over(span("2026-06-01", "2026-06-08"))
}

fn done(from: &str, to: &str) -> Progress {
    Progress::Done(Interval::new(time(from), time(to)).expect("a span"))
}

#[test]
fn what_became_of_an_activity_says_in_which_columns_it_counts() {
    let plans = [week(vec![
        ("open", activity("nasa", 60, &["meir-jessica"], Progress::Planned)),
        ("begun", activity("nasa", 30, &["meir-jessica"], Progress::Started(time("2026-06-02T09:05Z")))),
        (
            "done",
            activity(
                "esa",
                45,
                &["adenot-sophie", "meir-jessica"],
                done("2026-06-02T09:00Z", "2026-06-02T10:00Z"),
            ),
        ),
        ("skipped", activity("jaxa", 90, &["adenot-sophie"], Progress::Skipped("no link".to_owned()))),
    ])];
    let us = stated(&plans, "us-crew-time");
    let columns = |partner: &str| {
        let line = line(&us, partner);
        [line.planned, line.flown, line.open].map(|column| column.expect("it is told"))
    };
    assert_eq!(columns("nasa"), [90, 0, 90]);
    assert_eq!(columns("esa"), [90, 120, 0]);
    assert_eq!(columns("jaxa"), [90, 0, 0]);
    assert_eq!(us.whole, Some(210));
    // Of 210 min: 160.86, 26.88, 17.43 and 4.83.
    let entitled: Vec<i128> = us.lines.iter().filter_map(|line| line.entitled).collect();
    assert_eq!(entitled, [161, 27, 17, 5]);
    assert_eq!(us.lines.iter().filter_map(Line::balance).collect::<Vec<_>>(), [-71, -27, 103, -5]);
}

/// Of one activity of people of both segments each pool counts its own.
#[test]
fn time_counts_where_its_people_live() {
    let both =
        activity("roscosmos", 40, &["fedyaev-andrey", "meir-jessica", "adenot-sophie"], Progress::Planned);
    let plans = [week(vec![("both", both)])];
    assert_eq!(line(&stated(&plans, "russian-crew-time"), "roscosmos").open, Some(40));
    let us = stated(&plans, "us-crew-time");
    let roscosmos = line(&us, "roscosmos");
    assert_eq!((roscosmos.open, roscosmos.entitled, roscosmos.balance()), (Some(80), Some(0), Some(80)));
    assert_eq!(us.lines.iter().filter_map(Line::balance).sum::<i128>(), 0);
}

#[test]
fn what_is_no_experiment_or_of_everybodys_day_or_of_nobody_is_in_no_balance() {
    let mut other = activity("nasa", 60, &["meir-jessica"], Progress::Planned);
    other.kind = "maintenance".parse().expect("an id");
    let mut block = activity("nasa", 60, &["meir-jessica"], Progress::Planned);
    block.origin = Origin::Block("sleep".parse().expect("an id"));
    let mut nobodys = activity("nasa", 60, &["meir-jessica"], Progress::Planned);
    nobodys.partner = None;
    let plans = [week(vec![("other", other), ("block", block), ("nobodys", nobodys)])];
    let us = stated(&plans, "us-crew-time");
    assert_eq!((us.whole, us.nobodys), (Some(0), 60));
}

/// The finest plan of a time counts, of two the later; each activity once, wherever it was moved.
#[test]
fn where_plans_overlap_the_finest_counts() {
    let of = |minutes| activity("nasa", minutes, &["meir-jessica"], Progress::Planned);
    let mut moved = of(25);
    moved.start = time("2026-06-05T09:00Z");
    moved.end = time("2026-06-05T09:25Z");
    let increment = plan(Level::Increment, "2026-06-01", "2026-07-01", vec![("a", of(100)), ("b", moved)]);
    let week_before = week(vec![("a", of(50))]);
    let day = plan(Level::Day, "2026-06-02", "2026-06-03", vec![("c", of(10)), ("b", of(20))]);
    for (plans, expected) in [
        (vec![increment.clone()], 125),
        (vec![increment.clone(), week_before.clone()], 50),
        (vec![week_before.clone(), increment.clone()], 50),
        (vec![increment.clone(), day.clone()], 30),
        (vec![increment, week_before.clone(), day], 30),
        (vec![week_before.clone(), week(vec![("a", of(5))])], 5),
        (vec![week(vec![("a", of(5))]), week_before], 50),
    ] {
        let open = line(&stated(&plans, "us-crew-time"), "nasa").open;
        assert_eq!(open, Some(expected), "{plans:#?}");
    }
}

#[test]
fn without_a_plan_nothing_is_known() {
    let us = stated(&[], "us-crew-time");
    assert_eq!(us.whole, None);
    assert!(us.lines.iter().all(|line| line.planned.is_none() && line.balance().is_none()));
}
