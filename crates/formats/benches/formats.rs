//! How fast messages are read: an ephemeris of NASA's size (15 days, 5,400 states, 2.9 MB as XML) and a catalogue of 10,000 sets.
//! Both are made here, so that the figures do not depend on files that are not in the project.

use divan::{Bencher, counter::BytesCount};
use formats::oem::{Metadata, Oem, Segment, States, TimeSystem};
use formats::{Header, oem, omm, tle};
use glam::DVec3;
use orbit::{ElementSet, State};
use timeline::{Duration, Time};

fn main() {
    divan::main();
}

fn ephemeris() -> Oem {
    let start: Time = "2022-02-14T12:00Z".parse().expect("a time");
    let states: Vec<_> = (0..5_400)
        .map(|step| {
            let time = start + Duration::MINUTE * 4 * step;
            // A circle of 6,795 km in 92.9 min: digits as long as NASA's, which is what reading costs.
            let (sin, cos) = (std::f64::consts::TAU * 4.0 * step as f64 / 92.9).sin_cos();
            let velocity_km_s = DVec3::new(-7.66 * sin, 7.66 * cos * 0.62, 7.66 * cos * 0.78);
            State::new(time, 6_795.0 * DVec3::new(cos, sin * 0.62, sin * 0.78), velocity_km_s)
        })
        .collect();
    let metadata = Metadata {
        comments: Vec::new(),
        object_name: "ISS".to_owned(),
        object_id: "1998-067-A".to_owned(),
        time_system: TimeSystem::Utc,
        start,
        stop: start + Duration::DAY * 15,
        useable_start: None,
        useable_stop: None,
        interpolation: None,
    };
    let segment = Segment { metadata, comments: Vec::new(), states: States::Eme2000(states) };
    Oem { header: header(start), segments: vec![segment] }
}

fn header(created: Time) -> Header {
    Header { comments: Vec::new(), created, originator: "BENCH".to_owned() }
}

/// XML with a tag a line and indented, as NASA writes it.
fn indented(xml: &str) -> String {
    let indent = " ".repeat(24);
    xml.replace("><X", &format!(">\n{indent}<X"))
        .replace("><Y", &format!(">\n{indent}<Y"))
        .replace("><Z", &format!(">\n{indent}<Z"))
        .replace("><EPOCH", &format!(">\n{indent}<EPOCH"))
}

fn catalogue() -> Vec<ElementSet> {
    let text = "ISS (ZARYA)\n\
        1 25544U 98067A   26150.51748228  .00011776  00000+0  21767-3 0  9998\n\
        2 25544  51.6337  27.5746 0007245 114.7080 245.4664 15.49496548569014\n";
    let set = tle::read("iss", text).records.remove(0);
    (0..10_000).map(|number| ElementSet { catalogue_number: number, ..set.clone() }).collect()
}

fn read<T>(bencher: Bencher<'_, '_>, text: &str, read: impl Fn(&str) -> formats::Read<T> + Sync) {
    assert!(read(text).findings.is_empty());
    bencher.counter(BytesCount::of_str(text)).bench(|| read(text));
}

#[divan::bench]
fn oem_xml_15_days(bencher: Bencher<'_, '_>) {
    let xml = indented(&oem::write_xml(&ephemeris()).expect("an ephemeris"));
    read(bencher, &xml, |text| oem::read_xml("b", text));
}

#[divan::bench]
fn oem_kvn_15_days(bencher: Bencher<'_, '_>) {
    let kvn = oem::write_kvn(&ephemeris()).expect("an ephemeris");
    read(bencher, &kvn, |text| oem::read_kvn("b", text));
}

#[divan::bench]
fn oem_xml_15_days_written(bencher: Bencher<'_, '_>) {
    let oem = ephemeris();
    bencher.bench(|| oem::write_xml(&oem));
}

#[divan::bench]
fn tle_10_000_sets(bencher: Bencher<'_, '_>) {
    let text = tle::write(&catalogue()).expect("a catalogue");
    read(bencher, &text, |text| tle::read("b", text));
}

#[divan::bench]
fn omm_json_10_000_sets(bencher: Bencher<'_, '_>) {
    let text = omm::write_json(&catalogue()).expect("a catalogue");
    read(bencher, &text, |text| omm::read_json("b", text));
}

#[divan::bench]
fn omm_xml_10_000_sets(bencher: Bencher<'_, '_>) {
    let text = omm::write_xml(&catalogue(), &header(Time::EPOCH)).expect("a catalogue");
    read(bencher, &text, |text| omm::read_xml("b", text));
}
