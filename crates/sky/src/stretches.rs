//! Light and links over decades, for the stretches in which an element set is near enough to tell.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use orbit::{Anomaly, Environment, Neighbours};
use timeline::{Duration, Interval, Profile, Time, Unit, Window};

use crate::{Sky, SkyError, site_of};

/// So far from an element set the orbit's plane, and with it the beta angle and the height, is told (assumed: the plane turns five
/// degrees a day, evenly, while the place along the orbit may be off by hundreds of kilometres after a week).
const PLANE_IS_KNOWN: Duration = Duration::from_nanoseconds(7 * Duration::DAY.nanoseconds());

/// So far from an element set the place along the orbit is told to within seconds, and with it what is in sight (assumed; element
/// sets two days old are off by a few kilometres, as docs/data-notes.md has it).
const PLACE_IS_KNOWN: Duration = Duration::from_nanoseconds(2 * Duration::DAY.nanoseconds());

/// So far from an element set activities are placed by what will be in sight and in light (ours: after thirteen days the place is off by
/// some 300 km as docs/benchmarks.md measures it, that is by 40 s, an eighth of a slot of the plan).
const PLACE_IS_PLANNED: Duration = Duration::from_nanoseconds(13 * Duration::DAY.nanoseconds());

/// How far from an element set the orbit is believed.
#[derive(Clone, Copy, Debug)]
pub struct Trust {
    plane: Duration,
    place: Duration,
}

impl Trust {
    /// To say that something was so.
    pub const TO_JUDGE: Self = Self { plane: PLANE_IS_KNOWN, place: PLACE_IS_KNOWN };
    /// To plan by it.
    pub const TO_PLAN: Self = Self { plane: PLACE_IS_PLANNED, place: PLACE_IS_PLANNED };
}

/// The profiles of the orbit, and when each group of them is known.
#[derive(Clone, PartialEq, Debug)]
pub struct Stretches {
    /// Named as rules name them.
    pub profiles: Vec<Profile>,
    /// By the beginning of a profile's name.
    pub known: BTreeMap<String, Window>,
}

/// The surroundings of the book's station near its element sets in `span`; nothing for a book without an orbit.
///
/// An antenna's own link takes long to find and is looked for only when `wanted` names it.
///
/// # Errors
/// When an element set describes no orbit.
pub fn stretches(
    book: &Book,
    span: Interval,
    wanted: &BTreeSet<String>,
    trust: Trust,
) -> Result<Stretches, SkyError> {
    let near = |reach: Duration| -> Window {
        let around = |epoch: Time| Interval::new(epoch - reach, epoch + reach);
        book.element_sets.iter().filter_map(|set| around(set.epoch)).collect::<Window>().clip(span)
    };
    let plane = near(trust.plane);
    if plane.is_empty() {
        return Ok(Stretches { profiles: Vec::new(), known: BTreeMap::new() });
    }
    let sky = Sky::of_book(book)?;
    let is_wanted = |id: &String| wanted.iter().any(|name| *name == format!("link.{id}") || name == "link.*");
    let mut parts: BTreeMap<String, Vec<Profile>> = BTreeMap::new();
    let mut covered = Window::empty();
    for stretch in &plane {
        let relays = sky.relays(stretch)?;
        let neighbours = Neighbours {
            sites: book.sites.iter().map(|site| site_of(site, None)).collect(),
            antennas: sky.antennas(&relays).into_iter().filter(|antenna| is_wanted(&antenna.id)).collect(),
            relays,
            anomaly: Some(Anomaly::GODDARD_1996),
        };
        let surroundings = orbit::low_orbit(&sky.station(stretch)?, &sky.sun(stretch)?, &neighbours)?;
        covered = covered.or(&Window::from(surroundings.span()));
        for profile in surroundings.profiles() {
            parts.entry(profile.name().to_owned()).or_default().push(profile.clone());
        }
    }
    let place = near(trust.place).and(&covered);
    let plane = plane.and(&covered);
    let known = [
        ("env.known", plane.clone()),
        ("env.beta_deg", plane.clone()),
        ("env.altitude_km", plane),
        ("env.saa", place.clone()),
        ("env.sunlit", place.clone()),
        ("link.", place),
    ];
    let known = known.into_iter().map(|(name, window)| (name.to_owned(), window)).collect();
    let profiles = parts.into_values().filter_map(|parts| joined(&parts)).collect();
    Ok(Stretches { profiles, known })
}

/// One profile over all parts; between them it is not known, and keeps its last value.
fn joined(parts: &[Profile]) -> Option<Profile> {
    let (first, last) = (parts.first()?, parts.last()?);
    let whole = Interval::new(first.domain().start(), last.domain().end())?;
    let mut segments: Vec<(Time, f64, f64)> = Vec::new();
    for part in parts {
        segments.extend(part.segments().map(|segment| (segment.start, segment.value, segment.slope_per_s)));
        if part.domain().end() < whole.end() {
            let value = part.segments().next_back().map_or(0.0, |segment| segment.end_value());
            segments.push((part.domain().end(), value, 0.0));
        }
    }
    segments.dedup_by(|later, earlier| later.0 <= earlier.0);
    let unit: Unit = first.unit().clone();
    if parts.iter().all(|part| part.kind() == timeline::Kind::Step) {
        let values = segments.into_iter().map(|(start, value, _)| (start, value));
        return Profile::step(first.name(), unit, whole, values).ok();
    }
    Profile::linear(first.name(), unit, whole, segments).ok()
}
