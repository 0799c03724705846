//! What a change does, held against whole books.

mod books;
mod clean;
