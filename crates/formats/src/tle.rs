//! Two-line element sets, with or without a name line before them.
//!
//! Columns and meanings: F. R. Hoots, R. L. Roehrich, *Models for Propagation of NORAD Element Sets*, Spacetrack Report 3
//! (1980), and T. S. Kelso's description of the format (CelesTrak, "NORAD Two-Line Element Set Format").
//!
//! Understood: names plain or after `0 `, LF or CR LF, spaces at line ends, empty lines and lines that begin with `#`,
//! alpha-5 catalogue numbers, and blanks in the fields that old sets leave blank. The epoch's eight decimals of a day are
//! 864 µs each, so that every epoch is a whole number of nanoseconds.

mod catalogue;
mod columns;
mod lines;
mod one_set;
mod write;

pub use lines::read;
pub use write::write;
