//! What time, windows and profiles promise, as laws and as cases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod any;
mod profile_cases;
mod profile_laws;
mod time_text;
mod window_laws;
