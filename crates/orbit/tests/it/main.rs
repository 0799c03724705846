//! States, frames and events of orbits against published values, laws, brute force and other programs.

mod air;
mod antennas;
mod brute;
mod decay;
mod earth;
mod environment;
mod frames;
mod laws;
mod light;
mod luminaries;
mod orientation;
mod paths;
mod sgp4_vectors;
mod skyfield;
mod sources;
mod station;
mod tracks;
