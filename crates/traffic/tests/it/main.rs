//! Who is docked where, with how many seats, and what was brought.

mod cargo;
mod dockings;
