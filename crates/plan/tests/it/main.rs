//! What requests, crew days and plans promise, as laws and as cases worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod any;
mod days;
mod edits;
mod merging;
mod refining;
mod relations;
mod station;
mod texts;
mod wishing;
