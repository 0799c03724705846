//! What a store promises, held against every kind of store by the same tests.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures, and what was skipped, are for people"
)]

mod chance;
mod journals;
mod kills;
mod places;
#[cfg(feature = "postgres")]
mod postgres_server;
mod promises;
mod requests;
mod sqlite_file;
mod tear;
mod victim;
