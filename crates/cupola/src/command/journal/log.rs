//! `cupola journal log`: what was said.

use anyhow::Result;
use desk::{Desk, Log, LogLine};

use super::found;
use crate::answer::Answer;
use crate::text::{Align, Ink, cut, table};

pub(super) fn answer(desk: &Desk, centre: Option<&str>, last: usize) -> Result<Answer> {
    let centre = centre.map(|id| found::known(desk.book(), id)).transpose()?;
    Ok(Answer::new(desk.log(centre.as_ref(), last), Log::to_json, page))
}

fn page(log: &Log, ink: Ink) -> String {
    let row = |line: &LogLine| {
        let about = cut(&line.about.replace('\n', " "), 44);
        vec![
            line.time.gmt().to_string(),
            line.centre.to_string(),
            line.number.to_string(),
            line.kind.to_owned(),
            about,
        ]
    };
    let heads = [
        ("when (GMT)", Align::Left),
        ("centre", Align::Left),
        ("no.", Align::Right),
        ("what", Align::Left),
        ("of", Align::Left),
    ];
    let mut text = String::new();
    if log.before > 0 {
        text += &ink.faint(&format!("{} records before these; --last 0 for all\n", log.before));
    }
    text + &table(ink, &heads, &log.lines.iter().map(row).collect::<Vec<_>>())
}
