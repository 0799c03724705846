//! Searches held against slot-by-slot checks, brute force and planted plans; readers against bad files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod brute;
mod chains;
mod explaining;
mod files;
mod laws;
mod projects;
mod slots;
mod tiny;
mod weeks;
