//! Who shares a station: partners, their control centres, and what each has on the ground and in relay orbits, and
//! the antennas that follow those; and what they share by agreed parts.

mod antenna;
mod ground;
mod partner;
mod pool;

pub use antenna::{Antenna, BlockedZone};
pub use ground::{Relay, Site, SiteKind};
pub use partner::{Centre, Partner, PartnerKind};
pub use pool::{Counts, CrewSeats, Part, PartnerSeats, Pool, PoolUnit, SeatCount};
pub use record::{AntennaId, CentreId, PartnerId, RelayId, SiteId};
