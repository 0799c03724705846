use std::borrow::Cow;

use orbit::ElementSet;
use timeline::{Finding, Time};

use crate::epoch::{self, TimeSystem};
use crate::number;
use crate::source::{Source, shown};
use crate::words::name_fault;

/// A keyword with its value, wherever it was written.
pub(super) struct Field<'a> {
    pub(super) key: Cow<'a, str>,
    /// Without blanks around it; empty when nothing was written.
    pub(super) value: Cow<'a, str>,
    /// The unit, where one was written.
    pub(super) unit: Option<Cow<'a, str>>,
    /// Where the value begins in the text.
    pub(super) offset: usize,
}

/// The unit of each keyword that has one, as CCSDS 502.0-B-3 table 4-3 writes it.
const UNITS: [(&str, &str); 8] = [
    ("MEAN_MOTION", "rev/day"),
    ("INCLINATION", "deg"),
    ("RA_OF_ASC_NODE", "deg"),
    ("ARG_OF_PERICENTER", "deg"),
    ("MEAN_ANOMALY", "deg"),
    ("BSTAR", "1/ER"),
    ("MEAN_MOTION_DOT", "rev/day**2"),
    ("MEAN_MOTION_DDOT", "rev/day**3"),
];

/// Whether a keyword's value is a number with a unit.
pub(super) fn has_unit(key: &str) -> bool {
    UNITS.iter().any(|(name, _)| *name == key)
}

/// Keywords that are read, some of which may have only one value here.
const READ: [&str; 21] = [
    "OBJECT_NAME",
    "OBJECT_ID",
    "CENTER_NAME",
    "REF_FRAME",
    "TIME_SYSTEM",
    "MEAN_ELEMENT_THEORY",
    "EPOCH",
    "MEAN_MOTION",
    "ECCENTRICITY",
    "INCLINATION",
    "RA_OF_ASC_NODE",
    "ARG_OF_PERICENTER",
    "MEAN_ANOMALY",
    "EPHEMERIS_TYPE",
    "CLASSIFICATION_TYPE",
    "NORAD_CAT_ID",
    "ELEMENT_SET_NO",
    "REV_AT_EPOCH",
    "BSTAR",
    "MEAN_MOTION_DOT",
    "MEAN_MOTION_DDOT",
];

/// Keywords that are known and say nothing about where the object flies: the message's own, and what Space-Track adds.
const PASSED_OVER: [&str; 25] = [
    "CCSDS_OMM_VERS",
    "COMMENT",
    "CREATION_DATE",
    "ORIGINATOR",
    "MESSAGE_ID",
    "CLASSIFICATION",
    "GM",
    "SEMIMAJOR_AXIS",
    "PERIOD",
    "APOAPSIS",
    "PERIAPSIS",
    "OBJECT_TYPE",
    "RCS_SIZE",
    "COUNTRY_CODE",
    "LAUNCH_DATE",
    "SITE",
    "DECAY_DATE",
    "DECAYED",
    "FILE",
    "GP_ID",
    "TLE_LINE0",
    "TLE_LINE1",
    "TLE_LINE2",
    "DATA_STATUS_CODE",
    "OPS_STATUS_CODE",
];

/// Most keywords of one message: four times those of the standard.
const MOST_FIELDS: usize = 256;

