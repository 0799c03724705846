//! What a machine that dies may do to the files of SQLite: to whatever was written since the last `fsync` that returned.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::chance::Chance;
use crate::victim::Said;

/// https://sqlite.org/fileformat2.html#walformat
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const PAGE: usize = 4096;
const FRAME: usize = FRAME_HEADER + PAGE;

/// What is done to the files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Tear {
    /// The program died and the machine lived.
    None,
    /// The log ends at any byte.
    Cut,
    /// The log ends at the border of a frame.
    CutAtFrame,
    /// Some bytes of the log are others.
    Garble,
    /// The log has its length, and zeros where nothing was written yet.
    Zero,
    /// The log goes on with bytes that nobody wrote.
    Extend,
    /// The log goes on with frames that it had before, the last one cut.
    Repeat,
    /// Pages that a checkpoint was writing to the file itself are garbage.
    Checkpoint,
}

pub(crate) const TEARS: [Tear; 8] = [
    Tear::None,
    Tear::Cut,
    Tear::CutAtFrame,
    Tear::Garble,
    Tear::Zero,
    Tear::Extend,
    Tear::Repeat,
    Tear::Checkpoint,
];

/// Does it, nowhere before the end of the last commit that was acknowledged. Gives how many bytes changed, were cut or came.
pub(crate) fn tear(file: &Path, said: &Said, tear: Tear, chance: &mut Chance) -> usize {
    let path = log(file);
    let Ok(before) = fs::read(&path) else { return 0 };
    let border = border(&before, said);
    if tear == Tear::Checkpoint {
        return garble_pages(file, &before[..border], chance);
    }
    let mut after = before.clone();
    let length = before.len();
    let at = border + chance.below((length - border + 1) as u64) as usize;
    match tear {
        Tear::None | Tear::Checkpoint => {}
        Tear::Cut => after.truncate(at),
        Tear::CutAtFrame => after.truncate(border + (at - border) / FRAME * FRAME),
        Tear::Garble => {
            let end = (at + 1 + chance.below(FRAME as u64) as usize).min(length);
            let garbage = chance.bytes(end - at);
            after.splice(at..end, garbage);
        }
        Tear::Zero => after[at..].fill(0),
        Tear::Extend => {
            let more = chance.below(3 * FRAME as u64) as usize;
            after.extend(chance.bytes(more));
        }
        Tear::Repeat => {
            let first = HEADER.min(length);
            let count = (chance.below(3 * FRAME as u64) as usize).min(length - first);
            after.extend_from_within(first..first + count);
        }
    }
    fs::write(&path, &after).unwrap();
    let common = before.len().min(after.len());
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    changed + before.len() - common + after.len() - common
}

/// Where the log may be torn: after the last frame that was committed when the victim said so. When the log has been begun anew
/// since, all that had been said is in the file itself, and the log may be torn anywhere.
fn border(log: &[u8], said: &Said) -> usize {
    if log.get(16..24) != Some(&said.salts) {
        return 0;
    }
    let border = HEADER + said.frames as usize * FRAME;
    assert!(border <= log.len(), "an acknowledged commit is in the log");
    border
}

/// Each page that the log has up to here is read from the log, so that the file's own may have been half written.
fn garble_pages(file: &Path, log: &[u8], chance: &mut Chance) -> usize {
    let mut pages = BTreeSet::new();
    for frame in log.get(HEADER..).unwrap_or_default().chunks_exact(FRAME) {
        pages.insert(u32::from_be_bytes(frame[..4].try_into().unwrap()) as usize);
    }
    let mut bytes = fs::read(file).unwrap();
    let mut torn = 0;
    // The first has the header, one sector, which a disk writes whole.
    for page in pages.into_iter().filter(|page| *page > 1) {
        let (start, end) = ((page - 1) * PAGE, page * PAGE);
        if end <= bytes.len() && chance.below(2) == 0 {
            let from = start + chance.below(PAGE as u64) as usize;
            let garbage = chance.bytes(end - from);
            bytes.splice(from..end, garbage);
            torn += end - from;
        }
    }
    fs::write(file, bytes).unwrap();
    torn
}

/// Copies the store as it lies there.
pub(crate) fn copy(file: &Path, to: &Path) {
    fs::copy(file, to).unwrap();
    if log(file).exists() {
        fs::copy(log(file), log(to)).unwrap();
    }
}

fn log(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", file.display()))
}
