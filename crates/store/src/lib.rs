//! The records of all centres' journals, kept durably: in one SQLite file, or in PostgreSQL (feature `postgres`).
//!
//! This is the only crate that knows SQL. The journals are the truth; whatever else is kept here ([`Store::set_projection`],
//! [`Store::set_requests`], how far a chain was verified) follows from them and can be dropped and built again.
//!
//! ```
//! use journal::{Key, Writer};
//! use store::{Sqlite, Start, Store};
//! # let folder = std::env::temp_dir().join(format!("cupola-store-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! let centre = "col-cc".parse()?;
//! let (_writer, first) = Writer::found(&centre, Key::from_seed(&[7; 32]), "2026-05-30T12:00:00Z".parse()?)?;
//!
//! let mut store = Sqlite::open(&folder.join("journal.db"))?;
//! store.append(&first)?;
//! drop(store);
//!
//! let mut store = Sqlite::open(&folder.join("journal.db"))?;
//! let page = store.records(&centre, Start::Number(1), 100)?;
//! assert_eq!(page[0].bytes, first.bytes());
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod backup;
mod error;
mod kept;
#[cfg(feature = "postgres")]
mod postgres;
mod request;
mod sql;
mod sqlite;
mod store;
mod taking;

pub use error::StoreError;
pub use kept::{Damage, Kept};
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use request::{RequestRow, Requests};
pub use sqlite::Sqlite;
pub use store::{Extent, PAGE_BYTES, Projection, Put, Start, Store, for_each};
