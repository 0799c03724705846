//! One centre's node: a folder that holds its private key, its own journal and copies of the others'.
//!
//! ```
//! use journal::{Digest, Entry};
//! use node::{Founding, Node, Seed};
//! # let folder = std::env::temp_dir().join(format!("cupola-node-doc-{}", std::process::id()));
//! # let seed = Seed::new([7; 32]);
//! let now = "2026-05-30T12:00:00Z".parse()?;
//! let mut node = Node::found(&folder, Founding::new("col-cc".parse()?, "iss", seed), now)?;
//! node.write(Entry::Comment { about: Digest::NONE, text: "good morning".to_owned() }, now)?;
//! drop(node);
//!
//! let node = Node::open(&folder)?;
//! assert_eq!(node.heads()[0].number, 2);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What comes from others is never believed: [`Node::receive`] follows each journal from its root and keeps what holds. No clock is
//! asked: the time is an argument. How records travel is not known here.

mod checkpoint;
mod error;
mod folder;
mod held;
mod keys;
mod node;
mod open;
mod receive;
mod send;
mod write;

pub use error::NodeError;
pub use folder::{CLOCK_TOLERANCE_S, Identity};
pub use keys::Seed;
pub use node::{Founding, Node};
pub use open::Health;
pub use receive::{Batch, Received};
pub use write::Written;
