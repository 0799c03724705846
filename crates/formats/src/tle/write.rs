use orbit::ElementSet;
use timeline::{Duration, Time};

use super::{catalogue, columns};
use crate::error::WriteError;
use crate::omm::implausible;
use crate::words::name_fault;

/// Writes sets one below the other, each with a name line when it has a name.
///
/// Values are rounded to the columns of the format: epochs to 864 µs, angles to 10⁻⁴ degree, B* to five digits. What was
/// read from a TLE is written without loss. A name that would be read as something else gets `0 ` before it.
///
/// # Errors
/// When no reader would accept the elements, or a value has no room in its columns: a catalogue number from 340,000 on, more than 99,999 revolutions, a power of
/// ten above 9, a designator that is not of the form `1998-067A`.
pub fn write(sets: &[ElementSet]) -> Result<String, WriteError> {
    let mut text = String::new();
    for set in sets {
        if let Some(fault) = implausible(set) {
            return Err(WriteError::Implausible { format: "TLE", object: object(set), fault });
        }
        if !set.name.is_empty() {
            text.push_str(&name_line(set)?);
            text.push('\n');
        }
        for line in [line_one(set)?, line_two(set)?] {
            debug_assert_eq!(line.len(), columns::LINE_LENGTH - 1, "{line}");
            text.push_str(&format!("{line}{}\n", columns::checksum(&line)));
        }
    }
    Ok(text)
}

fn name_line(set: &ElementSet) -> Result<String, WriteError> {
    if let Some(expected) = name_fault(&set.name) {
        let text = set.name.clone();
        return Err(WriteError::Text { format: "TLE", field: "OBJECT_NAME", text, expected });
    }
    let ambiguous = ["0 ", "1 ", "2 ", "#"].iter().any(|start| set.name.starts_with(start));
    Ok(if ambiguous { format!("0 {}", set.name) } else { set.name.clone() })
}

fn line_one(set: &ElementSet) -> Result<String, WriteError> {
    let number = catalogue_number(set)?;
    if !matches!(set.classification, 'U' | 'C' | 'S') {
        return Err(refused(set, "CLASSIFICATION_TYPE", set.classification, "U, C or S"));
    }
    if set.element_set_number > 9_999 {
        return Err(refused(set, "ELEMENT_SET_NO", set.element_set_number, "at most 9999"));
    }
    let motion_dot = point_number(set.mean_motion_dot)
        .ok_or_else(|| refused(set, "MEAN_MOTION_DOT", set.mean_motion_dot, "between -1 and 1"))?;
    let motion_ddot = power(set.mean_motion_ddot)
        .ok_or_else(|| refused(set, "MEAN_MOTION_DDOT", set.mean_motion_ddot, "below 1e9"))?;
    let bstar = power(set.bstar).ok_or_else(|| refused(set, "BSTAR", set.bstar, "below 1e9"))?;
    Ok(format!(
        "1 {number}{} {:8} {} {motion_dot} {motion_ddot} {bstar} 0 {:4}",
        set.classification,
        designator(set)?,
        epoch(set)?,
        set.element_set_number,
    ))
}

fn line_two(set: &ElementSet) -> Result<String, WriteError> {
    let number = catalogue_number(set)?;
    // Without its sign, as minus zero would be written with one.
    let angle = |value: f64| format!("{:8.4}", value.abs());
    let eccentricity = format!("{:.7}", set.eccentricity.abs());
    let Some(eccentricity) = eccentricity.strip_prefix("0.") else {
        return Err(refused(set, "ECCENTRICITY", set.eccentricity, "from 0 to below 1"));
    };
    let motion = format!("{:11.8}", set.mean_motion_rev_day);
    // What would be rounded to no motion at all is refused as well.
    if motion.len() != 11 || set.mean_motion_rev_day < 0.5e-8 {
        return Err(refused(
            set,
            "MEAN_MOTION",
            set.mean_motion_rev_day,
            "at least 0.00000001 and below 100",
        ));
    }
    if set.revolution > 99_999 {
        return Err(refused(set, "REV_AT_EPOCH", set.revolution, "at most 99999"));
    }
    Ok(format!(
        "2 {number} {} {} {eccentricity} {} {} {motion}{:5}",
        angle(set.inclination_deg),
        angle(set.raan_deg),
        angle(set.perigee_deg),
        angle(set.mean_anomaly_deg),
        set.revolution,
    ))
}

