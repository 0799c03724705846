use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use journal::{Agreement, Digest, Head, Journals, PublicKey, Signed, State, Terms, Writer, fold};
use record::CentreId;
use store::{Extent, Store};
use timeline::{Duration, Time};

use crate::held::Held;
use crate::keys::Keys;
use crate::{CLOCK_TOLERANCE_S, Health, Identity, NodeError, Seed, folder};

/// What one centre holds: its key, its own journal, and copies of the others'.
///
/// Everything it knows is durable; what stands in memory follows from it. Several processes may have one node open:
/// [`Node::refresh`] brings in what another one wrote.
pub struct Node {
    pub(crate) folder: PathBuf,
    pub(crate) identity: Identity,
    pub(crate) keys: Keys,
    pub(crate) store: Box<dyn Store + Send>,
    pub(crate) held: Held,
    /// How much of each journal in the store has been looked at.
    pub(crate) read: BTreeMap<CentreId, Extent>,
    /// How far the store has been told that signatures are right.
    pub(crate) verified: BTreeMap<CentreId, u64>,
    /// Records that came before those they follow, by what they follow.
    pub(crate) early: BTreeMap<Digest, BTreeMap<Digest, Signed>>,
    pub(crate) health: Health,
    /// Records of the own journal that others say to have seen and that people here know were never written.
    pub(crate) disregarded: BTreeSet<Head>,
}

/// What a new node is to be.
#[derive(Debug)]
pub struct Founding {
    /// Whose.
    pub centre: CentreId,
    /// About which station.
    pub station: String,
    /// From which the first key grows.
    pub seed: Seed,
    /// A PostgreSQL address, for records that are not to be in a file.
    pub database: Option<String>,
}

impl Founding {
    /// A node with its records in a file.
    #[must_use]
    pub fn new(centre: CentreId, station: &str, seed: Seed) -> Self {
        Self { centre, station: station.to_owned(), seed, database: None }
    }
}

impl Node {
    /// Makes a node in `folder`, and begins its journal. When a founding was cut short, it is gone on with, with the key that it made.
    ///
    /// # Errors
    /// When there is a node already, the folder is a book or lies in one, or something cannot be written.
    pub fn found(folder: &Path, founding: Founding, now: Time) -> Result<Self, NodeError> {
        folder::check_apart(folder)?;
        if folder::node_file(folder).exists() {
            return Err(NodeError::Founded(folder.to_owned()));
        }
        fs::create_dir_all(folder).map_err(|source| folder::file("make", folder, source))?;
        let mut keys = Keys::read(folder)?;
        let key = match keys.any() {
            Some(key) => key.clone(),
            None => keys.add(&founding.seed)?,
        };
        let Founding { centre, station, database, .. } = founding;
        let mut terms = folder::read_terms(folder)?;
        match terms.roots.get(&centre).copied() {
            Some(held) if held != key.public() => {
                return Err(NodeError::Root { centre, held, given: key.public() });
            }
            _ => terms.roots.insert(centre.clone(), key.public()),
        };
        folder::write_terms(folder, &terms, folder::read_quorum(folder)?)?;
        let identity = Identity { centre, station, database, clock_tolerance_s: CLOCK_TOLERANCE_S };
        let mut store = open_store(folder, &identity)?;
        if !store.extents()?.contains_key(&identity.centre) {
            let (_, first) = Writer::found(&identity.centre, key, now)?;
            store.append(&first)?;
        }
        // Written last: a folder with it is a node that was founded to the end.
        folder::write_identity(folder, &identity)?;
        drop(store);
        Self::open(folder)
    }

