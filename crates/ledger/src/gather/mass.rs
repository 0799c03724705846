//! Mass: what the flights of each partner brought to the station or back to the ground, from the book's flights and cargo. Who used the
//! room no book says.

use book::Book;
use partnership::{Counts, Pool};
use record::PartnerId;
use traffic::{CargoDirection, Flight};

use crate::history::{came_at, carried, returned_at};
use crate::{Carriage, Measure, Tally};

pub(super) fn tally(book: &Book, pool: &Pool) -> Tally {
    let mut tally = super::empty(pool, [Measure::Provided]);
    let of_flight = |flight: &Flight| {
        let provider = &book.vehicles.get(&flight.vehicle)?.partner;
        let (at, direction) = match pool.counts {
            Counts::DownMass => (returned_at(book, flight)?, CargoDirection::Down),
            _ => (came_at(book, flight)?, CargoDirection::Up),
        };
        let mass = carried(book, &flight.id, direction);
        is_of(book, pool, provider).then(|| Carriage {
            flight: flight.id.clone(),
            partner: provider.clone(),
            at,
            mass,
        })
    };
    let carriages = book.flights.iter().filter_map(|flight| of_flight(flight)).collect();
    super::enter_carriages(&mut tally, book, pool, carriages);
    tally
}

/// Whether a provider's people live on the segment of the pool.
fn is_of(book: &Book, pool: &Pool, provider: &PartnerId) -> bool {
    let segment = book.partners.get(provider).and_then(|partner| partner.segment.as_deref());
    pool.segment.is_none() || segment == pool.segment.as_deref()
}
