//! Seats: the time that members of the expedition are aboard, from the book's stays.

use book::Book;
use partnership::Pool;
use people::{Aboard, Role};
use timeline::Interval;

use crate::{Extent, Measure, Tally, Use};

pub(super) fn tally(book: &Book, pool: &Pool) -> Tally {
    let mut tally = super::empty(pool, [Measure::Flown]);
    let Some(history) = book.history() else { return tally };
    let mut members = book.aboard();
    members.retain(|one| {
        let segment = book.segment_of(one.stay);
        one.stay.role != Role::Visitor && (pool.segment.is_none() || segment == pool.segment.as_deref())
    });
    let mut uses = Vec::new();
    for (during, terms) in terms_over(pool, &members, history) {
        for one in &members {
            let Some(interval) = one.interval.intersection(during) else { continue };
            let partner = Some(one.stay.partner.clone());
            uses.push(Use { partner, measure: Measure::Flown, terms, extent: Extent::Over(interval) });
        }
    }
    super::enter(&mut tally, book, pool, uses);
    tally
}

/// By which terms seats are shared when: always by the parts, or by the number of members aboard.
fn terms_over(pool: &Pool, members: &[Aboard<'_>], history: Interval) -> Vec<(Interval, Option<usize>)> {
    if pool.crews.is_empty() {
        return vec![(history, Some(0))];
    }
    let crew = people::crew_profile(members, history);
    let terms_of = |count: f64| pool.crews.iter().position(|crew| f64::from(crew.aboard) == count);
    let segments = crew.segments().map(|segment| segment.interval());
    segments.map(|during| (during, terms_of(crew.at(during.start()).unwrap_or_default()))).collect()
}
