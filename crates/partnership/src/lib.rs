//! Who shares a station: partners, their control centres, and what each has on the ground and in relay orbits, and
//! the antennas that follow those.

mod antenna;
mod ground;
mod partner;

pub use antenna::{Antenna, BlockedZone};
pub use ground::{Relay, Site, SiteKind};
pub use partner::{Centre, Partner, PartnerKind};
pub use record::{AntennaId, CentreId, PartnerId, RelayId, SiteId};
