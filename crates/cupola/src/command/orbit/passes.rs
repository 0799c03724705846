//! `cupola orbit passes`: when people at a place can see the station with their own eyes.

use anyhow::Result;
use facts::passes::{Passes, appears, passes, vanishes};
use orbit::{Seeing, Site, compass_point};
use sky::Sky;
use timeline::Interval;

use super::contacts::clock;
use super::head;
use crate::answer::Answer;
use crate::text::{Align, Ink, table};

pub(crate) fn answer(sky: &Sky, span: Interval, site: Site, name: String, seeing: &Seeing) -> Result<Answer> {
    Ok(Answer::new(passes(sky, span, site, name, seeing)?, Passes::json, page))
}

fn page(facts: &Passes, ink: Ink) -> String {
    let mut text = head(&format!("VISIBLE PASSES · {}", facts.name), facts.span, &facts.provenance, ink);
    if facts.passes.is_empty() {
        return text + "No visible pass in this span: the station is in shadow, low, or over a bright sky.\n";
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
    let rows: Vec<Vec<String>> = facts
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
