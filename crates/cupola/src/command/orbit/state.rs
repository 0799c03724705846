//! `cupola orbit state`: position and velocity at one moment.

use anyhow::Result;
use facts::state::{StateAt, quality_word, state};
use sky::Sky;
use timeline::Time;

use super::{place, provenance_lines};
use crate::answer::Answer;
use crate::args::FrameName;
use crate::text::{Align, Ink, ends, rule, table};

pub(crate) fn answer(sky: &Sky, at: Time, frame: FrameName) -> Result<Answer> {
    let frame = match frame {
        FrameName::Teme => facts::state::FrameName::Teme,
        FrameName::Gcrf => facts::state::FrameName::Gcrf,
        FrameName::Itrf => facts::state::FrameName::Itrf,
    };
    Ok(Answer::new(state(sky, at, frame)?, StateAt::json, page))
}

fn page(facts: &StateAt, ink: Ink) -> String {
    let mut text = ends(&ink.bold("STATE"), &format!("{} GMT   {}", facts.time.gmt_seconds(), facts.time));
    text += &rule(ink);
    let rows: Vec<Vec<String>> = ["x", "y", "z"]
        .iter()
        .zip(facts.position_km.iter().zip(&facts.velocity_km_s))
        .map(|(axis, (km, km_s))| vec![(*axis).to_owned(), format!("{km:.6}"), format!("{km_s:.9}")])
        .collect();
    let heads = [(facts.frame, Align::Left), ("position km", Align::Right), ("velocity km/s", Align::Right)];
    text += &table(ink, &heads, &rows);
    text += &format!(
        "\nabove {}, {:.3} km high\n",
        place(facts.below.latitude_deg, facts.below.longitude_deg, 4),
        facts.below.height_km
    );
    text += &provenance_lines(&facts.provenance, ink);
    text += &ink.faint(&format!("Earth orientation {}.\n", quality_word(facts.orientation)));
    text
}
