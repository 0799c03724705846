//! Events of orbits against anchors, laws, brute force and another program.

mod brute;
mod laws;
mod light;
mod paths;
