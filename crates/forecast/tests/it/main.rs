//! What a forecast promises: small models with answers in closed form, laws, and the books that ship.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod batches;
mod books;
mod cases;
mod laws;
mod scrubbers;
