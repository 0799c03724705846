use std::fs;
use std::path::Path;

use formats::{Header, Read, omm, tle};
use orbit::ElementSet;
use proptest::prelude::*;
use timeline::{Severity, Time};

use crate::shared;
use crate::tle::{ISS, sets};

/// The set of [`ISS`] in CelesTrak's JSON.
pub(crate) const JSON: &str = r#"[{"OBJECT_NAME":"ISS (ZARYA)","OBJECT_ID":"1998-067A","EPOCH":"2026-05-30T12:25:10.468992",
"MEAN_MOTION":15.49496548,"ECCENTRICITY":0.0007245,"INCLINATION":51.6337,"RA_OF_ASC_NODE":27.5746,
"ARG_OF_PERICENTER":114.708,"MEAN_ANOMALY":245.4664,"EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U",
"NORAD_CAT_ID":25544,"ELEMENT_SET_NO":999,"REV_AT_EPOCH":56901,"BSTAR":0.00021767,
"MEAN_MOTION_DOT":0.00011776,"MEAN_MOTION_DDOT":0}]"#;

/// The same in CelesTrak's CSV, with its numbers that begin with a point.
pub(crate) const CSV: &str = "\
OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,\
EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\r\n\
ISS (ZARYA),1998-067A,2026-05-30T12:25:10.468992,15.49496548,.0007245,51.6337,27.5746,114.7080,245.4664,\
0,U,25544,999,56901,.21767E-3,.11776E-3,0\r\n";

/// The same as Space-Track writes it: everything a string, and more of it.
const STRINGS: &str = r#"{"CCSDS_OMM_VERS":"3.0","COMMENT":"GENERATED VIA SPACE-TRACK.ORG API","OBJECT_NAME":"ISS (ZARYA)",
"OBJECT_ID":"1998-067A","CENTER_NAME":"EARTH","REF_FRAME":"TEME","TIME_SYSTEM":"UTC","MEAN_ELEMENT_THEORY":"SGP4",
"EPOCH":"2026-05-30T12:25:10.468992","MEAN_MOTION":"15.49496548","ECCENTRICITY":"0.00072450","INCLINATION":"51.6337",
"RA_OF_ASC_NODE":"27.5746","ARG_OF_PERICENTER":"114.7080","MEAN_ANOMALY":"245.4664","EPHEMERIS_TYPE":"0",
"CLASSIFICATION_TYPE":"U","NORAD_CAT_ID":"25544","ELEMENT_SET_NO":"999","REV_AT_EPOCH":"56901",
"BSTAR":"0.00021767000000","MEAN_MOTION_DOT":"0.00011776","MEAN_MOTION_DDOT":"0.0000000000000","DECAY_DATE":null,
"SEMIMAJOR_AXIS":"6797.8","GP_ID":"1"}"#;

/// The same as keywords with units (CCSDS 502.0-B-3, figure G-8 shows the form).
pub(crate) const KVN: &str = "CCSDS_OMM_VERS = 3.0\nCOMMENT one\nCREATION_DATE = 2026-05-30T13:00:00\nORIGINATOR = TEST\n\
OBJECT_NAME = ISS (ZARYA)\nOBJECT_ID = 1998-067A\nCENTER_NAME = EARTH\nREF_FRAME = TEME\nTIME_SYSTEM = UTC\n\
MEAN_ELEMENT_THEORY = SGP/SGP4\n\nEPOCH = 2026-150T12:25:10.468992Z\nMEAN_MOTION = 15.49496548 [rev/day]\n\
ECCENTRICITY = 7.245E-4\nINCLINATION = 51.6337 [deg]\nRA_OF_ASC_NODE = 27.5746 [deg]\nARG_OF_PERICENTER = 114.7080 [deg]\n\
MEAN_ANOMALY = 245.4664 [deg]\nEPHEMERIS_TYPE = 0\nCLASSIFICATION_TYPE = U\nNORAD_CAT_ID = 25544\nELEMENT_SET_NO = 999\n\
REV_AT_EPOCH = 56901\nBSTAR = 0.00021767 [1/ER]\nMEAN_MOTION_DOT = 0.00011776 [rev/day**2]\nMEAN_MOTION_DDOT = 0\n";

fn iss() -> Vec<ElementSet> {
    tle::read("t", ISS).records
}

pub(crate) fn header() -> Header {
    Header {
        comments: vec!["a < b & c".to_owned()],
        created: "2026-05-30T13:00:00Z".parse::<Time>().unwrap(),
        originator: "TEST".to_owned(),
    }
}

