//! What a forecast promises: small models with answers in closed form, laws, and the books that ship.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests stop at the first surprise and say what they skip"
)]

mod books;
mod cases;
mod decay;
mod flying;
mod laws;
mod years;
