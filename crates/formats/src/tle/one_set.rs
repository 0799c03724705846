use orbit::ElementSet;
use timeline::{Duration, Finding, Severity, Time};

use super::catalogue;
use super::columns::{self, Fault, Field};
use super::lines::Line;
use crate::omm::implausible;
use crate::read::Read;
use crate::source::Source;
use crate::words::name_fault;

const fn field(name: &'static str, first: usize, last: usize, form: &'static str) -> Field {
    Field { name, columns: (first, last), form }
}

const CATALOGUE: Field = field("catalogue number", 3, 7, "five digits or alpha-5");
const CLASS: Field = field("classification", 8, 8, "U, C or S");
const DESIGNATOR: Field = field("international designator", 10, 17, "98067A");
const EPOCH: Field = field("epoch", 19, 32, "YYDDD.DDDDDDDD");
const MOTION_DOT: Field = field("mean motion derivative", 34, 43, "±.NNNNNNNN");
const MOTION_DDOT: Field = field("second mean motion derivative", 45, 52, "±NNNNN±N");
const BSTAR: Field = field("B*", 54, 61, "±NNNNN±N");
const THEORY: Field = field("ephemeris type", 63, 63, "0 or blank (SGP4)");
const SET_NUMBER: Field = field("element set number", 65, 68, "a whole number");
const ONE_BLANKS: &[usize] = &[2, 9, 18, 33, 44, 53, 62, 64];

const INCLINATION: Field = field("inclination", 9, 16, "NNN.NNNN");
const RAAN: Field = field("right ascension of the node", 18, 25, "NNN.NNNN");
const ECCENTRICITY: Field = field("eccentricity", 27, 33, "seven digits");
const PERIGEE: Field = field("argument of perigee", 35, 42, "NNN.NNNN");
const ANOMALY: Field = field("mean anomaly", 44, 51, "NNN.NNNN");
const MOTION: Field = field("mean motion", 53, 63, "NN.NNNNNNNN");
const REVOLUTION: Field = field("revolution", 64, 68, "a whole number");
const TWO_BLANKS: &[usize] = &[2, 8, 17, 26, 34, 43, 52];

/// A unit of the epoch's last decimal: 10⁻⁸ of a day of 86,400 s.
const EPOCH_GRAIN: Duration = Duration::from_nanoseconds(864_000);

/// Reads one set into `read`: its record when it is sound, its findings in any case.
pub(super) fn read(
    source: &Source<'_>,
    name: Option<Line<'_>>,
    one: Line<'_>,
    two: Line<'_>,
    read: &mut Read<ElementSet>,
) {
    let mut faults: Vec<(Line<'_>, Fault)> = Vec::new();
    faults.extend(columns::shape_faults(one.text, ONE_BLANKS).into_iter().map(|fault| (one, fault)));
    faults.extend(columns::shape_faults(two.text, TWO_BLANKS).into_iter().map(|fault| (two, fault)));
    let set = if faults.is_empty() { fields(name, one, two, &mut faults) } else { None };
    read.findings.extend(faults.into_iter().map(|(line, fault)| {
        Finding::new(fault.rule, Severity::Must, fault.message).at(source.at(line.number, fault.column))
    }));
    let Some(set) = set else { return };
    if let Some(message) = name_fault(&set.name) {
        let at = source.at(name.map_or(one.number, |line| line.number), 0);
        read.findings.push(Finding::new("tle-name", Severity::Must, message).at(at));
    } else if let Some(message) = implausible(&set) {
        let at = source.at(two.number, 0);
        read.findings.push(Finding::new("elements-implausible", Severity::Must, message).at(at));
    } else {
        read.findings.extend(blanks(source, one));
        read.records.push(set);
    }
}

/// The set, or nothing and at least one fault.
fn fields<'a>(
    name: Option<Line<'a>>,
    one: Line<'a>,
    two: Line<'a>,
    faults: &mut Vec<(Line<'a>, Fault)>,
) -> Option<ElementSet> {
    // Every field is read before the first fault stops anything, so that all faults of a set are told at once.
    let mut first = |field, read: &dyn Fn(&str) -> Option<f64>| {
        columns::value_of(one.text, field, read).map_err(|fault| faults.push((one, fault))).ok()
    };
    let motion_dot =
        first(MOTION_DOT, &|text| if text.trim().is_empty() { Some(0.0) } else { columns::decimal(text) });
    let motion_ddot = first(MOTION_DDOT, &columns::power);
    let bstar = first(BSTAR, &columns::power);
    let mut second = |field, read: fn(&str) -> Option<f64>| {
        columns::value_of(two.text, field, read).map_err(|fault| faults.push((two, fault))).ok()
    };
    let inclination = second(INCLINATION, columns::decimal);
    let raan = second(RAAN, columns::decimal);
    let eccentricity = second(ECCENTRICITY, columns::fraction);
    let perigee = second(PERIGEE, columns::decimal);
    let anomaly = second(ANOMALY, columns::decimal);
    let motion = second(MOTION, columns::decimal);
    let labels = labels(one, two, faults);
    let epoch = columns::value_of(one.text, EPOCH, epoch).map_err(|fault| faults.push((one, fault))).ok();
    let labels = labels?;
    Some(ElementSet {
        name: name.map_or_else(String::new, |line| plain_name(line.text).to_owned()),
        designator: labels.designator,
        catalogue_number: labels.catalogue_number,
        classification: labels.classification,
        epoch: epoch?,
        mean_motion_rev_day: motion?,
        eccentricity: eccentricity?,
        inclination_deg: inclination?,
        raan_deg: raan?,
        perigee_deg: perigee?,
        mean_anomaly_deg: anomaly?,
        bstar: bstar?,
        mean_motion_dot: motion_dot?,
        mean_motion_ddot: motion_ddot?,
        element_set_number: labels.element_set_number,
        revolution: labels.revolution,
    })
}

/// What names and counts a set, as against what says where it flies.
struct Labels {
    catalogue_number: u32,
    classification: char,
    designator: String,
    element_set_number: u32,
    revolution: u32,
}

fn labels<'a>(one: Line<'a>, two: Line<'a>, faults: &mut Vec<(Line<'a>, Fault)>) -> Option<Labels> {
    let mut at_one = |fault| faults.push((one, fault));
    let number = columns::value_of(one.text, CATALOGUE, catalogue::read).map_err(&mut at_one).ok();
    let classification = columns::value_of(one.text, CLASS, classification).map_err(&mut at_one).ok();
    let designator = columns::value_of(one.text, DESIGNATOR, designator).map_err(&mut at_one).ok();
    let set_number = columns::value_of(one.text, SET_NUMBER, columns::count).map_err(&mut at_one).ok();
    let theory = columns::value_of(one.text, THEORY, |text| matches!(text, "0" | " ").then_some(()));
    let theory = theory.map_err(&mut at_one).ok();
    let revolution = columns::value_of(two.text, REVOLUTION, columns::count);
    let revolution = revolution.map_err(|fault| faults.push((two, fault))).ok();
    let same = columns::value_of(two.text, CATALOGUE, catalogue::read).and_then(|second| match number {
        Some(first) if first != second => Err(columns::fault_of(
            CATALOGUE,
            format!("line 1 is of object {first}, line 2 of object {second}"),
        )),
        _ => Ok(()),
    });
    let same = same.map_err(|fault| faults.push((two, fault))).ok();
    theory?;
    same?;
    Some(Labels {
        catalogue_number: number?,
        classification: classification?,
        designator: designator?,
        element_set_number: set_number?,
        revolution: revolution?,
    })
}