fn refused(
    set: &ElementSet,
    field: &'static str,
    value: impl std::fmt::Display,
    expected: &'static str,
) -> WriteError {
    WriteError::Range { format: "TLE", field, value: format!("{value}"), object: object(set), expected }
}

fn object(set: &ElementSet) -> String {
    format!("object {} {}", set.catalogue_number, set.name).trim_end().to_owned()
}

fn catalogue_number(set: &ElementSet) -> Result<String, WriteError> {
    catalogue::write(set.catalogue_number)
        .ok_or_else(|| refused(set, "NORAD_CAT_ID", set.catalogue_number, "at most 339999 (alpha-5 Z9999)"))
}

/// `1998-067A` is `98067A`.
fn designator(set: &ElementSet) -> Result<String, WriteError> {
    let short = || {
        let (year, rest) = set.designator.split_once('-')?;
        let piece = rest.get(3..)?;
        let sound = ("1957"..="2056").contains(&year)
            && year.len() == 4
            && year.bytes().chain(rest[..3].bytes()).all(|b| b.is_ascii_digit())
            && (1..=3).contains(&piece.len())
            && piece.bytes().all(|b| b.is_ascii_uppercase());
        sound.then(|| format!("{}{rest}", &year[2..]))
    };
    if set.designator.is_empty() {
        return Ok(String::new());
    }
    short().ok_or_else(|| {
        refused(set, "OBJECT_ID", &set.designator, "of the form 1998-067A, years 1957 to 2056")
    })
}

fn epoch(set: &ElementSet) -> Result<String, WriteError> {
    const GRAIN_NS: i64 = 864_000;
    let refuse = || refused(set, "EPOCH", set.epoch, "in the years 1957 to 2056 and in no leap second");
    let midnight: Time = set.epoch.date().parse().map_err(|_| refuse())?;
    let since_midnight = set.epoch - midnight;
    let civil = set.epoch.utc();
    if since_midnight >= Duration::DAY || !(1957..=2056).contains(&civil.year) {
        return Err(refuse());
    }
    // The last half grain of a day is cut, not rounded, so that it never becomes another day.
    let grains = ((since_midnight.nanoseconds() + GRAIN_NS / 2) / GRAIN_NS).min(99_999_999);
    Ok(format!("{:02}{:03}.{grains:08}", civil.year % 100, civil.day_of_year()))
}

/// `-.00000296`, ten columns.
fn point_number(value: f64) -> Option<String> {
    let digits = format!("{:.8}", value.abs());
    let sign = if value < 0.0 { '-' } else { ' ' };
    digits.strip_prefix('0').map(|digits| format!("{sign}{digits}"))
}

/// `-11606-4`, eight columns; what is below 10⁻¹⁰ keeps the digits that the power −9 leaves it.
fn power(value: f64) -> Option<String> {
    let sign = if value < 0.0 { '-' } else { ' ' };
    let magnitude = value.abs();
    if magnitude < 0.1e-9 {
        let decimals = format!("{magnitude:.14}");
        let digits = &decimals[11..];
        return Some(if digits == "00000" { format!("{sign}00000+0") } else { format!("{sign}{digits}-9") });
    }
    let scientific = format!("{magnitude:.4e}");
    let (digits, exponent) = scientific.split_once('e')?;
    let exponent = exponent.parse::<i32>().ok()? + 1;
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    (exponent.abs() <= 9)
        .then(|| format!("{sign}{}{exponent_sign}{}", digits.replace('.', ""), exponent.abs()))
}
