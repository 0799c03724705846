//! `cupola forecast`: what the station will have, and when it gets scarce.

use anyhow::Result;
use book::Book;
use forecast::{Burn, Forecast, Reserve, ReserveOf, Scenario, Shortfall};
use serde_json::{Value, json};
use timeline::{Interval, Kind, Profile, Time};

use super::orbit::{round, stamp};
use crate::answer::Answer;
use crate::command::export;
use crate::text::{Align, Ink, WIDTH, ends, pad, rule, table, wrap};

/// How a forecast is to be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Page,
    Csv,
}

struct Facts {
    title: String,
    span: Interval,
    forecast: Forecast,
    reserves: Vec<Reserve>,
    assumptions: Vec<String>,
}

pub(crate) fn answer(book: &Book, scenario: &Scenario, form: Form) -> Result<Answer> {
    let drafted = forecast::draft(book, scenario);
    let forecast = forecast::compute(&forecast::Model::new(&drafted.draft)?, scenario.span)?;
    if form == Form::Csv {
        return Ok(export::csv(forecast.profiles(), None));
    }
    let facts = Facts {
        title: book.about.title.clone(),
        span: scenario.span,
        reserves: forecast.reserves_at(scenario.span.start()),
        forecast,
        assumptions: drafted.assumptions,
    };
    Ok(Answer::new(facts, Facts::json, Facts::page))
}

