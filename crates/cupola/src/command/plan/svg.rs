//! A plan as a drawing of its own: no script, no font, light and dark as the reader has it.

use std::fmt::Write;

use plan::{Activity, ActivityId, Clock, Day, Hold, Progress};
use record::PersonId;
use timeline::{Duration, Interval, Time};

mod bottom;
mod style;

use super::names::{Names, clock, is_block, is_night, state};
use super::sheet::{Band, Sheet, common, day_name};

/// Pixels.
const WIDTH: i64 = 1400;
const MARGIN: i64 = 20;
/// From the left edge to where time begins.
const LEFT: i64 = 152;
const TOP: i64 = 84;
const AXIS: i64 = 22;
const ROW: i64 = 25;
const BAR: i64 = 21;
const BAND: i64 = 10;
const BETWEEN_DAYS: i64 = 18;
/// Narrower bars have no room for a mark.
const NARROWEST_MARK: i64 = 12;

/// The hours that are drawn of each day.
#[derive(Clone, Copy)]
struct Hours {
    from: i64,
    to: i64,
}

impl Hours {
    /// From an hour before the first thing that is not sleep to the hour after the last, on any day; the whole day when that
    /// would leave something out.
    fn of(sheet: &Sheet) -> Self {
        const WHOLE: Hours = Hours { from: 0, to: 24 };
        let minute = |time: Time| {
            let at = time.utc();
            i64::from(at.hour) * 60 + i64::from(at.minute)
        };
        let awake = || sheet.plan.activities.values().filter(|one| !is_night(one));
        let first = awake().map(|one| minute(one.start)).min().unwrap_or(0);
        // What takes no time still needs a place to stand.
        let last = awake().map(|one| match minute(one.end.max(one.start + Duration::MINUTE)) {
            0 => 24 * 60,
            end => end,
        });
        let last = last.max().unwrap_or(24 * 60);
        let hours = Self { from: (first / 60 - 1).max(0), to: ((last + 59) / 60).min(24) };
        let is_over_midnight = |one: &Activity| Day::of(one.start).next().start() < one.end;
        let days = sheet.days();
        let is_seen = |one: &Activity| days.iter().any(|day| common(one, hours.span(*day)).is_some());
        let leaves_out = awake().any(is_over_midnight)
            || sheet.plan.activities.values().any(|one| one.interval().is_some() && !is_seen(one));
        if leaves_out || hours.from >= hours.to { WHOLE } else { hours }
    }

    fn span(self, day: Day) -> Option<Interval> {
        let at = |hour: i64| day.start() + Duration::HOUR * hour;
        let end = if self.to == 24 { day.at(Clock::END) } else { at(self.to) };
        Interval::new(at(self.from), end)
    }

    /// Pixels from the left edge; what lies outside is at the edge.
    fn x(self, day: Day, time: Time) -> f64 {
        let hours = (time - day.start()).hours().clamp(self.from as f64, self.to as f64);
        let part = (hours - self.from as f64) / (self.to - self.from) as f64;
        LEFT as f64 + part * (WIDTH - MARGIN - LEFT) as f64
    }
}

/// The drawing.
pub(super) fn drawing(sheet: &Sheet) -> String {
    let hours = Hours::of(sheet);
    let mut body = String::new();
    let mut y = TOP;
    for day in sheet.days() {
        y = panel(sheet, day, hours, y, &mut body) + BETWEEN_DAYS;
    }
    let y = bottom::shares(sheet, y, &mut body);
    let height = y + MARGIN;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{}\">\n<title>{}</title>\n",
        escaped(&sheet.plan.title),
        escaped(&sheet.plan.title)
    );
    text += &style::sheet(&sheet.names);
    text += &format!("<rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\"/>\n");
    text += &heading(sheet);
    text += &body;
    text += "</svg>\n";
    text
}

fn heading(sheet: &Sheet) -> String {
    let span = sheet.plan.span;
    let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
    let mut text = format!(
        "<text class=\"head\" x=\"{MARGIN}\" y=\"36\">{}</text>\n<text class=\"faint end\" x=\"{}\" y=\"36\">{when}</text>\n",
        escaped(&sheet.plan.title),
        WIDTH - MARGIN
    );
    text += &bottom::legend(sheet, 62);
    text
}

/// A day from `top` down; where it ends.
fn panel(sheet: &Sheet, day: Day, hours: Hours, top: i64, text: &mut String) -> i64 {
    let people = sheet.rows();
    let rows = top + AXIS + BAND * sheet.bands.len() as i64;
    let bottom = rows + ROW * people.len() as i64;
    put(
        text,
        format_args!("<g><text class=\"day\" x=\"{MARGIN}\" y=\"{}\">{}</text>\n", top + 15, day_name(day)),
    );
    for hour in hours.from..=hours.to {
        let x = hours.x(day, day.start() + Duration::HOUR * hour);
        let (first, last) = (top + AXIS - 4, bottom);
        put(text, format_args!("<path class=\"grid\" d=\"M{x:.1} {first}V{last}\"/>\n"));
        put(text, format_args!("<text class=\"hour\" x=\"{x:.1}\" y=\"{}\">{hour:02}</text>\n", top + 14));
    }
    for (index, band) in sheet.bands.iter().enumerate() {
        draw_band(band, day, hours, top + AXIS + BAND * index as i64, text);
    }
    for (index, person) in people.into_iter().enumerate() {
        row(sheet, person, day, hours, rows + ROW * index as i64, text);
    }
    text.push_str("</g>\n");
    bottom
}

