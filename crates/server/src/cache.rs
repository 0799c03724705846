//! Answers that were made, so that the next who asks the same waits for nothing.

use std::collections::HashMap;
use std::future::Future;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::problem::Problem;

/// Shorter answers gain nothing from compression.
const COMPRESSED_FROM: usize = 1_024;

/// An answer as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) etag: String,
    pub(crate) plain: Bytes,
    /// Nothing when it is too short for that.
    pub(crate) gzip: Option<Bytes>,
}

impl Entity {
    /// From the text of an answer.
    pub(crate) fn new(text: Vec<u8>) -> Self {
        let digest = Sha256::digest(&text);
        let etag: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        let gzip = (text.len() >= COMPRESSED_FROM).then(|| gzip(&text)).flatten();
        Self { etag: format!("\"{etag}\""), plain: text.into(), gzip }
    }

    fn size(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len)
    }
}

/// Nothing when it cannot be compressed, which memory does not know.
pub(crate) fn gzip(text: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::new(5));
    encoder.write_all(text).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// One question: nobody has answered it yet, somebody does, or the answer is there.
type Cell = Arc<OnceCell<Arc<Entity>>>;

struct Kept {
    cell: Cell,
    last_asked: u64,
}

#[derive(Default)]
struct Shelf {
    kept: HashMap<String, Kept>,
    asked: u64,
}

/// Answers by question, up to so many bytes; those that were not asked for longest go first.
pub(crate) struct Cache {
    shelf: Mutex<Shelf>,
    most_bytes: usize,
}

/// Questions that are held at all; each may still be without an answer.
const MOST_QUESTIONS: usize = 4_096;

impl Cache {
    pub(crate) fn new(most_bytes: usize) -> Self {
        Self { shelf: Mutex::new(Shelf::default()), most_bytes }
    }

    /// The answer to a question; of all who ask it at once only one has it made. What fails is not kept.
    ///
    /// # Errors
    /// As of `make`.
    pub(crate) async fn get<F, M>(&self, question: String, make: M) -> Result<Arc<Entity>, Problem>
    where
        F: Future<Output = Result<Arc<Entity>, Problem>>,
        M: FnOnce() -> F,
    {
        let cell = self.cell(&question);
        let answer = cell.get_or_try_init(make).await.cloned();
        match &answer {
            Ok(_) => self.make_room(),
            Err(_) => self.forget(&question, &cell),
        }
        answer
    }

    fn cell(&self, question: &str) -> Cell {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.asked += 1;
        let asked = shelf.asked;
        let kept = shelf
            .kept
            .entry(question.to_owned())
            .or_insert_with(|| Kept { cell: Cell::default(), last_asked: asked });
        kept.last_asked = asked;
        Arc::clone(&kept.cell)
    }

    fn forget(&self, question: &str, cell: &Cell) {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.kept.get(question).is_some_and(|kept| Arc::ptr_eq(&kept.cell, cell) && !cell.initialized()) {
            shelf.kept.remove(question);
        }
    }

    fn make_room(&self) {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let size = |kept: &Kept| kept.cell.get().map_or(0, |entity| entity.size());
        let mut total: usize = shelf.kept.values().map(size).sum();
        while total > self.most_bytes || shelf.kept.len() > MOST_QUESTIONS {
            let oldest = shelf.kept.iter().min_by_key(|(_, kept)| kept.last_asked);
            let Some(question) = oldest.map(|(question, _)| question.clone()) else { return };
            if let Some(kept) = shelf.kept.remove(&question) {
                total -= size(&kept);
            }
        }
    }

    /// Questions and bytes held.
    pub(crate) fn held(&self) -> (usize, usize) {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = shelf.kept.values().filter_map(|kept| kept.cell.get()).map(|entity| entity.size()).sum();
        (shelf.kept.len(), bytes)
    }
}
