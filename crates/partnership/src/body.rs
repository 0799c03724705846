use record::{BodyId, PartnerId};

/// A board, panel or team in which partners decide together. It decides by consensus; there are no votes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    /// Names it.
    pub id: BodyId,
    /// Full name.
    pub name: String,
    /// Who belongs to it, each by the centre that speaks for it in everything.
    pub members: Vec<PartnerId>,
    /// Who is in the chair; nothing when nobody is known to be.
    pub chair: Option<PartnerId>,
    /// What happens where its members have not come to one word within the term.
    pub otherwise: Otherwise,
    /// Before which body a question comes then.
    pub refers_to: Option<BodyId>,
}

record::words! {
    /// What happens where the members of a body have not come to one word within the term.
    pub enum Otherwise {
        /// The chair may decide, and it is recorded as the chair's decision.
        Chair = "chair-decides",
        /// It goes before another body.
        Refer = "refer",
        /// Nothing: it stays open until they do.
        Open = "open",
    }
}
