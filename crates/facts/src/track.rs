//! The ground track in columns, for maps.

use orbit::{Geodetic, Globe, Shadow};
use serde_json::{Value, json};
use sky::Sky;
use timeline::{Duration, Interval};

use crate::{FactsError, Provenance, Refusal, round, stamp};

/// More states than this are refused: a day at five seconds.
pub const MOST_STATES: i64 = 20_000;

/// Where the station is every `step` over `span`: columns, with nothing where the source does not tell.
#[derive(Clone, PartialEq, Debug)]
pub struct GroundTrack {
    /// From when to when.
    pub span: Interval,
    /// From state to state.
    pub step: Duration,
    /// Place below, height and light at each step.
    pub states: Vec<Option<(Geodetic, Option<bool>)>>,
    /// How good the orbit is.
    pub provenance: Provenance,
}

/// The track over `span`.
///
/// # Errors
/// Where the orbit is not known, or when the states are too many.
pub fn track(sky: &Sky<'_>, span: Interval, step: Duration) -> Result<GroundTrack, FactsError> {
    let count = span.duration().nanoseconds() / step.nanoseconds().max(1) + 1;
    if count > MOST_STATES {
        let what = format!("{count} states are more than {MOST_STATES}");
        return Err(Refusal::new("step_s", what).mend("take a longer step or a shorter span").into());
    }
    // Light is sought between states of the track, so the track must reach to both sides of a short span.
    let margin = Duration::MINUTE * 3;
    let around = Interval::new(span.start() - margin, span.end() + margin).unwrap_or(span);
    let station = sky.station(around)?;
    let shadow = orbit::eclipses(&station, &sky.sun(around)?, Shadow::Half, Globe::SHADOW);
    let states = (0..count).map(|index| {
        let at = span.start() + step * index;
        let state = station.state(at).filter(|_| sky.warning(at).is_none())?;
        Some((Geodetic::of(state.position_km), Some(!shadow.contains(at))))
    });
    let states = states.collect();
    Ok(GroundTrack { span, step, states, provenance: Provenance::over(sky, span) })
}

impl GroundTrack {
    /// One object of columns.
    #[must_use]
    pub fn json(&self) -> Value {
        let column = |of: &dyn Fn(&Geodetic) -> f64| -> Vec<Option<f64>> {
            self.states.iter().map(|state| state.as_ref().map(|(place, _)| of(place))).collect()
        };
        let sunlit: Vec<Option<bool>> =
            self.states.iter().map(|state| state.as_ref().and_then(|(_, lit)| *lit)).collect();
        json!({
            "from": stamp(self.span.start()),
            "to": stamp(self.span.end()),
            "step_s": round(self.step.seconds(), 3),
            "lat_deg": column(&|place| round(place.latitude_deg, 3)),
            "lon_deg": column(&|place| round(place.longitude_deg, 3)),
            "height_km": column(&|place| round(place.height_km, 1)),
            "sunlit": sunlit,
            "source": self.provenance.source,
            "age_days": round(self.provenance.age_days, 3),
            "error_km": round(self.provenance.error_km, 1),
            "warning": self.provenance.warning,
        })
    }
}
