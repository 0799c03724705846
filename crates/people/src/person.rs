use record::{PartnerId, PersonId, SkillId};
use timeline::Time;

/// Somebody who was or will be aboard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Names them.
    pub id: PersonId,
    /// Full name, as the person uses it.
    pub name: String,
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// The agency they belong to; a single stay can differ.
    pub partner: PartnerId,
    /// ISO 3166-1 alpha-2 code of their country.
    pub country: String,
}

/// What a person has learnt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Qualification {
    /// Who.
    pub person: PersonId,
    /// What.
    pub skill: SkillId,
    /// Since when; nothing when before the stay.
    pub from: Option<Time>,
    /// Until when it is valid; nothing when it does not lapse.
    pub until: Option<Time>,
}