fn check(read: &Read<ElementSet>, expected: &[&str]) {
    let found: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
    assert_eq!(read.is_damaged(), read.records.is_empty());
}

#[test]
fn every_form_says_what_the_tle_says() {
    for text in [JSON, CSV, STRINGS, KVN] {
        let read = formats::read_elements("f", text);
        assert_eq!(read.findings, [], "{text}");
        assert_eq!(read.records, iss(), "{text}");
    }
    let xml = omm::write_xml(&iss(), &header()).unwrap();
    assert_eq!(omm::read_xml("x", &xml).records, iss());
    let with_units = xml.replace("<INCLINATION>", "<INCLINATION units = 'deg'>");
    assert_ne!(xml, with_units);
    assert_eq!(omm::read_xml("x", &with_units).records, iss());
}

#[test]
fn faults_in_json() {
    let changed = |from: &str, to: &str| {
        assert!(JSON.contains(from), "{from}");
        omm::read_json("j", &JSON.replace(from, to))
    };
    check(
        &changed("15.49496548", "\"fast\""),
        &["j:2:15: must: omm-value: expected MEAN_MOTION as a finite number, found `fast`"],
    );
    check(
        &changed("15.49496548", "true"),
        &["j:2:15: must: json-value: expected a number or a string, found `true`"],
    );
    check(
        &changed("51.6337", "1e999"),
        &["j:2:66: must: omm-value: expected INCLINATION as a finite number, found `1e999`"],
    );
    check(
        &changed("25544", "-5"),
        &["j:4:16: must: omm-value: expected NORAD_CAT_ID as a whole number, found `-5`"],
    );
    check(
        &changed("\"BSTAR\":0.00021767,", ""),
        &["j:1:2: must: omm-missing: expected BSTAR, found none in this message"],
    );
    check(
        &changed("\"BSTAR\"", "\"BSTAQ\""),
        &[
            "j:4:72: should: omm-keyword: `BSTAQ` is not a keyword of SGP4 elements and is not read",
            "j:1:2: must: omm-missing: expected BSTAR, found none in this message",
        ],
    );
    check(
        &changed("\"MEAN_MOTION_DDOT\":0", "\"BSTAR\":1"),
        &[
            "j:5:38: must: omm-repeated: `BSTAR` stands twice",
            "j:1:2: info: omm-missing: MEAN_MOTION_DDOT is missing and read as zero; SGP4 does not use it",
        ],
    );
    check(
        &changed("2026-05-30T", "2026-05-32T"),
        &["j:1:63: must: omm-value: expected EPOCH as 2026-05-30T12:00:00.000000, \
        found `2026-05-32T12:25:10.468992`: `2026-05-32T12:25:10.468992` names a day that does not exist"],
    );
    check(
        &changed("\"EPHEMERIS_TYPE\":0", "\"EPHEMERIS_TYPE\":4"),
        &["j:3:70: must: omm-premise: expected EPHEMERIS_TYPE 0, found `4`"],
    );
    check(
        &changed("0.0007245", "1.0"),
        &["j:1:2: must: elements-implausible: expected eccentricity from 0 to below 1, found 1"],
    );
    check(
        &changed("ZARYA", "ZAR\\u0000YA"),
        &["j:1:17: must: omm-text: expected a name without control characters as OBJECT_NAME, \
        found `ISS (ZAR\\0YA)`"],
    );
    check(
        &changed("}]", "}"),
        &["j:5:50: must: json-syntax: expected JSON: EOF while parsing a list at line 5 column 50"],
    );
    check(
        &changed("[{", "[7,{").clone_without_records(),
        &["j:1:2: must: json-value: expected an object, found `7`"],
    );
}

/// A read whose records do not matter to a check.
trait WithoutRecords {
    fn clone_without_records(&self) -> Read<ElementSet>;
}

impl WithoutRecords for Read<ElementSet> {
    fn clone_without_records(&self) -> Read<ElementSet> {
        Read { records: Vec::new(), findings: self.findings.clone() }
    }
}

