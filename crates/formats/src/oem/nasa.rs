//! What NASA writes into the comments of its station trajectories, as seen in the files of 2021 to 2023.

use std::collections::VecDeque;

use timeline::{Duration, Time};

use super::Segment;
use crate::epoch::{self, TimeSystem};
use crate::number;
use crate::source::shown;

/// The station as the trajectory was computed with, and its nodes at both ends.
///
/// NASA's drag coefficient is what made the last days fit, not a property of the station.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Facts {
    /// Mass, kg.
    pub mass_kg: Option<f64>,
    /// Area that meets the air, m².
    pub drag_area_m2: Option<f64>,
    /// Drag coefficient.
    pub drag_coefficient: Option<f64>,
    /// Area that meets sunlight, m².
    pub solar_area_m2: Option<f64>,
    /// Solar radiation coefficient.
    pub solar_coefficient: Option<f64>,
    /// The first passage northward over the equator.
    pub first_node: Option<AscendingNode>,
    /// The last passage northward over the equator.
    pub last_node: Option<AscendingNode>,
}

/// A passage northward over the equator.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AscendingNode {
    /// When.
    pub time: Time,
    /// Number of the orbit that begins there, as NASA counts it within a year or so.
    pub orbit: u32,
    /// Longitude of the node, degrees, east positive.
    pub longitude_deg: f64,
}

/// Something that is planned to happen on the way, a row of the "trajectory event summary".
#[derive(Clone, PartialEq, Debug)]
pub struct TrajectoryEvent {
    /// As written, at most 20 characters: `GMT057 Reboost`.
    pub name: String,
    /// What it is, judged from the name.
    pub kind: EventKind,
    /// Time of ignition, or of the event.
    pub time: Time,
    /// Orbit number, where one is given.
    pub orbit: Option<u32>,
    /// Change of speed, m/s, to one decimal; the sign is not given.
    pub delta_v_m_s: f64,
    /// The same, ft/s, to one decimal and so three times finer.
    pub delta_v_ft_s: Option<f64>,
    /// Height of apogee afterwards, km.
    pub apogee_km: f64,
    /// Height of perigee afterwards, km.
    pub perigee_km: f64,
}

/// Kinds of trajectory events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum EventKind {
    /// A vehicle leaves the ground.
    Launch,
    /// A vehicle docks or is berthed.
    Arrival,
    /// A vehicle undocks or is released.
    Departure,
    /// A vehicle moves to another port.
    Relocation,
    /// The orbit is raised.
    Reboost,
    /// The orbit is lowered.
    Deboost,
    /// Debris is avoided.
    Avoidance,
    /// None of these.
    Other,
}

/// Mass, areas, coefficients and nodes from the comments of a segment; what is absent or unreadable is `None`.
#[must_use]
pub fn facts(segment: &Segment) -> Facts {
    read(segment).facts
}

/// The events announced in the comments of a segment, in order.
#[must_use]
pub fn events(segment: &Segment) -> Vec<TrajectoryEvent> {
    read(segment).events
}

/// Comments that look like facts or events and cannot be read: index of the comment, and what is wrong.
pub(super) fn faults(segment: &Segment) -> Vec<(usize, String)> {
    read(segment).faults
}

#[derive(Default)]
struct Remarks {
    facts: Facts,
    events: Vec<TrajectoryEvent>,
    faults: Vec<(usize, String)>,
}

const TABLE_BEGINS: &str = "TRAJECTORY EVENT SUMMARY";
const TABLE_ENDS: &str = "End sequence of events";

fn read(segment: &Segment) -> Remarks {
    let mut remarks = Remarks::default();
    let mut in_table = false;
    for (index, comment) in segment.comments.iter().enumerate() {
        let comment = comment.trim();
        let fault = if comment.starts_with(TABLE_BEGINS) {
            in_table = true;
            None
        } else if comment.starts_with(TABLE_ENDS) {
            in_table = false;
            None
        } else if in_table {
            table_line(comment, segment, &mut remarks.events).err()
        } else {
            fact(comment, segment, &mut remarks.facts).err()
        };
        remarks.faults.extend(fault.map(|fault| (index, fault)));
    }
    remarks
}

/// Takes a fact out of a comment; a comment that says something else is none.
fn fact(comment: &str, segment: &Segment, facts: &mut Facts) -> Result<(), String> {
    let node = |what: &str| comment.contains(what).then(|| comment.split_once(':')).flatten();
    if let Some((_, values)) = node("first asc. node") {
        facts.first_node = Some(ascending_node(values, segment.metadata.time_system)?);
        return Ok(());
    }
    if let Some((_, values)) = node("last asc. node") {
        facts.last_node = Some(ascending_node(values, segment.metadata.time_system)?);
        return Ok(());
    }
    if let Some(units) = comment.strip_prefix("Units are in ")
        && units != "kg and m^2"
    {
        return Err(format!("expected units of kg and m^2, found {}", shown(units)));
    }
    let Some((key, value)) = comment.split_once('=') else { return Ok(()) };
    let place = match key.trim() {
        "MASS" => &mut facts.mass_kg,
        "DRAG_AREA" => &mut facts.drag_area_m2,
        "DRAG_COEFF" => &mut facts.drag_coefficient,
        "SOLAR_RAD_AREA" => &mut facts.solar_area_m2,
        "SOLAR_RAD_COEFF" => &mut facts.solar_coefficient,
        _ => return Ok(()),
    };
    let number = number::read(value.trim()).filter(|value| *value >= 0.0);
    *place =
        Some(number.ok_or_else(|| format!("expected {} as a number, found {}", key.trim(), shown(value)))?);
    Ok(())
}

