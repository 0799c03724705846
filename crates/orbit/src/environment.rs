use timeline::{Interval, Profile, ProfileError, Time, Window};

use crate::anomaly::{Anomaly, anomaly_passages};
use crate::antenna::{Antenna, antenna_legs};
use crate::contacts::{Contact, contacts};
use crate::horizon::Site;
use crate::light::{Shadow, eclipses};
use crate::limb::Globe;
use crate::relays::{Relay, any_in_sight, in_sight};
use crate::revolutions::{altitude_between_nodes, ascending_nodes, beta_at_nodes, covered};
use crate::track::Track;

/// What surrounds a station, as everything else sees it: a low orbit, a halo orbit, a lunar night or a cruise are all
/// sets of named profiles.
///
/// Names begin with `env.` or `link.`; windows are step profiles of 1 and 0. Who reads one quantity often keeps its
/// profile instead of asking by name.
pub trait Environment: Send + Sync {
    /// From when to when anything is known.
    fn span(&self) -> Interval;

    /// Every quantity over time, in a fixed order.
    fn profiles(&self) -> &[Profile];

    /// The quantity of that name.
    fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles().iter().find(|profile| profile.name() == name)
    }

    /// The value of a quantity; nothing when there is no such quantity or it is not known then.
    fn value(&self, name: &str, at: Time) -> Option<f64> {
        self.profile(name)?.at(at)
    }

    /// The first instant after `after` at which a quantity takes a new value or a new slope.
    fn next_change(&self, name: &str, after: Time) -> Option<Time> {
        let starts = self.profile(name)?.starts();
        starts.get(starts.partition_point(|&start| start <= after)).copied()
    }
}

/// An environment whose profiles are all computed beforehand.
#[derive(Clone, PartialEq, Debug)]
pub struct Surroundings {
    span: Interval,
    profiles: Vec<Profile>,
}

impl Surroundings {
    /// An environment from its profiles.
    #[must_use]
    pub const fn new(span: Interval, profiles: Vec<Profile>) -> Self {
        Self { span, profiles }
    }
}

impl Environment for Surroundings {
    fn span(&self) -> Interval {
        self.span
    }

    fn profiles(&self) -> &[Profile] {
        &self.profiles
    }
}

/// What a station in low orbit can see and be seen by.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// Places on the Earth, each above its mask.
    pub sites: Vec<Site>,
    /// Relay satellites.
    pub relays: Vec<Relay>,
    /// Antennas that follow relays.
    pub antennas: Vec<Antenna>,
    /// Where radiation is high.
    pub anomaly: Option<Anomaly>,
}

/// Height of the air that a link by relay must clear, km (quality: assumed; below it the ray bends and scintillates).
pub const LINK_CLEARANCE_KM: f64 = 50.0;

/// Every event of a low orbit as an environment, exact to a millisecond of the track: for days to years.
///
/// | profile | meaning |
/// |---|---|
/// | `env.known` | the track has no gap; where it is 0 the windows below claim nothing |
/// | `env.sunlit` | more than half of the Sun is in sight |
/// | `env.beta_deg` | the Sun's angle to the orbital plane |
/// | `env.altitude_km` | mean of each revolution above the equatorial radius |
/// | `env.saa` | over the South Atlantic Anomaly, when one is given |
/// | `link.relay` | any relay in sight |
/// | `link.<antenna>` | that antenna speaks with a relay: one in sight, within its reach, and acquired |
/// | `link.<relay>`, `link.<site>` | that one in sight |
///
/// # Errors
/// When the tracks share no time.
pub fn low_orbit(
    station: &Track,
    sun: &Track,
    neighbours: &Neighbours,
) -> Result<Surroundings, ProfileError> {
    let span = covered(station).ok_or_else(|| ProfileError::Empty { name: "env.known".to_owned() })?;
    let flag = |name: String, window: &Window| Profile::from_window(name, window, span);
    let known = Window::from_intervals(station.coverage()).and(&Window::from_intervals(sun.coverage()));
    let nodes = ascending_nodes(station);
    let eclipsed = eclipses(station, sun, Shadow::Half, Globe::SHADOW);
    let mut profiles = vec![
        flag("env.known".to_owned(), &known),
        flag("env.sunlit".to_owned(), &known.minus(&eclipsed)),
        beta_at_nodes(station, sun, &nodes)?,
        altitude_between_nodes(station, &nodes)?,
    ];
    profiles.extend(
        neighbours.anomaly.map(|anomaly| flag("env.saa".to_owned(), &anomaly_passages(station, &anomaly))),
    );
    let globe = Globe::WGS84.raised(LINK_CLEARANCE_KM);
    let by_relay: Vec<Window> =
        neighbours.relays.iter().map(|relay| in_sight(station, relay, globe)).collect();
    profiles.push(flag("link.relay".to_owned(), &any_in_sight(&by_relay)));
    profiles.extend(neighbours.antennas.iter().map(|antenna| {
        let legs = antenna_legs(station, &neighbours.relays, &by_relay, antenna);
        let window = legs.iter().map(|leg| leg.during).collect();
        flag(format!("link.{}", antenna.id), &window)
    }));
    let relays = neighbours.relays.iter().zip(&by_relay);
    profiles.extend(relays.map(|(relay, window)| flag(format!("link.{}", relay.id), window)));
    profiles.extend(neighbours.sites.iter().map(|site| {
        let window = contacts(station, site).iter().filter_map(Contact::during).collect();
        flag(format!("link.{}", site.id), &window)
    }));
    Ok(Surroundings::new(span, profiles))
}
