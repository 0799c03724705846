//! Laws of every pool, on random terms, uses, barters and spans.

use ledger::{Barter, Extent, Line, Measure, Span, Statement, Tally, Use, apportion};
use proptest::collection::vec;
use proptest::prelude::*;
use record::PartnerId;
use timeline::{Duration, Interval, Time};

const PARTNERS: [&str; 6] = ["nasa", "roscosmos", "jaxa", "esa", "csa", "guest"];

/// Fifty years of which random uses lie anywhere.
const HORIZON_S: i64 = 50 * 366 * 86_400;

/// More than was ever had of any pool at once: a thousand people for thirty years, in seconds.
const MOST: u64 = 1_000 * 30 * 366 * 86_400;

fn partner(at: usize) -> PartnerId {
    PARTNERS[at % PARTNERS.len()].parse().expect("an id")
}

fn at(seconds: i64) -> Time {
    "1998-11-20T06:40Z".parse::<Time>().expect("a time") + Duration::SECOND * seconds
}

fn use_of_it() -> impl Strategy<Value = Use> {
    let measure = prop::sample::select(vec![Measure::Planned, Measure::Flown, Measure::Open]);
    let instant = (0..HORIZON_S, 0..MOST).prop_map(|(time, amount)| Extent::At(at(time), amount));
    let stay = (0..HORIZON_S, 1..86_400 * 400_i64).prop_map(|(time, length)| {
        Extent::Over(Interval::new(at(time), at(time + length)).expect("some length"))
    });
    let whose = prop::option::weighted(0.95, 0..PARTNERS.len());
    (whose, measure, prop::option::weighted(0.9, 0..4_usize), prop_oneof![instant, stay]).prop_map(
        |(whose, measure, terms, extent)| Use { partner: whose.map(partner), measure, terms, extent },
    )
}

fn barter() -> impl Strategy<Value = Barter> {
    (0..HORIZON_S, 0..PARTNERS.len(), 1..PARTNERS.len(), 0..ledger::MOST).prop_map(
        |(time, from, further, amount)| Barter {
            at: at(time),
            from: partner(from),
            to: partner(from + further),
            pool: "crew-time".parse().expect("an id"),
            amount,
            terms: String::new(),
        },
    )
}

/// Up to three terms of up to five partners with a part.
fn terms() -> impl Strategy<Value = Vec<Vec<(PartnerId, i64)>>> {
    let weight = prop_oneof![Just(0), 1..1_000_000_i64];
    vec(vec((0..5_usize).prop_map(partner).prop_flat_map(move |id| (Just(id), weight.clone())), 1..6), 1..4)
}

fn tally(terms: &[Vec<(PartnerId, i64)>], uses: &[Use], barters: &[Barter]) -> Tally {
    let known = [Measure::Planned, Measure::Flown, Measure::Open];
    let mut tally = Tally::new("crew-time".parse().expect("an id"), terms, known);
    PARTNERS.iter().enumerate().for_each(|(at, _)| tally.open_account(&partner(at)));
    uses.iter().cloned().for_each(|one| tally.enter(one));
    barters.iter().cloned().for_each(|one| tally.enter_barter(one));
    tally
}

fn sum(statement: &Statement, column: impl Fn(&Line) -> Option<i128>) -> i128 {
    statement.lines.iter().map(|line| column(line).expect("it is told")).sum()
}

