//! The only crate that knows HTTP: what `facts` says of a book, for programs and for the console.
//!
//! Read `route.rs` first: every address stands there, with what it takes and what it needs. `guard.rs` is what holds for every request,
//! `handle.rs` what happens to one; `answer/` asks `facts`, `act.rs` does what is done, `partners/` what centres say to one another (`room.rs` has their nodes),
//! `oidc/` lets in whom a centre's identity provider knows. docs/api.md is the contract, docs/server.md how to run one.

mod access;
mod accounts;
mod act;
mod answer;
mod app;
mod cache;
mod files;
mod guard;
mod handle;
mod listen;
mod log;
mod metrics;
#[cfg(feature = "oidc")]
mod oidc;
mod openapi;
mod partners;
mod plans;
mod private;
mod problem;
mod query;
mod rate;
mod reply;
mod room;
mod route;
mod schema;
mod serve;
mod session;
mod stream;

pub use access::{Right, Role};
pub use accounts::{AccountError, Accounts, partner_named};
#[cfg(feature = "oidc")]
pub use accounts::{Claim, Identity};
pub use app::{Clock, Limits, Settings};
pub use files::{File, Files, no_console};
pub use log::Log;
#[cfg(feature = "oidc")]
pub use oidc::{Oidc, OidcError};
pub use rate::Rate;
pub use room::{Room, RoomError, Training};
pub use serve::{Running, ServeError, serve, start};
