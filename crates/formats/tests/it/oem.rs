use formats::oem::{self, EventKind, Interpolation, Metadata, Oem, Segment, States, TimeSystem};
use glam::DVec3;
use orbit::{Frame, State};
use proptest::prelude::*;
use timeline::{Duration, Time};

use crate::omm::header;
use crate::shared;

/// Two segments in the two styles of time, with all that may be left out, in the form of CCSDS 502.0-B-3 figure G-11.
pub(crate) const KVN: &str = "\
CCSDS_OEM_VERS = 2.0
COMMENT made for a test
CREATION_DATE = 2022-045T23:19:00.431Z
ORIGINATOR = TEST

META_START
COMMENT of the metadata
OBJECT_NAME = ISS
OBJECT_ID = 1998-067-A
CENTER_NAME = EARTH
REF_FRAME = EME2000
TIME_SYSTEM = UTC
START_TIME = 2022-045T12:00:00.000Z
USEABLE_START_TIME = 2022-045T12:00:00.000Z
USEABLE_STOP_TIME = 2022-045T12:04:00.000Z
STOP_TIME = 2022-045T12:04:00.000Z
INTERPOLATION = HERMITE
INTERPOLATION_DEGREE = 7
META_STOP

COMMENT MASS=445386.00
COMMENT Begin sequence of events
COMMENT TRAJECTORY EVENT SUMMARY:
COMMENT |       EVENT        |       TIG        | ORB |   DV    |   HA    |   HP    |
COMMENT  GMT057 Reboost        057:01:37:00.000   12        0.5     423.9     409.2
COMMENT                                                   (1.6)   (228.9)   (220.9)
COMMENT End sequence of events
2022-045T12:00:00.000Z 5676.96451828729 2966.80088389306 2252.6633410473401 -0.63623652894782 5.36800606614172 -5.43765646481633
2022-045T12:04:00.000Z 5319.1125827074502 4131.2334405692 881.194514605036 -2.32749195548352 4.27627103111578 -5.92105277632184

META_START
OBJECT_NAME = ISS
OBJECT_ID = 1998-067-A
CENTER_NAME = Earth
REF_FRAME = ITRF2014
TIME_SYSTEM = TAI
START_TIME = 2022-02-14T12:04:37
STOP_TIME = 2022-02-14T12:08:37
META_STOP
2022-02-14T12:04:37 5319 4131 881 -2.3 4.2 -5.9
2022-02-14T12:08:37 4573 4994 -554 -3.8 2.8 -5.9
";

/// The file whose line 13 was damaged by hand in the repository that it came from.
const DAMAGED: &str = "ISS_OEM_2023049T013849.xml";

#[test]
fn nasas_files_are_read_without_a_word() {
    for (file, text) in shared::files("oem") {
        if file == DAMAGED {
            continue;
        }
        let read = formats::read_ephemeris(&file, &text);
        assert_eq!(read.findings, [], "{file}");
        let [segment] = read.records[0].segments.as_slice() else { panic!("{file}: one segment") };
        assert_eq!(segment.states.len(), text.matches("<stateVector>").count(), "{file}");
        assert!(matches!(segment.states, States::Eme2000(_)), "{file}");
        let facts = oem::facts(segment);
        assert!((440_000.0..470_000.0).contains(&facts.mass_kg.unwrap()), "{file}");
        assert!((1_380.0..=1_965.0).contains(&facts.drag_area_m2.unwrap()), "{file}");
        assert!(facts.first_node.unwrap().time < facts.last_node.unwrap().time, "{file}");
        let events = oem::events(segment);
        assert!(events.iter().all(|event| event.kind != EventKind::Other), "{file}: {events:?}");
    }
}

#[test]
fn the_damaged_file_is_refused_where_it_is_damaged() {
    for (file, text) in shared::files("oem") {
        if file == DAMAGED {
            let read = oem::read_xml(&file, &text);
            assert!(read.records.is_empty());
            let found: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
            assert_eq!(
                found,
                [
                    "ISS_OEM_2023049T013849.xml:13:21: must: xml-syntax: expected elements inside of <metadata>, found the \
                 text `mCENTER_NAME>EARTH` (a `<` is missing or damaged)"
                ]
            );
        }
    }
}

