//! Answers from facts, made where blocking is allowed.

pub(crate) mod book;
pub(crate) mod margins;
pub(crate) mod orbit;
pub(crate) mod profiles;
