//! What the planner makes is what was asked.

use impact::{Fault, FaultKind};
use plan::Level;

use crate::books::all;

/// A plan by the planner has no fault, but for mandatory work that it could not place, of which it says so itself.
#[test]
fn every_plan_of_every_book_is_as_asked() {
    for shipped in all() {
        for week in 0..4 {
            let scene = shipped.scene(shipped.span(week, 7));
            let made = shipped.planned(&scene, Level::Week, week.into());
            let standing = shipped.judge(made.plan.clone(), scene).standing();
            let (missing, faults): (Vec<Fault>, Vec<Fault>) =
                standing.faults.into_iter().partition(|fault| fault.kind == FaultKind::Missing);
            let told: Vec<String> = faults
                .iter()
                .map(|fault| format!("{} {} expected {}", fault.kind, fault.message(), fault.expected))
                .collect();
            assert!(
                faults.is_empty(),
                "{} week {week}: {} of {}: {:#?}",
                shipped.name,
                told.len(),
                made.plan.activities.len(),
                &told[..told.len().min(30)]
            );
            assert_eq!(
                missing.len(),
                made.mandatory_total - made.mandatory_placed,
                "{} week {week}: {missing:?}",
                shipped.name
            );
        }
    }
}