/// `EPOCH = 2022-02-14T12:52:59.575 $ ORBIT = 615 $ LAN(DEG) = -113.78912`.
fn ascending_node(values: &str, system: TimeSystem) -> Result<AscendingNode, String> {
    let value = |key: &str| {
        values
            .split('$')
            .filter_map(|part| part.split_once('='))
            .find(|(k, _)| k.trim() == key)
            .map(|(_, v)| v.trim())
    };
    let node = || {
        Some(AscendingNode {
            time: epoch::read(value("EPOCH")?, system).ok()?,
            orbit: value("ORBIT")?.parse().ok()?,
            longitude_deg: number::read(value("LAN(DEG)")?).filter(|lon| lon.abs() <= 360.0)?,
        })
    };
    node().ok_or_else(|| {
        format!("expected EPOCH, ORBIT and LAN(DEG) of a node, found {}", shown(values.trim()))
    })
}

fn table_line(line: &str, segment: &Segment, events: &mut Vec<TrajectoryEvent>) -> Result<(), String> {
    match line.as_bytes().first() {
        None | Some(b'|' | b'=') => Ok(()),
        Some(b'(') => second_line(line, events.last_mut()),
        Some(_) => {
            let event = event(line, segment)
                .ok_or_else(|| format!("expected a row of the event table, found {}", shown(line)))?;
            events.push(event);
            Ok(())
        }
    }
}

/// `80P Launch            046:04:25:39.000             0.0     426.3     408.0`, read from behind as names hold blanks.
fn event(line: &str, segment: &Segment) -> Option<TrajectoryEvent> {
    let mut words: VecDeque<&str> = line.split_whitespace().collect();
    let mut number = || number::read(words.pop_back()?);
    let (perigee_km, apogee_km, delta_v_m_s) = (number()?, number()?, number()?);
    let last = words.pop_back()?;
    let (orbit, ignition) = if last.contains(':') { (None, last) } else { (Some(last), words.pop_back()?) };
    let orbit = match orbit {
        Some(text) => Some(text.parse().ok()?),
        None => None,
    };
    let name = line[..line.rfind(ignition)?].trim();
    Some(TrajectoryEvent {
        name: name.to_owned(),
        kind: kind(name),
        time: nearest_year(ignition, segment)?,
        orbit,
        delta_v_m_s,
        delta_v_ft_s: None,
        apogee_km,
        perigee_km,
    })
}

/// `(1.6)   (228.9)   (220.9)`: the same in ft/s and nautical miles, which must agree with the line before.
fn second_line(line: &str, event: Option<&mut TrajectoryEvent>) -> Result<(), String> {
    const FOOT_M: f64 = 0.3048;
    const NAUTICAL_MILE_KM: f64 = 1.852;
    let malformed = || format!("expected (ft/s) (NM) (NM) behind an event, found {}", shown(line));
    let event = event.ok_or_else(malformed)?;
    let mut values = line
        .split_whitespace()
        .map(|word| word.strip_prefix('(').and_then(|word| word.strip_suffix(')')).and_then(number::read));
    let mut value = || values.next().flatten().ok_or_else(malformed);
    let (speed_ft_s, apogee_nm, perigee_nm) = (value()?, value()?, value()?);
    // Both are rounded to one decimal, so they may differ by half of one of each.
    let agree = |metric: f64, other: f64, unit: f64| (metric - other * unit).abs() < 0.0501 * (1.0 + unit);
    let all_agree = agree(event.delta_v_m_s, speed_ft_s, FOOT_M)
        && agree(event.apogee_km, apogee_nm, NAUTICAL_MILE_KM)
        && agree(event.perigee_km, perigee_nm, NAUTICAL_MILE_KM);
    event.delta_v_ft_s = Some(speed_ft_s);
    if all_agree {
        Ok(())
    } else {
        Err(format!("{} does not agree with the metric line before it", shown(line)))
    }
}

/// `046:04:25:39.000`, day of the year and UTC: the year is the one that puts it nearest to the middle of the segment.
fn nearest_year(text: &str, segment: &Segment) -> Option<Time> {
    let (day, clock) = text.split_once(':')?;
    let (start, stop) = (segment.metadata.start, segment.metadata.stop);
    let middle = start + (stop - start) / 2;
    let year = middle.utc().year;
    (year - 1..=year + 1)
        .filter_map(|year| epoch::read(&format!("{year:04}-{day}T{clock}"), TimeSystem::Utc).ok())
        .min_by_key(|&time| -> Duration { (time - middle).abs() })
}

fn kind(name: &str) -> EventKind {
    const WORDS: [(&str, EventKind); 13] = [
        ("undock", EventKind::Departure),
        ("unberth", EventKind::Departure),
        ("release", EventKind::Departure),
        ("depart", EventKind::Departure),
        ("launch", EventKind::Launch),
        ("dock", EventKind::Arrival),
        ("arriv", EventKind::Arrival),
        ("berth", EventKind::Arrival),
        ("capture", EventKind::Arrival),
        ("relo", EventKind::Relocation),
        ("deboost", EventKind::Deboost),
        ("reboost", EventKind::Reboost),
        ("pdam", EventKind::Avoidance),
    ];
    let name = name.to_ascii_lowercase();
    WORDS.iter().find(|(word, _)| name.contains(word)).map_or(EventKind::Other, |(_, kind)| *kind)
}
