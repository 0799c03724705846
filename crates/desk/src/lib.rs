//! The work of a control centre: its node with the book on which all journals began, change requests, words on them, the baseline.
//!
//! A [`Desk`] ties a [`node::Node`] to the book's agreement. What is asked for, said and decided goes into the journal; what all of it comes to,
//! plans and book as they are now, is a [`Baseline`](change::Baseline), computed anew from the records.
//!
//! A desk keeps the book on which its journal began in the node's folder, `founding/`, and the name of the station holds the first digits of
//! its digest: centres that began from different books do not take each other's records.

mod ask;
mod barter;
mod desk;
mod error;
mod find;
mod founding;
mod impact;
mod log;
mod product;
mod report;
mod say;
mod told;

pub use ask::{Draft, Replacing};
pub use barter::{Barters, Offer};
pub use desk::Desk;
pub use error::DeskError;
pub use founding::{FOUNDING, digest, station};
pub use impact::{PlanImpact, Weighing};
pub use log::{Log, LogLine};
pub use product::{plan_named, product_of};
pub use report::{ChainReport, Report};
pub use say::Say;
pub use told::{Becomes, Column, EditLine, Field, Told, edit_lines, sentence, standing, urgency_word};
