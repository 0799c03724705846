use record::{CentreId, PartnerId, SiteId};

/// One who shares the station, or flies to it as another's guest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Partner {
    /// Names it.
    pub id: PartnerId,
    /// Full name.
    pub name: String,
    /// The name in a table's narrow column: `NASA`.
    pub short: String,
    /// ISO 3166-1 alpha-2 codes of the countries it stands for.
    pub countries: Vec<String>,
    /// Its colour in charts, `#rrggbb`.
    pub colour: String,
    /// Whether it holds rights of its own.
    pub kind: PartnerKind,
    /// The part of the station on whose stores its people live, as the elements call it; nothing when that is the affair of
    /// whoever brings them.
    pub segment: Option<String>,
}

record::words! {
    /// Whether a partner holds rights of its own.
    pub enum PartnerKind {
        /// Party to the agreement.
        Partner = "partner",
        /// People who fly under somebody else's right.
        Guest = "guest",
    }
}

/// A control centre: one column of approvals in a change request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Centre {
    /// Names it.
    pub id: CentreId,
    /// Whose it is.
    pub partner: PartnerId,
    /// Full name.
    pub name: String,
    /// The name on the voice loop: `MCC-H`.
    pub short: String,
    /// Where it stands.
    pub site: Option<SiteId>,
}
