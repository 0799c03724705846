//! Numbers of requests.

use std::collections::BTreeSet;

use change::Number;
use proptest::prelude::*;

#[test]
fn numbers_are_read_as_they_are_written_and_no_otherwise() {
    for (text, expected) in [
        ("75-0541", Some((75, 541))),
        ("43-0541", Some((43, 541))),
        ("75-0001", Some((75, 1))),
        ("75-12345", Some((75, 12_345))),
        ("75-541", None),
        ("75-00541", None),
        ("075-0541", None),
        ("75-0000", None),
        ("75-", None),
        ("-0541", None),
        ("75-0541-1", None),
        ("75-+541", None),
        ("", None),
    ] {
        let read = text.parse::<Number>().ok().map(|number| (number.increment, number.serial));
        assert_eq!(read, expected, "{text}");
        assert!(expected.is_none() || text.parse::<Number>().unwrap().to_string() == text);
    }
    let told = "75/541".parse::<Number>().unwrap_err().to_string();
    assert_eq!(
        told,
        "`75/541` is no number of a change request: write increment and serial, such as `75-0541`"
    );
}

proptest! {
    /// Centres that hear of one another now and then, or never, give no number twice.
    #[test]
    fn centres_cut_off_from_one_another_give_no_number_twice(
        centres in 1_usize..9,
        steps in prop::collection::vec((0_usize..9, 0_usize..9, any::<bool>()), 1..200),
    ) {
        let mut seen: Vec<BTreeSet<String>> = vec![BTreeSet::new(); centres];
        let mut given = BTreeSet::new();
        for (who, other, hears) in steps {
            let (who, other) = (who % centres, other % centres);
            if hears {
                let theirs = seen[other].clone();
                seen[who].extend(theirs);
                continue;
            }
            let names = seen[who].iter().map(String::as_str);
            let next = Number::next(names, 75, who as u64, centres as u64);
            prop_assert!(seen[who].iter().all(|name| name.parse::<Number>().unwrap() < next), "later than all seen");
            prop_assert!(given.insert(next), "{} was given before", next);
            seen[who].insert(next.to_string());
        }
    }
}
