//! When people at a place can see the station with their own eyes.

use orbit::{Appears, Aspect, Pass, Seeing, Site, Vanishes, compass_point};
use serde_json::{Value, json};
use sky::Sky;
use timeline::Interval;

use crate::contacts::aspect;
use crate::{FactsError, Provenance, round, stamp};

/// Passes over one place.
#[derive(Clone, PartialEq, Debug)]
pub struct Passes {
    /// From when to when.
    pub span: Interval,
    /// How good the orbit is.
    pub provenance: Provenance,
    /// Where somebody stands.
    pub site: Site,
    /// What the place is called.
    pub name: String,
    /// In order of time.
    pub passes: Vec<Pass>,
}

/// The passes over `site`, which is called `name`.
///
/// # Errors
/// Where the orbit is not known.
pub fn passes(
    sky: &Sky<'_>,
    span: Interval,
    site: Site,
    name: String,
    seeing: &Seeing,
) -> Result<Passes, FactsError> {
    let (station, sun) = (sky.station(span)?, sky.sun(span)?);
    let passes = orbit::passes(&station, &sun, &site, seeing);
    Ok(Passes { span, provenance: Provenance::over(sky, span), site, name, passes })
}

impl Passes {
    /// A list of passes.
    #[must_use]
    pub fn json(&self) -> Value {
        let pass = |pass: &Pass| {
            json!({
                "kind": "pass",
                "site": self.site.id,
                "name": self.name,
                "start": stamp(pass.start.time),
                "end": stamp(pass.end.time),
                "duration_s": round((pass.end.time - pass.start.time).seconds(), 3),
                "magnitude": round(pass.magnitude, 1),
                "rise": aspect(&pass.start),
                "culmination": aspect(&pass.highest),
                "set": aspect(&pass.end),
                "appears": appears(pass.appears),
                "vanishes": vanishes(pass.vanishes),
                "text": sentence(pass),
            })
        };
        self.provenance.stamped(self.passes.iter().map(pass))
    }
}

/// `Look SW from 04:12:31; highest 61° in the SSE at 04:14; gone in the E at 04:16:02 into shadow.`
fn sentence(pass: &Pass) -> String {
    format!(
        "Look {} at {}; highest {:.0}° in the {} at {}; gone in the {} at {} ({}).",
        compass_point(pass.start.azimuth_deg),
        clock(&pass.start),
        pass.highest.elevation_deg,
        compass_point(pass.highest.azimuth_deg),
        clock(&pass.highest),
        compass_point(pass.end.azimuth_deg),
        clock(&pass.end),
        vanishes(pass.vanishes),
    )
}

/// Why a pass becomes visible, in a word or two.
#[must_use]
pub fn appears(why: Appears) -> &'static str {
    match why {
        Appears::Rises => "rises",
        Appears::LeavesShadow => "leaves shadow",
        Appears::Dusk => "dusk",
        Appears::DataBegin => "data begin",
    }
}

/// Why a pass stops being visible, in a word or two.
#[must_use]
pub fn vanishes(why: Vanishes) -> &'static str {
    match why {
        Vanishes::Sets => "sets",
        Vanishes::EntersShadow => "enters shadow",
        Vanishes::Dawn => "dawn",
        Vanishes::DataEnd => "data end",
    }
}

/// The time of day: `12:04:31`.
fn clock(aspect: &Aspect) -> String {
    aspect.time.gmt_seconds().split_off(9)
}
