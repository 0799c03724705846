//! Presence: the laws it obeys, and stays whose ends are known otherwise.

mod laws;
mod stays;
