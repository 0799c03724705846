//! The page: margins, what one lost ship does, the largest crew, the course of each supply with its ships.

use facts::stocks::certainty;
use forecast::{Arrival, Binding, Errand, LineCrossing, Reserve, ReserveOf};
use timeline::{Interval, Profile, Time};

use super::Page;
use crate::text::{Align, Ink, WIDTH, ends, pad, rule, table, wrap};

/// Columns of a course.
const COLUMNS: u32 = 60;

/// Columns before it, for the names.
const NAMES: usize = 16;

/// Ships that are named below the courses; more would push the rest off the screen.
const NAMED_SHIPS: usize = 8;

impl Page<'_> {
    pub(super) fn page(&self, ink: Ink) -> String {
        let when = format!("{} to {} GMT", self.span.start().gmt(), self.span.end().gmt());
        let mut text = ends(&ink.bold(&format!("FORECAST · {}", self.title)), &when);
        let known = format!("{} aboard · as known on {} GMT", self.aboard, self.as_of.gmt());
        text += &ink.faint(&ends("", &known));
        text += &rule(ink);
        text += &self.verdict(ink);
        if let Some(from) = self.empty_from {
            text += &ink.warning(&wrap(&format!("▲ Nobody is aboard from {} GMT on.", from.gmt()), WIDTH, 0));
        }
        text += &self.power_verdict(ink);
        text += &self.height_verdict(ink);
        text += &self.unsettled_lines(ink);
        let key = ink.faint("▲ runs out  ◆ crosses a reserve line");
        text += &format!("\n{}{}", ends(&ink.bold("MARGINS"), &key), self.supply_table(ink));
        text += &self.skip_table(ink);
        text += &format!("\n{}\n{}", ink.bold("LARGEST CREW"), self.limit_table(ink));
        text += &self.courses(ink);
        text += &self.power_lines(ink);
        text += &self.height_lines(ink);
        text += &format!("\n{}\n", ink.bold("ASSUMED"));
        for assumption in &self.assumptions {
            text += &ink.faint(&wrap(&format!("· {assumption}"), WIDTH, 0));
        }
        text
    }

    /// What binds first: in this span, or else at the present use without any further ship.
    fn verdict(&self, ink: Ink) -> String {
        if let Some((at, binding)) = &self.first_want {
            let text = format!("▲ First to bind: {}, on {} GMT.", lacking(binding), at.gmt());
            return ink.warning(&wrap(&text, WIDTH, 0));
        }
        let supplies = self.reserves.iter().filter(|reserve| reserve.of == ReserveOf::Supply);
        let days = supplies.filter_map(|reserve| Some((reserve.days_left?, reserve)));
        let first = days.min_by(|a, b| a.0.total_cmp(&b.0));
        let rest = first.map_or_else(String::new, |(days, reserve)| {
            let name = &reserve.name;
            format!(" Without another ship and at the present use {name} would be the first to run out, in {days:.0} days.")
        });
        wrap(&format!("Nobody goes short in this span.{rest}"), WIDTH, 0)
    }

    fn supply_table(&self, ink: Ink) -> String {
        let heads = [
            ("  supply", Align::Left),
            ("kg", Align::Right),
            ("kg/d", Align::Right),
            ("days", Align::Right),
            ("first line", Align::Left),
            ("second line", Align::Left),
            ("empty", Align::Left),
        ];
        let supplies = self.reserves.iter().filter(|reserve| reserve.of == ReserveOf::Supply);
        let rows: Vec<Vec<String>> = supplies.map(margin).collect();
        table(ink, &heads, &rows)
    }

    /// What is left of each supply when the next ship that brings it does not come.
    fn skip_table(&self, ink: Ink) -> String {
        if self.skipped.is_empty() {
            return ink.faint("No cargo flight comes in this span.\n");
        }
        let heads = [
            ("  without the next ship", Align::Left),
            ("which was to come", Align::Left),
            ("first line", Align::Left),
            ("second line", Align::Left),
            ("empty", Align::Left),
        ];
        let rows: Vec<Vec<String>> = self
            .skipped
            .iter()
            .map(|one| {
                let due = format!("{} {}", date(Some(one.at)), one.flight);
                let lines = [0, 1].map(|at| line(one.crossings.get(at)));
                let supply = format!("{} {}", alarm(&one.crossings, one.empty), one.supply);
                [vec![supply, due], lines.to_vec(), vec![date(one.empty)]].concat()
            })
            .collect();
        format!("\n{}", table(ink, &heads, &rows))
    }

    fn limit_table(&self, ink: Ink) -> String {
        let heads = [
            ("until", Align::Left),
            ("when comes", Align::Left),
            ("crew", Align::Right),
            ("seats", Align::Right),
            ("carried by stocks", Align::Right),
            ("one more would lack", Align::Left),
        ];
        let rows: Vec<Vec<String>> = self
            .limits
            .iter()
            .map(|limit| {
                let before = limit.before.as_ref().map_or("(end of the span)", record::FlightId::as_str);
                let more = if limit.wants.is_some() { "" } else { " or more" };
                let seat = (limit.seats <= limit.carried).then(|| lacking(&Binding::Seats));
                let lacks = seat.into_iter().chain(limit.wants.as_ref().map(lacking));
                vec![
                    date(Some(limit.until)),
                    before.to_owned(),
                    limit.crew().to_string(),
                    limit.seats.to_string(),
                    format!("{}{more}", limit.carried),
                    lacks.collect::<Vec<_>>().join("; "),
                ]
            })
            .collect();
        table(ink, &heads, &rows)
    }

    fn courses(&self, ink: Ink) -> String {
        let ends_at = COLUMNS as usize - 8;
        let dates =
            format!("{}{}", pad(&date(Some(self.span.start())), ends_at), date(Some(self.span.end())));
        let mut text = format!("\n{}{}\n", pad(&ink.bold("COURSE"), NAMES), ink.faint(&dates));
        if !self.arrivals.is_empty() {
            let key = ink.faint("▼ cargo  ▽ people");
            text += &format!("{}{}  {key}\n", pad("ships", NAMES), ships(&self.arrivals, self.span));
        }
        for reserve in self.reserves.iter().filter(|reserve| reserve.of == ReserveOf::Supply) {
            if let Some(profile) = self.forecast.profile(&format!("supply.{}_kg", reserve.name)) {
                text += &course(&reserve.name, profile, self.span, ink);
            }
        }
        let shown = self.arrivals.iter().take(NAMED_SHIPS).map(|one| {
            let sign = sign(one.errand);
            format!("{sign} {} {} ({})", date(Some(one.at)), one.name, certainty(one.certainty))
        });
        let mut named: Vec<String> = shown.collect();
        if self.arrivals.len() > NAMED_SHIPS {
            named.push(format!("and {} more", self.arrivals.len() - NAMED_SHIPS));
        }
        if named.is_empty() { text } else { text + &ink.faint(&wrap(&named.join(" · "), WIDTH, 0)) }
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
}

