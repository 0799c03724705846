//! The server over real sockets of this machine: shapes, limits, headers, sessions, plans, streams.

mod client;
mod contract;
mod described;
mod headers;
mod limits;
#[cfg(feature = "oidc")]
mod oidc;
mod openapi;
mod parameters;
mod partners;
mod plans;
mod served;
mod sessions;
mod shape;
mod stream;
