//! Eclipses, ascending nodes, the South Atlantic Anomaly and links by relay in order of time.

use orbit::{Anomaly, Globe, Leg, Shadow, Track};
use serde_json::{Map, Value, json};
use sky::Sky;
use timeline::{Interval, Time, Window};

use crate::{FactsError, Provenance, Refusal, round, stamp};

/// The kinds there are in every book, in the order that equal beginnings are listed; besides, `link.<antenna>` for each antenna.
const KINDS: [&str; 6] = ["node", "penumbra", "umbra", "saa", "link.relay", "relay"];

/// Events over a span.
#[derive(Clone, PartialEq, Debug)]
pub struct Events {
    /// From when to when.
    pub span: Interval,
    /// How good the orbit is.
    pub provenance: Provenance,
    /// In order of time.
    pub events: Vec<Event>,
}

/// One event.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its kind, such as `umbra`.
    pub kind: String,
    /// When it begins.
    pub start: Time,
    /// When it ends; its beginning when it takes no time.
    pub end: Time,
    /// What a person needs besides, as JSON names it.
    pub more: Map<String, Value>,
    /// The same in words.
    pub words: String,
}

/// The kinds that were asked for; all when none was named.
#[derive(Clone, Copy)]
struct Wanted<'a>(&'a [String]);

impl Wanted<'_> {
    fn has(self, kind: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|one| one == kind)
    }
}

/// The events of the given kinds, or of all when there are none.
///
/// # Errors
/// Where the orbit is not known, or a kind is none.
pub fn events(sky: &Sky<'_>, span: Interval, kinds: &[String]) -> Result<Events, FactsError> {
    let links = sky.book().antennas.iter().map(|antenna| format!("link.{}", antenna.id));
    let known: Vec<String> = KINDS.map(str::to_owned).into_iter().chain(links).collect();
    for kind in kinds {
        if !known.contains(kind) {
            let what = format!("`{kind}` is not a kind of event");
            return Err(Refusal::new("kind", what).mend(format!("there are {}", known.join(", "))).into());
        }
    }
    let wanted = Wanted(kinds);
    let (station, sun) = (sky.station(span)?, sky.sun(span)?);
    let mut events = Vec::new();
    for (kind, shadow) in [("penumbra", Shadow::Penumbra), ("umbra", Shadow::Umbra)] {
        if wanted.has(kind) {
            let window = orbit::eclipses(&station, &sun, shadow, Globe::SHADOW);
            for stretch in &window {
                let beta_deg = sky.beta_deg(stretch.start()).unwrap_or(f64::NAN);
                let more = [("beta_deg", json!(round(beta_deg, 3)))];
                events.push(Event::new(kind, stretch, more, format!("beta {beta_deg:+.1}°")));
            }
        }
    }
    if wanted.has("node") {
        for (node, number) in sky.nodes(span)? {
            events.push(Event {
                kind: "node".to_owned(),
                start: node.time,
                end: node.time,
                more: Map::from_iter([
                    ("orbit".to_owned(), json!(number)),
                    ("lon_deg".to_owned(), json!(round(node.longitude_deg, 4))),
                ]),
                words: format!(
                    "{}at longitude {:.1}°",
                    number.map_or_else(String::new, |n| format!("orbit {n} begins ")),
                    node.longitude_deg
                ),
            });
        }
    }
    if wanted.has("saa") {
        let window = orbit::anomaly_passages(&station, &Anomaly::GODDARD_1996);
        let words = "inside the South Atlantic Anomaly";
        events.extend(window.iter().map(|stretch| Event::new("saa", stretch, [], words.to_owned())));
    }
    if wanted.has("relay") || known.iter().any(|kind| kind.starts_with("link.") && wanted.has(kind)) {
        relay_events(sky, &station, wanted, &mut events)?;
    }
    let rank = |kind: &str| known.iter().position(|one| one == kind);
    events.sort_by_key(|event| (event.start, rank(&event.kind), event.end));
    Ok(Events { span, provenance: Provenance::over(sky, span), events })
}

/// When each relay is in sight, which of them carries the link when, and with which an antenna really speaks.
fn relay_events(
    sky: &Sky<'_>,
    station: &Track,
    kinds: Wanted<'_>,
    events: &mut Vec<Event>,
) -> Result<(), FactsError> {
    let span = station
        .coverage()
        .first()
        .zip(station.coverage().last())
        .and_then(|(first, last)| Interval::new(first.start(), last.end()));
    let Some(span) = span else { return Ok(()) };
    let relays = sky.relays(span)?;
    let windows: Vec<Window> =
        relays.iter().map(|relay| orbit::in_sight(station, relay, sky::link_globe())).collect();
    if kinds.has("relay") {
        for (relay, window) in relays.iter().zip(&windows) {
            let of = |stretch| Event::new("relay", stretch, [("relay", json!(relay.id))], relay.id.clone());
            events.extend(window.iter().map(of));
        }
    }
    let carried = |kind: &str, legs: Vec<Leg>| {
        let events = legs.into_iter().map(|leg| {
            let id = &relays[leg.relay].id;
            Event::new(kind, leg.during, [("relay", json!(id))], format!("carried by {id}"))
        });
        events.collect::<Vec<_>>()
    };
    if kinds.has("link.relay") {
        events.extend(carried("link.relay", orbit::hand_overs(&windows)));
    }
    for antenna in sky.antennas(&relays) {
        let kind = format!("link.{}", antenna.id);
        if kinds.has(&kind) {
            events.extend(carried(&kind, orbit::antenna_legs(station, &relays, &windows, &antenna)));
        }
    }
    Ok(())
}

impl Event {
    fn new<const N: usize>(kind: &str, stretch: Interval, more: [(&str, Value); N], words: String) -> Self {
        let more = more.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { kind: kind.to_owned(), start: stretch.start(), end: stretch.end(), more, words }
    }

    fn json(&self) -> Value {
        let mut event = json!({
            "kind": self.kind,
            "start": stamp(self.start),
            "end": stamp(self.end),
            "duration_s": round((self.end - self.start).seconds(), 3),
        });
        if let Some(fields) = event.as_object_mut() {
            fields.extend(self.more.clone());
        }
        event
    }
}

impl Events {
    /// A list of events.
    #[must_use]
    pub fn json(&self) -> Value {
        self.provenance.stamped(self.events.iter().map(Event::json))
    }
}
