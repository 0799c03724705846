//! Tests of the language of rules and of the checker.

mod edits;
mod faults;
mod forms;
mod fuzz;
mod mutations;
mod plan;
mod words;
