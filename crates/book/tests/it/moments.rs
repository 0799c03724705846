//! Moments told in words: read whole, and one fault at a time.

use timeline::Severity;

use crate::small::{files, read_and_check};

const MOMENT: &str = "[[moment]]
id = \"thin\"
kind = \"near-miss\"
from = \"2030-01-05\"
until = \"2030-01-09\"
title = \"A thin week\"
text = \"The ship was late.\"
source = \"the log\"
quality = \"measured\"
";

fn with(text: &str) -> (book::Book, Vec<timeline::Finding>) {
    let mut all = files();
    all.push(("moments.toml".to_owned(), text.as_bytes().to_vec()));
    read_and_check(all)
}

/// The moment with its days moved to where the small book has a history.
fn sound() -> String {
    let known = read_and_check(files()).0.about.known_until;
    let day = |back: i64| (known - timeline::Duration::DAY * back).date();
    MOMENT.replace("2030-01-05", &day(20)).replace("2030-01-09", &day(10))
}

#[test]
fn a_moment_is_read_whole() {
    let (book, findings) = with(&sound());
    assert!(findings.is_empty(), "{findings:?}");
    let moment = book.moments.named("thin").expect("it is there");
    assert_eq!((moment.kind, moment.title.as_str()), (book::MomentKind::NearMiss, "A thin week"));
    assert_eq!(moment.interval().map(timeline::Interval::duration), Some(timeline::Duration::DAY * 10));
}

#[test]
fn faults_are_found_with_their_mend() {
    let sound = sound();
    let known = read_and_check(files()).0.about.known_until;
    let reversed = (known - timeline::Duration::DAY * 30).date();
    let ends = sound.lines().find(|line| line.starts_with("until")).expect("it has an end").to_owned();
    for (from, to, rule) in [
        ("kind = \"near-miss\"", "kind = \"near-mis\"", "word-unknown"),
        ("title = \"A thin week\"\n", "", "value-missing"),
        (ends.as_str(), &format!("until = \"{reversed}\""), "dates-reversed"),
        ("title", "flights = [\"no-such\"]\ntitle", "id-unknown"),
        ("title", "rules = [\"no-such\"]\ntitle", "id-unknown"),
    ] {
        let (_, findings) = with(&sound.replacen(from, to, 1));
        let found = findings.iter().find(|finding| finding.rule == rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {findings:?}"));
        assert_eq!(found.severity, Severity::Must);
        assert!(!found.mend.is_empty());
        assert_eq!(found.place.as_ref().map(|place| place.file.as_str()), Some("moments.toml"));
    }
    let (_, findings) = with(&MOMENT.replace("2030", "2050"));
    assert!(findings.iter().any(|finding| finding.rule == "history-ahead"), "{findings:?}");
}
