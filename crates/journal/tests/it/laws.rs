//! Laws of folding, on random histories of centres that are cut off from one another and write on.

use std::collections::BTreeSet;

use journal::{Asked, Contradiction, Digest, Entry, Head, Journals, Ruled, Signed, Status, fold};
use proptest::collection::vec;
use proptest::prelude::*;
use timeline::Duration;

use crate::world::{CENTRES, OwnersDecide, World, centre, key};

/// One thing that happens: which centre, what, and two free choices.
type Step = (usize, u8, usize, usize);

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    vec((0..CENTRES.len(), 0_u8..16, any::<usize>(), any::<usize>()), 10..most)
}

fn history(steps: &[Step]) -> World {
    let mut world = World::new();
    for step in steps {
        happen(&mut world, *step);
    }
    world
}

fn happen(world: &mut World, (at, what, one, other): Step) {
    let state = world.state(at);
    let held: Vec<Digest> = state.requests.keys().copied().collect();
    let open = state.requests.iter().filter(|(_, requested)| {
        requested.status == Status::Open && requested.asked.get(&centre(at)) == Some(&Asked::Decide)
    });
    let open: Vec<Digest> = open.map(|(digest, _)| *digest).collect();
    drop(state);
    let pick = |choice: usize| held.get(choice % held.len().max(1)).copied();
    let edits = format!("{}/{}\n{}/{}", CENTRES[one % 5], one % 3, CENTRES[other % 5], other % 3);
    match (what, pick(one)) {
        (0..=2, _) => {
            world.request(at, &edits, &[]);
        }
        (3, Some(request)) => {
            let also = pick(other).unwrap();
            world.request(at, &edits, &[request, also]);
        }
        // Mostly on what waits for one's word, now and then on anything.
        (4..=7, Some(request)) => {
            let waiting = open.get(one % (open.len() + 1));
            world.approve(at, waiting.copied().unwrap_or(request));
        }
        (8, Some(request)) => {
            world.reject(at, request);
        }
        (9, Some(request)) => {
            world.withdraw(at, request);
        }
        (10, Some(request)) => {
            let baseline = world.state(at).baseline_digest();
            world.write(at, Entry::Implementation { request, baseline });
        }
        (11, _) => {
            let heads = world.state(at).heads();
            world.write(at, Entry::Checkpoint { heads });
        }
        (12, Some(request)) => {
            world.rule(at, request, if other % 3 == 0 { Ruled::Rejected } else { Ruled::Approved });
        }
        _ => world.send(one % 5, at),
    }
}

fn digest(records: impl IntoIterator<Item = Signed>, world: &World) -> Digest {
    let journals: Journals = records.into_iter().collect();
    fold(&journals, &world.terms, &OwnersDecide).digest()
}

