//! A node on disk: founding, opening, writing, receiving, what damage does, and what forgers try.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod damage;
mod exchange;
mod folder;
mod keys;
mod world;