fn plain_name(text: &str) -> &str {
    text.strip_prefix("0 ").unwrap_or(text).trim()
}

fn classification(text: &str) -> Option<char> {
    match text {
        " " => Some('U'),
        "U" | "C" | "S" => text.chars().next(),
        _ => None,
    }
}

/// `98067A  ` is `1998-067A`; years 57 to 99 are of the 1900s, the others of the 2000s.
fn designator(text: &str) -> Option<String> {
    let text = text.trim_end();
    if text.is_empty() {
        return Some(String::new());
    }
    let (year, rest) = text.split_at_checked(2)?;
    let (launch, piece) = rest.split_at_checked(3)?;
    let sound = year.bytes().chain(launch.bytes()).all(|b| b.is_ascii_digit())
        && (1..=3).contains(&piece.len())
        && piece.bytes().all(|b| b.is_ascii_uppercase());
    sound.then(|| Some(format!("{}-{launch}{piece}", full_year(year.parse().ok()?)))).flatten()
}

/// `26150.51748228`: year, day of the year from 1, decimals of the day.
fn epoch(text: &str) -> Option<Time> {
    let (date, decimals) = text.split_once('.')?;
    let (year, day) = date.split_at_checked(2)?;
    let day = day.trim_start();
    let all_digits = [year, day, decimals].iter().all(|t| t.bytes().all(|b| b.is_ascii_digit()));
    if !all_digits || decimals.len() != 8 || !(1..=3).contains(&day.len()) {
        return None;
    }
    let midnight = format!("{}-{:03}", full_year(year.parse().ok()?), day.parse::<u16>().ok()?);
    Some(midnight.parse::<Time>().ok()? + EPOCH_GRAIN * decimals.parse().ok()?)
}

/// Sputnik flew in 1957: an earlier year can only be of the next century.
fn full_year(two_digits: u32) -> u32 {
    if two_digits >= 57 { 1900 + two_digits } else { 2000 + two_digits }
}

/// What matters to the orbit and was left blank, which is read as zero.
fn blanks(source: &Source<'_>, one: Line<'_>) -> Vec<Finding> {
    [MOTION_DOT, MOTION_DDOT, BSTAR]
        .into_iter()
        .filter(|&field| columns::text_of(one.text, field).trim().is_empty())
        .map(|field| {
            Finding::new("tle-blank", Severity::Info, format!("{} is blank and read as zero", field.name))
                .at(source.at(one.number, field.columns.0))
        })
        .collect()
}