fn margin(reserve: &Reserve) -> Vec<String> {
    let lines = [0, 1].map(|at| line(reserve.crossings.get(at)));
    let mut row = vec![
        format!("{} {}", alarm(&reserve.crossings, reserve.empty), reserve.name),
        format!("{:.0}", reserve.level_kg),
        format!("{:.2}", reserve.use_kg_d),
        reserve.days_left.map_or_else(|| "–".to_owned(), |days| format!("{days:.0}")),
    ];
    row.extend(lines);
    row.push(date(reserve.empty));
    row
}

/// Empty within the span, a reserve line crossed, or neither.
fn alarm(crossings: &[LineCrossing], empty: Option<Time>) -> char {
    match empty {
        Some(_) => '▲',
        None if crossings.iter().any(|crossing| crossing.at.is_some()) => '◆',
        None => ' ',
    }
}

/// `2004/321 (45 d)`.
fn line(crossing: Option<&LineCrossing>) -> String {
    let crossed = crossing.and_then(|crossing| Some((crossing.at?, crossing.line_days)));
    crossed.map_or_else(|| "–".to_owned(), |(at, days)| format!("{} ({days:.0} d)", date(Some(at))))
}

/// Year and day of the year.
pub(in crate::command) fn date(at: Option<Time>) -> String {
    let gmt = at.map(|at| at.gmt().to_string());
    gmt.and_then(|gmt| gmt.split(' ').next().map(str::to_owned)).unwrap_or_else(|| "–".to_owned())
}

fn lacking(binding: &Binding) -> String {
    match binding {
        Binding::Seats => "a seat".to_owned(),
        Binding::Supply(name) | Binding::Store(name) => name.clone(),
        Binding::Process(name) => format!("what {name} needs"),
    }
}

fn sign(errand: Errand) -> char {
    match errand {
        Errand::Cargo => '▼',
        Errand::People => '▽',
    }
}

/// Where in the span ships come; a cargo flight hides one with people in the same column.
fn ships(arrivals: &[Arrival], span: Interval) -> String {
    let mut row = vec![' '; COLUMNS as usize];
    let whole = span.duration().days();
    let by_errand = |errand| arrivals.iter().filter(move |one| one.errand == errand);
    for one in by_errand(Errand::People).chain(by_errand(Errand::Cargo)) {
        let part = (one.at - span.start()).days() / whole;
        let column = ((part * f64::from(COLUMNS)) as usize).min(row.len() - 1);
        row[column] = sign(one.errand);
    }
    row.into_iter().collect()
}

/// Lowest, highest and the course between as a row of blocks.
fn course(name: &str, profile: &Profile, span: Interval, ink: Ink) -> String {
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
    format!("{}{blocks}  {}\n", pad(name, NAMES), ink.faint(&format!("{lowest:.0} to {highest:.0} kg")))
}
