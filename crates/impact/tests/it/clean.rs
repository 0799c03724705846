//! What the planner makes is what was asked.

use impact::{Fault, FaultKind};
use plan::Level;
use schedule::{Continue, Disruption, Months, Options, ScheduleError, increment};

use crate::books::all;

fn told(faults: &[Fault]) -> Vec<String> {
    faults
        .iter()
        .map(|fault| format!("{}: {}, asked: {}", fault.kind, fault.message(), fault.expected))
        .collect()
}

/// A plan by the planner has no fault, but for mandatory work that it could not place, of which it says so itself.
#[test]
fn every_plan_of_every_book_is_as_asked() {
    for shipped in all() {
        for week in 0..6 {
            let scene = shipped.scene(shipped.span(week, 7));
            let made = shipped.planned(&scene, Level::Week, week.into());
            let standing = shipped.judge(made.plan.clone(), scene).standing();
            let (missing, faults): (Vec<Fault>, Vec<Fault>) =
                standing.faults.into_iter().partition(|fault| fault.kind == FaultKind::Missing);
            let name = format!("{} week {week}", shipped.name);
            assert!(faults.is_empty(), "{name}: {:#?}", told(&faults));
            assert_eq!(missing.len(), made.mandatory_total - made.mandatory_placed, "{name}: {missing:?}");
        }
    }
}

/// So has one of a few days that begin within a week.
#[test]
fn plans_of_some_days_are_as_asked() {
    for shipped in all() {
        for (begins, days) in [(2, 3), (4, 5), (6, 9)] {
            let week = shipped.span(1, 30);
            let first = plan::Day::of(week.start()).later(begins);
            let span = timeline::Interval::new(first.start(), first.later(days).start()).expect("a span");
            let scene = shipped.scene(span);
            let made = shipped.planned(&scene, Level::Day, 3);
            let mut faults = shipped.judge(made.plan, scene).standing().faults;
            faults.retain(|fault| fault.kind != FaultKind::Missing);
            assert!(faults.is_empty(), "{} {days} days: {:#?}", shipped.name, told(&faults));
        }
    }
}

/// And one of weeks that are planned one after the other.
#[test]
fn increments_are_as_asked() {
    for shipped in all() {
        let span = shipped.span(0, 28);
        let rules = scene::rules(&shipped.book, &scene::lexicon(&shipped.book)).0;
        let options = Options { iterations: Some(20), ..Options::default() };
        let months = Months { book: &shipped.book, span, rules: &rules, options: &options };
        let scene = |span| Ok::<_, ScheduleError>(scene::scene(&shipped.book, None, Vec::new(), span));
        let made = increment(&months, "four weeks", scene, &mut |_, _, _| Continue::Spent(0.0))
            .expect("it is planned");
        let scene = scene::scene(&shipped.book, None, Vec::new(), span);
        let judge = impact::Judge::with(&shipped.book, made.plan, scene, Disruption::default());
        let mut faults = judge.standing().faults;
        faults.retain(|fault| fault.kind != FaultKind::Missing);
        assert!(faults.is_empty(), "{}: {:#?}", shipped.name, told(&faults));
    }
}
