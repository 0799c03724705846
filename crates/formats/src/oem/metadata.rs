use orbit::{Eme2000, Frame, Gcrf, Teme};
use timeline::Time;

use super::draft::Faults;
use super::{Interpolation, Metadata};
use crate::epoch::{self, TimeSystem};
use crate::source::shown;
use crate::words::word_fault;

/// The frame that a segment names.
pub(super) enum FrameTag {
    Eme2000,
    Gcrf,
    Teme,
    /// With its realisation as written.
    Itrf(String),
}

/// A keyword of the metadata with its value, blanks around it cut.
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) offset: usize,
}

const KEYS: [&str; 12] = [
    "OBJECT_NAME",
    "OBJECT_ID",
    "CENTER_NAME",
    "REF_FRAME",
    "REF_FRAME_EPOCH",
    "TIME_SYSTEM",
    "START_TIME",
    "STOP_TIME",
    "USEABLE_START_TIME",
    "USEABLE_STOP_TIME",
    "INTERPOLATION",
    "INTERPOLATION_DEGREE",
];

/// Most keywords of one segment's metadata: four times those of the standard.
const MOST_PAIRS: usize = 64;

/// The metadata that the pairs say, or nothing and at least one `Must` finding.
pub(super) fn metadata(
    pairs: &[Pair],
    comments: Vec<String>,
    start: usize,
    faults: &mut Faults<'_>,
) -> Option<(Metadata, FrameTag)> {
    check_keys(pairs, faults);
    let mut section = Section { pairs, start, faults };
    let frame = section.frame();
    let system = section.time_system();
    let centre = section.centre();
    let name = section.word("OBJECT_NAME");
    let id = section.word("OBJECT_ID");
    let system = system?;
    let times = ["START_TIME", "STOP_TIME"].map(|key| section.required_time(key, system));
    let useable = ["USEABLE_START_TIME", "USEABLE_STOP_TIME"].map(|key| section.optional_time(key, system));
    let interpolation = section.interpolation();
    let [start_time, stop_time] = times;
    let (start_time, stop_time) = (start_time?, stop_time?);
    if stop_time < start_time {
        let message = format!("STOP_TIME {stop_time} is before START_TIME {start_time}");
        section.faults.must("oem-span", start, message);
        return None;
    }
    centre?;
    let metadata = Metadata {
        comments,
        object_name: name?,
        object_id: id?,
        time_system: system,
        start: start_time,
        stop: stop_time,
        useable_start: useable[0],
        useable_stop: useable[1],
        interpolation,
    };
    Some((metadata, frame?))
}

fn check_keys(pairs: &[Pair], faults: &mut Faults<'_>) {
    if let Some(pair) = pairs.get(MOST_PAIRS) {
        let message =
            format!("expected at most {MOST_PAIRS} keywords in the metadata, found {}", pairs.len());
        faults.must("oem-size", pair.offset, message);
        return;
    }
    for (index, pair) in pairs.iter().enumerate() {
        if !KEYS.contains(&pair.key.as_str()) {
            let message = format!("{} is not a keyword of the metadata and is not read", shown(&pair.key));
            faults.should("oem-keyword", pair.offset, message);
        } else if pairs[..index].iter().any(|earlier| earlier.key == pair.key) {
            faults.must("oem-repeated", pair.offset, format!("{} stands twice", pair.key));
        }
    }
}

/// The metadata while it is read. Every value is asked for even after a fault, so that all faults are told at once.
struct Section<'p, 'f, 's> {
    pairs: &'p [Pair],
    start: usize,
    faults: &'f mut Faults<'s>,
}

impl<'p> Section<'p, '_, '_> {
    fn find(&self, key: &str) -> Option<&'p Pair> {
        self.pairs.iter().find(|pair| pair.key == key)
    }

    fn required(&mut self, key: &str) -> Option<&'p Pair> {
        let found = self.find(key);
        if found.is_none() {
            self.faults.must(
                "oem-missing",
                self.start,
                format!("expected {key}, found none in this metadata"),
            );
        }
        found
    }

    fn refuse(&mut self, pair: &Pair, expected: &str) {
        let message = format!("expected {} {expected}, found {}", pair.key, shown(&pair.value));
        self.faults.must("oem-value", pair.offset, message);
    }

    fn word(&mut self, key: &str) -> Option<String> {
        let pair = self.required(key)?;
        if let Some(expected) = word_fault(&pair.value) {
            let message = format!("{expected} as {key}, found {}", shown(&pair.value));
            self.faults.must("oem-value", pair.offset, message);
            return None;
        }
        Some(pair.value.clone())
    }

    fn centre(&mut self) -> Option<()> {
        let pair = self.required("CENTER_NAME")?;
        if pair.value.eq_ignore_ascii_case("EARTH") {
            return Some(());
        }
        self.refuse(pair, "EARTH");
        None
    }

    fn frame(&mut self) -> Option<FrameTag> {
        if let Some(pair) = self.find("REF_FRAME_EPOCH") {
            self.refuse(pair, "to be absent: only frames without an epoch of their own are understood");
            return None;
        }
        let pair = self.required("REF_FRAME")?;
        match pair.value.as_str() {
            Eme2000::NAME => Some(FrameTag::Eme2000),
            Gcrf::NAME => Some(FrameTag::Gcrf),
            Teme::NAME => Some(FrameTag::Teme),
            name if is_itrf(name) => Some(FrameTag::Itrf(name.to_owned())),
            _ => {
                self.refuse(pair, "EME2000, GCRF, TEME or ITRF");
                None
            }
        }
    }

    fn time_system(&mut self) -> Option<TimeSystem> {
        let pair = self.required("TIME_SYSTEM")?;
        let system = TimeSystem::of_name(&pair.value);
        if system.is_none() {
            self.refuse(pair, "UTC or TAI");
        }
        system
    }

    fn time(&mut self, pair: &Pair, system: TimeSystem) -> Option<Time> {
        let time = epoch::read(&pair.value, system);
        if let Err(error) = &time {
            self.refuse(pair, &format!("as 2026-05-30T12:00:00 ({error})"));
        }
        time.ok()
    }

    fn required_time(&mut self, key: &str, system: TimeSystem) -> Option<Time> {
        let pair = self.required(key)?;
        self.time(pair, system)
    }

    fn optional_time(&mut self, key: &str, system: TimeSystem) -> Option<Time> {
        let pair = self.find(key)?;
        self.time(pair, system)
    }

    fn interpolation(&mut self) -> Option<Interpolation> {
        let degree = self.find("INTERPOLATION_DEGREE").and_then(|pair| {
            let digits = pair.value.bytes().all(|b| b.is_ascii_digit());
            let degree = pair.value.parse().ok().filter(|_| digits);
            if degree.is_none() {
                self.refuse(pair, "as a whole number");
            }
            degree
        });
        let Some(pair) = self.find("INTERPOLATION") else {
            if let Some(pair) = self.find("INTERPOLATION_DEGREE") {
                self.refuse(pair, "behind INTERPOLATION");
            }
            return None;
        };
        let method = self.word("INTERPOLATION")?;
        debug_assert_eq!(method, pair.value);
        Some(Interpolation { method, degree })
    }
}

/// `ITRF` and its realisations: `ITRF-97`, `ITRF2000`, `ITRF2020`.
pub(super) fn is_itrf(name: &str) -> bool {
    name.strip_prefix("ITRF").is_some_and(|rest| {
        let year = rest.strip_prefix('-').unwrap_or(rest);
        rest.is_empty() || (matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit()))
    })
}
