//! Bundles between nodes, and NATS between nodes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what is passed over and what is measured is said"
)]

mod bundles;
#[cfg(feature = "nats")]
mod centres;
mod days;
#[cfg(feature = "nats")]
mod net;
#[cfg(feature = "nats")]
mod online;
#[cfg(feature = "nats")]
mod server;
mod tampering;
mod work;
mod world;
