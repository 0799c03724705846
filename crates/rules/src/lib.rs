//! Flight rules: one line of text a rule, held against how things stand and what happens when.
//!
//! [`compile`] reads rules against a [`Lexicon`] of names, types and units; a [`Checker`] holds them against a [`Scene`] and
//! says where each is broken, by how much, by whom, and what would mend it. After an edit it looks again only at what hangs on it.
//! Nothing here knows a station: names come from the lexicon, facts from the scene. The language is in `docs/rules.md`.

mod binding;
mod breach;
mod checker;
mod fault;
mod form;
mod grammar;
mod judge;
mod lexicon;
mod reads;
mod resolve;
mod rule;
mod say;
mod scene;
mod stage;
mod syntax;
mod token;
mod truth;

pub use binding::{Binding, Selector, bindings};
pub use breach::{Breach, Unjudged};
pub use checker::{Checker, Edited};
pub use fault::{Fault, Span};
pub use lexicon::Lexicon;
pub use rule::{Definition, Rule, Written, compile, read};
pub use scene::{Case, Change, Scene, Value};