    /// Opens the node in `folder`: follows every journal by its hashes, and checks the signatures of what is not known to be right.
    ///
    /// Damage does not keep it from opening: what holds is there, and [`Node::health`] tells the rest.
    ///
    /// # Errors
    /// When there is no node, its files cannot be read or do not say what they should, or others can read a private key.
    pub fn open(folder: &Path) -> Result<Self, NodeError> {
        folder::check_apart(folder)?;
        let identity = folder::read_identity(folder)?;
        let store = open_store(folder, &identity)?;
        let mut node = Self {
            folder: folder.to_owned(),
            keys: Keys::read(folder)?,
            store,
            held: Held::new(folder::read_terms(folder)?),
            read: BTreeMap::new(),
            verified: BTreeMap::new(),
            early: BTreeMap::new(),
            health: Health::default(),
            disregarded: folder::read_disregarded(folder)?,
            identity,
        };
        node.reload()?;
        node.note_verified(0)?;
        node.sweep_keys()?;
        Ok(node)
    }

    /// From now on the journal of `centre` counts, which begins with the key `root`; say it as the centre itself told it, by another way than
    /// a journal.
    ///
    /// # Errors
    /// When the centre has another root: a root never changes. When `roots.toml` cannot be written.
    pub fn trust(&mut self, centre: &CentreId, root: PublicKey) -> Result<(), NodeError> {
        let mut terms = folder::read_terms(&self.folder)?;
        match terms.roots.get(centre).copied() {
            Some(held) if held == root => return Ok(()),
            Some(held) => return Err(NodeError::Root { centre: centre.clone(), held, given: root }),
            None => terms.roots.insert(centre.clone(), root),
        };
        folder::write_terms(&self.folder, &terms, folder::read_quorum(&self.folder)?)?;
        self.reload()
    }

    /// Whose node it is, and of which station.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Whose journal is written here.
    #[must_use]
    pub fn centre(&self) -> &CentreId {
        &self.identity.centre
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whose journals count, and how many centres are a quorum.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        self.held.terms()
    }

    /// All records that hold, of all centres.
    #[must_use]
    pub fn journals(&self) -> &Journals {
        self.held.journals()
    }

    /// How far this node holds each journal: the last record, and of a forked journal the last one of each branch.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        self.held.heads()
    }

    /// Records that somebody has seen, by a request or a checkpoint, and that are not here.
    pub fn lacking(&self) -> impl Iterator<Item = &Head> {
        self.held.unheld().iter()
    }

    /// What all the records come to.
    #[must_use]
    pub fn fold(&self, agreement: &impl Agreement) -> State<'_> {
        fold(self.held.journals(), self.held.terms(), agreement)
    }

    /// What was found wrong when the records were last read.
    #[must_use]
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// The latest time that a partner's record can have at `now`.
    pub(crate) fn latest_at(&self, now: Time) -> Time {
        now + Duration::SECOND * i64::from(self.identity.clock_tolerance_s)
    }

    /// The database, for what follows from the records: its projections and tables.
    pub fn store(&mut self) -> &mut (dyn Store + Send) {
        &mut *self.store
    }

    /// Writes a copy of all records, as of one moment, to a new file. Neither keys nor roots are in it.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written.
    pub fn backup(&mut self, to: &Path) -> Result<(), NodeError> {
        Ok(self.store.backup(to)?)
    }
}

/// No key and no record is shown.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node")
            .field("identity", &self.identity)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

fn open_store(folder: &Path, identity: &Identity) -> Result<Box<dyn Store + Send>, NodeError> {
    match &identity.database {
        None => Ok(Box::new(store::Sqlite::open(&folder.join("journal.db"))?)),
        #[cfg(feature = "postgres")]
        Some(address) => Ok(Box::new(store::Postgres::open(address, &schema(&identity.centre))?)),
        #[cfg(not(feature = "postgres"))]
        Some(_) => Err(folder::fault(
            &folder::node_file(folder),
            "database: this program was built without PostgreSQL (feature `postgres`)".to_owned(),
        )),
    }
}

/// Nodes of several centres may share a database: each has a schema of its own. An id has no underscores, so no two are one.
#[cfg(feature = "postgres")]
fn schema(centre: &CentreId) -> String {
    format!("cupola_{}", centre.as_str().replace('-', "_"))
}
