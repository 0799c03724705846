//! The book's agreement as journals ask for it: who is asked, who may decide for a body, what the words come to.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use journal::{Agreement, Asked, ChangeRequest, Matter, Said, Verdict, Word, Words};
use partnership::{Decides, Otherwise, Urgency, Whose};
use record::{BodyId, CentreId, PartnerId};
use timeline::{Duration, Time};

use crate::{Content, Founding, Touch, touches};

/// Who must approve what, by a founding book: its agreement, and whose is what.
#[derive(Clone, PartialEq, Debug)]
pub struct BookTerms {
    agreement: partnership::Agreement,
    founding: Founding,
}

/// One thing that must be decided before a request is: by whom.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Question {
    /// By the centre that speaks for a partner; by nobody, when none does.
    Voice(PartnerId, Option<CentreId>),
    /// By the members of a body and of those to which it refers.
    Body(BodyId),
    /// By all partners.
    Everybody,
    /// By the centre that leads.
    Lead(CentreId),
}

impl BookTerms {
    /// Those of a book.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        Self { agreement: book.agreed.agreement(), founding: Founding::of(book) }
    }

    /// Whose is what.
    #[must_use]
    pub const fn founding(&self) -> &Founding {
        &self.founding
    }

    /// What has been agreed.
    #[must_use]
    pub const fn agreement(&self) -> &partnership::Agreement {
        &self.agreement
    }

    /// What must be decided before a request is, in order: one question for each thing it touches, and each once.
    #[must_use]
    pub fn questions(&self, matter: &Matter<'_>) -> BTreeSet<Question> {
        let mut questions: BTreeSet<Question> =
            matter.touches.iter().map(|touch| self.question(touch, matter)).collect();
        if questions.is_empty() {
            questions.insert(Question::Everybody);
        }
        questions
    }

    /// What nobody wrote a clause for, or what says nothing, all must agree to.
    fn question(&self, touch: &str, matter: &Matter<'_>) -> Question {
        let Ok(touch) = touch.parse::<Touch>() else { return Question::Everybody };
        let author = self.founding.centres.get(matter.author);
        let whose =
            if touch.owner().is_some() && touch.owner() == author { Whose::Own } else { Whose::Others };
        let clause = self.agreement.clause_on(touch.kind(), whose, urgency(matter.request));
        match clause.map(|clause| (clause.decides, &clause.body, touch.owner())) {
            Some((Decides::Owner, _, Some(owner))) => {
                Question::Voice(owner.clone(), self.voice_on(owner, &touch).cloned())
            }
            Some((Decides::Body, Some(body), _)) => Question::Body(body.clone()),
            Some((Decides::Lead, _, _)) => {
                self.agreement.lead_at(matter.time).cloned().map_or(Question::Everybody, Question::Lead)
            }
            _ => Question::Everybody,
        }
    }

    fn voice_on(&self, owner: &PartnerId, touch: &Touch) -> Option<&CentreId> {
        let kinds = match touch {
            Touch::Activity(_, kind) => self.founding.kinds_of(kind),
            _ => Vec::new(),
        };
        self.agreement.voice_on(owner, &kinds)
    }

    /// Those whose word decides a question, each of whom has to agree; nothing for one who has nobody to speak for them.
    pub(crate) fn deciders<'a>(
        &'a self,
        question: &'a Question,
        urgency: Urgency,
    ) -> BTreeSet<Option<&'a CentreId>> {
        let voice = |partner: &'a PartnerId| self.agreement.voice(partner);
        match question {
            Question::Voice(_, centre) => BTreeSet::from([centre.as_ref()]),
            Question::Lead(centre) => BTreeSet::from([Some(centre)]),
            Question::Everybody => self.founding.partners().iter().map(voice).collect(),
            // Whoever is a member only of the body to which another refers is asked as well: it may come to them.
            Question::Body(body) => {
                let course = self.agreement.course(body, urgency);
                let mut deciders: BTreeSet<Option<&CentreId>> =
                    course.iter().flat_map(|(body, _)| &body.members).map(voice).collect();
                if deciders.is_empty() {
                    deciders.insert(None);
                }
                deciders
            }
        }
    }

    /// Whether the author's asking is a centre's word: its own, or that of the centre that speaks for the whole of its partner.
    pub(crate) fn speaks(&self, author: &CentreId, question: &Question, centre: Option<&CentreId>) -> bool {
        let of_whole = |partner: &PartnerId| self.agreement.voice(partner) == Some(author);
        centre == Some(author) || matches!(question, Question::Voice(partner, _) if of_whole(partner))
    }

    /// When the chair of `body` may decide a question, counted from the request; nothing when it never may.
    fn chair_after(
        &self,
        question: &Question,
        body: &BodyId,
        urgency: Urgency,
    ) -> Option<(&PartnerId, Duration)> {
        let Question::Body(first) = question else { return None };
        let course = self.agreement.course(first, urgency);
        let (body, over) = course.into_iter().find(|(one, _)| one.id == *body)?;
        let chair = body.chair.as_ref().filter(|_| body.otherwise == Otherwise::Chair)?;
        Some((chair, over?))
    }

    /// The chairs that may decide where the members do not agree in time: the body, who speaks for its chair, and from when.
    #[must_use]
    pub fn chairs(&self, matter: &Matter<'_>) -> Vec<(BodyId, Option<CentreId>, Time)> {
        let urgency = urgency(matter.request);
        let mut chairs = Vec::new();
        for question in self.questions(matter) {
            let Question::Body(first) = &question else { continue };
            for (body, _) in self.agreement.course(first, urgency) {
                if let Some((chair, after)) = self.chair_after(&question, &body.id, urgency) {
                    let voice = self.agreement.voice(chair).cloned();
                    chairs.push((body.id.clone(), voice, matter.time + after));
                }
            }
        }
        chairs.sort();
        chairs.dedup();
        chairs
    }

    fn answer(&self, question: &Question, matter: &Matter<'_>, words: &Words<'_>) -> Verdict {
        let urgency = urgency(matter.request);
        for (body, ruling) in &words.rulings {
            if self.rules_on(question, matter, body, ruling) {
                return if ruling.word == Word::Rejected { Verdict::Rejected } else { Verdict::Approved };
            }
        }
        let mut verdict = Verdict::Approved;
        for centre in self.deciders(question, urgency) {
            if self.speaks(matter.author, question, centre) {
                continue;
            }
            match centre.and_then(|centre| words.centres.get(centre)).map(|said| said.word) {
                Some(Word::Rejected) => return Verdict::Rejected,
                Some(Word::Approved | Word::ApprovedWithComment) => {}
                None => verdict = Verdict::Open,
            }
        }
        verdict
    }

    fn rules_on(&self, question: &Question, matter: &Matter<'_>, body: &BodyId, ruling: &Said) -> bool {
        self.chair_after(question, body, urgency(matter.request))
            .is_some_and(|(_, after)| ruling.time >= matter.time + after)
    }
}

