//! The orbit and what it needs — Earth orientation, Sun, relays — from a book or from a file somebody names.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use book::{Book, OrientationDay, TableKind};
use formats::Read;
use formats::oem::{Metadata, States};
use orbit::{
    Archive, EarthOrientation, ElementSet, Ephemeris, Frame, Globe, LINK_CLEARANCE_KM, Luminary,
    LuminaryPath, OrbitError, OrientationQuality, OrientationRow, Relay, Segment, Sgp4, State, Tabulated,
    Teme, Track,
};
use timeline::{Duration, Finding, Interval, Profile, Severity, Time, Window};

use crate::args::Source;

/// Beyond this expected error a position says nothing about what is below, km.
const USELESS_KM: f64 = 1_000.0;

/// A set answers this far from its epoch. The place along the orbit is lost after weeks, which [`Sky::warning`] says; height,
/// inclination and beta hold for a year or two.
const REACH: Duration = Duration::from_nanoseconds(1_000 * Duration::DAY.nanoseconds());

/// Up to this far from an element set revolutions are counted one by one.
const REVOLUTIONS_COUNTED: Duration = Duration::from_nanoseconds(40 * Duration::DAY.nanoseconds());

/// The orbit with its surroundings.
pub(crate) struct Sky<'a> {
    book: &'a Book,
    ephemeris: Box<dyn Ephemeris>,
    orientation: EarthOrientation,
    /// Element sets behind the ephemeris, in order of epoch; none when it is a trajectory.
    elements: Vec<ElementSet>,
    /// What the source is called besides what the ephemeris says: the file, or the book.
    origin: String,
    /// Before this the book's station was not there, however far back its first element set reaches.
    began: Time,
}

impl<'a> Sky<'a> {
    /// The orbit from the file that `source` names, or else from the element sets of the book.
    pub(crate) fn open(book: &'a Book, source: &Source) -> Result<Self> {
        let from_file = |path: &Path| -> Result<(String, String)> {
            let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.display().to_string();
            let text =
                formats::text(&name, &bytes).map_err(|finding| anyhow::anyhow!("{finding}"))?.to_owned();
            Ok((name, text))
        };
        if let Some(path) = &source.oem {
            let (name, text) = from_file(path)?;
            return Self::from_trajectory(book, formats::read_ephemeris(&name, &text), name);
        }
        if let Some(path) = source.tle.as_ref().or(source.omm.as_ref()) {
            let (name, text) = from_file(path)?;
            let sets = accepted(formats::read_elements(&name, &text), &name, "element sets (TLE or OMM)")?;
            return Self::from_elements(book, of_station(sets, book, &name)?, name);
        }
        let sky = Self::from_elements(book, book.element_sets.clone(), format!("book {}", book.about.id))?;
        Ok(Self { began: book.about.began, ..sky })
    }

    fn from_elements(book: &'a Book, elements: Vec<ElementSet>, origin: String) -> Result<Self> {
        ensure!(!elements.is_empty(), "{origin} has no element set: name a file with --oem, --tle or --omm");
        let ephemeris = Box::new(archive(&origin, elements.clone())?);
        Ok(Self { book, ephemeris, elements, origin, orientation: orientation(book)?, began: Time::MIN })
    }

    fn from_trajectory(book: &'a Book, read: Read<formats::oem::Oem>, origin: String) -> Result<Self> {
        let messages = accepted(read, &origin, "a trajectory (OEM)")?;
        let orientation = orientation(book)?;
        let issued = messages[0].header.created;
        let segments: Vec<Segment> = messages
            .iter()
            .flat_map(|message| &message.segments)
            .map(|segment| match &segment.states {
                States::Eme2000(states) => Segment::of_eme2000(useable(states, &segment.metadata)),
                States::Gcrf(states) => Segment::of_gcrf(useable(states, &segment.metadata)),
                States::Teme(states) => Segment::of_teme(useable(states, &segment.metadata).to_vec()),
                States::Itrf { states, .. } => {
                    Segment::of_itrf(useable(states, &segment.metadata), &orientation)
                }
            })
            .collect();
        let ephemeris = Box::new(Tabulated::new(&origin, issued, &segments)?);
        Ok(Self { book, ephemeris, elements: Vec::new(), origin, orientation, began: Time::MIN })
    }

    pub(crate) fn ephemeris(&self) -> &dyn Ephemeris {
        self.ephemeris.as_ref()
    }

    pub(crate) fn orientation(&self) -> &EarthOrientation {
        &self.orientation
    }

    pub(crate) fn book(&self) -> &Book {
        self.book
    }

    /// The number of the revolution under way at `at`; none from a trajectory or far from any element set.
    pub(crate) fn revolution(&self, at: Time) -> Option<u32> {
        self.revolutions(&[at]).pop().flatten()
    }

    /// The same for many times in order: nodes are counted once for each element set.
    pub(crate) fn revolutions(&self, times: &[Time]) -> Vec<Option<u32>> {
        let epoch = |at: &Time| self.element_set(*at).map(|set| set.epoch);
        let counted = times.chunk_by(|a, b| epoch(a) == epoch(b)).map(|group| {
            let numbers = self.element_set(group[0]).and_then(|set| self.count_from(set, group));
            group
                .iter()
                .map(move |&at| numbers.as_ref()?.at(at).map(|number| number as u32))
                .collect::<Vec<_>>()
        });
        counted.flatten().collect()
    }