fn read_one(text: &str) -> Oem {
    let read = formats::read_ephemeris("o", text);
    assert_eq!(read.findings, []);
    assert_eq!(read.records.len(), 1);
    read.records.into_iter().next().unwrap()
}

#[test]
fn every_part_of_a_message() {
    let oem = read_one(KVN);
    assert_eq!(oem.header.comments, ["made for a test"]);
    assert_eq!(
        (oem.header.originator.as_str(), oem.header.created.to_string().as_str()),
        ("TEST", "2022-02-14T23:19:00.431Z")
    );
    let [first, second] = oem.segments.as_slice() else { panic!("two segments") };
    let time = |text: &str| text.parse::<Time>().unwrap();
    assert_eq!(
        first.metadata,
        Metadata {
            comments: vec!["of the metadata".to_owned()],
            object_name: "ISS".to_owned(),
            object_id: "1998-067-A".to_owned(),
            time_system: TimeSystem::Utc,
            start: time("2022-02-14T12:00Z"),
            stop: time("2022-02-14T12:04Z"),
            useable_start: Some(time("2022-02-14T12:00Z")),
            useable_stop: Some(time("2022-02-14T12:04Z")),
            interpolation: Some(Interpolation { method: "HERMITE".to_owned(), degree: Some(7) }),
        }
    );
    let States::Eme2000(states) = &first.states else { panic!("EME2000") };
    let position = DVec3::new(5_676.964_518_287_29, 2_966.800_883_893_06, 2_252.663_341_047_34);
    let velocity = DVec3::new(-0.636_236_528_947_82, 5.368_006_066_141_72, -5.437_656_464_816_33);
    assert_eq!(states[0], State::new(time("2022-02-14T12:00Z"), position, velocity));
    // TAI is 37 s ahead of UTC since 2017 (IERS Bulletin C 52).
    assert_eq!(second.metadata.start, time("2022-02-14T12:04Z"));
    assert_eq!((second.states.frame_name(), second.states.len()), ("ITRF2014", 2));
}

#[test]
fn facts_and_events_are_those_of_the_comments() {
    let oem = read_one(KVN);
    let segment = &oem.segments[0];
    let facts = oem::facts(segment);
    assert_eq!((facts.mass_kg, facts.drag_area_m2, facts.first_node), (Some(445_386.0), None, None));
    let events = oem::events(segment);
    let [event] = events.as_slice() else { panic!("one event") };
    assert_eq!(
        (event.name.as_str(), event.kind, event.orbit),
        ("GMT057 Reboost", EventKind::Reboost, Some(12))
    );
    assert_eq!(event.time.to_string(), "2022-02-26T01:37:00Z");
    assert_eq!((event.delta_v_m_s, event.delta_v_ft_s), (0.5, Some(1.6)));
    assert_eq!((event.apogee_km, event.perigee_km), (423.9, 409.2));
    // An event early in January seen from the last days of December.
    let late = KVN.replace("2022-045", "2022-360").replace("057:01:37", "003:01:37");
    let segment = &formats::read_ephemeris("o", &late).records[0].segments[0];
    assert_eq!(oem::events(segment)[0].time.to_string(), "2023-01-03T01:37:00Z");
}

/// The first of the published files of 2022, in full.
#[test]
fn nodes_and_coefficients_of_a_published_file() {
    for (file, text) in shared::files("oem") {
        if file == "ISS_OEM_2022045T231900.xml" {
            let facts = oem::facts(&read_one(&text).segments[0]);
            let (first, last) = (facts.first_node.unwrap(), facts.last_node.unwrap());
            assert_eq!((first.time.to_string().as_str(), first.orbit), ("2022-02-14T12:52:59.575Z", 615));
            assert_eq!((first.longitude_deg, last.longitude_deg, last.orbit), (-113.789_12, 171.921_81, 847));
            assert_eq!((facts.drag_area_m2, facts.drag_coefficient), (Some(1_439.7), Some(2.8)));
            assert_eq!((facts.solar_area_m2, facts.solar_coefficient), (Some(0.0), Some(0.0)));
        }
    }
}

