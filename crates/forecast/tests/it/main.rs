//! What a forecast promises: small models with answers in closed form, laws, and the books that ship.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop where it is, and one that skips says so"
)]

mod as_of;
mod batches;
mod books;
mod cases;
mod decay;
mod flying;
mod laws;
mod margins;
mod outlook;
mod power;
mod scrubbers;
mod telemetry;
mod years;