fn draw_band(band: &Band, day: Day, hours: Hours, y: i64, text: &mut String) {
    put(
        text,
        format_args!(
            "<text class=\"band-name\" x=\"{}\" y=\"{}\">{}</text>\n",
            LEFT - 8,
            y + 6,
            escaped(&band.name)
        ),
    );
    let Some(span) = hours.span(day) else { return };
    for (class, window) in [("holds", &band.holds), ("unknown", &band.unknown)] {
        for one in window.clip(span).iter() {
            let (x, end) = (hours.x(day, one.start()), hours.x(day, one.end()));
            let width = end - x;
            put(
                text,
                format_args!(
                    "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"5\"/>\n"
                ),
            );
        }
    }
}

fn row(sheet: &Sheet, person: Option<&PersonId>, day: Day, hours: Hours, y: i64, text: &mut String) {
    let own = person.and_then(|person| sheet.names.partner_of(person));
    let mark = own.map_or(' ', |partner| partner.mark);
    put(
        text,
        format_args!(
            "<text class=\"mark p{}\" x=\"{MARGIN}\" y=\"{}\">{mark}</text><text class=\"name\" x=\"{}\" y=\"{}\">{}</text>\n",
            own.map_or(String::new(), |partner| class(&sheet.names, partner)),
            y + 15,
            MARGIN + 16,
            y + 15,
            escaped(sheet.row_name(person))
        ),
    );
    for (id, activity) in sheet.of_row(person) {
        bar(sheet, id, activity, day, hours, y, text);
    }
}

/// An activity of one person, as far as it lies in what is drawn of the day; one without length is a stroke.
fn bar(
    sheet: &Sheet,
    id: &ActivityId,
    activity: &Activity,
    day: Day,
    hours: Hours,
    y: i64,
    text: &mut String,
) {
    let span = hours.span(day);
    let is_moment = activity.end <= activity.start && span.is_some_and(|span| span.contains(activity.start));
    if common(activity, span).is_none() && !is_moment {
        return;
    }
    let (x, end) = (hours.x(day, activity.start), hours.x(day, activity.end));
    // A hair between neighbours.
    let width = (end - x - 1.0).max(3.0);
    let partner = activity.partner.as_ref().and_then(|id| sheet.names.partner(id));
    let kind = match partner {
        _ if is_night(activity) => "night".to_owned(),
        _ if is_block(activity) => "block".to_owned(),
        Some(partner) => format!("p{}", class(&sheet.names, partner)),
        None => "none".to_owned(),
    };
    put(
        text,
        format_args!(
            "<svg class=\"bar {kind}{}\" x=\"{x:.1}\" y=\"{}\" width=\"{width:.1}\" height=\"{BAR}\"><title>{}</title>\
             <rect class=\"fill\" width=\"100%\" height=\"{BAR}\" rx=\"2\"/>",
            progress_class(activity),
            y + 2,
            escaped(&told(&sheet.names, id, activity))
        ),
    );
    if !is_block(activity) {
        put(text, format_args!("<rect class=\"strip\" y=\"{}\" width=\"100%\" height=\"5\"/>", BAR - 5));
    }
    label(activity, partner.map(|partner| partner.mark), width, text);
    text.push_str("</svg>\n");
}

/// The mark and the title; what has no room is cut off by the bar's own edge.
fn label(activity: &Activity, mark: Option<char>, width: f64, text: &mut String) {
    if width < NARROWEST_MARK as f64 {
        return;
    }
    let sign = match activity.progress {
        Progress::Planned if activity.hold == Hold::Locked && !is_block(activity) => "■ ",
        Progress::Planned => "",
        Progress::Started(_) => "▶ ",
        Progress::Done(_) => "✓ ",
        Progress::Skipped(_) => "✗ ",
    };
    let mark = mark.filter(|_| !is_block(activity));
    let mark = mark.map(|mark| format!("<tspan class=\"letter\">{mark}</tspan> ")).unwrap_or_default();
    put(text, format_args!("<text x=\"3\" y=\"12\">{mark}{sign}{}</text>", escaped(&activity.title)));
}

fn progress_class(activity: &Activity) -> &'static str {
    match (&activity.progress, activity.hold) {
        (Progress::Skipped(_), _) => " skipped",
        (Progress::Started(_) | Progress::Done(_), _) => " over",
        (Progress::Planned, Hold::Locked) if !is_block(activity) => " locked",
        (Progress::Planned, _) => "",
    }
}

/// All of an activity, for who points at it.
fn told(names: &Names, id: &ActivityId, activity: &Activity) -> String {
    let whose = activity.partner.as_ref().map(|id| names.short(id).to_owned()).unwrap_or_default();
    let parts = [
        activity.title.clone(),
        format!(
            "{} {}–{} GMT",
            day_name(Day::of(activity.start)),
            clock(activity.start),
            clock(activity.end)
        ),
        whose,
        names.crew(activity, None).join(", "),
        names.element(activity),
        names.devices(activity).join(", "),
        state(activity),
        activity.notes.clone(),
        id.to_string(),
    ];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n")
}

/// The number of a partner's colour and pattern.
fn class(names: &Names, partner: &super::names::Partner) -> String {
    names.partners.iter().position(|one| one.id == partner.id).map(|at| at.to_string()).unwrap_or_default()
}

/// Text between tags or in quotes. What XML 1.0 cannot hold is shown as such.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            control if control.is_ascii_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // A String takes whatever is written to it.
    let _ = text.write_fmt(what);
}