#[test]
fn faults_in_kvn() {
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(KVN.contains(from), "{from}");
        let read = oem::read_kvn("o", &KVN.replacen(from, to, 1));
        let found: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{from} -> {to}");
        assert_eq!(read.is_damaged(), read.records.is_empty());
    };
    check(
        "EME2000",
        "MOD",
        &["o:11:13: must: oem-value: expected REF_FRAME EME2000, GCRF, TEME or ITRF, found `MOD`"],
    );
    check("= UTC", "= TT", &["o:12:15: must: oem-value: expected TIME_SYSTEM UTC or TAI, found `TT`"]);
    check("= EARTH", "= MOON", &["o:10:15: must: oem-value: expected CENTER_NAME EARTH, found `MOON`"]);
    check(
        "OEM_VERS = 2.0",
        "OEM_VERS = 9",
        &["o:1:1: must: oem-version: expected version 1.0, 2.0 or 3.0, found `9`"],
    );
    check(
        "ORIGINATOR = TEST\n",
        "",
        &["o:1:1: must: oem-missing: expected ORIGINATOR, found none in the header"],
    );
    check(
        "OBJECT_ID",
        "OBJECT_IT",
        &[
            "o:9:13: should: oem-keyword: `OBJECT_IT` is not a keyword of the metadata and is not read",
            "o:6:1: must: oem-missing: expected OBJECT_ID, found none in this metadata",
        ],
    );
    check(
        "STOP_TIME = 2022-045T12:04:00.000Z\nINT",
        "STOP_TIME = 2022-045T11:04:00.000Z\nINT",
        &["o:6:1: must: oem-span: STOP_TIME 2022-02-14T11:04:00Z is before START_TIME 2022-02-14T12:00:00Z"],
    );
    check(
        "2022-045T12:04:00.000Z 5319",
        "2022-045T12:00:00.000Z 5319",
        &["o:29:1: must: oem-order: expected a time after 2022-02-14T12:00:00Z, found 2022-02-14T12:00:00Z"],
    );
    check(
        "2022-045T12:04:00.000Z 5319",
        "2022-045T12:05:00.000Z 5319",
        &[
            "o:6:1: should: oem-span: states from 2022-02-14T12:00:00Z to 2022-02-14T12:05:00Z lie outside of START_TIME \
         2022-02-14T12:00:00Z to STOP_TIME 2022-02-14T12:04:00Z",
        ],
    );
    check(
        "2022-02-14T12:04:37 5319",
        "2022-02-14T12:04:37 53I9",
        &[
            "o:40:1: must: oem-state: expected a time and six finite numbers, found `2022-02-14T12:04:37 53I9 4131 881 -2.3 4…`",
        ],
    );
    check(
        "5319 4131 881",
        "319 131 881",
        &[
            "o:40:1: should: oem-implausible: implausible state: 946.088 km from the centre of the Earth at 7.599 km/s",
        ],
    );
    check(
        "META_STOP\n2022",
        "2022",
        &[
            "o:39:1: must: kvn-syntax: `2022-02-14T12:04:37 5319 4131 881 -2.3 4…` has no place here",
            "o:40:1: must: kvn-syntax: `2022-02-14T12:08:37 4573 4994 -554 -3.8 …` has no place here",
            "o:31:1: must: kvn-syntax: the text ends before META_STOP or COVARIANCE_STOP of this segment",
            "o:31:1: must: oem-missing: expected metadata in this segment, found none",
        ],
    );
    check(
        "-3.8 2.8 -5.9\n",
        "-3.8 2.8 -5.9\nCOVARIANCE_START\nEPOCH = x\n1\nCOVARIANCE_STOP\n",
        &["o:42:1: info: oem-covariance: covariance is not read"],
    );
    check("MASS=4", "MASS=x", &["o:21:1: should: oem-comment: expected MASS as a number, found `x45386.00`"]);
    check(
        "(1.6)",
        "(16)",
        &[
            "o:26:1: should: oem-comment: `(16)   (228.9)   (220.9)` does not agree with the metric line before it",
        ],
    );
    check("CCSDS", "X", &["o:1:1: must: kvn-syntax: expected `CCSDS_OEM_VERS = 2.0` before everything else"]);
    check("HERMITE", "", &["o:17:17: must: oem-value: expected a value as INTERPOLATION, found ``"]);
}

