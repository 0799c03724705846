//! What a change request holds, what it touches, who must approve it, and what all approved requests together come to.
//!
//! [`Content`] is the evidence in a request's edits: of everything that changes, what it was and what it is to be. [`touches`] reads from it
//! and from the founding book whose things are touched; [`BookTerms`] answers the journals' questions by the book's agreement; [`baseline`] applies
//! what was approved to the [`Products`] on which all began, and lists the edits that had no effect; [`rebase`] makes a change anew on another
//! baseline; a [`Number`] is what people call it.
//!
//! Nothing here knows a clock, a file or a network, and nothing trusts an author: not what a request says of itself, not that its `before` is true.

mod apply;
mod baseline;
mod blocks;
mod content;
mod founding;
mod number;
mod products;
mod rebase;
mod row;
mod terms;
mod text;
mod touch;
mod touches;

pub use apply::{Refusal, apply};
pub use baseline::{Baseline, Faults, Refused, baseline};
pub use blocks::Form;
pub use content::{BlockEdit, Change, Content, Header, ProductEdit};
pub use founding::Founding;
pub use number::{Number, NumberError};
pub use products::{NoTextError, Products};
pub use rebase::{Conflict, Rebased, rebase};
pub use row::Mark;
pub use terms::{BookTerms, Question};
pub use text::ContentError;
pub use touch::{Touch, TouchError};
pub use touches::touches;
