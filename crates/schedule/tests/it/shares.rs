//! Each partner's crew time against what it is entitled to.

use schedule::{Continue, Increment, Months, ScheduleError, increment};
use timeline::Interval;

use crate::books::{all, iss, options, planned};

fn months(shipped: &crate::books::Shipped, weeks: u32, iterations: u64) -> Increment {
    let span = Interval::new(shipped.week(0).start(), shipped.week(weeks - 1).end()).expect("some weeks");
    let lexicon = scene::lexicon(&shipped.book);
    let rules = scene::rules(&shipped.book, &lexicon).0;
    let options = options(1, iterations);
    let months = Months { book: &shipped.book, span, rules: &rules, options: &options };
    let scene = |span| Ok::<_, ScheduleError>(scene::scene(&shipped.book, None, Vec::new(), span));
    increment(&months, "some weeks", scene, &mut |_, _, _| Continue::Spent(0.0)).expect("it is planned")
}

/// Over six weeks, whatever one week alone does. Asked: within two points over an increment.
#[test]
fn shares_are_kept_within_two_points() {
    for shipped in all() {
        let months = months(shipped, 6, 100);
        assert!(!months.shares.is_empty(), "{} shares something", shipped.name);
        for share in &months.shares {
            let off = share.off_points().expect("something is done");
            assert!(off.abs() <= 2.0, "{}: {} is {off:+.2} points off", shipped.name, share.partner);
        }
    }
}

/// What a plan says of shares is what its activities add up to, in whole minutes.
#[test]
fn shares_are_the_minutes_of_the_plan() {
    let shipped = &all()[0];
    let setting = shipped.setting(shipped.week(0));
    let scheduled = planned(&setting, 1, 60);
    let us = ["adenot-sophie", "hathaway-jack", "meir-jessica", "williams-christopher"];
    let minutes = |partner: &str| -> u64 {
        let of_partner = scheduled.plan.activities.values().filter(|activity| {
            activity.kind.as_str() == "experiment"
                && activity.partner.as_ref().is_some_and(|own| own.as_str() == partner)
        });
        let by_us = of_partner.filter(|activity| activity.crew.iter().all(|one| us.contains(&one.as_str())));
        by_us.map(plan::Activity::crew_minutes).sum()
    };
    let of_pool = scheduled.shares.iter().filter(|share| share.pool.as_str() == "us-crew-time");
    let told: Vec<(&str, u64)> = of_pool.map(|share| (share.partner.as_str(), share.planned_min)).collect();
    assert_eq!(told, ["nasa", "jaxa", "esa", "csa"].map(|partner| (partner, minutes(partner))));
    assert!(told.iter().all(|(_, minutes)| *minutes > 0));
}

/// What is done once in all is done in one week only, and each week's ids are its own.
#[test]
fn weeks_of_an_increment_do_not_repeat_what_is_done_once() {
    let months = months(&all()[0], 3, 40);
    let once = iss().requests.iter().filter(|request| request.often.per.is_none());
    let mut done = 0;
    for request in once {
        let times = months.plan.activities.values().filter(
            |activity| matches!(&activity.origin, plan::Origin::Request(origin) if *origin == request.id),
        );
        let parts = request.part_min.map_or(1, |part| (request.minutes / part).max(1));
        let each = if request.often.by == plan::By::Each { 7 } else { 1 };
        let times = times.count();
        assert!(times <= (parts * each * request.often.times) as usize, "{} {times} times", request.id);
        done += times;
    }
    assert!(done > 0, "something is done once");
}