#[test]
fn faults_in_xml() {
    let xml = oem::write_xml(&read_one(KVN)).unwrap();
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(xml.contains(from), "{from}");
        let read = oem::read_xml("o", &xml.replacen(from, to, 1));
        let found: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{from} -> {to}");
        // What is damaged behind the end of a message does not stand in it.
        let complete = from == "</ndm>\n";
        assert_eq!(read.is_damaged() && !complete, read.records.is_empty());
    };
    check(
        "<X units=\"km\">",
        "<X units=\"m\">",
        &[
            "o:33:48: must: oem-unit: expected X in km, found `m`",
            "o:33:1: must: oem-state: expected a state of EPOCH, X, Y, Z, X_DOT, Y_DOT and Z_DOT, found it incomplete",
        ],
    );
    check(
        "<X units=\"km\">5676",
        "<X>NaN",
        &[
            "o:33:51: must: oem-value: expected X as a finite number, found `NaN.96451828729`",
            "o:33:1: must: oem-state: expected a state of EPOCH, X, Y, Z, X_DOT, Y_DOT and Z_DOT, found it incomplete",
        ],
    );
    check("</data>", "", &["o:36:1: must: xml-syntax: expected </data> of line 25, found </segment>"]);
    check("</ndm>\n", "", &["o:54:1: must: xml-syntax: the text ends before </ndm> of line 2"]);
    check(
        "<OBJECT_NAME>",
        "OBJECT_NAME>",
        &[
            "o:13:1: must: xml-syntax: expected elements inside of <metadata>, found the text `OBJECT_NAME>ISS` (a `<` is \
         missing or damaged)",
        ],
    );
    check(" version=\"2.0\">", ">", &["o:3:1: must: oem-version: expected a version, found none"]);
    check(
        "<header>",
        "<header><ORIGINATOR>A</ORIGINATOR>",
        &["o:7:1: must: oem-keyword: <ORIGINATOR> has no place in <header>"],
    );
    check(
        "<stateVector>",
        "<covarianceMatrix><CX_X>1</CX_X></covarianceMatrix><stateVector>",
        &["o:33:1: info: oem-covariance: covariance is not read"],
    );
}

#[test]
fn one_faulty_message_does_not_hide_the_next() {
    let faulty = KVN.replace("EME2000", "MOD");
    let read = oem::read_kvn("o", &format!("{faulty}{KVN}"));
    assert_eq!((read.records, read.findings.len()), (vec![read_one(KVN)], 1));
    let xml = oem::write_xml(&read_one(KVN)).unwrap();
    let oem = &xml[xml.find("<oem").unwrap()..xml.find("</ndm>").unwrap()];
    // What has no place is passed over whole, so that it tells one fault and not a row of them.
    let faulty = oem.replacen("<metadata>", "<metadata><more><deep>1</deep><deeper></deeper></more>", 1);
    let read = oem::read_xml("o", &format!("<ndm>{faulty}{oem}</ndm>"));
    assert_eq!((read.records, read.findings.len()), (vec![read_one(KVN)], 1));
}

fn check_round_trips(oem: &Oem) {
    let kvn = oem::write_kvn(oem).unwrap();
    let xml = oem::write_xml(oem).unwrap();
    assert_eq!(oem::read_kvn("k", &kvn).records.as_slice(), std::slice::from_ref(oem));
    assert_eq!(oem::read_xml("x", &xml).records.as_slice(), std::slice::from_ref(oem));
}

