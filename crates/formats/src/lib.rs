//! TLE, OMM and OEM, pure text to types and back; iCalendar, written.
//!
//! Every reader takes the file's name (for messages only) and its text, and returns a [`Read`]: the records it could read
//! and the findings. A record that a `Must` finding stands in is left out, never mended; `Should` and `Info` findings
//! leave it in.
//! Nothing here panics on any text. Every finding says file, line and column, what was expected and what was found.
//!
//! Writers return text, or a [`WriteError`] when the format cannot say what the types hold.
//!
//! ```
//! let text = "ISS (ZARYA)\n\
//!     1 25544U 98067A   26150.51748228  .00011776  00000+0  21767-3 0  9998\n\
//!     2 25544  51.6337  27.5746 0007245 114.7080 245.4664 15.49496548569014\n";
//! let read = formats::read_elements("stations.tle", text);
//! assert!(read.findings.is_empty());
//! assert_eq!(read.records[0].epoch.to_string(), "2026-05-30T12:25:10.468992Z");
//! assert_eq!(formats::tle::write(&read.records)?, text);
//! # Ok::<(), formats::WriteError>(())
//! ```

mod detect;
mod epoch;
mod error;
mod header;
pub mod icalendar;
mod kvn;
mod number;
pub mod oem;
pub mod omm;
mod read;
mod source;
pub mod tle;
mod words;
mod xml;

pub use detect::{read_elements, read_ephemeris};
pub use error::WriteError;
pub use header::Header;
pub use read::{Read, text};
