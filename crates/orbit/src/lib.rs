//! Orbit, frames, light, links and passes as profiles.
