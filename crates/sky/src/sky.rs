use book::Book;
use orbit::{
    Antenna, Archive, AscendingNode, EarthOrientation, ElementSet, Ephemeris, Globe, LINK_CLEARANCE_KM,
    Luminary, OrbitError, Patch, Reach, Relay, State, Tabulated, Teme, Track,
};
use timeline::{Duration, Interval, Time, Window};

use crate::SkyError;
use crate::open::{self, Text};

/// Beyond this expected error a position says nothing about what is below, km.
const USELESS_KM: f64 = 1_000.0;

/// Up to this far from an element set revolutions are counted one by one.
const REVOLUTIONS_COUNTED: Duration = Duration::from_nanoseconds(40 * Duration::DAY.nanoseconds());

/// Element sets are often issued for a node, which SGP4 then meets to within seconds.
const AT_NODE: Duration = Duration::from_nanoseconds(10 * Duration::SECOND.nanoseconds());

/// The orbit with its surroundings.
pub struct Sky<'a> {
    book: &'a Book,
    orientation: EarthOrientation,
    origin: Origin,
    /// What the source is called: the file, or the book.
    name: String,
    /// Before this the book's station was not there, however far back its first element set reaches.
    began: Time,
}

/// What the orbit is known from.
pub(crate) enum Origin {
    Elements(Archive),
    Trajectory(Tabulated),
}

impl<'a> Sky<'a> {
    /// The orbit from the element sets of the book.
    ///
    /// # Errors
    /// When the book has none, or they describe no orbit.
    pub fn of_book(book: &'a Book) -> Result<Self, SkyError> {
        let orientation = open::orientation(book)?;
        let (origin, name) = open::of_book(book)?;
        Ok(Self { book, orientation, origin, name, began: book.about.began })
    }

    /// The orbit from a message, whatever the book says.
    ///
    /// # Errors
    /// When the text is damaged, holds nothing, or is of other objects.
    pub fn of_text(book: &'a Book, text: &Text<'_>) -> Result<Self, SkyError> {
        let orientation = open::orientation(book)?;
        let origin = open::of_text(book, text, &orientation)?;
        Ok(Self { book, orientation, origin, name: text.name.to_owned(), began: Time::MIN })
    }

    /// The book.
    #[must_use]
    pub fn book(&self) -> &Book {
        self.book
    }

    /// The source of states.
    #[must_use]
    pub fn ephemeris(&self) -> &dyn Ephemeris {
        match &self.origin {
            Origin::Elements(archive) => archive,
            Origin::Trajectory(table) => table,
        }
    }

    /// How the Earth is turned.
    #[must_use]
    pub fn orientation(&self) -> &EarthOrientation {
        &self.orientation
    }

    /// The element set that answers for `at`; none when the source is a trajectory.
    #[must_use]
    pub fn element_set(&self, at: Time) -> Option<&ElementSet> {
        match &self.origin {
            Origin::Elements(archive) => Some(archive.set(at).elements()),
            Origin::Trajectory(_) => None,
        }
    }

    /// The source of the answer at `at`, in words.
    #[must_use]
    pub fn source(&self, at: Time) -> String {
        match self.element_set(at) {
            Some(set) => format!("SGP4, {}, element set of {} ({})", set.name, set.epoch, self.name),
            None => format!("trajectory {}", self.name),
        }
    }

    /// The parts of `span` that one element set answers for, in order of time; the whole span of a trajectory.
    #[must_use]
    pub fn by_element_set(&self, span: Interval) -> Vec<Interval> {
        let mut borders = vec![span.start()];
        borders.extend(self.half_ways().into_iter().filter(|&at| span.start() < at && at < span.end()));
        borders.push(span.end());
        borders.windows(2).filter_map(|pair| Interval::new(pair[0], pair[1])).collect()
    }

