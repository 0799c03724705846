//! Tests of the whole: the layers of the workspace and the command line.

#![allow(clippy::print_stdout, reason = "tests say what they skip")]

mod check;
mod contract;
mod crews;
mod dockings;
mod drawn;
mod errors;
mod forecast;
mod history;
mod layers;
mod losses;
mod new_book;
mod odd;
mod pages;
mod plans;
mod program;
mod requests;
mod serving;
mod shared;
mod shares;
