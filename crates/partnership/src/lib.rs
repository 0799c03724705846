//! Who shares a station: partners, their control centres, and what each has on the ground and in relay orbits.

mod ground;
mod partner;

pub use ground::{Relay, Site, SiteKind};
pub use partner::{Centre, Partner, PartnerKind};
pub use record::{CentreId, PartnerId, RelayId, SiteId};
