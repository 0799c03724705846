//! Keys that the book's schema does not have.

use timeline::{Finding, Severity, did_you_mean};

use crate::text::shown;

/// A key or column that the schema does not have; perhaps it lacks its unit or has another, perhaps it is mistyped.
pub(crate) fn unknown_key(kind: &str, name: &str, known: &[&str]) -> Finding {
    let key = shown(name);
    let (rule, message, mend) = match known.iter().find_map(|known| unit_fault(name, known)) {
        Some((UnitFault::Missing, known)) => {
            ("unit-missing", format!("{key} has no unit in its name"), format!("write `{known}`"))
        }
        Some((UnitFault::NoTime, known)) => (
            "unit-missing",
            format!("{key} has no unit of time in its name"),
            format!("write the rate as `{known}`"),
        ),
        Some((UnitFault::Other, known)) => (
            "unit-wrong",
            format!("{key} is in another unit than that of the book"),
            format!("convert it and write `{known}`"),
        ),
        None => (
            "key-unknown",
            format!("{kind} has no {key}"),
            did_you_mean(name, known.iter().copied(), &format!("known are {}", known.join(", "))),
        ),
    };
    Finding::new(rule, Severity::Must, message).mend(mend)
}

/// How a name differs from a known one in its unit alone.
enum UnitFault {
    Missing,
    /// `kg` for `kg_d`.
    NoTime,
    Other,
}

fn unit_fault<'k>(name: &str, known: &'k str) -> Option<(UnitFault, &'k str)> {
    let (stem, unit) = known.rsplit_once('_').filter(|(_, unit)| UNITS.contains(unit))?;
    let fault = match name.strip_prefix(stem)? {
        "" if UNITS.contains(&stem) => UnitFault::NoTime,
        "" => UnitFault::Missing,
        rest => {
            let other = rest.strip_prefix('_')?;
            let is_unit = other != unit && (UNITS.contains(&other) || FOREIGN.contains(&other));
            is_unit.then_some(UnitFault::Other)?
        }
    };
    Some((fault, known))
}

/// The units that end a name.
const UNITS: [&str; 13] =
    ["kg", "m", "m3", "km", "deg", "days", "hours", "pct", "sfu", "arcsec", "mas", "kw", "d"];

/// Units that no name of a book ends in, but that people have figures in.
const FOREIGN: [&str; 22] = [
    "g", "t", "lb", "lbs", "oz", "l", "ml", "gal", "mm", "cm", "ft", "in", "mi", "rad", "w", "mw", "kwh",
    "s", "min", "h", "weeks", "years",
];