/// What a thief of keys, a centre with two tongues and a forger make of records: other ones at the same places.
fn hostile(world: &World, choices: &[(usize, u8)]) -> Vec<Signed> {
    let all: Vec<Signed> = world.all().iter().cloned().collect();
    let make = |(which, how): &(usize, u8)| {
        let mut record = all[which % all.len()].record().clone();
        let own = CENTRES.iter().position(|name| *name == record.centre.as_str()).unwrap() as u8 + 1;
        record.entry = match how % 4 {
            0 => Entry::Comment { about: Digest::NONE, text: how.to_string() },
            1 => Entry::Approval { request: all[which / 7 % all.len()].digest() },
            2 => Entry::Withdrawal { request: all[which / 7 % all.len()].digest(), text: String::new() },
            _ => record.entry,
        };
        let signer = if *how < 64 { 99 } else { own };
        record.sign(&key(signer)).ok()
    };
    choices.iter().filter_map(make).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_order_and_any_repetition_fold_to_the_same(
        (world, order) in steps(80).prop_flat_map(|steps| {
            let world = history(&steps);
            let mut records: Vec<Signed> = world.all().iter().cloned().collect();
            records.extend_from_within(..records.len() / 2);
            (Just(SomeWorld(world)), Just(records).prop_shuffle())
        })
    ) {
        let sorted = digest(world.0.all().iter().cloned(), &world.0);
        prop_assert_eq!(digest(order, &world.0), sorted);
    }

    /// Forks, forgeries and quorums that settle some of them included.
    #[test]
    fn hostile_records_fold_to_the_same_in_any_order(
        (terms, records) in (steps(60), vec((any::<usize>(), any::<u8>()), 1..8), 0_usize..4).prop_flat_map(|(steps, choices, signers)| {
            let mut world = history(&steps);
            let forged = hostile(&world, &choices);
            world.heal();
            let heads = world.state(0).heads();
            for at in 0..signers {
                world.write(at, Entry::Checkpoint { heads: heads.clone() });
            }
            world.heal();
            let records: Vec<Signed> = world.all().iter().cloned().chain(forged).collect();
            (Just(world.terms.clone()), Just(records).prop_shuffle())
        })
    ) {
        let journals: Journals = records.iter().cloned().collect();
        let state = fold(&journals, &terms, &OwnersDecide);
        let backwards: Journals = records.iter().rev().cloned().collect();
        prop_assert_eq!(fold(&backwards, &terms, &OwnersDecide).digest(), state.digest());
        // The halves come together from two sides, and each record twice.
        let (one, other) = records.split_at(records.len() / 2);
        let mut joined: Journals = other.iter().chain(other).cloned().collect();
        joined.extend(one.iter().cloned());
        prop_assert_eq!(fold(&joined, &terms, &OwnersDecide), state);
    }

    #[test]
    fn partial_views_come_together(steps in steps(80), order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle()) {
        let mut world = history(&steps);
        let before: BTreeSet<Digest> = (0..5).map(|at| world.state(at).digest()).collect();
        prop_assert!(!before.is_empty());
        let mut one = Journals::new();
        for at in order {
            one.extend(world.views[at].iter().cloned());
            // Folding on the way leaves no trace.
            let _ = fold(&one, &world.terms, &OwnersDecide).digest();
        }
        world.heal();
        let all = world.state(0).digest();
        prop_assert_eq!(fold(&one, &world.terms, &OwnersDecide).digest(), all);
        prop_assert!((1..5).all(|at| world.state(at).digest() == all));
    }

    /// What a request says of its baseline can be recomputed by anybody, ever after.
    #[test]
    fn the_baseline_that_a_request_names_comes_back(
        steps in steps(60),
        choices in vec((any::<usize>(), any::<u8>()), 0..8),
    ) {
        let world = history(&steps);
        let mut all = world.all();
        let requests: Vec<Signed> = all.iter().cloned().collect();
        all.extend(hostile(&world, &choices));
        for signed in &requests {
            let Entry::Request(request) = &signed.record().entry else { continue };
            let then = all.until(&request.seen);
            let was = fold(&then, &world.terms, &OwnersDecide);
            prop_assert_eq!(was.baseline_digest(), request.baseline);
        }
    }

    /// Whatever anybody writes, nothing of a centre is in the baseline without that centre's approval or authorship, or the chair's
    /// decision once the minute is over.
    #[test]
    fn nothing_of_a_centre_changes_without_its_word(steps in steps(100)) {
        let mut world = history(&steps);
        world.heal();
        let state = world.state(0);
        for digest in &state.baseline {
            let requested = &state.requests[digest];
            prop_assert_eq!(requested.status, Status::Approved);
            let asked_at = requested.signed.record().time;
            let ruled = requested.said.iter().map(|signed| signed.record()).any(|record| {
                matches!(record.entry, Entry::Ruling { ruled: Ruled::Approved, .. })
                    && record.centre == centre(1)
                    && record.time >= asked_at + Duration::MINUTE
            });
            for owner in requested.touches.iter().map(|touch| touch.split('/').next().unwrap()) {
                let author = requested.signed.record().centre.as_str() == owner;
                let approved = requested.said.iter().any(|signed| {
                    signed.record().centre.as_str() == owner && matches!(signed.record().entry, Entry::Approval { .. })
                });
                prop_assert!(author || approved || ruled, "{} is touched without its word", owner);
            }
        }
        for requested in state.requests.values() {
            if let Status::Replaced(by) = requested.status {
                prop_assert!(requested.touches.is_empty() || state.requests[&by].decided.is_some());
                let own: BTreeSet<_> = String::from_utf8(requested.request.edits.clone()).unwrap().lines().map(str::to_owned).collect();
                prop_assert!(own.is_subset(&state.requests[&by].touches), "whoever is replaced was asked");
            }
        }
    }

    /// Every pair of approved requests on one thing is either made in knowledge of the other or under a clash on that thing.
    #[test]
    fn no_clash_goes_unseen(steps in steps(100)) {
        let mut world = history(&steps);
        world.heal();
        let state = world.state(0);
        for (at, later) in state.baseline.iter().enumerate() {
            let later_one = &state.requests[later];
            for earlier in &state.baseline[..at] {
                let place = state.requests[earlier].decided.as_ref().unwrap();
                let own = later_one.signed.record();
                let saw = later_one.request.seen.iter().any(|head| head.centre == place.centre && head.number >= place.number)
                    || (own.centre == place.centre && own.number > place.number);
                for touch in later_one.touches.intersection(&state.requests[earlier].touches) {
                    let told = state.contradictions.iter().any(|contradiction| {
                        matches!(contradiction, Contradiction::Clash { touch: on, request, .. } if on == touch && request == later)
                    });
                    prop_assert!(saw || told);
                }
            }
        }
        let clocks = state.contradictions.iter().filter(|one| matches!(one, Contradiction::Clock { .. })).count();
        prop_assert_eq!(clocks, 0, "writers that heed what they saw are never behind");
    }

    #[test]
    fn records_beyond_a_gap_wait(steps in steps(60), gap in any::<prop::sample::Index>()) {
        let world = history(&steps);
        let all: Vec<Signed> = world.all().iter().cloned().collect();
        let lost = gap.index(all.len());
        let journals: Journals = all.iter().enumerate().filter(|(at, _)| *at != lost).map(|(_, signed)| signed.clone()).collect();
        let state = fold(&journals, &world.terms, &OwnersDecide);
        let (of, number) = (&all[lost].record().centre, all[lost].record().number);
        let chain = &state.chains[of];
        prop_assert_eq!(chain.records.len() as u64, number - 1);
        prop_assert_eq!(chain.waiting, all.iter().filter(|signed| signed.record().centre == *of).count() - number as usize);
        drop(state);
        let whole: Journals = journals.iter().cloned().chain([all[lost].clone()]).collect();
        prop_assert_eq!(fold(&whole, &world.terms, &OwnersDecide).digest(), digest(all, &world));
    }
}

