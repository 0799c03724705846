//! Plans of whole books, held against their rules.

mod books;
mod disrupted;
mod explained;
mod passes;
mod shares;
