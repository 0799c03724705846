//! A day's timeline drawn in the terminal: a row a person, a column twelve minutes, the night pressed together.

use plan::{Activity, Clock, Day};
use record::PersonId;
use timeline::{Duration, Interval};

use super::names::{is_block, is_night, is_nobodys, is_skipped};
use super::sheet::{Band, Sheet, common, day_name};
use crate::text::{Ink, WIDTH, cut, pad, width};

/// Columns for who it is.
const NAME: usize = 16;
/// Minutes of a column by day.
const STEP_MIN: u16 = 12;
/// The day is drawn evenly between these hours (ours: crews sleep outside them); what is before and after has two columns each.
const EVEN: (u16, u16) = (6, 22);
/// Columns before and after.
const ASIDE: u16 = 2;
/// Shorter blocks are not titled: two letters say nothing.
const SHORTEST_TITLE: usize = 4;

/// Narrower titles are cut without an ellipsis: a letter says more.
const LEAST_ELLIPSIS: usize = 9;

/// How much of a day is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// A line a person.
    Bars,
    /// Titles above the bars.
    Titles,
}

/// The drawing of a day, of all rows.
pub(super) fn day(sheet: &Sheet, day: Day, detail: Detail, ink: Ink) -> String {
    let columns = columns(day);
    let mut text = axis(day, ink);
    if detail == Detail::Titles {
        for band in &sheet.bands {
            text += &band_line(band, &columns, ink);
        }
    }
    for person in sheet.rows_on(day) {
        text += &row(sheet, person, day, &columns, detail, ink);
    }
    text
}

/// What the marks mean.
pub(super) fn legend(sheet: &Sheet, ink: Ink) -> String {
    let mut parts: Vec<String> = sheet
        .names
        .partners
        .iter()
        .map(|one| ink.tint(&one.colour, &format!("{}█", one.mark)) + " " + &one.short)
        .collect();
    parts.push(format!("{} everybody's day", ink.faint("·░")));
    parts.push(format!("{} sleep", ink.faint("z▒")));
    if sheet.plan.activities.values().any(is_nobodys) {
        parts.push("+█ nobody's own".to_owned());
    }
    let mut lines = vec![String::new()];
    for part in parts {
        let last = lines.len() - 1;
        if width(&lines[last]) + 2 + width(&part) > WIDTH - NAME {
            lines.push(part);
        } else {
            let gap = if lines[last].is_empty() { "" } else { "  " };
            lines[last] += &format!("{gap}{part}");
        }
    }
    lines.iter().map(|line| format!("{}{line}\n", " ".repeat(NAME))).collect()
}

/// The spans of the columns.
fn columns(day: Day) -> Vec<Interval> {
    let aside = |from: u16, to: u16| {
        let step = (to - from) / ASIDE;
        (0..ASIDE).map(move |index| from + index * step)
    };
    let even = (EVEN.0 * 60..EVEN.1 * 60).step_by(usize::from(STEP_MIN));
    let starts = aside(0, EVEN.0 * 60).chain(even).chain(aside(EVEN.1 * 60, 24 * 60));
    let mut edges: Vec<_> = starts.map(|minute| day.start() + Duration::MINUTE * i64::from(minute)).collect();
    edges.push(day.at(Clock::END));
    edges.windows(2).filter_map(|pair| Interval::new(pair[0], pair[1])).collect()
}

fn axis(day: Day, ink: Ink) -> String {
    let per_hour = usize::from(60 / STEP_MIN);
    let hours: String = (EVEN.0..EVEN.1).map(|hour| pad(&format!("{hour:02}"), per_hour)).collect();
    let blanks = " ".repeat(usize::from(ASIDE));
    format!("{}{}\n", ink.bold(&pad(&day_name(day), NAME)), ink.faint(&format!("{blanks}{hours}{}", EVEN.1)))
}

