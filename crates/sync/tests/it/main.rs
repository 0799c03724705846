//! Bundles between nodes, and NATS between nodes.

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
