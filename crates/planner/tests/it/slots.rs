use planner::SlotSet;
use proptest::prelude::*;

fn members(set: &SlotSet) -> Vec<u32> {
    set.iter().collect()
}

proptest! {
    /// The algebra of sets, against plain lists.
    #[test]
    fn sets_are_sets(
        a in proptest::collection::btree_set(0u32..400, 0..60),
        b in proptest::collection::btree_set(0u32..400, 0..60),
        length in 0u32..140,
    ) {
        let (x, y): (SlotSet, SlotSet) = (a.iter().copied().collect(), b.iter().copied().collect());
        prop_assert_eq!(members(&x.and(&y)), a.intersection(&b).copied().collect::<Vec<_>>());
        prop_assert_eq!(members(&x.or(&y)), a.union(&b).copied().collect::<Vec<_>>());
        prop_assert_eq!(members(&x.without(&y)), a.difference(&b).copied().collect::<Vec<_>>());
        prop_assert_eq!(x.count() as usize, a.len());
        prop_assert_eq!(x.first(), a.first().copied());
        prop_assert_eq!(x.last(), a.last().copied());
        prop_assert_eq!(SlotSet::from_ranges(x.ranges()), x.clone());
        let runs = x.or(&SlotSet::from_range(100..260));
        let held = |start: &u32| (*start..start + length.max(1)).all(|slot| runs.contains(slot));
        prop_assert_eq!(members(&runs.starts_of(length)), (0..400).filter(held).collect::<Vec<_>>());
    }
}

#[test]
fn an_empty_set_is_one_value() {
    let empty = SlotSet::from_range(70..200).without(&SlotSet::from_range(0..300));
    assert_eq!(empty, SlotSet::new());
    assert_eq!((empty.first(), empty.last(), empty.is_empty()), (None, None, true));
    assert_eq!(SlotSet::from_ranges([std::ops::Range { start: 9, end: 3 }]), SlotSet::new());
}
