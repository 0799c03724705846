use formats::tle;
use orbit::ElementSet;
use proptest::prelude::*;
use timeline::{Duration, Time};

use crate::shared;

/// CelesTrak, stations, 2026-05-30.
pub(crate) const ISS: &str = "ISS (ZARYA)\n\
    1 25544U 98067A   26150.51748228  .00011776  00000+0  21767-3 0  9998\n\
    2 25544  51.6337  27.5746 0007245 114.7080 245.4664 15.49496548569014\n";

/// The first set of Spacetrack Report 3's test cases, whose blanks and signs are of 1980.
pub(crate) const OLD: &str = "1 88888U          80275.98708465  .00073094  13844-3  66816-4 0    87\n\
    2 88888  72.8435 115.9689 0086731  52.6988 110.5714 16.05824518  1058\n";

fn one(text: &str) -> ElementSet {
    let read = tle::read("t", text);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert_eq!(read.records.len(), 1);
    read.records.into_iter().next().unwrap()
}

/// The findings as text, without the file's name.
fn findings(text: &str) -> Vec<String> {
    let read = tle::read("t", text);
    read.findings.iter().map(|finding| finding.to_string().replacen("t:", "", 1)).collect()
}

/// Lines with their checksums set right, so that a test can change anything else.
fn summed(text: &str) -> String {
    let sum = |line: &str| -> u32 {
        line.chars().take(68).map(|c| c.to_digit(10).unwrap_or(u32::from(c == '-'))).sum::<u32>() % 10
    };
    let is_element_line = |line: &str| line.len() == 69 && (line.starts_with("1 ") || line.starts_with("2 "));
    text.lines()
        .map(|line| match line {
            line if is_element_line(line) => format!("{}{}\n", &line[..68], sum(line)),
            line => format!("{line}\n"),
        })
        .collect()
}

#[test]
fn every_field_of_a_set() {
    let expected = ElementSet {
        name: "ISS (ZARYA)".to_owned(),
        designator: "1998-067A".to_owned(),
        catalogue_number: 25_544,
        classification: 'U',
        // Day 150 is 30 May; 0.51748228 d are 44,710.468992 s.
        epoch: "2026-05-30T12:25:10.468992Z".parse().unwrap(),
        mean_motion_rev_day: 15.494_965_48,
        eccentricity: 0.000_724_5,
        inclination_deg: 51.6337,
        raan_deg: 27.5746,
        perigee_deg: 114.708,
        mean_anomaly_deg: 245.4664,
        bstar: 0.217_67e-3,
        mean_motion_dot: 0.000_117_76,
        mean_motion_ddot: 0.0,
        element_set_number: 999,
        revolution: 56_901,
    };
    assert_eq!(one(ISS), expected);
    let old = one(OLD);
    assert_eq!((old.epoch.to_string().as_str(), old.designator.as_str()), ("1980-10-01T23:41:24.11376Z", ""));
    assert_eq!((old.mean_motion_ddot, old.bstar, old.element_set_number), (0.138_44e-3, 0.668_16e-4, 8));
}

#[test]
fn forms_that_mean_the_same() {
    let plain = one(ISS);
    let two_lines = ISS.split_once('\n').unwrap().1;
    for (text, name) in [
        (ISS.replace('\n', "\r\n"), "ISS (ZARYA)"),
        (ISS.replace('\n', "   \n\n"), "ISS (ZARYA)"),
        (format!("\u{feff}# a comment\n0 {ISS}"), "ISS (ZARYA)"),
        (ISS.trim_end().to_owned(), "ISS (ZARYA)"),
        (two_lines.to_owned(), ""),
        (format!("0 0 1 2\n{two_lines}"), "0 1 2"),
        (format!("ÅNGSTRÖM\n{two_lines}"), "ÅNGSTRÖM"),
        (summed(&ISS.replace(" 00000+0", "-00000-0")), "ISS (ZARYA)"),
        (summed(&ISS.replace("  .00011776", " +.00011776")), "ISS (ZARYA)"),
        (summed(&ISS.replace("25544U", "25544 ")), "ISS (ZARYA)"),
    ] {
        assert_eq!(one(&text), ElementSet { name: name.to_owned(), ..plain.clone() }, "{text}");
    }
}

