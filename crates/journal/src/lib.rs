//! What control centres say to one another: records that nobody can alter or forge, and the baseline they fold to.
//!
//! Each centre writes one journal: numbered, hash-chained, signed with Ed25519. [`verify`] follows a chain and names the first
//! record at fault; [`Journals`] is a bag of records in any order; [`fold`] makes of it the one [`State`] that everybody who holds
//! the same records holds too. Who must approve what is an [`Agreement`], given by the caller.
//!
//! ```
//! use journal::{Digest, Entry, Key, Known, Standing, Why, Writer, verify};
//! let (centre, time) = ("col-cc".parse()?, "2026-05-30T12:00:00Z".parse()?);
//! let (mut writer, first) = Writer::found(&centre, Key::from_seed(&[7; 32]), time)?;
//! let second = writer.append(time, Entry::Comment { about: Digest::NONE, text: "good morning".to_owned() })?;
//!
//! let mut told = [first.bytes().to_vec(), second.bytes().to_vec()];
//! let root = Standing::new(centre, writer.key());
//! assert_eq!(verify(root.clone(), &told, &Known::default()).fault, None);
//! told[1][110] ^= 1;
//! let fault = verify(root, &told, &Known::default()).fault.unwrap();
//! assert_eq!((fault.number, fault.why), (2, Why::Signature));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing here knows a clock, a file or a network: times are arguments. The bytes are specified in `docs/journal.md`.

mod agreement;
mod chain;
mod clash;
mod codec;
mod digest;
mod entry;
mod fault;
mod fold;
mod journals;
mod key;
mod read;
mod seal;
mod signed;
mod standing;
mod state;
mod verify;
mod writer;

pub use agreement::{Agreement, Asked, Matter, Said, Verdict, Word, Words};
pub use chain::{Chain, Fork};
pub use codec::{LongError, MAX_BLOB_BYTES, MAX_ID_BYTES, MAX_LIST, MAX_RECORD_BYTES, MAX_TEXT_BYTES};
pub use digest::Digest;
pub use entry::{Barter, ChangeRequest, Entry, Head, Ruled, Urgency};
pub use fault::{Fault, Why};
pub use fold::{Terms, fold};
pub use journals::{Added, Journals};
pub use key::{Key, KeyTextError, PublicKey, Signature};
pub use read::ReadError;
pub use seal::{Seal, seals};
pub use signed::{Record, Signed};
pub use standing::{KeyState, Standing};
pub use state::{Contradiction, Place, Requested, State, Status};
pub use verify::{Known, Verified, verify};
pub use writer::{WriteError, Writer};
