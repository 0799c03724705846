//! What a change does, held against whole books.

mod books;
mod caught;
mod clean;
mod edits;
mod free;
mod situations;
