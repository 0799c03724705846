use record::{AntennaId, PartnerId, RelayId};
use timeline::{Duration, Time};

/// An antenna of the station that follows relay satellites.
#[derive(Clone, PartialEq, Debug)]
pub struct Antenna {
    /// Names it; its link is the profile `link.<id>`.
    pub id: AntennaId,
    /// Full name.
    pub name: String,
    /// Whose it is.
    pub partner: PartnerId,
    /// The network whose relays it speaks with, such as `tdrss`.
    pub network: String,
    /// Those relays of the network that serve it; all when none is named.
    pub relays: Vec<RelayId>,
    /// How far it turns from the zenith forward and backward, degrees.
    pub along_deg: f64,
    /// How far it turns to either side, degrees.
    pub across_deg: f64,
    /// Where something of the station stands in its way.
    pub blocked: Vec<BlockedZone>,
    /// From losing a relay to being heard by the next.
    pub acquire: Duration,
    /// In service since; nothing when always.
    pub from: Option<Time>,
    /// In service until; nothing while it is.
    pub until: Option<Time>,
}

/// A rectangle of directions that an antenna cannot use.
///
/// Along the track from the zenith, forward positive; across to starboard positive; degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BlockedZone {
    /// Least angle along the track.
    pub along_from_deg: f64,
    /// Greatest angle along the track.
    pub along_to_deg: f64,
    /// Least angle across.
    pub across_from_deg: f64,
    /// Greatest angle across.
    pub across_to_deg: f64,
}

impl Antenna {
    /// Whether the antenna speaks with the relay of that id and network.
    #[must_use]
    pub fn speaks_with(&self, relay: &RelayId, network: &str) -> bool {
        self.network == network && (self.relays.is_empty() || self.relays.contains(relay))
    }
}
