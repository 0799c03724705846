//! Persons and their stays aboard.
