use record::{CentreId, PartnerId};
use timeline::{Duration, Time};

use crate::{Arrangement, Body, Clause, TouchKind, Urgency, Whose};

/// What the partners have agreed on who decides what: their bodies, who speaks for whom, the clauses, who leads.
///
/// It answers by looking things up in the order in which they are given, so that two copies of one text answer alike.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Agreement {
    /// Boards, panels and teams.
    pub bodies: Vec<Body>,
    /// How long a body has to come to one word.
    pub terms: Vec<Term>,
    /// Which centre speaks for which partner.
    pub voices: Vec<Voice>,
    /// Which centre leads, from when on.
    pub leads: Vec<Lead>,
    /// Who decides what.
    pub clauses: Vec<Clause>,
    /// What partners have arranged with one another, to be read.
    pub arrangements: Vec<Arrangement>,
}

/// How long a body has to come to one word, by how soon a request is needed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Which body.
    pub body: record::BodyId,
    /// For requests of this urgency.
    pub urgency: Urgency,
    /// From when the question reaches the body.
    pub length: Duration,
}

/// That a centre speaks for a partner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Voice {
    /// For whom.
    pub partner: PartnerId,
    /// Who speaks.
    pub centre: CentreId,
    /// Of activities of these kinds; of everything when none is named.
    pub kinds: Vec<record::KindId>,
}

/// That a centre has the lead flight director from then on, until the next has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lead {
    /// Which centre.
    pub centre: CentreId,
    /// Since when.
    pub from: Time,
}

impl Agreement {
    /// The body of that id.
    #[must_use]
    pub fn body(&self, id: &record::BodyId) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == *id)
    }

    /// The centre that speaks for a partner in everything.
    #[must_use]
    pub fn voice(&self, partner: &PartnerId) -> Option<&CentreId> {
        let own = |voice: &&Voice| voice.partner == *partner && voice.kinds.is_empty();
        self.voices.iter().find(own).map(|voice| &voice.centre)
    }

    /// The centre that is asked about a partner's activities that are of these kinds: the one that speaks for one of the kinds, or
    /// else for everything.
    #[must_use]
    pub fn voice_on(&self, partner: &PartnerId, kinds: &[&str]) -> Option<&CentreId> {
        let own = |voice: &&Voice| {
            voice.partner == *partner && voice.kinds.iter().any(|kind| kinds.contains(&kind.as_str()))
        };
        self.voices.iter().find(own).map(|voice| &voice.centre).or_else(|| self.voice(partner))
    }

    /// The centre that has the lead flight director at `time`.
    #[must_use]
    pub fn lead_at(&self, time: Time) -> Option<&CentreId> {
        let begun = self.leads.iter().filter(|lead| lead.from <= time);
        begun.max_by_key(|lead| lead.from).map(|lead| &lead.centre)
    }

    /// The clause that says who decides: of those that cover it the one that names the urgency, then the one that names whose it is, then
    /// the first. Nothing when no clause covers it.
    #[must_use]
    pub fn clause_on(&self, kind: TouchKind, whose: Whose, urgency: Urgency) -> Option<&Clause> {
        let mut found: Option<&Clause> = None;
        for clause in self.clauses.iter().filter(|clause| clause.covers(kind, whose, urgency)) {
            if found.is_none_or(|found| clause.narrowness() > found.narrowness()) {
                found = Some(clause);
            }
        }
        found
    }

    /// How long a body has for requests of that urgency; nothing when the agreement sets no term, so that nobody decides for it.
    #[must_use]
    pub fn term(&self, body: &record::BodyId, urgency: Urgency) -> Option<Duration> {
        self.terms.iter().find(|term| term.body == *body && term.urgency == urgency).map(|term| term.length)
    }

    /// The bodies that a question comes before, one after another, each with the time after which it is the next one's: the term of each
    /// begins with the end of the one before. A body without a term keeps the question.
    #[must_use]
    pub fn course(&self, first: &record::BodyId, urgency: Urgency) -> Vec<(&Body, Option<Duration>)> {
        let mut course: Vec<(&Body, Option<Duration>)> = Vec::new();
        let (mut next, mut over) = (self.body(first), Some(Duration::ZERO));
        while let Some(body) = next.filter(|body| course.iter().all(|(before, _)| before.id != body.id)) {
            over = over.and_then(|over| Some(over + self.term(&body.id, urgency)?));
            course.push((body, over));
            next = over.and(body.refers_to.as_ref()).and_then(|id| self.body(id));
        }
        course
    }
}
