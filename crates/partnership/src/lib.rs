//! Who shares a station: partners, their control centres, and what each has on the ground and in relay orbits, and
//! the antennas that follow those; what they share by agreed parts, and what they have agreed on who decides what.

mod agreement;
mod antenna;
mod arrangement;
mod body;
mod clause;
mod ground;
mod partner;
mod pool;

pub use agreement::{Agreement, Lead, Term, Voice};
pub use antenna::{Antenna, BlockedZone};
pub use arrangement::{Arrangement, ArrangementKind};
pub use body::{Body, Otherwise};
pub use clause::{Clause, Decides, Informs, TouchKind, Urgency, Whose};
pub use ground::{Relay, Site, SiteKind};
pub use partner::{Centre, Partner, PartnerKind};
pub use pool::{Counts, CrewSeats, Part, PartnerSeats, Pool, PoolUnit, SeatCount};
pub use record::{AntennaId, ArrangementId, BodyId, CentreId, ClauseId, PartnerId, RelayId, SiteId};