/// The element set that the fields say, or nothing and at least one `Must` finding.
pub(super) fn element_set(
    source: &Source<'_>,
    fields: &[Field<'_>],
    start: usize,
    findings: &mut Vec<Finding>,
) -> Option<ElementSet> {
    let before = findings.len();
    let mut message = Message { source, fields, start, findings, refused: false };
    message.check_keys();
    message.check_premises();
    let set = ElementSet {
        name: message.word("OBJECT_NAME"),
        // Kept as written: CelesTrak's `1998-067A` as well as NASA's `1998-067-A`.
        designator: message.word("OBJECT_ID"),
        catalogue_number: message.catalogue_number(),
        classification: message.classification(),
        epoch: message.epoch(),
        mean_motion_rev_day: message.number("MEAN_MOTION", Missing::Refused),
        eccentricity: message.number("ECCENTRICITY", Missing::Refused),
        inclination_deg: message.number("INCLINATION", Missing::Refused),
        raan_deg: message.number("RA_OF_ASC_NODE", Missing::Refused),
        perigee_deg: message.number("ARG_OF_PERICENTER", Missing::Refused),
        mean_anomaly_deg: message.number("MEAN_ANOMALY", Missing::Refused),
        bstar: message.number("BSTAR", Missing::Refused),
        mean_motion_dot: message.number("MEAN_MOTION_DOT", Missing::Zero),
        mean_motion_ddot: message.number("MEAN_MOTION_DDOT", Missing::Zero),
        element_set_number: message.count("ELEMENT_SET_NO"),
        revolution: message.count("REV_AT_EPOCH"),
    };
    let refused = message.refused;
    debug_assert!(!refused || findings.len() > before, "a refusal has its reason");
    if refused {
        return None;
    }
    if let Some(fault) = implausible(&set) {
        findings.push(source.must("elements-implausible", start, fault));
        return None;
    }
    Some(set)
}

/// Why no object can fly on these elements, if so.
pub(crate) fn implausible(set: &ElementSet) -> Option<String> {
    // 18 revolutions a day lie below the Earth's surface, whose orbit takes 84.4 min: 17.06 a day.
    let ranges = [
        ("mean motion", set.mean_motion_rev_day, f64::MIN_POSITIVE, 18.0, "rev/day"),
        ("eccentricity", set.eccentricity, 0.0, 1.0_f64.next_down(), ""),
        ("inclination", set.inclination_deg, 0.0, 180.0, "deg"),
        ("right ascension of the node", set.raan_deg, 0.0, 360.0, "deg"),
        ("argument of perigee", set.perigee_deg, 0.0, 360.0, "deg"),
        ("mean anomaly", set.mean_anomaly_deg, 0.0, 360.0, "deg"),
    ];
    ranges.into_iter().find(|(_, value, low, high, _)| !(*low..=*high).contains(value)).map(
        |(name, value, low, high, unit)| match low {
            0.0 if high < 1.0 => format!("expected {name} from 0 to below 1, found {value}"),
            0.0 => format!("expected {name} from 0 to {high} {unit}, found {value}"),
            _ => format!("expected {name} above 0 and at most {high} {unit}, found {value}"),
        },
    )
}

/// What a missing number means.
#[derive(Clone, Copy, PartialEq)]
enum Missing {
    /// The set cannot be used without it.
    Refused,
    /// SGP4 does not use it: zero, and a finding says so.
    Zero,
}

/// One message while it is read. Every value is asked for even after a fault, so that all faults are told at once.
struct Message<'a> {
    source: &'a Source<'a>,
    fields: &'a [Field<'a>],
    start: usize,
    findings: &'a mut Vec<Finding>,
    refused: bool,
}

impl<'a> Message<'a> {
    fn refuse(&mut self, rule: &str, offset: usize, message: String) {
        self.findings.push(self.source.must(rule, offset, message));
        self.refused = true;
    }

    fn check_keys(&mut self) {
        if self.fields.len() > MOST_FIELDS {
            let message =
                format!("expected at most {MOST_FIELDS} keywords in a message, found {}", self.fields.len());
            self.refuse("omm-size", self.start, message);
            return;
        }
        for (index, field) in self.fields.iter().enumerate() {
            let key = field.key.as_ref();
            let may_repeat = key == "COMMENT" || key.starts_with("USER_DEFINED");
            if !may_repeat && self.fields[..index].iter().any(|earlier| earlier.key == field.key) {
                self.refuse("omm-repeated", field.offset, format!("{} stands twice", shown(key)));
            }
            let known = READ.contains(&key) || PASSED_OVER.contains(&key);
            if !known && !key.starts_with("USER_DEFINED") {
                let message = format!("{} is not a keyword of SGP4 elements and is not read", shown(key));
                self.findings.push(self.source.should("omm-keyword", field.offset, message));
            }
            let expected = UNITS.iter().find(|(name, _)| *name == key).map(|(_, unit)| *unit);
            if let (Some(found), Some(expected)) = (&field.unit, expected)
                && !found.eq_ignore_ascii_case(expected)
            {
                let message = format!("expected {key} in {expected}, found {}", shown(found));
                self.refuse("omm-unit", field.offset, message);
            }
        }
    }

