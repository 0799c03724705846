//! Events of orbits against anchors, laws, brute force and another program.

mod light;
mod paths;
