//! What the small book's response policy says, and one fault at a time in it.

use station::Response;
use timeline::Duration;

use crate::small::{files, read_and_check};
use crate::stock_faults::check_all;

#[test]
fn a_policy_is_read_whole() {
    let policy = read_and_check(files()).0.policy;
    let does: Vec<&Response> = policy.iter().map(|measure| &measure.does).collect();
    assert_eq!(*does[0], Response::Ration { less: 0.1 });
    assert!(matches!(does[1], Response::Stop { processes } if processes[0].as_str() == "splitter"));
    assert_eq!(*does[2], Response::Hold { least: 1, over_life: 0.2 });
    assert_eq!(*does[3], Response::CrewDown { least: 1 });
    assert!(matches!(does[4], Response::Leave { notice, .. } if *notice == Duration::DAY * 7));
    let fewer = policy.named("fewer").expect("it is there");
    assert_eq!(fewer.call.as_ref().map(|call| call.at), Some(Duration::HOUR * 300));
    assert_eq!(policy.named("wait").expect("it is there").call, None);
}

#[test]
fn a_book_may_have_no_policy() {
    let mut without = files();
    without.retain(|(path, _)| path != "policy.toml");
    let (book, findings) = read_and_check(without);
    assert!(book.policy.is_empty());
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn faults_are_found_with_their_place_and_mend() {
    check_all(&[
        ("policy.toml", "less_pct = 10", "less_pct = 110", &["policy.toml:8:12 out-of-range: "]),
        ("policy.toml", "less_pct = 10\n", "", &["policy.toml:1 value-missing: give `less_pct`"]),
        ("policy.toml", "at_days = 15\n", "", &["policy.toml:12 value-missing: give `at_days`"]),
        (
            "policy.toml",
            "does = \"hold\"",
            "does = \"hod\"",
            &["policy.toml:27:8 word-unknown: did you mean `hold`?"],
        ),
        (
            "policy.toml",
            "order = 3",
            "order = 2",
            &["policy.toml:23 order-twice: say which of the two is taken first: the lower number"],
        ),
        (
            "policy.toml",
            "[\"splitter\"]",
            "[\"spliter\"]",
            &["policy.toml:12 id-unknown: did you mean `splitter`?"],
        ),
        (
            "policy.toml",
            "processes = [\"splitter\"]\n",
            "",
            &["policy.toml:12 measure-idle: give `processes`"],
        ),
        (
            "policy.toml",
            "supplies = [\"drink\"]\nat_days = 20",
            "supplies = [\"drin\"]\nat_days = 20",
            &["policy.toml:1 id-unknown: did you mean `drink`?"],
        ),
        (
            "policy.toml",
            "supplies = [\"drink\"]\nat_days = 12.5",
            "at_days = 12.5",
            &["policy.toml:33 measure-idle: give `supplies` and `at_days`"],
        ),
        (
            "policy.toml",
            "notice_days = 7",
            "notice = 7",
            &["policy.toml:52:1 unit-missing: write `notice_days`"],
        ),
    ]);
}
