//! `cupola orbit passes`: when people at a place can see the station with their own eyes.

use anyhow::Result;
use orbit::{Appears, Pass, Seeing, Site, Vanishes, compass_point};
use serde_json::{Value, json};
use timeline::Interval;

use super::contacts::{aspect, clock};
use super::{Provenance, head, round, stamp};
use crate::answer::Answer;
use crate::text::{Align, Ink, table};
use sky::Sky;

struct Facts {
    span: Interval,
    provenance: Provenance,
    site: Site,
    name: String,
    passes: Vec<Pass>,
}

pub(crate) fn answer(sky: &Sky, span: Interval, site: Site, name: String, seeing: &Seeing) -> Result<Answer> {
    let (station, sun) = (sky.station(span)?, sky.sun(span)?);
    let passes = orbit::passes(&station, &sun, &site, seeing);
    let facts = Facts { span, provenance: Provenance::over(sky, span), site, name, passes };
    Ok(Answer::new(facts, Facts::json, Facts::page))
}

impl Facts {
    fn json(&self) -> Value {
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

    fn page(&self, ink: Ink) -> String {
        let mut text = head(&format!("VISIBLE PASSES · {}", self.name), self.span, &self.provenance, ink);
        if self.passes.is_empty() {
            return text
                + "No visible pass in this span: the station is in shadow, low, or over a bright sky.\n";
        }
        let heads = [
            ("from (GMT)", Align::Left),
            ("where", Align::Left),
            ("highest", Align::Left),
            ("", Align::Right),
            ("where", Align::Left),
            ("until", Align::Left),
            ("where", Align::Left),
            ("magnitude", Align::Right),
            ("why then", Align::Left),
        ];
        let rows: Vec<Vec<String>> = self
            .passes
            .iter()
            .map(|pass| {
                vec![
                    pass.start.time.gmt_seconds(),
                    compass_point(pass.start.azimuth_deg).to_owned(),
                    clock(&pass.highest),
                    format!("{:.0}°", pass.highest.elevation_deg),
                    compass_point(pass.highest.azimuth_deg).to_owned(),
                    clock(&pass.end),
                    compass_point(pass.end.azimuth_deg).to_owned(),
                    format!("{:.1}", pass.magnitude),
                    format!("{}, {}", appears(pass.appears), vanishes(pass.vanishes)),
                ]
            })
            .collect();
        text += &table(ink, &heads, &rows);
        text
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

fn appears(why: Appears) -> &'static str {
    match why {
        Appears::Rises => "rises",
        Appears::LeavesShadow => "leaves shadow",
        Appears::Dusk => "dusk",
        Appears::DataBegin => "data begin",
    }
}

fn vanishes(why: Vanishes) -> &'static str {
    match why {
        Vanishes::Sets => "sets",
        Vanishes::EntersShadow => "enters shadow",
        Vanishes::Dawn => "dawn",
        Vanishes::DataEnd => "data end",
    }
}
