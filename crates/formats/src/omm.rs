//! Orbit mean-elements messages (CCSDS 502.0-B-3, chapter 4) in four forms: KVN, XML, JSON and CSV.
//!
//! All four carry the same keywords; they differ only in where a keyword's value stands. JSON and CSV are as CelesTrak and
//! Space-Track publish them: one object or a list, numbers or strings. Only SGP4 elements are accepted, in TEME, UTC, about
//! the Earth; where a message says nothing about these, as in CelesTrak's short forms, they are taken for granted.

mod csv;
mod elements;
mod json;
mod kvn;
mod write;

mod xml;

pub use csv::read_csv;
pub use json::read_json;
pub use kvn::read_kvn;

pub use write::{write_json, write_kvn, write_xml};
pub use xml::read_xml;

pub(crate) use elements::implausible;
