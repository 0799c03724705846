//! Tests of the whole: the layers of the workspace and the command line.

mod contract;
mod crews;
mod dockings;
mod history;
mod layers;
mod program;
