//! A node on disk: founding, opening, writing, receiving, what damage does, and what forgers try.

mod damage;
mod exchange;
mod folder;
mod keys;
mod tampering;
mod world;