    /// The revolutions counted from the epoch of `set` to those of `times` that are near enough.
    fn count_from(&self, set: &ElementSet, times: &[Time]) -> Option<Profile> {
        let near = times.iter().copied().filter(|&at| (at - set.epoch).abs() <= REVOLUTIONS_COUNTED);
        let (first, last) = (near.clone().min()?, near.max()?);
        let margin = Duration::HOUR * 2;
        let span = Interval::new(first.min(set.epoch) - margin, last.max(set.epoch) + margin)?;
        let track = self.station(span).ok()?;
        let number = unwrapped(set.revolution, self.book.about.began, set);
        orbit::revolutions(&track, set.epoch, number).ok()
    }

    /// The element set that answers for `at`.
    pub(crate) fn element_set(&self, at: Time) -> Option<&ElementSet> {
        self.elements.iter().min_by_key(|set| (set.epoch - at).abs())
    }

    /// The source of the answer at `at`, in words.
    pub(crate) fn source(&self, at: Time) -> String {
        match self.element_set(at) {
            Some(set) => format!("SGP4, element set of {} ({})", set.epoch, self.origin),
            None => format!("trajectory {}", self.origin),
        }
    }

    /// The moment of `span` that is furthest from any observation, where the source answers at all.
    pub(crate) fn weakest(&self, span: Interval) -> Time {
        let there = Interval::new(span.start().max(self.began), span.end()).unwrap_or(span);
        let span = self.ephemeris.span().intersection(there).unwrap_or(there);
        let between = |pair: &[ElementSet]| pair[0].epoch + (pair[1].epoch - pair[0].epoch) / 2;
        let inside = self.elements.windows(2).map(between).filter(|&at| span.contains(at));
        let ends = [span.start(), span.end()];
        inside.chain(ends).max_by_key(|&at| self.ephemeris.age(at)).unwrap_or(span.start())
    }

    /// The source of answers over `span`, in words.
    pub(crate) fn source_over(&self, span: Interval) -> String {
        let (first, last) = (self.element_set(span.start()), self.element_set(span.end()));
        match first.zip(last).filter(|(first, last)| first.epoch < last.epoch) {
            None => self.source(span.start()),
            Some((first, last)) => {
                let used =
                    self.elements.iter().filter(|set| first.epoch <= set.epoch && set.epoch <= last.epoch);
                format!(
                    "SGP4, {} element sets of {} to {} ({})",
                    used.count(),
                    first.epoch.date(),
                    last.epoch.date(),
                    self.origin
                )
            }
        }
    }

    /// The stretches of `span` for which the source has nothing; no event is claimed there.
    pub(crate) fn unknown(&self, span: Interval) -> Window {
        /// One element set takes over from another between two nanoseconds.
        const SEAM: Duration = Duration::SECOND;
        let there = Interval::new(self.began, Time::MAX).map_or_else(Window::empty, Window::from);
        let known = Window::from_intervals(self.ephemeris.coverage()).and(&there);
        let missing = Window::from(span).minus(&known);
        missing.iter().filter(|stretch| stretch.duration() > SEAM).collect()
    }

    /// What a person must know before they use a position at `at`.
    pub(crate) fn warning(&self, at: Time) -> Option<String> {
        let error_km = self.ephemeris.error_km(at);
        let days = self.ephemeris.age(at).days();
        (error_km > USELESS_KM).then(|| {
            format!(
                "The nearest element set is {days:.0} days away: the place along the orbit is not known (error about \
                 {error_km:.0} km). Height, inclination and beta still hold roughly."
            )
        })
    }

    /// `now` when the orbit is still known then, or else the last moment that has data of its own.
    pub(crate) fn best_known(&self, now: Time) -> Time {
        let span = self.ephemeris.span();
        if span.contains(now) && self.warning(now).is_none() {
            return now;
        }
        self.elements.iter().map(|set| set.epoch).max().unwrap_or(span.start())
    }

    /// The station's track over as much of `span` as the source covers.
    pub(crate) fn station(&self, span: Interval) -> Result<Track> {
        let there = Interval::new(span.start().max(self.began), span.end()).ok_or_else(|| self.not_yet())?;
        Ok(Track::of(self.ephemeris(), there, self.orientation())?)
    }

    /// Where the station is at `at`.
    pub(crate) fn state(&self, at: Time) -> Result<State<Teme>> {
        if at < self.began {
            return Err(self.not_yet());
        }
        Ok(self.ephemeris.state(at)?)
    }

    fn not_yet(&self) -> anyhow::Error {
        anyhow::anyhow!("the station began on {}; before that there is no orbit", self.began)
    }

    /// The Sun's track.
    pub(crate) fn sun(&self, span: Interval) -> Result<Track> {
        Ok(Track::of(&LuminaryPath::over(Luminary::Sun, span)?, span, self.orientation())?)
    }

