//! No plan leaves that the checker does not let pass.

use rules::Checker;
use schedule::{Scheduled, Setting};
use timeline::Severity;

use crate::books::{Shipped, all, planned};

/// Holds a plan against all rules anew, by a checker that knows nothing of how it was made, and all mandatory work against the plan.
fn check(shipped: &Shipped, setting: &Setting<'_>, seed: u64, scheduled: &Scheduled) {
    let name = format!("{} from {}, seed {seed}", shipped.name, setting.span.start());
    let mut scene = setting.scene.clone();
    scene::put_plan(&mut scene, &shipped.book, &scheduled.plan, &setting.crew);
    let checker = Checker::new(setting.rules.clone(), scene);
    let broken: Vec<&str> = checker
        .breaches()
        .iter()
        .filter(|breach| breach.severity == Severity::Must && schedule::concerns(breach, &scheduled.plan))
        .map(|breach| breach.message.as_str())
        .collect();
    assert!(broken.is_empty(), "{name}: {broken:?}");
    let missing = scheduled.mandatory_total - scheduled.mandatory_placed;
    if missing > 0 {
        let clash = scheduled.clash(setting).expect("it compiles");
        assert!(clash.is_some(), "{name}: {missing} mandatory are missing and nothing stands in their way");
    } else {
        let violations = scheduled.violations();
        assert!(violations.is_empty(), "{name}: {violations:?}");
    }
    assert!(scheduled.value <= scheduled.bound, "{name}: {} above {}", scheduled.value, scheduled.bound);
}

#[test]
fn every_plan_of_every_book_passes_the_checker() {
    for shipped in all() {
        for seed in 0..4 {
            let setting = shipped.setting(shipped.week(seed as u32));
            check(shipped, &setting, seed, &planned(&setting, seed, 60));
        }
    }
}

/// The long form of the test above: `cargo xtask plans` runs it in release.
#[test]
#[ignore = "most of a minute in release; cargo xtask plans"]
fn a_thousand_seeds_of_every_book_pass_the_checker() {
    for shipped in all() {
        for seed in 0..1_000 {
            let setting = shipped.setting(shipped.week(seed as u32 % 26));
            check(shipped, &setting, seed, &planned(&setting, seed, 60));
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_plan_on_any_number_of_threads() {
    for shipped in all() {
        let setting = shipped.setting(shipped.week(0));
        let options = |threads| planner::Options { islands: 2, threads, ..crate::books::options(3, 120) };
        let plan = |threads| {
            let mut go_on = |_: &schedule::Progress| schedule::Continue::Spent(0.0);
            schedule::schedule(&setting, "a week", &options(threads), &mut go_on).expect("it is planned").plan
        };
        assert!(plan(1) == plan(2), "{}", shipped.name);
    }
}

/// What everybody has every day is in the plan for everybody: the book's sleep, by its rule, at least 8.5 h a night.
#[test]
fn everybody_has_their_day() {
    for shipped in all() {
        let setting = shipped.setting(shipped.week(0));
        let scheduled = planned(&setting, 1, 60);
        for member in &setting.crew {
            let own = scheduled.plan.of_person(&member.person);
            let nights = own.iter().filter(|(_, activity)| activity.kind.as_str() == "sleep").count();
            assert_eq!(nights, 8, "{}: six whole nights and both ends, of {}", shipped.name, member.person);
            for pair in own.windows(2) {
                assert!(pair[0].1.end <= pair[1].1.start, "{:?} and {:?} at once", pair[0].0, pair[1].0);
            }
        }
    }
}