proptest! {
    #[test]
    fn balances_add_up_to_nothing_and_entitlements_to_the_whole(
        terms in terms(),
        uses in vec(use_of_it(), 0..60),
        barters in vec(barter(), 0..20),
        from in 0..HORIZON_S,
        length in 0..HORIZON_S,
    ) {
        let tally = tally(&terms, &uses, &barters);
        let statement = tally.over(Span::new(at(from), at(from + length)).expect("a span"));
        prop_assert_eq!(sum(&statement, Line::balance), 0);
        let whole = statement.whole.expect("it is told");
        prop_assert_eq!(sum(&statement, |line| line.entitled), whole);
        prop_assert_eq!(sum(&statement, Line::used), whole);
        prop_assert_eq!(sum(&statement, |line| Some(line.given - line.taken)), 0);
    }

    #[test]
    fn two_spans_add_up_to_both(
        terms in terms(),
        uses in vec(use_of_it(), 0..60),
        barters in vec(barter(), 0..20),
        mut times in prop::array::uniform3(0..HORIZON_S),
    ) {
        times.sort_unstable();
        let [begin, middle, end] = times.map(at);
        let tally = tally(&terms, &uses, &barters);
        let over = |from, to| tally.over(Span::new(from, to).expect("a span"));
        let (first, second, both) = (over(begin, middle), over(middle, end), over(begin, end));
        prop_assert_eq!(first.whole.zip(second.whole).map(|(a, b)| a + b), both.whole);
        prop_assert_eq!(first.beyond_terms + second.beyond_terms, both.beyond_terms);
        prop_assert_eq!(first.nobodys + second.nobodys, both.nobodys);
        for ((first, second), both) in first.lines.into_iter().zip(&second.lines).zip(both.lines) {
            prop_assert_eq!(first.and(second), both);
        }
    }

    #[test]
    fn nobody_is_a_unit_off_its_exact_part(whole in 0..u64::MAX, weights in vec(0..i64::MAX / 16, 1..10)) {
        let whole = i128::from(whole);
        let parts = apportion(whole, &weights);
        let sum: i128 = weights.iter().copied().map(i128::from).sum();
        prop_assume!(sum > 0);
        prop_assert_eq!(parts.iter().sum::<i128>(), whole);
        for (part, weight) in parts.iter().zip(&weights) {
            // |part − whole · weight / sum| < 1, without a division.
            let off = part * sum - whole * i128::from(*weight);
            prop_assert!(off.abs() < sum, "{} of {} by {:?}", part, whole, weights);
            prop_assert!(*weight > 0 || *part == 0);
        }
    }

    #[test]
    fn the_order_of_entries_means_nothing(
        terms in terms(),
        uses in vec(use_of_it(), 0..30),
        barters in vec(barter(), 0..10),
    ) {
        let span = Span::new(at(0), at(HORIZON_S / 2)).expect("a span");
        let (mut later_first, mut barters_reversed) = (uses.clone(), barters.clone());
        later_first.reverse();
        barters_reversed.reverse();
        prop_assert_eq!(
            tally(&terms, &uses, &barters).over(span),
            tally(&terms, &later_first, &barters_reversed).over(span)
        );
    }
}

#[test]
fn units_that_are_left_go_to_the_largest_remainders_then_to_the_first() {
    for (whole, weights, expected) in [
        // Hamilton's method by hand: 10 · 0.766 = 7.66, 1.28, 0.83, 0.23; cut 7, 1, 0, 0; two left, to 0.83 and 0.66.
        (10, vec![766, 128, 83, 23], vec![8, 1, 1, 0]),
        (1, vec![1, 1, 1], vec![1, 0, 0]),
        (2, vec![1, 1, 1], vec![1, 1, 0]),
        (7, vec![0, 3, 0], vec![0, 7, 0]),
        (0, vec![1, 2], vec![0, 0]),
        (5, vec![0, 0], vec![0, 0]),
        (5, vec![], vec![]),
        (5, vec![-3, 1], vec![0, 5]),
    ] {
        assert_eq!(apportion(whole, &weights), expected, "{whole} by {weights:?}");
    }
}

/// Signs: who gave is ahead of its part, who took is behind it, by what changed hands.
#[test]
fn a_barter_moves_the_balance_of_two() {
    let terms = [vec![(partner(0), 50), (partner(1), 50)]];
    let flown = |who: usize| Use {
        partner: Some(partner(who)),
        measure: Measure::Flown,
        terms: Some(0),
        extent: Extent::At(at(10), 100),
    };
    let given = Barter {
        at: at(20),
        from: partner(0),
        to: partner(1),
        pool: "crew-time".parse().expect("an id"),
        amount: 30,
        terms: "a ride for hardware".to_owned(),
    };
    let tally = tally(&terms, &[flown(0), flown(1)], &[given]);
    let balances = |from, to| -> Vec<i128> {
        let statement = tally.over(Span::new(at(from), at(to)).expect("a span"));
        statement.lines.iter().take(2).filter_map(Line::balance).collect()
    };
    assert_eq!(balances(0, 20), [0, 0], "what is to come does not count");
    assert_eq!(balances(0, 21), [30, -30]);
    assert_eq!(balances(21, 40), [0, 0], "what is past does not count again");
}
