//! Readers and writers against published files, by law and under mutation.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests stop at the first surprise and say what they skip"
)]

mod detect;
mod icalendar;
mod mutation;
mod oem;
mod omm;
mod shared;
mod tle;
mod trajectories;
