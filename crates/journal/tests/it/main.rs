//! What journals promise: that no word is altered or forged unseen, and that all who hold the same records hold the same state.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod bytes;
mod deciding;
mod forks;
mod keys;
mod laws;
mod tampering;
mod vectors;
mod world;