fn band_line(band: &Band, columns: &[Interval], ink: Ink) -> String {
    let mark = |column: &Interval| {
        let part = |window: &timeline::Window| window.clip(*column).total() * 2 > column.duration();
        if part(&band.unknown) {
            '?'
        } else if part(&band.holds) {
            '▔'
        } else {
            ' '
        }
    };
    let marks: String = columns.iter().map(mark).collect();
    ink.faint(&format!("{}{}", pad(&cut(&band.name, NAME - 1), NAME), marks.trim_end())) + "\n"
}

fn row(
    sheet: &Sheet,
    person: Option<&PersonId>,
    day: Day,
    columns: &[Interval],
    detail: Detail,
    ink: Ink,
) -> String {
    let own: Vec<&Activity> = sheet
        .of_row(person)
        .into_iter()
        .map(|(_, activity)| activity)
        .filter(|one| common(one, day.interval()).is_some() && !is_skipped(one))
        .collect();
    let runs = runs(&own, columns);
    let mut titles = String::new();
    let mut bars = String::new();
    for (activity, width) in runs {
        match activity {
            Some(activity) => {
                titles += &title(activity, width, ink);
                bars += &bar(sheet, activity, width, ink);
            }
            None => {
                titles += &" ".repeat(width);
                bars += &" ".repeat(width);
            }
        }
    }
    let name = who(sheet, person, ink);
    match detail {
        Detail::Bars => format!("{}\n", format!("{name}{bars}").trim_end()),
        Detail::Titles => {
            let above = format!("{}{}", " ".repeat(NAME), titles);
            format!("{}\n{}\n", above.trim_end(), format!("{name}{bars}").trim_end())
        }
    }
}

/// Runs of columns that one activity holds: in each column that which takes most of it.
fn runs<'a>(own: &[&'a Activity], columns: &[Interval]) -> Vec<(Option<&'a Activity>, usize)> {
    let mut runs: Vec<(Option<&Activity>, usize)> = Vec::new();
    for column in columns {
        let mut most: Option<(&Activity, Duration)> = None;
        for &activity in own {
            let part = common(activity, Some(*column)).map_or(Duration::ZERO, Interval::duration);
            if part > most.map_or(Duration::ZERO, |(_, part)| part) {
                most = Some((activity, part));
            }
        }
        let held = most.map(|(activity, _)| activity);
        match runs.last_mut() {
            Some((last, width)) if same(*last, held) => *width += 1,
            _ => runs.push((held, 1)),
        }
    }
    runs
}

fn same(a: Option<&Activity>, b: Option<&Activity>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn title(activity: &Activity, width: usize, ink: Ink) -> String {
    if width < SHORTEST_TITLE {
        return " ".repeat(width);
    }
    let text = pad(&shortened(&activity.title, width - 1), width);
    if is_block(activity) { ink.faint(&text) } else { text }
}

/// A title in `columns`: what stands before a colon says most.
pub(super) fn shortened(title: &str, columns: usize) -> String {
    let short =
        if title.chars().count() <= columns { title } else { title.split(':').next().unwrap_or(title) };
    if columns < LEAST_ELLIPSIS { short.chars().take(columns).collect() } else { cut(short, columns) }
}

fn bar(sheet: &Sheet, activity: &Activity, width: usize, ink: Ink) -> String {
    let drawn = |mark: char, fill: &str| format!("{mark}{}", fill.repeat(width - 1));
    if is_night(activity) {
        return ink.faint(&drawn('z', "▒"));
    }
    if is_block(activity) {
        return ink.faint(&drawn('·', "░"));
    }
    match activity.partner.as_ref().and_then(|id| sheet.names.partner(id)) {
        Some(partner) => ink.tint(&partner.colour, &drawn(partner.mark, "█")),
        None => drawn('+', "█"),
    }
}

/// Who a row is of, behind the mark of the partner under whose right they fly.
fn who(sheet: &Sheet, person: Option<&PersonId>, ink: Ink) -> String {
    let name = pad(&cut(sheet.row_name(person), NAME - 3), NAME - 2);
    match person.and_then(|person| sheet.names.partner_of(person)) {
        Some(partner) => format!("{} {name}", ink.tint(&partner.colour, &partner.mark.to_string())),
        None => format!("  {name}"),
    }
}