#[test]
fn published_files_go_through_both_forms() {
    check_round_trips(&read_one(KVN));
    for (file, text) in shared::files("oem") {
        for oem in oem::read_xml(&file, &text).records {
            check_round_trips(&oem);
        }
    }
}

#[test]
fn what_cannot_be_said_is_refused_by_the_writer() {
    let oem = read_one(KVN);
    let check = |change: fn(&mut Oem), expected: &str| {
        let mut oem = oem.clone();
        change(&mut oem);
        for error in [oem::write_kvn(&oem).unwrap_err(), oem::write_xml(&oem).unwrap_err()] {
            assert!(error.to_string().contains(expected), "{error}");
        }
    };
    check(|oem| oem.segments.clear(), "segments = none");
    check(|oem| oem.segments[0].states = States::Gcrf(Vec::new()), "states = none");
    check(|oem| oem.segments[0].comments[0].push('\n'), "COMMENT");
    check(|oem| oem.header.originator.clear(), "ORIGINATOR");
    check(|oem| oem.segments[1].metadata.object_name.push(' '), "OBJECT_NAME");
    check(|oem| oem.segments[0].metadata.start = Time::MAX, "1708 to 2291");
    check(
        |oem| {
            if let States::Eme2000(states) = &mut oem.segments[0].states {
                states.swap(0, 1);
            }
        },
        "times ascending",
    );
    check(
        |oem| {
            if let States::Eme2000(states) = &mut oem.segments[0].states {
                states[0].position_km.x = f64::NAN;
            }
        },
        "finite numbers",
    );
    check(
        |oem| {
            if let States::Itrf { realisation, .. } = &mut oem.segments[1].states {
                *realisation = "EME2000".to_owned();
            }
        },
        "REF_FRAME",
    );
}

fn framed<F: Frame>(times: &[Time], numbers: &[[f64; 6]]) -> Vec<State<F>> {
    let state = |(&time, n): (&Time, &[f64; 6])| {
        State::new(time, DVec3::new(n[0], n[1], n[2]), DVec3::new(n[3], n[4], n[5]))
    };
    times.iter().zip(numbers).map(state).collect()
}

prop_compose! {
    fn segments()(
        (name, id) in ("\\PC{1,10}", "[0-9A-Z-]{1,10}"),
        comments in prop::collection::vec("\\PC{0,30}", 0..4),
        frame in 0..4,
        system in prop::sample::select(vec![TimeSystem::Utc, TimeSystem::Tai]),
        begin in -9_100_000_000_000_000_000_i64..9_000_000_000_000_000_000,
        steps in prop::collection::vec(1_i64..400_000_000_000, 1..6),
        numbers in prop::collection::vec(prop::array::uniform6(-1e9..1e9), 5),
        (useable, degree) in (any::<Option<bool>>(), any::<Option<u32>>()),
    ) -> Segment {
        let times: Vec<Time> = steps.iter().scan(begin, |t, step| { *t += step; Some(Time::from_nanoseconds(*t)) }).collect();
        let (start, stop) = (times[0], times[times.len() - 1]);
        let states = match frame {
            0 => States::Eme2000(framed(&times, &numbers)),
            1 => States::Gcrf(framed(&times, &numbers)),
            2 => States::Teme(framed(&times, &numbers)),
            _ => States::Itrf { realisation: "ITRF-97".to_owned(), states: framed(&times, &numbers) },
        };
        let name = name.trim();
        Segment {
            metadata: Metadata {
                comments: comments.clone(),
                object_name: if name.is_empty() { "x".to_owned() } else { name.to_owned() },
                object_id: id,
                time_system: system,
                start, stop,
                useable_start: useable.map(|_| start),
                useable_stop: useable.filter(|both| *both).map(|_| stop + Duration::ZERO),
                interpolation: degree.map(|degree| Interpolation { method: "LAGRANGE".to_owned(), degree: Some(degree) }),
            },
            comments,
            states,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(segments in prop::collection::vec(segments(), 1..3)) {
        check_round_trips(&Oem { header: header(), segments });
    }
}
