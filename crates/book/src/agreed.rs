use partnership::{Agreement, Arrangement, Body, Clause, Lead, Term, Voice};
use record::Sourced;

use crate::table::Table;

/// Who decides what: its `agreement.toml`, but for the pools.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Agreed {
    /// Boards, panels and teams.
    pub bodies: Table<Body>,
    /// How long they have, in the order of the file.
    pub terms: Vec<Sourced<Term>>,
    /// Who speaks for whom, in the order of the file.
    pub voices: Vec<Sourced<Voice>>,
    /// Who leads since when, in the order of the file.
    pub leads: Vec<Sourced<Lead>>,
    /// Who decides what.
    pub clauses: Table<Clause>,
    /// What partners have arranged with one another.
    pub arrangements: Table<Arrangement>,
    /// Whether all that has no id could be read.
    is_partial: bool,
}

impl Agreed {
    /// What is agreed, without where it is said.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        Agreement {
            bodies: self.bodies.iter().map(|body| body.value.clone()).collect(),
            terms: self.terms.iter().map(|term| term.value.clone()).collect(),
            voices: self.voices.iter().map(|voice| voice.value.clone()).collect(),
            leads: self.leads.iter().map(|lead| lead.value.clone()).collect(),
            clauses: self.clauses.iter().map(|clause| clause.value.clone()).collect(),
            arrangements: self.arrangements.iter().map(|arrangement| arrangement.value.clone()).collect(),
        }
    }

    /// Whether the book says nothing of who decides what.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bodies.is_empty() && self.voices.is_empty() && self.clauses.is_empty() && self.leads.is_empty()
    }

    /// Whether every record of the book is here, so that what is not here is nowhere.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_partial && self.bodies.is_whole() && self.clauses.is_whole()
    }

    /// The file is there and could not be read, so that nobody can say what it does not have.
    pub(crate) fn set_unread(&mut self) {
        self.bodies.set_unread();
        self.clauses.set_unread();
        self.arrangements.set_unread();
        self.is_partial = true;
    }

    pub(crate) fn set_part_unread(&mut self) {
        self.is_partial = true;
    }
}
