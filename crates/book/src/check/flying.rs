//! How the station flies: all that decay needs is there, once and in order, and every engine has something to burn.

use record::Sourced;
use station::{Engine, Tank};
use timeline::{Finding, Severity, Time, did_you_mean};

use super::service::{Order, dates};
use super::{Report, must};
use crate::book::Book;
use crate::text::place;

const FILE: &str = "flying.toml";

pub(super) fn flying(book: &Book, report: &mut Report) {
    if book.flying.is_empty() {
        return;
    }
    whole(book, report);
    in_order(book.flying.bodies.iter().map(|body| (body, body.from)), "body", report);
    in_order(book.flying.bands.iter().map(|band| (band, band.from)), "band", report);
    heights(book, report);
    engines(book, report);
}

/// Decay is reckoned only where nothing of this is missing.
fn whole(book: &Book, report: &mut Report) {
    let flying = &book.flying;
    let tables = [
        ("drag", flying.drags.is_empty()),
        ("body", flying.bodies.is_empty()),
        ("band", flying.bands.is_empty()),
        ("engine", flying.engines.is_empty() && flying.engines.is_whole()),
    ];
    for (kind, _) in tables.iter().filter(|(_, is_missing)| *is_missing) {
        let message = format!("`{FILE}` has no [[{kind}]], without which nobody knows how the station sinks");
        let finding = Finding::new("flying-incomplete", Severity::Must, message).at(place(FILE, 1, 0));
        report.add(finding.mend(format!("add a [[{kind}]]")));
    }
    for drag in flying.drags.iter().skip(1) {
        let message = format!("the drag stands at {} already", flying.drags[0].place);
        report.add(must(drag, "drag-twice", message).mend("make them one"));
    }
    let needed = [
        ("orbit/space_weather.csv", book.space_weather.is_empty(), "the air's density depends on it"),
        ("orbit/elements.json", book.element_sets.is_empty(), "nobody knows at what height it begins"),
    ];
    for (file, _, why) in needed.iter().filter(|(_, is_missing, _)| *is_missing) {
        let message = format!("the station flies through air, but `{file}` says nothing: {why}");
        let finding = Finding::new("flying-incomplete", Severity::Should, message).at(place(FILE, 1, 0));
        report.add(finding.about(*file).mend(format!("fill `{file}`, or take `{FILE}` away")));
    }
}

fn in_order<'a, T: 'a>(
    records: impl Iterator<Item = (&'a Sourced<T>, Time)> + Clone,
    kind: &str,
    report: &mut Report,
) {
    for ((_, before), (record, time)) in records.clone().zip(records.skip(1)) {
        if time <= before {
            let message = format!("the {kind} from {time} stands after that from {before}");
            report
                .add(must(record, "out-of-order", message).mend("list them in order of time, one for each"));
        }
    }
}

fn heights(book: &Book, report: &mut Report) {
    for band in &book.flying.bands {
        if band.floor_km >= band.target_km {
            let message =
                format!("raised at {} km to {} km, which is no higher", band.floor_km, band.target_km);
            report.add(must(band, "band-empty", message).mend("give a target above the floor"));
        }
        if let Some(drag) = book.flying.drags.first().filter(|drag| drag.lowest_km >= band.floor_km) {
            let message = format!(
                "kept above {} km, where nothing keeps it up below {} km ({})",
                band.floor_km, drag.lowest_km, drag.place
            );
            report.add(must(band, "band-empty", message).mend("give a higher floor or a lower `lowest_km`"));
        }
    }
}

fn engines(book: &Book, report: &mut Report) {
    let order = Order { number: "priority", mend: "say which of the two burns first: the lower number" };
    order.check(&book.flying.engines, |engine| engine.priority, report);
    for engine in &book.flying.engines {
        dates(engine, engine.from, engine.until, report);
        if let Tank::Vehicle(family) = &engine.tank {
            family_is_known(engine, family, book, report);
        }
    }
}

fn family_is_known(engine: &Sourced<Engine>, family: &str, book: &Book, report: &mut Report) {
    let families = || book.vehicles.iter().map(|vehicle| vehicle.family.as_str());
    if !book.vehicles.is_whole() || families().any(|known| known == family) {
        return;
    }
    let message = format!("`{}` burns with vehicles of the family `{family}`, and there is none", engine.id);
    let mend = did_you_mean(family, families(), "name a family of vehicles.toml");
    report.add(must(engine, "family-unknown", message).about(engine.id.as_str()).about(family).mend(mend));
}