impl Agreement for BookTerms {
    /// From the evidence alone; what cannot be read touches everything.
    fn touches(&self, request: &ChangeRequest) -> BTreeSet<String> {
        let touches = match Content::from_bytes(&request.edits) {
            Ok(content) => touches(&content, &self.founding),
            Err(_) => self.founding.everything(),
        };
        touches.iter().map(ToString::to_string).collect()
    }

    fn asks(&self, matter: &Matter<'_>) -> BTreeMap<CentreId, Asked> {
        let urgency = urgency(matter.request);
        let mut asked = BTreeMap::new();
        for question in self.questions(matter) {
            for centre in self.deciders(&question, urgency).into_iter().flatten() {
                if !self.speaks(matter.author, &question, Some(centre)) {
                    asked.insert(centre.clone(), Asked::Decide);
                }
            }
            // What the lead does at once all others review after, and a no of theirs is seen.
            if let Question::Lead(_) = question {
                let voices = self.agreement.voices.iter().map(|voice| &voice.centre);
                asked.extend(voices.map(|centre| (centre.clone(), Asked::Decide)));
            }
        }
        for centre in self.informed(matter) {
            asked.entry(centre.clone()).or_insert(Asked::Inform);
        }
        asked.remove(matter.author);
        asked
    }

    fn may_rule(&self, matter: &Matter<'_>, centre: &CentreId, body: &BodyId, time: Time) -> bool {
        let urgency = urgency(matter.request);
        self.questions(matter).iter().any(|question| {
            self.chair_after(question, body, urgency).is_some_and(|(chair, after)| {
                self.agreement.voice(chair) == Some(centre) && time >= matter.time + after
            })
        })
    }

    fn verdict(&self, matter: &Matter<'_>, words: &Words<'_>) -> Verdict {
        let answers: Vec<Verdict> =
            self.questions(matter).iter().map(|question| self.answer(question, matter, words)).collect();
        if answers.contains(&Verdict::Rejected) {
            Verdict::Rejected
        } else if answers.contains(&Verdict::Open) {
            Verdict::Open
        } else {
            Verdict::Approved
        }
    }
}

impl BookTerms {
    /// Who is told besides, by the clauses; everybody, where there is none.
    fn informed(&self, matter: &Matter<'_>) -> BTreeSet<&CentreId> {
        let author = self.founding.centres.get(matter.author);
        let clause = |touch: &String| {
            let touch = touch.parse::<Touch>().ok()?;
            let whose =
                if touch.owner().is_some() && touch.owner() == author { Whose::Own } else { Whose::Others };
            self.agreement.clause_on(touch.kind(), whose, urgency(matter.request))
        };
        let is_all = |touch: &String| {
            clause(touch).is_none_or(|clause| clause.informs == partnership::Informs::AllCentres)
        };
        if matter.touches.is_empty() || matter.touches.iter().any(is_all) {
            self.founding.centres.keys().collect()
        } else {
            self.agreement.voices.iter().map(|voice| &voice.centre).collect()
        }
    }
}

/// The agreement's word for how soon.
pub(crate) fn urgency(request: &ChangeRequest) -> Urgency {
    match request.urgency {
        journal::Urgency::Routine => Urgency::Routine,
        journal::Urgency::Urgent => Urgency::Urgent,
        journal::Urgency::Safety => Urgency::Safety,
    }
}
