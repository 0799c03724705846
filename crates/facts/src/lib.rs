//! What is asked of a book most often, as facts and as JSON.
//!
//! Each module asks the engines one question and gives a struct of facts with a `json`, or the JSON itself: the command line prints it or draws a
//! page from the same facts, the server sends it. No clock and no file: time comes in as an argument.

pub mod about;
pub mod breaches;
pub mod calendar;
pub mod contacts;
pub mod crew;
mod error;
pub mod events;
pub mod flights;
pub mod flows;
mod form;
pub mod history;
pub mod losses;
pub mod names;
pub mod passes;
pub mod place;
pub mod presence;
pub mod profiles;
mod provenance;
mod question;
pub mod rule_check;
pub mod shares;
mod slip;
pub mod state;
pub mod status;
pub mod stays;
pub mod stocks;
pub mod track;
pub mod week;

pub use error::{FactsError, Mend, Refusal};
pub use form::{day, round, stamp};
pub use provenance::Provenance;
pub use question::{Asked, LossAsked, bounded, span_of};
