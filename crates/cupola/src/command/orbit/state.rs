//! `cupola orbit state`: position and velocity at one moment.

use anyhow::Result;
use orbit::{EarthOrientation, Frame, Geodetic, OrientationQuality, State, Teme};
use serde_json::{Value, json};
use timeline::Time;

use super::{Provenance, place, round};
use crate::answer::Answer;
use crate::args::FrameName;
use crate::text::{Align, Ink, ends, rule, table};
use sky::Sky;

struct Facts {
    time: Time,
    frame: &'static str,
    position_km: [f64; 3],
    velocity_km_s: [f64; 3],
    below: Geodetic,
    provenance: Provenance,
    orientation: OrientationQuality,
}

pub(crate) fn answer(sky: &Sky, at: Time, frame: FrameName) -> Result<Answer> {
    let state = sky.state(at)?;
    let fixed = orbit::teme_to_itrf(&state, sky.orientation());
    let (frame, position_km, velocity_km_s) = in_frame(&state, frame, sky.orientation());
    let facts = Facts {
        time: at,
        frame,
        position_km,
        velocity_km_s,
        below: Geodetic::of(fixed.position_km),
        provenance: Provenance::at(sky, at),
        orientation: sky.orientation().at(at).quality,
    };
    Ok(Answer::new(facts, Facts::json, Facts::page))
}

fn in_frame(
    state: &State<Teme>,
    frame: FrameName,
    orientation: &EarthOrientation,
) -> (&'static str, [f64; 3], [f64; 3]) {
    fn parts<F: Frame>(state: &State<F>) -> (&'static str, [f64; 3], [f64; 3]) {
        (F::NAME, state.position_km.to_array(), state.velocity_km_s.to_array())
    }
    match frame {
        FrameName::Teme => parts(state),
        FrameName::Gcrf => parts(&orbit::teme_to_gcrf(state)),
        FrameName::Itrf => parts(&orbit::teme_to_itrf(state, orientation)),
    }
}

impl Facts {
    fn json(&self) -> Value {
        json!({
            "time": self.time.to_string(),
            "frame": self.frame.to_ascii_lowercase(),
            "position_km": self.position_km,
            "velocity_km_s": self.velocity_km_s,
            "lat_deg": round(self.below.latitude_deg, 6),
            "lon_deg": round(self.below.longitude_deg, 6),
            "altitude_km": round(self.below.height_km, 4),
            "source": self.provenance.source,
            "age_days": round(self.provenance.age_days, 6),
            "error_km": round(self.provenance.error_km, 3),
            "warning": self.provenance.warning,
            "earth_orientation": quality_word(self.orientation),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = ends(&ink.bold("STATE"), &format!("{} GMT   {}", self.time.gmt_seconds(), self.time));
        text += &rule(ink);
        let rows: Vec<Vec<String>> = ["x", "y", "z"]
            .iter()
            .zip(self.position_km.iter().zip(&self.velocity_km_s))
            .map(|(axis, (km, km_s))| vec![(*axis).to_owned(), format!("{km:.6}"), format!("{km_s:.9}")])
            .collect();
        let heads =
            [(self.frame, Align::Left), ("position km", Align::Right), ("velocity km/s", Align::Right)];
        text += &table(ink, &heads, &rows);
        text += &format!(
            "\nabove {}, {:.3} km high\n",
            place(self.below.latitude_deg, self.below.longitude_deg, 4),
            self.below.height_km
        );
        text += &self.provenance.lines(ink);
        text += &ink.faint(&format!("Earth orientation {}.\n", quality_word(self.orientation)));
        text
    }
}

fn quality_word(quality: OrientationQuality) -> &'static str {
    match quality {
        OrientationQuality::Observed => "observed",
        OrientationQuality::Predicted => "predicted",
        OrientationQuality::Held => "held at the end of its table",
        OrientationQuality::Unknown => "unknown",
    }
}
