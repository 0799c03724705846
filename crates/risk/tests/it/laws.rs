use risk::{LossKind, Verdict, losses, pairs, repairs};
use timeline::Duration;

use crate::books::{asked, book_of, question};

/// Nobody acts on a loss before it is known; what the plan itself calls for is done whatever happens.
#[test]
fn nothing_is_done_before_it_is_known() {
    for as_of in ["2004-11-15", "2018-10-01"] {
        let all = asked("iss", as_of, 400);
        for (loss, consequence) in &all.losses {
            for taken in &consequence.taken {
                assert!(taken.at >= loss.known, "{loss:?}: {taken:?}");
            }
        }
    }
}

#[test]
fn verdicts_and_ends_agree_and_the_worst_stands_first() {
    let all = asked("iss", "2004-11-15", 500);
    let mut last = Verdict::Broken;
    for (loss, consequence) in &all.losses {
        assert_eq!(consequence.verdict == Verdict::Broken, consequence.ends.is_some(), "{loss:?}");
        assert_eq!(consequence.verdict == Verdict::Secure, consequence.breaches.is_empty(), "{loss:?}");
        assert!(consequence.verdict <= last);
        last = consequence.verdict;
    }
    assert!(all.secure_until() <= all.outlook.span().end());
}

/// A lever that is proposed leaves the loss no worse than it was.
#[test]
fn repairs_mend() {
    for as_of in ["2004-11-15", "2014-10-01", "2018-10-01"] {
        let all = asked("iss", as_of, 500);
        let repairs = repairs(&book_of("iss", &[]), &question(as_of, 500), &all).unwrap();
        assert!(repairs.iter().any(|(_, repair)| repair.is_some()), "{as_of}");
        for (at, repair) in &repairs {
            let Some(repair) = repair else { continue };
            let before = &all.losses[*at].1;
            let ended = before.ends.as_ref().map(|end| end.0);
            let is_later =
                repair.ends.zip(ended).is_some_and(|(after, before)| after > before + Duration::DAY);
            assert!(repair.verdict < before.verdict || is_later, "{repair:?}");
        }
    }
}

#[test]
fn pairs_are_the_same_on_any_number_of_threads() {
    let book = book_of("iss", &[]);
    let question = question("2018-10-01", 100);
    let singles = losses(&book, &question).unwrap();
    let alone = pairs(&book, &question, &singles, 1, &|_, _| {}).unwrap();
    for threads in [2, 3] {
        assert_eq!(pairs(&book, &question, &singles, threads, &|_, _| {}).unwrap(), alone);
    }
    let of_flights = singles.losses.iter().filter(|(loss, _)| loss.kind == LossKind::Lost).count();
    assert!(alone.count > of_flights * (of_flights - 1) / 2, "{} pairs", alone.count);
    for pair in &alone.worse {
        let worst_alone = pair.of.map(|at| singles.losses[at].1.verdict).into_iter().max().unwrap();
        assert!(pair.consequence.verdict > worst_alone, "{pair:?}");
    }
    assert!(alone.crewed_until <= singles.crewed_until());
}