/// A world that proptest can show.
struct SomeWorld(World);

impl Clone for SomeWorld {
    fn clone(&self) -> Self {
        let World { writers, views, terms } = &self.0;
        Self(World { writers: writers.clone(), views: views.clone(), terms: terms.clone() })
    }
}

impl std::fmt::Debug for SomeWorld {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let heads: Vec<Head> = (0..5).flat_map(|at| self.0.state(at).heads()).collect();
        write!(f, "{heads:?}")
    }
}

#[test]
fn random_histories_are_worth_their_name() {
    let mut world = World::new();
    // A linear congruential generator (Knuth's MMIX constants), its upper bits.
    let mut random = 1_u64;
    let mut draw = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize
    };
    for _ in 0..500 {
        happen(&mut world, (draw() % 5, (draw() % 16) as u8, draw(), draw()));
    }
    world.heal();
    let state = world.state(0);
    assert!(state.baseline.len() >= 10, "{} in the baseline", state.baseline.len());
    let clash = |one: &&Contradiction| matches!(one, Contradiction::Clash { .. });
    assert!(state.contradictions.iter().filter(clash).count() >= 5);
    for status in [Status::Open, Status::Approved, Status::Rejected, Status::Withdrawn] {
        assert!(state.requests.values().any(|requested| requested.status == status), "no {status:?}");
    }
    assert!(state.requests.values().any(|requested| matches!(requested.status, Status::Replaced(_))));
    assert!(state.chains[&centre(0)].records.len() > 20);
    let early = |one: &&Contradiction| matches!(one, Contradiction::NotChair { .. });
    assert!(state.contradictions.iter().any(|one| early(&one)), "somebody ruled who may not");
}

#[test]
fn hostile_histories_are_worth_their_name() {
    let mut world = World::new();
    (0..6).for_each(|round| {
        (0..5).for_each(|at| {
            world.request(at, &format!("east/{round}"), &[]);
        });
    });
    let forged = hostile(&world, &(0..40).map(|at| (at * 11, at as u8 * 6)).collect::<Vec<_>>());
    world.heal();
    let heads = world.state(0).heads();
    (0..3).for_each(|at| {
        world.write(at, Entry::Checkpoint { heads: heads.clone() });
    });
    world.heal();
    let settles = |journals: &Journals, quorum: usize| {
        let terms = journal::Terms { quorum, ..world.terms.clone() };
        let state = fold(journals, &terms, &OwnersDecide);
        let forks: Vec<_> = state.chains.values().flat_map(|chain| chain.forks.clone()).collect();
        let settled = forks.iter().filter(|fork| fork.settled.is_some()).count();
        let refused: usize = state.chains.values().map(|chain| chain.refused.len()).sum();
        (settled, forks.len() - settled, refused > 0)
    };
    let all: Journals = world.all().iter().cloned().chain(forged).collect();
    let (settled, open, refused) = settles(&all, 3);
    assert_eq!((settled, refused), (0, true), "those who would sign have forks themselves");
    assert!(open >= 3);

    let kept = |signed: &&Signed| signed.record().centre == centre(4) || world.all().contains(&signed.head());
    let west_only: Journals = all.iter().filter(kept).cloned().collect();
    let (settled, open, _) = settles(&west_only, 3);
    assert!(settled >= 3, "{settled} forks of the west are settled by the others, {open} are not");
}
