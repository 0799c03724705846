//! Profiles by name, thinned for drawing with every peak kept.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use forecast::Forecast;
use orbit::{Anomaly, Environment, Neighbours};
use serde_json::{Value, json};
use sky::Sky;
use timeline::{Duration, Interval, Kind, Profile, Time};

use crate::{FactsError, Refusal, bounded, round, rule_check, stamp};

/// So long the stocks are run on beyond what the book knows: as long as losses are usually asked for.
const AHEAD: Duration = risk::USUAL_SPAN;

/// Light and links are sought event by event; longer spans would be a comb that nobody reads.
const LONGEST_ORBIT_DAYS: f64 = 62.0;

/// How profiles begin that a forecast makes.
const OF_FORECAST: [&str; 7] =
    ["store.", "supply.", "process.", "power.", "cabin.", "propulsion.", "env.altitude_km"];

record::words! {
    /// Where a profile comes from.
    pub enum Group {
        /// What the book knows of people, seats and ports.
        History = "history",
        /// Stocks, power and height.
        Forecast = "forecast",
        /// Light and links.
        Orbit = "orbit",
    }
}

impl Group {
    /// The group that a profile of this name belongs to.
    #[must_use]
    pub fn of(name: &str) -> Self {
        if OF_FORECAST.iter().any(|group| name.starts_with(group)) {
            Self::Forecast
        } else if name.starts_with("env.") || name.starts_with("link.") {
            Self::Orbit
        } else {
            Self::History
        }
    }
}

/// All profiles of a book that depend on no span.
#[derive(Clone, PartialEq, Debug)]
pub struct Curves {
    history: Vec<Profile>,
    /// Through what was counted, and on as planned.
    pub forecast: Option<Forecast>,
}

/// The profiles of a book: as far as it knows, and what its plans lead to.
///
/// # Errors
/// When the stocks cannot be reckoned.
pub fn curves(book: &Book) -> Result<Curves, FactsError> {
    let known = book.history();
    let scene = known.map(|known| scene::scene(book, None, Vec::new(), known));
    let whole = Interval::new(book.about.began, book.about.known_until + AHEAD);
    let forecast =
        whole.map(|whole| rule_check::forecast(book, whole, BTreeMap::new())).transpose()?.flatten();
    let history = scene.map_or_else(Vec::new, |scene| scene.profiles.into_values().collect());
    Ok(Curves { history, forecast })
}

impl Curves {
    /// The profile of that name, of history or forecast.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Profile> {
        let of_forecast = || self.forecast.as_ref().and_then(|forecast| forecast.profile(name));
        self.history.iter().find(|profile| profile.name() == name).or_else(of_forecast)
    }

    fn all(&self) -> impl Iterator<Item = &Profile> {
        self.history.iter().chain(self.forecast.iter().flat_map(Forecast::profiles))
    }

    /// Every name there is, with unit and span.
    #[must_use]
    pub fn names(&self, book: &Book) -> Value {
        let mut names: Vec<Value> = self
            .all()
            .map(|profile| {
                json!({
                    "name": profile.name(),
                    "unit": profile.unit().to_string(),
                    "kind": kind(profile),
                    "group": Group::of(profile.name()).to_string(),
                    "from": stamp(profile.domain().start()),
                    "to": stamp(profile.domain().end()),
                })
            })
            .collect();
        if let Some(last) = book.element_sets.iter().map(|set| set.epoch).max() {
            let of_orbit = orbit_names(book).into_iter().map(|name| {
                let unit = if name == "env.beta_deg" { "deg" } else { "1" };
                json!({
                    "name": name,
                    "unit": unit,
                    "kind": if name == "env.beta_deg" { "linear" } else { "step" },
                    "group": Group::Orbit.to_string(),
                    "from": stamp(book.about.began),
                    "to": stamp(last + Duration::DAY * 14),
                })
            });
            names.extend(of_orbit);
        }
        Value::Array(names)
    }
}

/// The names that surroundings of an orbit have.
fn orbit_names(book: &Book) -> Vec<String> {
    let fixed = ["env.known", "env.sunlit", "env.beta_deg", "env.saa", "link.relay"].map(str::to_owned);
    let links = book.antennas.iter().map(|one| one.id.as_str());
    let links = links.chain(book.relays.iter().map(|one| one.id.as_str()));
    let links = links.chain(book.sites.iter().map(|one| one.id.as_str()));
    fixed.into_iter().chain(links.map(|id| format!("link.{id}"))).collect()
}