impl Facts {
    fn json(&self) -> Value {
        json!({
            "from": self.span.start().to_string(),
            "to": self.span.end().to_string(),
            "profiles": self.forecast.profiles().iter().map(profile).collect::<Vec<_>>(),
            "reserve": self.reserves.iter().map(reserve).collect::<Vec<_>>(),
            "burns": self.forecast.burns().iter().map(burn).collect::<Vec<_>>(),
            "shortfalls": self.forecast.shortfalls().iter().map(shortfall).collect::<Vec<_>>(),
            "unsettled": self.forecast.unsettled(),
            "assumptions": self.assumptions,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let when = format!("{} to {} GMT", self.span.start().gmt(), self.span.end().gmt());
        let mut text = ends(&ink.bold(&format!("FORECAST · {}", self.title)), &when) + &rule(ink);
        text += &self.supply_table(ink);
        text += "\n";
        text += &self.shortfall_lines(ink);
        text += &self.unsettled_lines(ink);
        text += &format!("\n{}\n", ink.bold("COURSE"));
        for reserve in self.reserves.iter().filter(|reserve| reserve.of == ReserveOf::Supply) {
            if let Some(profile) = self.forecast.profile(&format!("supply.{}_kg", reserve.name)) {
                text += &course(&reserve.name, profile, self.span, ink);
            }
        }
        text += &format!("\n{}\n", ink.bold("ASSUMED"));
        for assumption in &self.assumptions {
            text += &ink.faint(&wrap(&format!("· {assumption}"), WIDTH, 0));
        }
        text
    }

    fn supply_table(&self, ink: Ink) -> String {
        let lines: Vec<f64> =
            self.reserves.iter().flat_map(|r| r.crossings.iter().map(|c| c.line_days)).collect();
        let mut lines_days: Vec<f64> = Vec::new();
        for line in lines {
            if !lines_days.contains(&line) {
                lines_days.push(line);
            }
        }
        let names: Vec<String> = lines_days.iter().map(|line| format!("{line:.0} days")).collect();
        let mut heads = vec![
            ("supply", Align::Left),
            ("kg", Align::Right),
            ("kg/d", Align::Right),
            ("days", Align::Right),
        ];
        heads.extend(names.iter().map(|name| (name.as_str(), Align::Left)));
        heads.push(("empty", Align::Left));
        let date = |at: Option<Time>| at.as_ref().map_or_else(|| "–".to_owned(), |at| Time::date(*at));
        let rows: Vec<Vec<String>> = self
            .reserves
            .iter()
            .filter(|reserve| reserve.of == ReserveOf::Supply)
            .map(|reserve| {
                let mut row = vec![
                    reserve.name.clone(),
                    format!("{:.0}", reserve.level_kg),
                    format!("{:.2}", reserve.use_kg_d),
                    reserve.days_left.map_or_else(|| "–".to_owned(), |days| format!("{days:.0}")),
                ];
                for line in &lines_days {
                    let crossing = reserve.crossings.iter().find(|crossing| crossing.line_days == *line);
                    row.push(date(crossing.and_then(|crossing| crossing.at)));
                }
                row.push(date(reserve.empty));
                row
            })
            .collect();
        table(ink, &heads, &rows)
    }

    /// Said only when it happened: the answer is safe then, but some process was held back more than it need be.
    fn unsettled_lines(&self, ink: Ink) -> String {
        match self.forecast.unsettled() {
            0 => String::new(),
            times => ink.warning(&wrap(
                &format!(
                    "▲ {times} times processes that compete in a circle found no rates by the rules; some were stopped until the next \
                     event."
                ),
                WIDTH,
                0,
            )),
        }
    }

    /// The first thing that people go short of, and how often after.
    fn shortfall_lines(&self, ink: Ink) -> String {
        let mut shortfalls: Vec<&Shortfall> = self.forecast.shortfalls().iter().collect();
        shortfalls.sort_by_key(|shortfall| shortfall.during.start());
        match shortfalls.first() {
            None => "Nobody goes short in this span.\n".to_owned(),
            Some(first) => {
                let store = first.store.as_deref().unwrap_or("a process it needs");
                ink.warning(&wrap(
                    &format!(
                        "▲ On {} GMT {} goes short for want of {store}.",
                        first.during.start().gmt(),
                        first.process
                    ),
                    WIDTH,
                    0,
                ))
            }
        }
    }
}

/// Lowest, highest and the course between as a row of blocks.
fn course(name: &str, profile: &Profile, span: Interval, ink: Ink) -> String {
    const COLUMNS: u32 = 60;
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let columns = profile.resample_for_plot(span, COLUMNS);
    let highest = columns.iter().map(|column| column.max).fold(0.0, f64::max);
    let lowest = columns.iter().map(|column| column.min).fold(f64::INFINITY, f64::min);
    let block = |mean: f64| {
        let level = if highest > 0.0 { mean / highest * 7.0 } else { 0.0 };
        BLOCKS[(level.round().clamp(0.0, 7.0)) as usize]
    };
    let blocks: String = columns.iter().map(|column| block(column.mean)).collect();
    // Rounding may leave a level a hair below nothing.
    let lowest = lowest.max(0.0);
    format!("{}{blocks}  {}\n", pad(name, 16), ink.faint(&format!("{lowest:.0} to {highest:.0} kg")))
}

fn profile(profile: &Profile) -> Value {
    let kind = match profile.kind() {
        Kind::Step => "step",
        Kind::Linear => "linear",
    };
    let points = profile.segments().map(|segment| json!([stamp(segment.start), segment.value]));
    let mut points: Vec<Value> = points.collect();
    let end = profile.domain().end();
    if let Some(last) = profile.segments().next_back() {
        points.push(json!([stamp(end), last.end_value()]));
    }
    json!({"name": profile.name(), "unit": profile.unit().to_string(), "kind": kind, "points": points})
}

fn reserve(reserve: &Reserve) -> Value {
    let crossing = |line_days: f64| {
        let found = reserve.crossings.iter().find(|crossing| crossing.line_days == line_days);
        found.and_then(|crossing| crossing.at).map(stamp)
    };
    json!({
        "store": reserve.name,
        "of": if reserve.of == ReserveOf::Supply { "supply" } else { "store" },
        "level": reserve.level_kg,
        "unit": "kg",
        "use_kg_d": reserve.use_kg_d,
        "days_left": reserve.days_left.map(|days| round(days, 3)),
        "days_left_at": stamp(reserve.at),
        "lasts_until": reserve.lasts_until.map(stamp),
        "crosses_45": crossing(45.0),
        "crosses_30": crossing(30.0),
        "empty": reserve.empty.map(stamp),
    })
}

fn burn(burn: &Burn) -> Value {
    json!({
        "at": stamp(burn.at),
        "wanted_m_s": round(burn.wanted_m_s, 3),
        "delta_v_m_s": round(burn.delta_v_m_s, 3),
        "burned_kg": round(burn.burned_kg, 3),
        "visitors_kg": round(burn.visitors_kg, 3),
        "from_km": round(burn.from_km, 3),
        "to_km": round(burn.to_km, 3),
    })
}

fn shortfall(shortfall: &Shortfall) -> Value {
    json!({
        "process": shortfall.process,
        "start": stamp(shortfall.during.start()),
        "end": stamp(shortfall.during.end()),
        "store": shortfall.store,
        "least_run": shortfall.least_run,
    })
}
