use std::path::Path;
use std::sync::Arc;

use book::{Book, Files};
use change::{Baseline, BookTerms, Products};
use journal::{Digest, State};
use node::{Founding, Node, Seed};
use record::CentreId;
use timeline::Time;

use crate::DeskError;
use crate::founding::{self, FOUNDING};

/// A control centre's place of work: its node, and the book on which all journals began.
pub struct Desk {
    pub(crate) node: Node,
    pub(crate) book: Arc<Book>,
    pub(crate) founding: Products,
    terms: BookTerms,
}

impl Desk {
    /// Makes a node for `centre` in `folder`, whose journal begins from the book in `files`.
    ///
    /// # Errors
    /// When there is a node already, the book has faults, or something cannot be written.
    pub fn found(
        folder: &Path,
        files: &Files,
        centre: CentreId,
        seed: Seed,
        now: Time,
    ) -> Result<Self, DeskError> {
        let book = founding::read(files)?;
        let station = founding::station(&book, files);
        let products = Products::of_files(files)?;
        let node = Node::found(folder, Founding::new(centre, &station, seed), now)?;
        founding::write(&folder.join(FOUNDING), files)?;
        Ok(Self { node, terms: BookTerms::of(&book), book: Arc::new(book), founding: products })
    }

    /// Opens the node in `folder`.
    ///
    /// # Errors
    /// When there is none, or the book in it is not the one on which the journal began.
    pub fn open(folder: &Path) -> Result<Self, DeskError> {
        let node = Node::open(folder)?;
        let path = folder.join(FOUNDING);
        let files = Files::from_dir(&path)?;
        let (book, _) = book::read(&files);
        let (found, station) = (founding::station(&book, &files), node.identity().station.clone());
        if found != station {
            return Err(DeskError::Founding { path, found, station });
        }
        Ok(Self {
            node,
            terms: BookTerms::of(&book),
            book: Arc::new(book),
            founding: Products::of_files(&files)?,
        })
    }

    /// The node.
    #[must_use]
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// The node, to receive and to write what is no change request.
    pub const fn node_mut(&mut self) -> &mut Node {
        &mut self.node
    }

    /// The book on which the journals began.
    #[must_use]
    pub fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// Who must approve what.
    #[must_use]
    pub const fn terms(&self) -> &BookTerms {
        &self.terms
    }

    /// What all records come to.
    #[must_use]
    pub fn state(&self) -> State<'_> {
        self.node.fold(&self.terms)
    }

    /// The plans and the book that the approved requests of `state` come to.
    #[must_use]
    pub fn baseline(&self, state: &State<'_>) -> Baseline {
        change::baseline(&self.founding, state)
    }

    /// The same, as if these requests had not been approved: what a request is made on that is to stand in their place.
    #[must_use]
    pub fn baseline_without(&self, state: &State<'_>, requests: &[Digest]) -> Baseline {
        let others = state.baseline.iter().filter(|digest| !requests.contains(digest)).copied().collect();
        change::baseline(&self.founding, &State { baseline: others, ..state.clone() })
    }

    /// The same, of the approved requests before `request` alone: what it was approved on; of all of them, when it is not approved.
    #[must_use]
    pub fn baseline_before(&self, state: &State<'_>, request: Digest) -> Baseline {
        let before = state.baseline.iter().take_while(|digest| **digest != request).copied().collect();
        change::baseline(&self.founding, &State { baseline: before, ..state.clone() })
    }
}
