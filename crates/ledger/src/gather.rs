//! From a book, plans and barters to tallies. All that is counted is gathered here, whoever asks.

mod crew_time;
mod mass;
mod seats;

use std::collections::BTreeSet;

use book::Book;
use partnership::{Counts, Pool};
use plan::Plan;
use record::PartnerId;
use timeline::{Interval, Time};

use crate::{Barter, BarterFault, Carriage, Measure, Tally, Use};

/// Every pool of a book with all that was had of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gathered {
    /// One a pool, in the order of the book.
    pub tallies: Vec<Tally>,
    /// Barters that could not be entered, and why, in the order in which they came.
    pub faults: Vec<BarterFault>,
}

/// Gathers what a book, plans and barters say of every pool.
///
/// Where plans overlap the finest counts, of equally fine ones the later in the list: a short-term plan stands over the week's.
/// Barters that name what the book does not have are left out and told.
#[must_use]
pub fn gather(book: &Book, plans: &[Plan], barters: &[Barter]) -> Gathered {
    let faults: Vec<BarterFault> = barters.iter().filter_map(|barter| barter.fault(book)).collect();
    let good: Vec<&Barter> = barters.iter().filter(|barter| barter.fault(book).is_none()).collect();
    let tallies = book
        .pools
        .iter()
        .map(|pool| {
            let mut tally = match pool.counts {
                Counts::CrewTime => crew_time::tally(book, pool, plans),
                Counts::Seats => seats::tally(book, pool),
                Counts::UpMass | Counts::DownMass => mass::tally(book, pool),
            };
            let own = || good.iter().filter(|barter| barter.pool == pool.id);
            open(&mut tally, book, own().flat_map(|barter| [&barter.from, &barter.to]));
            own().for_each(|&barter| tally.enter_barter(barter.clone()));
            tally
        })
        .collect();
    Gathered { tallies, faults }
}

/// An empty tally of a pool: its shares, or its seats by the number aboard.
fn empty(pool: &Pool, known: impl IntoIterator<Item = Measure>) -> Tally {
    let parts = || pool.parts.iter().map(|part| (part.partner.clone(), part.share.parts_per_million()));
    let crews = pool.crews.iter().map(|crew| {
        let seats = crew.seats.iter();
        seats.map(|seat| (seat.partner.clone(), seat.seats.millionths())).collect()
    });
    let terms: Vec<Vec<(PartnerId, i64)>> =
        if pool.crews.is_empty() { vec![parts().collect()] } else { crews.collect() };
    Tally::new(pool.id.clone(), &terms, known)
}

/// Opens accounts in the order of the book, so that the order of uses means nothing.
fn open<'a>(tally: &mut Tally, book: &Book, named: impl Iterator<Item = &'a PartnerId>) {
    let named: BTreeSet<&PartnerId> = named.collect();
    for partner in &book.partners {
        if named.contains(&partner.id) {
            tally.open_account(&partner.id);
        }
    }
}

fn enter(tally: &mut Tally, book: &Book, pool: &Pool, uses: Vec<Use>) {
    let shared = shared(pool);
    let within = |one: Use| Some(Use { extent: one.extent.within(shared?)?, ..one });
    let uses: Vec<Use> = uses.into_iter().filter_map(within).collect();
    let by_terms = uses.iter().filter(|one| one.terms.is_some());
    open(tally, book, by_terms.filter_map(|one| one.partner.as_ref()));
    uses.into_iter().for_each(|one| tally.enter(one));
}

fn enter_carriages(tally: &mut Tally, book: &Book, pool: &Pool, carriages: Vec<Carriage>) {
    let is_shared = |one: &Carriage| shared(pool).is_some_and(|shared| shared.contains(one.at));
    let carriages: Vec<Carriage> = carriages.into_iter().filter(is_shared).collect();
    open(tally, book, carriages.iter().map(|one| &one.partner));
    carriages.into_iter().for_each(|one| tally.enter_carriage(one));
}

/// When a pool is shared; nothing when its dates are reversed.
fn shared(pool: &Pool) -> Option<Interval> {
    Interval::new(pool.from.unwrap_or(Time::MIN), pool.until.unwrap_or(Time::MAX))
}