    /// Half-way between each element set and the next, where one takes over from the other.
    fn half_ways(&self) -> Vec<Time> {
        let Origin::Elements(archive) = &self.origin else { return Vec::new() };
        let epochs: Vec<Time> = archive.sets().iter().map(|set| set.elements().epoch).collect();
        epochs.windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) / 2).collect()
    }

    /// The moment of `span` whose answer is worth least.
    ///
    /// An element set is worst half-way to its neighbour; a trajectory at its ends.
    #[must_use]
    pub fn worst(&self, span: Interval) -> Time {
        let there = Interval::new(span.start().max(self.began), span.end()).unwrap_or(span);
        let span = self.ephemeris().span().intersection(there).unwrap_or(there);
        let mut moments = vec![span.start(), span.end()];
        moments.extend(self.half_ways().into_iter().filter(|&at| span.contains(at)));
        let error_km = |at: &Time| self.ephemeris().error_km(*at);
        moments.into_iter().max_by(|a, b| error_km(a).total_cmp(&error_km(b))).unwrap_or(span.start())
    }

    /// The source of answers over `span`, in words.
    #[must_use]
    pub fn source_over(&self, span: Interval) -> String {
        let sets = self.by_element_set(span).len();
        match self.element_set(span.start()).zip(self.element_set(span.end())) {
            Some((first, last)) if sets > 1 => format!(
                "SGP4, {}, {sets} element sets of {} to {} ({})",
                last.name,
                first.epoch.date(),
                last.epoch.date(),
                self.name
            ),
            _ => self.source(span.start()),
        }
    }

    /// The stretches of `span` for which the source has nothing; no event is claimed there.
    #[must_use]
    pub fn unknown(&self, span: Interval) -> Window {
        /// One element set takes over from another between two nanoseconds.
        const SEAM: Duration = Duration::SECOND;
        let there = Interval::new(self.began, Time::MAX).map_or_else(Window::empty, Window::from);
        let known = Window::from_intervals(self.ephemeris().coverage()).and(&there);
        let missing = Window::from(span).minus(&known);
        missing.iter().filter(|stretch| stretch.duration() > SEAM).collect()
    }

    /// What a person must know before they use a position at `at`.
    #[must_use]
    pub fn warning(&self, at: Time) -> Option<String> {
        let error_km = self.ephemeris().error_km(at);
        let days = self.ephemeris().age(at).days();
        let what = match self.origin {
            Origin::Elements(_) => "The nearest element set is",
            Origin::Trajectory(_) => "The trajectory was made",
        };
        (error_km > USELESS_KM).then(|| {
            format!(
                "{what} {days:.0} days away: where along the orbit the station is cannot be told (about {error_km:.0} km)."
            )
        })
    }

    /// Where the station is at `at`.
    ///
    /// # Errors
    /// Where the source says nothing of that time.
    pub fn state(&self, at: Time) -> Result<State<Teme>, SkyError> {
        if at < self.began {
            return Err(self.not_yet());
        }
        Ok(self.ephemeris().state(at)?)
    }

    fn not_yet(&self) -> SkyError {
        SkyError::NotYet(self.began)
    }

    /// `now` when the orbit is still known then, or else the last moment that has data of its own.
    #[must_use]
    pub fn best_known(&self, now: Time) -> Time {
        let span = self.ephemeris().span();
        if span.contains(now) && self.warning(now).is_none() {
            return now;
        }
        // No later than the book's own end, so that the orbit and the people are of one moment.
        let last = self.element_set(Time::MAX).map_or(span.start(), |set| set.epoch);
        if self.began == self.book.about.began { last.min(self.book.about.known_until) } else { last }
    }

    /// The station's track over as much of `span` as the source covers.
    ///
    /// # Errors
    /// Where the source says nothing of that time.
    pub fn station(&self, span: Interval) -> Result<Track, SkyError> {
        let there = Interval::new(span.start().max(self.began), span.end()).ok_or_else(|| self.not_yet())?;
        Ok(Track::of(self.ephemeris(), there, &self.orientation)?)
    }

    /// The Sun's track.
    ///
    /// # Errors
    /// Where the source says nothing of that time.
    pub fn sun(&self, span: Interval) -> Result<Track, SkyError> {
        Ok(orbit::sun_track(span, &self.orientation)?)
    }

    /// The tracks of the relays in service, each clipped to its service.
    ///
    /// Where a relay has no element set near enough it stands at its mean longitude, as the book says.
    ///
    /// # Errors
    /// Where the source says nothing of that time.
    pub fn relays(&self, span: Interval) -> Result<Vec<Relay>, SkyError> {
        let mut relays = Vec::new();
        for relay in &self.book.relays {
            let service = Interval::new(relay.from, relay.until.unwrap_or(Time::MAX));
            let Some(during) = service.and_then(|service| service.intersection(span)) else { continue };
            let of_relay = |set: &&ElementSet| Some(set.catalogue_number) == relay.catalogue_number;
            let sets: Vec<ElementSet> =
                self.book.relay_element_sets.iter().filter(of_relay).cloned().collect();
            if sets.is_empty() {
                relays.push(Relay::geostationary(relay.id.as_str(), relay.longitude_deg, during));
                continue;
            }
            match Track::of(&open::archive(&relay.name, sets)?, during, &self.orientation) {
                Ok(track) => relays.push(Relay { id: relay.id.to_string(), track }),
                // Years from its element sets nobody knows where a relay was: they are moved about. It claims nothing then.
                Err(OrbitError::OutsideSpan { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(relays)
    }

    /// The antennas of the book, each with its places in the list of `relays`.
    #[must_use]
    pub fn antennas(&self, relays: &[Relay]) -> Vec<Antenna> {
        let antennas = self.book.antennas.iter();
        antennas.filter_map(|antenna| antenna_of(antenna, self.book, relays)).collect()
    }

    /// The angle between the orbital plane and the Sun at `at`, degrees.
    ///
    /// # Errors
    /// Where the source says nothing of that time.
    pub fn beta_deg(&self, at: Time) -> Result<f64, SkyError> {
        let station = orbit::teme_to_itrf(&self.state(at)?, &self.orientation);
        let sun = Luminary::Sun.teme_km(at)?;
        let sun = orbit::teme_to_itrf(&State::new(at, sun, sun * 0.0), &self.orientation);
        Ok(orbit::beta_deg(station.position_km, station.velocity_km_s, sun.position_km))
    }

    /// The ascending nodes in `span` with the number of the revolution that begins at each.
    ///
    /// Counted from the element set in the middle of the span, whose own revolution began at the last node before its epoch. No
    /// numbers from a trajectory, or farther from the set than forty days.
    ///
    /// # Errors
    /// Where the source says nothing of that time.
    pub fn nodes(&self, span: Interval) -> Result<Vec<(AscendingNode, Option<u32>)>, SkyError> {
        let middle = span.start() + (span.end() - span.start()) / 2;
        let counted_from = self.element_set(middle).filter(|set| {
            (span.start() - set.epoch).abs().max((span.end() - set.epoch).abs()) <= REVOLUTIONS_COUNTED
        });
        let Some(set) = counted_from else {
            let nodes = orbit::ascending_nodes(&self.station(span)?);
            return Ok(nodes.into_iter().map(|node| (node, None)).collect());
        };
        let margin = Duration::HOUR * 2;
        let around = Interval::new(span.start().min(set.epoch) - margin, span.end().max(set.epoch) + margin);
        let nodes = orbit::ascending_nodes(&self.station(around.unwrap_or(span))?);
        let first_after = nodes.partition_point(|node| node.time <= set.epoch + AT_NODE) as i64;
        let number = i64::from(unwrapped(set.revolution, self.book.about.began, set));
        let numbered = nodes.into_iter().enumerate().map(|(index, node)| {
            let counted = number + index as i64 + 1 - first_after;
            (node, u32::try_from(counted).ok())
        });
        Ok(numbered.filter(|(node, _)| span.contains(node.time)).collect())
    }

    /// The number of the revolution under way at `at`.
    #[must_use]
    pub fn revolution(&self, at: Time) -> Option<u32> {
        let before = Interval::new(at - Duration::HOUR * 3, at + Duration::NANOSECOND)?;
        self.nodes(before).ok()?.last()?.1
    }
}

/// The revolution's number with the hundred-thousands that five digits in a catalogue drop.
///
/// The count since launch at today's mean motion is within a few per cent of the truth.
fn unwrapped(number: u32, launched: Time, set: &ElementSet) -> u32 {
    const WRAP: f64 = 100_000.0;
    let expected = (set.epoch - launched).days() * set.mean_motion_rev_day;
    let dropped = ((expected - f64::from(number)) / WRAP).round().max(0.0);
    number + (dropped * WRAP) as u32
}

/// What the line to a relay must clear.
#[must_use]
pub fn link_globe() -> Globe {
    Globe::WGS84.raised(LINK_CLEARANCE_KM)
}

/// An antenna of a book as the engines want it; nothing when its service ends before it begins.
fn antenna_of(antenna: &partnership::Antenna, book: &Book, relays: &[Relay]) -> Option<Antenna> {
    let serves = |relay: &Relay| {
        let mut of_book = book.relays.iter().filter(|one| one.id.as_str() == relay.id);
        of_book.any(|one| antenna.speaks_with(&one.id, &one.network))
    };
    let patch = |zone: &partnership::BlockedZone| Patch {
        along_from_deg: zone.along_from_deg,
        along_to_deg: zone.along_to_deg,
        across_from_deg: zone.across_from_deg,
        across_to_deg: zone.across_to_deg,
    };
    Some(Antenna {
        id: antenna.id.to_string(),
        relays: (0..relays.len()).filter(|&place| serves(&relays[place])).collect(),
        reach: Reach {
            along_deg: antenna.along_deg,
            across_deg: antenna.across_deg,
            blocked: antenna.blocked.iter().map(patch).collect(),
        },
        acquire: antenna.acquire,
        service: Interval::new(antenna.from.unwrap_or(Time::MIN), antenna.until.unwrap_or(Time::MAX))?,
    })
}

/// A site of a book as the engines want it, above the site's own mask or another.
#[must_use]
pub fn site_of(site: &partnership::Site, mask_deg: Option<f64>) -> orbit::Site {
    orbit::Site {
        id: site.id.to_string(),
        latitude_deg: site.latitude_deg,
        longitude_deg: site.longitude_deg,
        height_m: site.height_m,
        mask_deg: mask_deg.unwrap_or(site.mask_deg),
    }
}
