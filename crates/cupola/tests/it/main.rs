//! Tests of the whole: the layers of the workspace and the command line.

mod layers;
