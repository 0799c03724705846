use journal::{Head, Record};
use node::{Batch, Node, NodeError, Received};
use thiserror::Error;
use timeline::Time;

use crate::{Bundle, BundleError, MAX_BUNDLE_BYTES, MAX_HEADS};

/// Why records were not exchanged.
#[derive(Debug, Error)]
pub enum SyncError {
    /// Something is no bundle.
    #[error("the bundle {0}")]
    Bundle(#[from] BundleError),
    /// It is about another station.
    #[error("the bundle is about the station {theirs}, and this node is of {ours}")]
    Station {
        /// Which the bundle is about.
        theirs: String,
        /// Which this node is of.
        ours: String,
    },
    /// There are more branches of journals than a bundle names.
    #[error("{0} branches of journals are more than a bundle names: settle forks by checkpoints first")]
    Heads(usize),
    /// The node refused.
    #[error(transparent)]
    Node(#[from] NodeError),
}

/// A bundle that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundled {
    /// Its bytes: the file.
    pub bytes: Vec<u8>,
    /// How many records are in it.
    pub records: usize,
    /// When not all found place: what to give as `since` for the next one.
    pub next: Option<Vec<Head>>,
}

/// What came of a bundle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// What the node says of its records.
    pub received: Received,
    /// What its sender held and this node does not hold yet: more bundles have to come.
    pub lacking: Vec<Head>,
}

/// Room for everything in a bundle that is no record.
const OVERHEAD_BYTES: usize = 1 << 20;

/// A bundle of all that somebody lacks who holds the journals as far as `since` says; with nothing, of everything.
///
/// Which heads the other side has, it tells by its own bundles, or by word; when the way back is barred, give what was sent last.
///
/// # Errors
/// [`SyncError::Heads`] when journals have more branches than a bundle can name.
pub fn bundle(node: &Node, since: &[Head]) -> Result<Bundled, SyncError> {
    let mut heads = node.heads();
    heads.sort();
    if heads.len() > MAX_HEADS {
        return Err(SyncError::Heads(heads.len()));
    }
    let all = node.since(since, usize::MAX);
    let (mut room, mut whole) = (MAX_BUNDLE_BYTES - OVERHEAD_BYTES, true);
    let mut batches: Vec<Batch> = Vec::new();
    for batch in all {
        let fits = batch.records.iter().take_while(|record| {
            let left = room.checked_sub(record.len() + 4);
            room = left.unwrap_or(0);
            left.is_some()
        });
        let fits = fits.count();
        whole &= fits == batch.records.len();
        if fits > 0 {
            let records = batch.records.into_iter().take(fits).collect();
            batches.push(Batch { records, ..batch });
        }
    }
    let next = (!whole).then(|| after(since, &batches));
    let records = batches.iter().map(|batch| batch.records.len()).sum();
    let identity = node.identity();
    let bundle =
        Bundle { station: identity.station.clone(), sender: identity.centre.clone(), heads, batches };
    Ok(Bundled { bytes: bundle.bytes(), records, next })
}

/// How far somebody holds the journals who held `since` and got these records.
fn after(since: &[Head], batches: &[Batch]) -> Vec<Head> {
    let mut heads = since.to_vec();
    for record in batches.iter().flat_map(|batch| &batch.records) {
        if let Ok((read, _)) = Record::read(record) {
            heads.retain(|head| head.digest != read.previous);
            heads.push(Head {
                centre: read.centre,
                number: read.number,
                digest: journal::Digest::of(record),
            });
        }
    }
    heads
}

/// Takes the records of a bundle into the node.
///
/// The order in which bundles come does not matter, and a bundle may come twice. Records whose forerunners have not come wait in memory:
/// what [`Received::gaps`] names has to come while this node is open, or these bundles again after it.
///
/// # Errors
/// When it is no bundle, or of another station: nothing is taken then. When the node cannot be written.
pub fn take(node: &mut Node, bytes: &[u8], now: Time) -> Result<Taken, SyncError> {
    let bundle = Bundle::read(bytes)?;
    let ours = &node.identity().station;
    if bundle.station != *ours {
        return Err(SyncError::Station { theirs: bundle.station, ours: ours.clone() });
    }
    let received = node.receive(&bundle.batches, now)?;
    let lacking = bundle.heads.into_iter().filter(|head| !node.journals().contains(head)).collect();
    Ok(Taken { received, lacking })
}
