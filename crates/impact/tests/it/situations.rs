//! One whole situation against another.

use std::sync::Arc;

use book::Book;
use impact::{ImpactError, LossChanged, Situation, impact};
use plan::{Activity, Edit, Hold, Plan};
use timeline::{Duration, Interval};

use crate::books::{all, weeks};

fn situation(book: &Arc<Book>, plan: Option<&Plan>) -> Situation {
    Situation { book: Arc::clone(book), plan: plan.cloned(), as_of: book.about.known_until }
}

fn ahead(book: &Book) -> Interval {
    Interval::new(book.about.known_until, book.about.known_until + Duration::DAY * 365).expect("a year")
}

/// What is as it was does nothing.
#[test]
fn nothing_comes_of_nothing() {
    let week = &weeks()[0];
    let here = situation(&week.shipped.book, Some(&week.plan));
    let told = impact(&here, &here, ahead(&here.book)).expect("it is told");
    assert!(told.is_nothing(), "{told:?}");
    // A book that is equal, but not the same in memory, is the same book.
    let equal = Situation { book: Arc::new(here.book.as_ref().clone()), ..here.clone() };
    assert!(impact(&here, &equal, ahead(&here.book)).expect("it is told").is_nothing());
}

/// An experiment is left out: whose share moves, and who had to do with it.
#[test]
fn work_that_is_left_out() {
    let week = &weeks()[0];
    let is_work = |one: &&Activity| {
        one.kind.as_str() == "experiment"
            && one.hold == Hold::Free
            && !one.crew.is_empty()
            && one.partner.is_some()
    };
    let (id, work) = week.plan.activities.iter().find(|(_, one)| is_work(one)).expect("there is work");
    let mut after = week.plan.clone();
    plan::apply(&mut after, &Edit::Remove(id.clone())).expect("it can be removed");
    let book = &week.shipped.book;
    let told = impact(&situation(book, Some(&week.plan)), &situation(book, Some(&after)), ahead(book))
        .expect("it is told");
    assert!(told.touched.activities.contains(id));
    assert!(work.crew.is_subset(&told.touched.people));
    let partner = work.partner.as_ref().expect("somebody asked for it");
    assert!(told.touched.partners.contains(partner));
    let own = told.shares.iter().find(|share| share.after.partner == *partner).expect("its share moves");
    assert!(own.after.planned_min < own.before.planned_min);
    assert!(told.margins.is_empty() && told.losses.is_empty() && told.ahead.is_none());
    let json = told.to_json();
    assert_eq!(json["touched"]["activities"][0], id.as_str());
    assert_eq!(json["shares"][0]["before_min"].as_u64(), Some(told.shares[0].before.planned_min));
    // Looked at from the other side it is the other way round.
    let back = impact(&situation(book, Some(&after)), &situation(book, Some(&week.plan)), ahead(book))
        .expect("it is told");
    assert_eq!(back.verdict.rules.mended, told.verdict.rules.newly_broken);
    assert_eq!(back.verdict.requests.mended, told.verdict.requests.newly_broken);
}

/// Half of what was counted is not there: stocks end sooner, losses are worse, and all of it is mended the other way round.
#[test]
fn a_book_with_half_its_stocks() {
    for shipped in all().iter().take(2) {
        let book = &shipped.book;
        let mut poorer = book.as_ref().clone();
        for level in &mut poorer.levels {
            level.value.mass = record::Mass::from_grams(level.value.mass.grams() / 2);
        }
        let poorer = Arc::new(poorer);
        let ahead = ahead(book);
        let told = impact(&situation(book, None), &situation(&poorer, None), ahead).expect("it is told");
        let name = shipped.name;
        assert_eq!(told.ahead, Some(ahead));
        assert!(told.verdict == impact::Verdict::default() && told.shares.is_empty(), "{name}");
        assert!(!told.margins.is_empty(), "{name}");
        for margin in &told.margins {
            let (Some(before), Some(after)) = (&margin.before, &margin.after) else {
                panic!("{name}: {margin:?}")
            };
            if let (Some(was), Some(is)) = (before.empty, after.empty) {
                assert!(is <= was, "{name}: {margin:?}");
            }
        }
        assert!(told.losses.iter().any(LossChanged::is_newly_critical), "{name}: {:?}", told.losses);
        let back = impact(&situation(&poorer, None), &situation(book, None), ahead).expect("it is told");
        assert_eq!(back.margins.len(), told.margins.len());
        assert_eq!(back.station.mended, told.station.newly_broken);
        let turned = back.losses.iter().filter(|loss| loss.is_no_longer_critical()).count();
        assert_eq!(turned, told.losses.iter().filter(|loss| loss.is_newly_critical()).count());
        let json = told.to_json();
        let first = &json["margins"][0];
        assert!(first["before"]["level_kg"].is_number() && first["after"]["lines"].is_array(), "{first}");
        assert!(json["losses"][0]["became"].is_string());
    }
}

/// A plan of another station is refused.
#[test]
fn a_plan_of_others() {
    let [iss, small, ..] = weeks() else { panic!("there are three books") };
    let book = &small.shipped.book;
    let refused = impact(&situation(book, Some(&small.plan)), &situation(book, Some(&iss.plan)), ahead(book));
    assert!(matches!(refused, Err(ImpactError::Name(_))));
}
