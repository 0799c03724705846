use record::{KindId, PartnerId, PoolId, Share};

/// Something that partners share by agreed parts: the working time of the crew of a segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pool {
    /// Names it.
    pub id: PoolId,
    /// Full name.
    pub title: String,
    /// Whose time it is: of those who live on this segment.
    pub segment: String,
    /// Time on activities of these kinds counts.
    pub kinds: Vec<KindId>,
    /// What part each partner is entitled to; they add up to the whole.
    pub parts: Vec<Part>,
}

/// One partner's part of a pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Whose.
    pub partner: PartnerId,
    /// Of the whole.
    pub share: Share,
}

impl Pool {
    /// What a partner is entitled to; nothing when it has no part.
    #[must_use]
    pub fn share_of(&self, partner: &PartnerId) -> Option<Share> {
        self.parts.iter().find(|part| part.partner == *partner).map(|part| part.share)
    }
}