    /// Centre, frame, clock and theory, which must be those of SGP4 where they are named.
    fn check_premises(&mut self) {
        let premises: [(&str, &[&str]); 5] = [
            ("CENTER_NAME", &["EARTH"]),
            ("REF_FRAME", &["TEME"]),
            ("TIME_SYSTEM", &["UTC"]),
            ("MEAN_ELEMENT_THEORY", &["SGP4", "SGP/SGP4"]),
            ("EPHEMERIS_TYPE", &["0"]),
        ];
        for (key, accepted) in premises {
            let Some(field) = self.field(key) else { continue };
            if !accepted.contains(&field.value.as_ref()) {
                let message = format!("expected {key} {}, found {}", accepted[0], shown(&field.value));
                self.refuse("omm-premise", field.offset, message);
            }
        }
    }

    /// The field of that keyword, when it has a value.
    fn field(&self, key: &str) -> Option<&'a Field<'a>> {
        self.fields.iter().find(|field| field.key == key && !field.value.is_empty())
    }

    fn missing(&mut self, key: &str) {
        self.refuse("omm-missing", self.start, format!("expected {key}, found none in this message"));
    }

    fn word(&mut self, key: &str) -> String {
        let Some(field) = self.field(key) else { return String::new() };
        if let Some(fault) = name_fault(&field.value) {
            self.refuse("omm-text", field.offset, format!("{fault} as {key}, found {}", shown(&field.value)));
        }
        field.value.clone().into_owned()
    }

    fn classification(&mut self) -> char {
        let Some(field) = self.field("CLASSIFICATION_TYPE") else { return 'U' };
        match field.value.as_ref() {
            "U" => 'U',
            "C" => 'C',
            "S" => 'S',
            other => {
                let message = format!("expected CLASSIFICATION_TYPE U, C or S, found {}", shown(other));
                self.refuse("omm-value", field.offset, message);
                'U'
            }
        }
    }

    fn epoch(&mut self) -> Time {
        let Some(field) = self.field("EPOCH") else {
            self.missing("EPOCH");
            return Time::EPOCH;
        };
        epoch::read(&field.value, TimeSystem::Utc).unwrap_or_else(|error| {
            let message = format!(
                "expected EPOCH as 2026-05-30T12:00:00.000000, found {}: {error}",
                shown(&field.value)
            );
            self.refuse("omm-value", field.offset, message);
            Time::EPOCH
        })
    }

    fn number(&mut self, key: &str, missing: Missing) -> f64 {
        match self.field(key) {
            Some(field) => number::read(&field.value).unwrap_or_else(|| {
                let message = format!("expected {key} as a finite number, found {}", shown(&field.value));
                self.refuse("omm-value", field.offset, message);
                0.0
            }),
            None if missing == Missing::Refused => {
                self.missing(key);
                0.0
            }
            None => {
                let message = format!("{key} is missing and read as zero; SGP4 does not use it");
                self.findings.push(self.source.info("omm-missing", self.start, message));
                0.0
            }
        }
    }

    fn catalogue_number(&mut self) -> u32 {
        if self.field("NORAD_CAT_ID").is_none() {
            self.missing("NORAD_CAT_ID");
        }
        self.count("NORAD_CAT_ID")
    }

    /// A whole number; zero when it is not given.
    fn count(&mut self, key: &str) -> u32 {
        let Some(field) = self.field(key) else { return 0 };
        let digits = field.value.bytes().all(|b| b.is_ascii_digit());
        field.value.parse().ok().filter(|_| digits).unwrap_or_else(|| {
            let message = format!("expected {key} as a whole number, found {}", shown(&field.value));
            self.refuse("omm-value", field.offset, message);
            0
        })
    }
}