#[test]
fn epochs_are_exact_and_turn_over_in_57() {
    for (epoch, expected) in [
        ("57001.00000000", "1957-01-01T00:00:00Z"),
        ("99365.99999999", "1999-12-31T23:59:59.999136Z"),
        ("00001.00000001", "2000-01-01T00:00:00.000864Z"),
        ("56366.50000000", "2056-12-31T12:00:00Z"),
        ("16366.99999999", "2016-12-31T23:59:59.999136Z"),
        ("26  1.25000000", "2026-01-01T06:00:00Z"),
    ] {
        let text = summed(&ISS.replace("26150.51748228", epoch));
        assert_eq!(one(&text).epoch.to_string(), expected, "{epoch}");
    }
}

#[test]
fn faults_say_where_and_what() {
    let check = |text: &str, expected: &str| assert_eq!(findings(text), [expected], "{text}");
    let changed = |from: &str, to: &str| summed(&ISS.replace(from, to));
    check(&ISS.replace("9998\n", "9997\n"), "2:69: must: tle-checksum: checksum computed 8, found `7`");
    check(&ISS.replace("569014", "56901"), "3:69: must: tle-length: expected 69 characters, found 68");
    check(
        &ISS.replace("51.6337", "51,6337"),
        "3:9: must: tle-field: expected inclination as NNN.NNNN, found ` 51,6337`",
    );
    check(
        &ISS.replace("  51.6337", " 51.6337 "),
        "3:9: must: tle-field: expected inclination as NNN.NNNN, found `51.6337 `",
    );
    check(
        &ISS.replace("51.6337  27.5746 0", "51.6337 27.5746  0"),
        "3:18: must: tle-field: expected right ascension of the node as NNN.NNNN, found `27.5746 `",
    );
    check(
        &changed("26150.5", "26366.5"),
        "2:19: must: tle-field: expected epoch as YYDDD.DDDDDDDD, found `26366.51748228`",
    );
    check(
        &changed("2 25544", "2 25545"),
        "3:3: must: tle-field: line 1 is of object 25544, line 2 of object 25545",
    );
    check(
        &changed("  51.6337", " 181.6337"),
        "3: must: elements-implausible: expected inclination from 0 to 180 deg, found 181.6337",
    );
    check(
        &changed("15.49496548", " 0.00000000"),
        "3: must: elements-implausible: expected mean motion above 0 and at most 18 rev/day, found 0",
    );
    check(
        &changed("67-3 0", "67-3 4"),
        "2:63: must: tle-field: expected ephemeris type as 0 or blank (SGP4), found `4`",
    );
    check(
        &changed("00000+0", "       "),
        "2:45: info: tle-blank: second mean motion derivative is blank and read as zero",
    );
    check(
        &ISS.replace("ZARYA", "ZAR\u{7}A"),
        "1: must: tle-name: expected a name without control characters",
    );
    check(
        &ISS.replace("25544  51", "25544 °51"),
        "3:9: must: tle-character: expected plain ASCII, found `°`",
    );
}

#[test]
fn a_faulty_set_does_not_hide_the_next() {
    let (name, lines) = ISS.split_once('\n').unwrap();
    let (line_one, line_two) = lines.split_once('\n').unwrap();
    for (faulty, places) in [
        (format!("{name}\n{line_one}\n"), vec![2]),
        (format!("{name}\n{line_two}"), vec![2]),
        (format!("{name}\n{name}\n"), vec![1]),
        (format!("{line_two}{line_one}\n"), vec![1, 2]),
        (format!("{line_one}\n{line_one}\n{line_two}"), vec![1]),
    ] {
        let read = tle::read("t", &format!("{faulty}{OLD}"));
        let found: Vec<u32> =
            read.findings.iter().map(|finding| finding.place.as_ref().unwrap().line).collect();
        assert_eq!(found, places, "{faulty}");
        assert_eq!(read.records.last().map(|set| set.catalogue_number), Some(88_888), "{faulty}");
    }
}

#[test]
fn published_files_are_written_back_as_they_were() {
    for (file, text) in shared::files("tle") {
        if !file.ends_with(".tle") {
            continue;
        }
        let read = tle::read(&file, &text);
        assert_eq!(read.findings, []);
        assert_eq!(read.records.len(), text.lines().count() / 3, "{file}");
        let written = tle::write(&read.records).unwrap();
        for (found, expected) in written.lines().zip(text.lines()) {
            assert_eq!(found, expected.trim_end(), "{file}");
        }
    }
}

/// `iss_checked_epochs.json` quotes each line, so the lines stand between the first and the last quote.
#[test]
fn checked_sets_of_seven_years_are_accepted() {
    for (file, text) in shared::files("tle") {
        if !file.ends_with(".json") {
            continue;
        }
        let quoted = |line: &str| line.starts_with("\"1 ") || line.starts_with("\"2 ");
        let lines: Vec<&str> =
            text.lines().filter(|line| quoted(line)).map(|line| line.trim_matches([',', '"'])).collect();
        let read = tle::read(&file, &lines.join("\n"));
        assert_eq!(read.findings, []);
        assert_eq!(read.records.len(), lines.len() / 2);
        assert!(read.records.iter().all(|set| set.catalogue_number == 25_544));
    }
}

