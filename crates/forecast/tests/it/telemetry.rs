//! The station's book against recorded telemetry of 2022-05-20 and 21; skipped where the recording is not at hand.
//!
//! The powers in `power.toml` rest on this recording, so what is tested is that the whole model, machines and transfer to the
//! other segment computed, still gives what was measured, channel by channel.

use std::path::{Path, PathBuf};

use forecast::{Model, compute, draft};
use orbit::MeanPath;
use timeline::{Duration, Interval, Time};

use crate::books::{book, scenario};

/// Voltage and current of each channel, as the recording's files are called.
const CHANNELS: [(&str, &str, &str); 8] = [
    ("1a", "S4000001", "S4000002"),
    ("1b", "S6000004", "S6000005"),
    ("2a", "P4000001", "P4000002"),
    ("2b", "P6000004", "P6000005"),
    ("3a", "S4000004", "S4000005"),
    ("3b", "S6000001", "S6000002"),
    ("4a", "P4000004", "P4000005"),
    ("4b", "P6000001", "P6000002"),
];

/// The recording counts 1 January as hour 24: hour 3,374 is 14:00 on day 140; and the next 14 hours.
const BEGINS: &str = "2022-05-20T14:00Z";

fn recording() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/telemetry/OFT2");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no recorded telemetry at {}", folder.display());
    None
}

/// Values over time, each held until the next; hours of the year.
fn samples(folder: &Path, name: &str) -> Vec<(f64, f64)> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
    let row = |line: &str| {
        let (hours, value) = line.trim().split_once(char::is_whitespace)?;
        Some((hours.parse().ok()?, value.trim().parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}

/// The mean over time of the product of two, each held until its next.
fn mean_product(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    let begin = a[0].0.max(b[0].0);
    let end = a[a.len() - 1].0.min(b[b.len() - 1].0);
    let held = |list: &[(f64, f64)], at: f64| list[list.partition_point(|one| one.0 <= at) - 1].1;
    let mut times: Vec<f64> =
        a.iter().chain(b).map(|one| one.0).filter(|&at| begin <= at && at < end).collect();
    times.push(end);
    times.sort_by(f64::total_cmp);
    let area: f64 =
        times.windows(2).map(|pair| (pair[1] - pair[0]) * held(a, pair[0]) * held(b, pair[0])).sum();
    area / (end - begin)
}

#[test]
fn every_channel_carries_what_was_measured() {
    let Some(folder) = recording() else { return };
    let iss = book("iss");
    let begins: Time = BEGINS.parse().unwrap();
    let mut question = scenario(&iss, "2022-01-01", "2022-12-31");
    question.span = Interval::new(begins, begins + Duration::HOUR * 14).unwrap();
    let forecast = compute(&Model::new(&draft(&iss, &question).draft).unwrap(), question.span).unwrap();
    println!("channel   measured    model, kW");
    let (mut measured_kw, mut model_kw) = (0.0, 0.0);
    for (channel, voltage, current) in CHANNELS {
        let measured = -mean_product(&samples(&folder, voltage), &samples(&folder, current)) / 1_000.0;
        let load = forecast.profile(&format!("power.{channel}.load_kw")).unwrap();
        let model = load.mean(question.span).unwrap();
        println!("{channel}        {measured:8.2}     {model:8.2}");
        // Which machine hangs on which channel is assumed; a channel may be off by the largest of them.
        assert!((model - measured).abs() < 1.0, "channel {channel}: {model:.2} kW, measured {measured:.2}");
        measured_kw += measured;
        model_kw += model;
    }
    println!("together  {measured_kw:8.2}     {model_kw:8.2}");
    // The recorded band: 56 to 69.5 kW, 62.3 on average.
    assert!((56.0..=69.5).contains(&model_kw), "{model_kw:.1} kW");
    assert!(
        (model_kw - measured_kw).abs() < 0.05 * measured_kw,
        "{model_kw:.1} kW, measured {measured_kw:.1}"
    );
}

/// Recorded periods of light are 92.7 to 93.0 minutes.
#[test]
fn a_revolution_lasts_as_long_as_was_recorded() {
    let path = MeanPath::through(&book("iss").element_sets).unwrap();
    let minutes = path.at(BEGINS.parse().unwrap()).period().seconds() / 60.0;
    assert!((92.7..=93.0).contains(&minutes), "{minutes}");
}
