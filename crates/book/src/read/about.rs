//! `book.toml` and the files of `orbit/`.

use orbit::ElementSet;
use timeline::{Finding, Severity};

use super::Reader;
use crate::book::{About, Book};
use crate::entry::{Entry, Need};
use crate::tabulated::{OrientationDay, SpaceWeatherDay, SunDistance};
use crate::toml_file;

pub(super) fn about(reader: &mut Reader<'_>) -> About {
    let mut about = About::default();
    let Some(text) = reader.text("book.toml", Need::Needed) else { return about };
    let mut faults = Vec::new();
    toml_file::whole(&text, "book", &mut reader.findings, |mut entry| {
        about = read_about(&mut entry);
        faults = entry.finish();
    });
    reader.findings.append(&mut faults);
    about
}

/// What is missing was reported and keeps its default.
fn read_about(entry: &mut Entry<'_>) -> About {
    let default = About::default();
    About {
        id: entry.text("id").unwrap_or_default(),
        title: entry.text("title").unwrap_or_default(),
        summary: entry.text("summary").unwrap_or_default(),
        began: entry.time("began").unwrap_or(default.began),
        known_until: entry.time("known_until").unwrap_or(default.known_until),
        environment: entry.text("environment").unwrap_or_default(),
        catalogue_number: entry.maybe_count("catalogue_number"),
        international_designator: entry.maybe_text("international_designator"),
        standard_magnitude: entry.maybe_number("standard_magnitude", -10.0..=20.0),
    }
}

pub(super) fn orbit(reader: &mut Reader<'_>, book: Book) -> Book {
    Book {
        element_sets: element_sets(reader, "orbit/elements.json"),
        relay_element_sets: element_sets(reader, "orbit/relays.json"),
        space_weather: table(reader, "orbit/space_weather.csv", Need::Optional, &WEATHER, space_weather),
        earth_orientation: table(
            reader,
            "orbit/earth_orientation.csv",
            Need::Optional,
            &ORIENTATION,
            earth_orientation,
        ),
        sun_distances: table(reader, "orbit/sun_distance.csv", Need::Rare, &DISTANCE, sun_distance),
        ..book
    }
}

const WEATHER: [&str; 5] = ["date", "f107_sfu", "f107_81day_sfu", "ap", "kind"];
const ORIENTATION: [&str; 7] = ["date", "x_arcsec", "y_arcsec", "ut1_utc_s", "dx_mas", "dy_mas", "kind"];

const DISTANCE: [&str; 2] = ["date", "distance_au"];

fn element_sets(reader: &mut Reader<'_>, file: &'static str) -> Vec<ElementSet> {
    let Some(text) = reader.text(file, Need::Optional) else { return Vec::new() };
    let mut read = formats::read_elements(file, text.text);
    reader.findings.append(&mut read.findings);
    read.records
}

/// Tables of figures say their source once, in a comment on the first line.
fn table<T>(
    reader: &mut Reader<'_>,
    file: &'static str,
    need: Need,
    columns: &'static [&'static str],
    read: fn(&mut Entry<'_>) -> Option<T>,
) -> Vec<T> {
    let has_source = reader.files.get(file).is_none_or(|bytes| bytes.starts_with(b"#"));
    if !has_source {
        let message = format!("`{file}` does not say where it comes from");
        let finding = Finding::new("source-missing", Severity::Must, message);
        let mend = "begin it with a `#` line: source, date of issue, quality";
        reader.findings.push(finding.at(crate::text::place(file, 1, 0)).mend(mend));
    }
    reader.csv_list(file, need, "day", columns, read)
}

/// Solar flux has been 60 to 400 sfu since 1947; flares reach higher for a day. Ap is 0 to 400 by definition.
fn space_weather(entry: &mut Entry<'_>) -> Option<SpaceWeatherDay> {
    let date = entry.time("date");
    let f107_sfu = entry.number("f107_sfu", 40.0..=1_000.0);
    let f107_81day_sfu = entry.maybe_number("f107_81day_sfu", 40.0..=1_000.0);
    let ap = entry.maybe_number("ap", 0.0..=400.0);
    let kind = entry.word("kind");
    Some(SpaceWeatherDay { date: date?, f107_sfu: f107_sfu?, f107_81day_sfu, ap, kind: kind? })
}

/// UT1 is kept within 0.9 s of UTC (ITU-R TF.460-6); the pole wanders by less than an arc second.
fn earth_orientation(entry: &mut Entry<'_>) -> Option<OrientationDay> {
    let date = entry.time("date");
    let x_arcsec = entry.number("x_arcsec", -1.0..=1.0);
    let y_arcsec = entry.number("y_arcsec", -1.0..=1.0);
    let ut1_utc_s = entry.number("ut1_utc_s", -1.0..=1.0);
    let dx_mas = entry.maybe_number("dx_mas", -10.0..=10.0);
    let dy_mas = entry.maybe_number("dy_mas", -10.0..=10.0);
    let kind = entry.word("kind");
    Some(OrientationDay {
        date: date?,
        x_arcsec: x_arcsec?,
        y_arcsec: y_arcsec?,
        ut1_utc_s: ut1_utc_s?,
        dx_mas,
        dy_mas,
        kind: kind?,
    })
}

/// From within Mercury's orbit to beyond Neptune's.
fn sun_distance(entry: &mut Entry<'_>) -> Option<SunDistance> {
    let date = entry.time("date");
    let distance_au = entry.number("distance_au", 0.1..=50.0);
    Some(SunDistance { date: date?, distance_au: distance_au? })
}
