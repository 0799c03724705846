//! A folder of files that describes one station, read and checked.
//!
//! [`read`] turns [`Files`] into a [`Book`] and says what is wrong with the text; [`check`] says what is wrong with what the
//! book says. Both return [`Finding`](timeline::Finding)s with file and line, and never repair anything. The schema is
//! `docs/book.md`.
//!
//! ```
//! let files = book::Files::from_iter([("book.toml", "id = \"first\"\ntitel = \"First Station\"\n")]);
//! let (book, findings) = book::read(&files);
//! assert_eq!(book.about.id, "first");
//! let mistyped = findings.iter().find(|finding| finding.rule == "key-unknown").unwrap();
//! assert_eq!(mistyped.place.as_ref().unwrap().to_string(), "book.toml:2:1");
//! assert_eq!(mistyped.mend, "did you mean `title`?");
//! ```

mod agreed;
mod book;
mod check;
mod csv_file;
mod entry;
mod files;
mod moment;
mod read;
mod rule;
mod table;
mod tabulated;
mod text;
mod toml_file;

pub use agreed::Agreed;
pub use book::{About, Book, Flying, Planning, Power};
pub use check::check;
pub use files::{Files, FilesError};
pub use moment::{Moment, MomentKind};
pub use read::read;
pub use rule::{ActivityKind, Definition, Rule, RuleText, Weight};
pub use table::{Named, Table};
pub use tabulated::{OrientationDay, SpaceWeatherDay, SunDistance, TableKind};