#[test]
fn what_has_no_room_is_refused_by_the_writer() {
    let set = one(ISS);
    let check = |set: ElementSet, expected: &str| {
        let error = tle::write(&[set]).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(ElementSet { catalogue_number: 340_000, ..set.clone() }, "NORAD_CAT_ID = 340000");
    check(ElementSet { revolution: 100_000, ..set.clone() }, "REV_AT_EPOCH = 100000");
    check(ElementSet { element_set_number: 10_000, ..set.clone() }, "ELEMENT_SET_NO");
    check(ElementSet { eccentricity: 0.999_999_99, ..set.clone() }, "ECCENTRICITY");
    check(ElementSet { bstar: f64::NAN, ..set.clone() }, "BSTAR = NaN");
    check(ElementSet { bstar: 1e10, ..set.clone() }, "BSTAR");
    check(ElementSet { mean_motion_dot: 1.0, ..set.clone() }, "MEAN_MOTION_DOT");
    check(ElementSet { mean_motion_rev_day: f64::INFINITY, ..set.clone() }, "found inf");
    check(ElementSet { raan_deg: -1.0, ..set.clone() }, "right ascension");
    check(ElementSet { designator: "1998-067-A".to_owned(), ..set.clone() }, "OBJECT_ID");
    check(ElementSet { name: "a\nb".to_owned(), ..set.clone() }, "OBJECT_NAME");
    check(ElementSet { classification: 'X', ..set.clone() }, "CLASSIFICATION_TYPE");
    check(ElementSet { epoch: "2016-12-31T23:59:60.5Z".parse().unwrap(), ..set.clone() }, "EPOCH");
    check(ElementSet { epoch: "2057-01-01".parse().unwrap(), ..set }, "EPOCH");
}

prop_compose! {
    /// Any set that a TLE can hold: every number on the grain of its columns.
    pub(crate) fn sets()(
        name in "[A-Z0-9#][A-Z0-9 ()-]{0,20}[A-Z0-9)]|",
        (catalogue_number, classification) in (0_u32..340_000, prop::sample::select(vec!['U', 'C', 'S'])),
        designator in "(19[6-9][0-9]|20[0-4][0-9])-[0-9]{3}[A-Z]{1,3}|",
        (day, grain) in (0_i64..36_000, 0_i64..100_000_000),
        motion in 1_i64..1_800_000_000,
        eccentricity in 0_i64..10_000_000,
        (inclination, raan, perigee, anomaly) in (0_i64..=1_800_000, 0_i64..=3_600_000, 0_i64..3_600_000, 0_i64..3_600_000),
        (bstar, bstar_power) in (-99_999_i64..=99_999, -9_i32..=9),
        (ddot, ddot_power) in (-99_999_i64..=99_999, -9_i32..=9),
        dot in -99_999_999_i64..=99_999_999,
        (element_set_number, revolution) in (0_u32..10_000, 0_u32..100_000),
    ) -> ElementSet {
        let midnight: Time = "1957-01-01".parse().unwrap();
        let midnight: Time = (midnight + Duration::DAY * day + Duration::HOUR).date().parse().unwrap();
        // Decimal text, so that each number is the one nearest to its digits.
        let decimal = |units: i64, power: i32| format!("{units}e{power}").parse::<f64>().unwrap();
        ElementSet {
            name, designator, catalogue_number, classification,
            epoch: midnight + Duration::from_nanoseconds(864_000 * grain),
            mean_motion_rev_day: decimal(motion, -8),
            eccentricity: decimal(eccentricity, -7),
            inclination_deg: decimal(inclination, -4),
            raan_deg: decimal(raan, -4),
            perigee_deg: decimal(perigee, -4),
            mean_anomaly_deg: decimal(anomaly, -4),
            bstar: decimal(bstar, bstar_power - 5),
            mean_motion_dot: decimal(dot, -8),
            mean_motion_ddot: decimal(ddot, ddot_power - 5),
            element_set_number, revolution,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(sets in prop::collection::vec(sets(), 0..4)) {
        let text = tle::write(&sets).unwrap();
        let read = tle::read("t", &text);
        prop_assert!(read.findings.is_empty(), "{:?} {}", read.findings, text);
        prop_assert_eq!(read.records, sets);
    }
}