#[test]
fn faults_in_kvn_xml_and_csv() {
    let kvn = |from: &str, to: &str| omm::read_kvn("k", &KVN.replace(from, to));
    check(
        &kvn("[deg]\nRA", "[rad]\nRA"),
        &["k:15:15: must: omm-unit: expected INCLINATION in deg, found `rad`"],
    );
    check(&kvn("= TEME", "= GCRF"), &["k:8:13: must: omm-premise: expected REF_FRAME TEME, found `GCRF`"]);
    check(
        &kvn("EPHEMERIS_TYPE = 0", "EPHEMERIS"),
        &["k:19:1: must: kvn-syntax: expected KEY = value, found `EPHEMERIS`"],
    );
    check(
        &kvn("CCSDS", "ccsds"),
        &["k:1:1: must: kvn-syntax: expected `CCSDS_OMM_VERS = 2.0` before everything else"],
    );
    let xml = omm::write_xml(&iss(), &header()).unwrap();
    let changed = |from: &str, to: &str| omm::read_xml("x", &xml.replace(from, to));
    check(
        &changed("</metadata>", ""),
        &["x:40:1: must: xml-syntax: expected </metadata> of line 11, found </segment>"],
    );
    check(&changed("<omm ", "<omx "), &["x:3:1: must: omm-missing: expected <omm>, found <omx>"]);
    check(&changed("&amp;", "&nbsp;"), &["x:5:19: must: xml-syntax: unknown reference `&nbsp;`"]);
    check(
        &changed("<ndm>", "<!DOCTYPE x><ndm>"),
        &["x:2:1: must: xml-syntax: a document type has no place in a message"],
    );
    let csv = |from: &str, to: &str| omm::read_csv("c", &CSV.replace(from, to));
    check(&csv("0,U", "0,U,"), &["c:2:1: must: csv-cells: expected 17 cells as in the first row, found 18"]);
    check(&csv("ISS (ZARYA)", "\"ISS"), &["c:2:1: must: csv-quote: a quoted cell is not closed in this row"]);
    assert_eq!(csv("ISS (ZARYA)", "\"A \"\"B\"\", C\"").records[0].name, "A \"B\", C");
}

#[test]
fn one_faulty_message_does_not_hide_the_next() {
    let faulty = KVN.replace("51.6337", "x");
    let read = omm::read_kvn("k", &format!("{faulty}{KVN}"));
    assert_eq!((read.records, read.findings.len()), (iss(), 1));
    let json = format!("[{},{}", JSON[1..JSON.len() - 1].replace("51.6337", "181"), &JSON[1..]);
    let read = omm::read_json("j", &json);
    assert_eq!((read.records, read.findings.len()), (iss(), 1));
    assert_eq!(read.findings[0].severity, Severity::Must);
}

#[test]
fn the_bundled_sets_are_accepted() {
    for file in ["elements.json", "relays.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss/orbit").join(file);
        let read = formats::read_elements(file, &fs::read_to_string(path).unwrap());
        assert_eq!(read.findings, []);
        assert!(!read.records.is_empty());
        check_round_trips(&read.records);
    }
}

fn check_round_trips(sets: &[ElementSet]) {
    let json = omm::write_json(sets).unwrap();
    let kvn = omm::write_kvn(sets, &header()).unwrap();
    let xml = omm::write_xml(sets, &header()).unwrap();
    for (read, text) in
        [(omm::read_json("j", &json), json), (omm::read_kvn("k", &kvn), kvn), (omm::read_xml("x", &xml), xml)]
    {
        assert_eq!(read.findings, [], "{text}");
        assert_eq!(read.records, sets, "{text}");
    }
}

#[test]
fn published_sets_go_through_every_form() {
    for (file, text) in shared::files("tle") {
        let sets = tle::read(&file, &text).records;
        check_round_trips(&sets[..sets.len().min(200)]);
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        mut sets in prop::collection::vec(sets(), 0..3),
        name in "\\PC{0,20}",
        bits in prop::array::uniform3(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO),
        (motion, eccentricity, anomaly) in (1e-300..18.0, 0.0..1.0, 0.0..=360.0),
        (nanoseconds, counts) in (-9_200_000_000_000_000_000_i64..9_200_000_000_000_000_000, prop::array::uniform3(0_u32..)),
    ) {
        // The first set gets numbers that no TLE could hold.
        if let Some(set) = sets.first_mut() {
            set.name = name.trim().to_owned();
            [set.bstar, set.mean_motion_dot, set.mean_motion_ddot] = bits;
            (set.mean_motion_rev_day, set.eccentricity, set.mean_anomaly_deg) = (motion, eccentricity, anomaly);
            set.epoch = Time::from_nanoseconds(nanoseconds);
            [set.catalogue_number, set.element_set_number, set.revolution] = counts;
        }
        check_round_trips(&sets);
    }
}
