//! Two records of one number: seen by all, and settled by a quorum.

use journal::{Contradiction, Digest, Entry, Head, Seal, Signed, Standing, State, Why, Writer, verify};

use crate::world::{World, centre, key, second};

fn comment(text: &str) -> Entry {
    Entry::Comment { about: Digest::NONE, text: text.to_owned() }
}

/// The east tells the north one thing and the south another, under one number, and goes on with the first.
fn split() -> (World, Signed, Signed) {
    let mut world = World::new();
    let mut twin = world.writers[0].clone();
    let one = world.write(0, comment("yes"));
    let other = twin.append(second(30), comment("no")).unwrap();
    world.send(0, 1);
    let first: Vec<Signed> = world.views[0].numbered(&centre(0), 1).cloned().collect();
    world.views[2].extend(first.into_iter().chain([other.clone()]));
    world.write(0, comment("and so on"));
    (world, one, other)
}

fn fork(state: &State<'_>) -> Option<journal::Fork> {
    state.chains[&centre(0)].forks.first().cloned()
}

#[test]
fn a_fork_stops_the_journal_and_is_told() {
    let (mut world, one, other) = split();
    assert_eq!(fork(&world.state(1)), None, "who was told one thing cannot know");
    world.heal();
    let state = world.state(3);
    let told = fork(&state).unwrap();
    let mut digests = vec![one.digest(), other.digest()];
    digests.sort();
    assert_eq!((told.number, &told.digests, told.settled), (2, &digests, None));
    assert_eq!(state.chains[&centre(0)].records.len(), 1);
    assert_eq!(state.chains[&centre(0)].waiting, 1, "what follows the fork waits");
    assert!(state.contradictions.contains(&Contradiction::Fork(told)));
}

#[test]
fn a_quorum_settles_a_fork() {
    let (mut world, one, other) = split();
    // Those who were told the first thing say together how far they hold the journals.
    for at in [1, 3, 4] {
        world.send(0, at);
    }
    let heads = [world.writers[0].standing()]
        .iter()
        .map(|at| Head { centre: centre(0), number: at.number(), digest: at.digest() })
        .collect::<Vec<_>>();
    for at in [1, 3] {
        world.write(at, Entry::Checkpoint { heads: heads.clone() });
    }
    world.heal();
    assert_eq!(world.state(2).seals, [], "two are no quorum of three");
    assert_eq!(fork(&world.state(2)).unwrap().settled, None);

    world.write(4, Entry::Checkpoint { heads: heads.clone() });
    world.heal();
    let state = world.state(2);
    let told = fork(&state).unwrap();
    assert_eq!(told.settled, Some(one.digest()));
    assert_eq!(state.chains[&centre(0)].records.len(), 3);
    assert!(state.contradictions.contains(&Contradiction::Fork(told)), "settled is not forgotten");
    assert!(state.chains[&centre(0)].digest(2) != Some(other.digest()));
    let signers = [1, 3, 4].map(centre).into();
    assert_eq!(state.seals, [Seal { heads, signers }]);
}

#[test]
fn two_quorums_that_disagree_settle_nothing() {
    let (mut world, one, other) = split();
    world.terms.quorum = 2;
    world.heal();
    for (at, signed) in [(1, &one), (2, &other), (3, &one), (4, &other)] {
        world.write(at, Entry::Checkpoint { heads: vec![signed.head()] });
    }
    world.heal();
    let state = world.state(0);
    assert_eq!(state.seals.len(), 2);
    assert_eq!(fork(&state).unwrap().settled, None);
    assert_eq!(state.chains[&centre(0)].records.len(), 1);
}

#[test]
fn a_stolen_old_key_does_not_undo_what_is_sealed() {
    let mut world = World::new();
    let mut thief = world.writers[0].clone();
    let rotated = world.writers[0].rotate(second(40), key(91)).unwrap();
    world.views[0].add(rotated);
    let later = world.write(0, comment("with the new key"));
    world.heal();
    for at in [1, 2, 3] {
        world.write(at, Entry::Checkpoint { heads: vec![later.head()] });
    }
    world.heal();
    let before = world.state(1).baseline_digest();
    let forged = thief.append(second(41), comment("forged with the old key")).unwrap();
    world.views[4].add(forged.clone());
    world.heal();
    let state = world.state(1);
    assert_eq!(state.chains[&centre(0)].head(), Some(later.head()));
    assert!(fork(&state).unwrap().digests.contains(&forged.digest()));
    assert_eq!(state.baseline_digest(), before);
}

#[test]
fn a_record_of_nobodys_key_is_refused_and_moves_nothing() {
    let mut world = World::new();
    world.write(0, comment("yes"));
    world.heal();
    let before = world.state(1).digest();
    let mut forger = Writer::new(Standing::new(centre(0), key(99).public()), key(99));
    let proof = key(99).proof(&centre(0));
    let forged = forger.append(second(1), Entry::KeyCreated { key: key(99).public(), proof }).unwrap();
    world.views[1].add(forged.clone());
    let state = world.state(1);
    assert_eq!(state.digest(), before);
    let (head, fault) = &state.chains[&centre(0)].refused[0];
    assert_eq!((head.digest, fault.number, &fault.why), (forged.digest(), 1, &Why::UnknownKey));
}

#[test]
fn two_views_are_told_by_whoever_saw_the_other() {
    let (mut world, one, other) = split();
    // The south writes what it saw; the other branch itself never reaches the north.
    let teller = {
        let heads = world.state(2).heads();
        world.write(2, Entry::Checkpoint { heads })
    };
    let told: Vec<Signed> = world.views[2].of(&centre(2)).cloned().collect();
    world.views[1].extend(told);
    let state = world.state(1);
    let view = Contradiction::View { teller: teller.digest(), told: other.head(), held: one.digest() };
    assert_eq!(state.contradictions, [view]);
}

#[test]
fn a_sealed_record_that_is_gone_is_missed() {
    let mut world = World::new();
    let last = world.write(0, comment("the last word"));
    for at in [1, 2, 3] {
        world.send(0, at);
        world.write(at, Entry::Checkpoint { heads: vec![last.head()] });
    }
    world.heal();
    let seal = world.state(1).seals.pop().unwrap();
    assert!(world.state(1).missing.is_empty());

    let cut = world.views[4].iter().filter(|signed| signed.digest() != last.digest()).cloned().collect();
    world.views[4] = cut;
    assert_eq!(world.state(4).missing.iter().collect::<Vec<_>>(), [&last.head()]);
    let rest: Vec<&[u8]> = world.views[4].of(&centre(0)).map(Signed::bytes).collect();
    let verified = verify(Standing::new(centre(0), key(1).public()), &rest, &world.known(seal.heads, None));
    let fault = verified.fault.unwrap();
    assert_eq!((fault.number, fault.why), (2, Why::Truncated(last.digest())));
}
