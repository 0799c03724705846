use record::{BodyId, ClauseId};

/// A rule of the agreement: what is touched, who decides then, and who is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// Names it.
    pub id: ClauseId,
    /// The rule as people read it.
    pub says: String,
    /// What a change touches.
    pub touches: Vec<TouchKind>,
    /// Whose that is, seen from the author's partner; anybody's when not said.
    pub whose: Option<Whose>,
    /// How soon it is needed; however soon when none is named.
    pub urgency: Vec<Urgency>,
    /// Who decides.
    pub decides: Decides,
    /// In which body, when a body decides.
    pub body: Option<BodyId>,
    /// Who is told besides.
    pub informs: Informs,
}

impl Clause {
    /// Whether it is about such a touch.
    #[must_use]
    pub fn covers(&self, kind: TouchKind, whose: Whose, urgency: Urgency) -> bool {
        self.touches.contains(&kind)
            && self.whose.is_none_or(|named| named == whose)
            && (self.urgency.is_empty() || self.urgency.contains(&urgency))
    }

    /// How much it names beyond what is touched: the urgency first, then whose it is.
    #[must_use]
    pub fn narrowness(&self) -> (bool, bool) {
        (!self.urgency.is_empty(), self.whose.is_some())
    }
}

record::words! {
    /// What a change can touch.
    pub enum TouchKind {
        /// The time of people who fly under a partner's right.
        People = "people",
        /// What is done in an element of a partner, or what the book says of it.
        Element = "element",
        /// How much of a pool is counted to a partner.
        Share = "share",
        /// What a partner has asked for, and its place in a plan.
        Activity = "activity",
        /// Flights, their plans, ports held.
        FlightPlan = "flight-plan",
        /// Who is aboard and when.
        CrewRotation = "crew-rotation",
        /// What plans are held to.
        Rules = "rules",
        /// Who shares what and who decides.
        Agreement = "agreement",
        /// Systems that all depend on, and whatever else is nobody's alone.
        Common = "common",
        /// Use by somebody who is no partner.
        Guest = "guest",
    }
}

impl TouchKind {
    /// Whether what is touched is a partner's, so that it can be the author's own.
    #[must_use]
    pub const fn has_owner(self) -> bool {
        matches!(self, Self::People | Self::Element | Self::Share | Self::Activity)
    }
}

record::words! {
    /// Whose something is, seen from the author's partner.
    pub enum Whose {
        /// The author's partner's.
        Own = "own",
        /// Another partner's, or nobody's alone.
        Others = "others",
    }
}

record::words! {
    /// How soon a change is needed.
    pub enum Urgency {
        /// In the ordinary round of reviews.
        Routine = "routine",
        /// Before the next round.
        Urgent = "urgent",
        /// Now: safety of crew or vehicle.
        Safety = "safety",
    }
}

record::words! {
    /// Who decides.
    pub enum Decides {
        /// The partner whose it is, by its voice.
        Owner = "owner",
        /// A body, by consensus of its members.
        Body = "body",
        /// All partners, by consensus; no chair decides for them.
        AllPartners = "all-partners",
        /// The centre that has the lead flight director, at once; all others review after.
        Lead = "lead",
    }
}

record::words! {
    /// Who is told.
    pub enum Informs {
        /// Every centre of the book.
        AllCentres = "all-centres",
        /// The centres that speak for a partner.
        Voices = "voices",
    }
}