    /// The tracks of the relays in service, each clipped to its service.
    pub(crate) fn relays(&self, span: Interval) -> Result<Vec<Relay>> {
        let mut relays = Vec::new();
        for relay in self.book.relays.iter() {
            let service = Interval::new(relay.from, relay.until.unwrap_or(Time::MAX));
            let Some(during) = service.and_then(|service| service.intersection(span)) else { continue };
            let of_relay = |set: &&ElementSet| Some(set.catalogue_number) == relay.catalogue_number;
            let sets: Vec<ElementSet> =
                self.book.relay_element_sets.iter().filter(of_relay).cloned().collect();
            if sets.is_empty() {
                continue;
            }
            match Track::of(&archive(&relay.name, sets)?, during, &self.orientation) {
                Ok(track) => relays.push(Relay { id: relay.id.to_string(), track }),
                // Years from its element sets nobody knows where a relay was; it claims nothing then.
                Err(OrbitError::OutsideSpan { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(relays)
    }

    /// The angle between the orbital plane and the Sun at `at`, degrees.
    pub(crate) fn beta_deg(&self, at: Time) -> Result<f64> {
        let station = orbit::teme_to_itrf(&self.state(at)?, self.orientation());
        let sun = Luminary::Sun.teme_km(at)?;
        let sun = orbit::teme_to_itrf(&orbit::State::new(at, sun, sun * 0.0), self.orientation());
        Ok(orbit::beta_deg(station.position_km, station.velocity_km_s, sun.position_km))
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

/// The archive of the sets; beyond its reach a position would be worse than none.
fn archive(name: &str, sets: Vec<ElementSet>) -> Result<Archive> {
    let theories = sets.into_iter().map(Sgp4::new).collect::<Result<Vec<_>, _>>()?;
    Ok(Archive::new(name, theories, REACH)?)
}

fn orientation(book: &Book) -> Result<EarthOrientation> {
    let row = |day: &OrientationDay| OrientationRow {
        time: day.date,
        x_arcsec: day.x_arcsec,
        y_arcsec: day.y_arcsec,
        ut1_utc_s: day.ut1_utc_s,
        // Far predictions leave the pole's small offsets out; they are below a centimetre on the ground.
        dx_mas: day.dx_mas.unwrap_or(0.0),
        dy_mas: day.dy_mas.unwrap_or(0.0),
        quality: match day.kind {
            TableKind::Observed => OrientationQuality::Observed,
            TableKind::Predicted => OrientationQuality::Predicted,
        },
    };
    let rows: Vec<OrientationRow> = book.earth_orientation.iter().map(row).collect();
    Ok(EarthOrientation::new(&rows)?)
}

/// What the line to a relay must clear.
pub(crate) fn link_globe() -> Globe {
    Globe::WGS84.raised(LINK_CLEARANCE_KM)
}

/// A site of a book as the engines want it, above the site's own mask or another.
pub(crate) fn site_of(site: &partnership::Site, mask_deg: Option<f64>) -> orbit::Site {
    orbit::Site {
        id: site.id.to_string(),
        latitude_deg: site.latitude_deg,
        longitude_deg: site.longitude_deg,
        height_m: site.height_m,
        mask_deg: mask_deg.unwrap_or(site.mask_deg),
    }
}

/// The states between which the maker of a trajectory lets others interpolate.
fn useable<'a, F: Frame>(states: &'a [State<F>], metadata: &Metadata) -> &'a [State<F>] {
    let from = metadata.useable_start.unwrap_or(Time::MIN);
    let to = metadata.useable_stop.unwrap_or(Time::MAX);
    let first = states.partition_point(|state| state.time < from);
    let after = states.partition_point(|state| state.time <= to);
    &states[first..after.max(first)]
}

/// The records of `file`, or an error that says where it is damaged.
fn accepted<T>(read: Read<T>, file: &str, expected: &str) -> Result<Vec<T>> {
    let damage: Vec<String> = read
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Must)
        .map(Finding::to_string)
        .collect();
    if !damage.is_empty() {
        const SHOWN: usize = 5;
        let more = damage.len().saturating_sub(SHOWN);
        let mut text = damage.into_iter().take(SHOWN).collect::<Vec<_>>().join("\n  ");
        if more > 0 {
            text += &format!("\n  and {more} more faults");
        }
        bail!("the file is damaged:\n  {text}");
    }
    ensure!(!read.records.is_empty(), "{file} holds nothing that could be read; expected {expected}");
    Ok(read.records)
}

/// The sets of the book's station when the file holds several objects, else all of them.
fn of_station(sets: Vec<ElementSet>, book: &Book, file: &str) -> Result<Vec<ElementSet>> {
    let first = sets[0].catalogue_number;
    if sets.iter().all(|set| set.catalogue_number == first) {
        return Ok(sets);
    }
    let ours: Vec<ElementSet> =
        sets.into_iter().filter(|set| Some(set.catalogue_number) == book.about.catalogue_number).collect();
    ensure!(!ours.is_empty(), "{file} holds several objects, none of which is the station of the book");
    Ok(ours)
}
