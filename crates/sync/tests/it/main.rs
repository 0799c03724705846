//! Bundles between nodes, and NATS between nodes.

mod agreement;
mod bundles;
mod days;
mod tampering;
mod world;