/// Light, radiation and links of `span` with these names; what an antenna uses is looked for only when it is named.
///
/// # Errors
/// Where the orbit is not known, and when the span is too long.
pub fn of_orbit(sky: &Sky<'_>, span: Interval, names: &BTreeSet<&str>) -> Result<Vec<Profile>, FactsError> {
    bounded(span, LONGEST_ORBIT_DAYS)?;
    let relays = sky.relays(span)?;
    let wanted = |id: &str| names.contains(format!("link.{id}").as_str());
    let neighbours = Neighbours {
        sites: sky
            .book()
            .sites
            .iter()
            .filter(|site| wanted(site.id.as_str()))
            .map(|site| sky::site_of(site, None))
            .collect(),
        antennas: sky.antennas(&relays).into_iter().filter(|antenna| wanted(&antenna.id)).collect(),
        relays,
        anomaly: Some(Anomaly::GODDARD_1996),
    };
    let surroundings = orbit::low_orbit(&sky.station(span)?, &sky.sun(span)?, &neighbours)?;
    let named = surroundings.profiles().iter().filter(|profile| names.contains(profile.name()));
    Ok(named.cloned().collect())
}

/// A name that no profile bears.
#[must_use]
pub fn unknown(name: &str) -> FactsError {
    Refusal::new("name", format!("no profile is called `{name}`"))
        .mend("/api/v1/profiles/names lists all that there are")
        .into()
}

fn kind(profile: &Profile) -> &'static str {
    match profile.kind() {
        Kind::Step => "step",
        Kind::Linear => "linear",
    }
}

/// The course of a profile within `span`, exactly where that takes no more points than `pixels`, else by columns.
#[must_use]
pub fn shown(profile: &Profile, span: Interval, pixels: u32) -> Value {
    let mut json = json!({
        "name": profile.name(),
        "unit": profile.unit().to_string(),
        "kind": kind(profile),
        "group": Group::of(profile.name()).to_string(),
    });
    let inside = profile.domain().intersection(span).and_then(|within| profile.clip(within).ok());
    let changes = inside.as_ref().map_or(0, |inside| inside.starts().len());
    let course = match inside {
        Some(inside) if changes > pixels as usize => buckets(&inside, span, pixels),
        Some(inside) => json!({"form": "points", "points": points(&inside)}),
        None => json!({"form": "points", "points": []}),
    };
    if let (Value::Object(json), Value::Object(course)) = (&mut json, course) {
        json.extend(course);
    }
    json
}

/// Every change; a jump of a line has two points of one time, and the last point is the end.
fn points(profile: &Profile) -> Vec<Value> {
    let point = |at: Time, value: f64| json!([stamp(at), seven(value)]);
    let is_line = profile.kind() == Kind::Linear;
    let mut points = Vec::new();
    let mut before: Option<f64> = None;
    for segment in profile.segments() {
        if let Some(value) = before.filter(|value| is_line && seven(*value) != seven(segment.value)) {
            points.push(point(segment.start, value));
        }
        points.push(point(segment.start, segment.value));
        before = Some(segment.end_value());
    }
    if let Some(value) = before {
        points.push(point(profile.domain().end(), value));
    }
    points
}

fn buckets(profile: &Profile, span: Interval, pixels: u32) -> Value {
    let columns = profile.resample_for_plot(span, pixels);
    let column = |of: &dyn Fn(&timeline::Bucket) -> Value| -> Vec<Value> { columns.iter().map(of).collect() };
    json!({
        "form": "buckets",
        "from": column(&|bucket| stamp(bucket.interval.start()).into()),
        "to": column(&|bucket| stamp(bucket.interval.end()).into()),
        "min": column(&|bucket| seven(bucket.min).into()),
        "max": column(&|bucket| seven(bucket.max).into()),
        "mean": column(&|bucket| seven(bucket.mean).into()),
        "first": column(&|bucket| seven(bucket.first).into()),
        "last": column(&|bucket| seven(bucket.last).into()),
    })
}

/// Seven digits, more than any figure of a book is good for.
fn seven(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let digits = 6 - value.abs().log10().floor() as i32;
    if digits > 12 { 0.0 } else { round(value, digits) }
}
