use record::{PartnerId, RelayId, SiteId};
use timeline::Time;

/// A place on Earth, on the WGS-84 ellipsoid.
#[derive(Clone, PartialEq, Debug)]
pub struct Site {
    /// Names it.
    pub id: SiteId,
    /// Full name.
    pub name: String,
    /// What is there.
    pub kind: SiteKind,
    /// Whose it is, when it is somebody's.
    pub partner: Option<PartnerId>,
    /// Geodetic latitude, degrees, north positive.
    pub latitude_deg: f64,
    /// Longitude, degrees, east positive, −180 to 180.
    pub longitude_deg: f64,
    /// Height above the ellipsoid, metres.
    pub height_m: f64,
    /// Lowest elevation that counts as contact, degrees.
    pub mask_deg: f64,
}

record::words! {
    /// What stands at a site.
    pub enum SiteKind {
        /// A control centre.
        ControlCentre = "control-centre",
        /// An antenna that speaks with the station itself.
        GroundStation = "ground-station",
        /// An antenna that speaks with a relay satellite.
        RelayTerminal = "relay-terminal",
        /// A city, for passes in its sky.
        City = "city",
    }
}

/// A relay satellite in or near the geostationary ring.
#[derive(Clone, PartialEq, Debug)]
pub struct Relay {
    /// Names it.
    pub id: RelayId,
    /// Full name.
    pub name: String,
    /// The network it serves in, such as `tdrss`.
    pub network: String,
    /// Whose it is.
    pub partner: PartnerId,
    /// Number in the satellite catalogue.
    pub catalogue_number: Option<u32>,
    /// Mean longitude at `epoch`, degrees, east positive, −180 to 180.
    pub longitude_deg: f64,
    /// Inclination to the equator, degrees.
    pub inclination_deg: Option<f64>,
    /// Longitude of the ascending node at `epoch`, degrees, east positive.
    pub node_longitude_deg: Option<f64>,
    /// When the longitudes hold.
    pub epoch: Time,
    /// In service since.
    pub from: Time,
    /// In service until; nothing while it is.
    pub until: Option<Time>,
}
