//! `cupola status`: where the station is, who is aboard, what is docked, what comes next, how old the data is.

mod page;

use book::Book;
use facts::status::{Shown, Status, status};
use sky::{Sky, SkyError};
use timeline::Time;

use crate::answer::Answer;
use crate::portmap::{self, PortMap};

/// The facts and the drawing of the ports.
struct Facts {
    status: Status,
    map: PortMap,
}

pub(crate) fn answer(book: &Book, sky: &Result<Sky<'_>, SkyError>, at: Time, shown: Shown) -> Answer {
    let facts = Facts { status: status(book, sky, at, shown), map: portmap::layout(book, at) };
    Answer::new(facts, |facts| facts.status.json(), Facts::page)
}
