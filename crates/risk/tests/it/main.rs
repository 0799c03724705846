//! Losses of the two books that ship: which machines count, what is done when, and that pairs and threads change nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod books;
mod cases;
mod laws;
