//! Where requests stand, case by case; who does not go together with whom is told.

use journal::{ChangeRequest, Contradiction, Digest, Entry, Journals, Ruled, Status, Writer, fold};
use timeline::Duration;

use crate::world::{OwnersDecide, World, centre, key, second};

/// Who does what, in order.
type Acts<'a> = &'a [(usize, &'a str)];

/// What happens to a request of the east on a thing of the north and one of the south.
fn after(acts: Acts<'_>) -> (Status, Vec<&'static str>) {
    let mut world = World::new();
    let request = world.request(0, "north/a\nsouth/b", &[]);
    for (at, act) in acts {
        world.heal();
        match *act {
            "approve" => world.approve(*at, request),
            "comment" => world
                .write(*at, Entry::ApprovalWithComment { request, text: "after noon".to_owned() })
                .digest(),
            "reject" => world.reject(*at, request),
            "withdraw" => world.withdraw(*at, request),
            // Everybody's clock goes on; so does the first writer's after this.
            "wait" => {
                let late = second(60) + Duration::SECOND * 10;
                let signed = world.writers[*at].append(late, Entry::Checkpoint { heads: vec![] }).unwrap();
                world.views[*at].add(signed.clone());
                signed.digest()
            }
            "rule for" => world.rule(*at, request, Ruled::Approved),
            "rule against" => world.rule(*at, request, Ruled::Rejected),
            "implement" => {
                world.write(*at, Entry::Implementation { request, baseline: Digest::NONE }).digest()
            }
            other => panic!("{other} is nothing to do"),
        };
    }
    world.heal();
    let state = world.state(4);
    let told = state.contradictions.iter().map(|contradiction| match contradiction {
        Contradiction::AfterApproval { .. } => "after",
        Contradiction::NotApproved { .. } => "unapproved",
        Contradiction::NotAuthor { .. } => "not author",
        Contradiction::NotChair { .. } => "not chair",
        other => panic!("{other:?} is not expected"),
    });
    let told = told.collect();
    assert_eq!(state.baseline.len(), usize::from(state.requests[&request].status == Status::Approved));
    (state.requests[&request].status, told)
}

#[test]
fn a_request_stands_where_those_asked_have_put_it() {
    const EAST: usize = 0;
    const NORTH: usize = 1;
    const SOUTH: usize = 2;
    const WEST: usize = 4;
    use Status::{Approved, Open, Rejected, Withdrawn};
    let cases: [(Acts<'_>, Status, &[&str]); 23] = [
        (&[], Open, &[]),
        (&[(NORTH, "approve")], Open, &[]),
        (&[(NORTH, "approve"), (SOUTH, "comment")], Approved, &[]),
        (&[(NORTH, "approve"), (SOUTH, "approve"), (EAST, "implement")], Approved, &[]),
        // Whoever is only informed decides nothing, either way.
        (&[(NORTH, "approve"), (WEST, "approve")], Open, &[]),
        (&[(WEST, "reject"), (NORTH, "approve"), (SOUTH, "approve")], Approved, &[]),
        (&[(EAST, "approve"), (NORTH, "approve")], Open, &[]),
        // A word can be changed until the decision, and not after.
        (&[(NORTH, "reject")], Rejected, &[]),
        (&[(NORTH, "reject"), (NORTH, "approve"), (SOUTH, "approve")], Approved, &[]),
        (&[(NORTH, "approve"), (NORTH, "reject"), (SOUTH, "approve")], Rejected, &[]),
        (&[(NORTH, "approve"), (SOUTH, "approve"), (NORTH, "reject")], Approved, &["after"]),
        (&[(NORTH, "approve"), (EAST, "withdraw"), (SOUTH, "approve")], Withdrawn, &[]),
        (
            &[(NORTH, "approve"), (NORTH, "withdraw"), (SOUTH, "approve"), (EAST, "withdraw")],
            Approved,
            &["after", "not author"],
        ),
        (&[(NORTH, "approve"), (EAST, "implement")], Open, &["unapproved"]),
        // The chair decides when the term is over, and nobody else does, nor earlier.
        (&[(NORTH, "rule for")], Open, &["not chair"]),
        (&[(EAST, "wait"), (SOUTH, "rule for")], Open, &["not chair"]),
        (&[(EAST, "wait"), (NORTH, "rule for")], Approved, &[]),
        (&[(SOUTH, "reject"), (EAST, "wait"), (NORTH, "rule for")], Approved, &[]),
        (&[(EAST, "wait"), (NORTH, "rule against")], Rejected, &[]),
        (&[(EAST, "wait"), (NORTH, "rule against"), (NORTH, "rule for")], Approved, &[]),
        (&[(EAST, "wait"), (NORTH, "rule for"), (NORTH, "rule against")], Approved, &["after"]),
        (&[(EAST, "wait"), (NORTH, "rule for"), (SOUTH, "reject")], Approved, &["after"]),
        (&[(EAST, "withdraw"), (EAST, "wait"), (NORTH, "rule for")], Withdrawn, &[]),
    ];
    for (acts, status, told) in cases {
        assert_eq!(after(acts), (status, told.to_vec()), "{acts:?}");
    }
}

#[test]
fn ones_own_things_are_ones_own() {
    let mut world = World::new();
    let request = world.request(0, "east/a", &[]);
    let state = world.state(0);
    assert_eq!(state.requests[&request].status, Status::Approved);
    assert_eq!(state.baseline, [request]);
}

#[test]
fn a_clash_stands_until_one_request_takes_the_place_of_both() {
    let mut world = World::new();
    let one = world.request(0, "east/a", &[]);
    let other = world.request(1, "east/a\nnorth/b", &[]);
    world.send(1, 0);
    world.approve(0, other);
    world.heal();
    let state = world.state(3);
    assert_eq!(state.baseline, [one, other]);
    let clash = Contradiction::Clash { touch: "east/a".to_owned(), request: other, unseen: vec![one] };
    assert_eq!(state.contradictions, [clash]);

    let both = world.request(0, "east/a", &[one, other]);
    world.heal();
    assert_eq!(
        world.state(3).requests[&both].status,
        Status::Open,
        "the north loses something by it and is asked"
    );
    world.approve(1, both);
    world.heal();
    let state = world.state(3);
    assert_eq!(state.baseline, [both]);
    assert_eq!(state.requests[&one].status, Status::Replaced(both));
    assert_eq!(state.contradictions, []);
}

#[test]
fn requests_in_turn_do_not_clash() {
    let mut world = World::new();
    world.request(0, "east/a", &[]);
    world.request(0, "east/a", &[]);
    world.heal();
    let third = world.request(1, "east/a", &[]);
    world.heal();
    world.approve(0, third);
    assert_eq!(world.state(0).contradictions, []);
    assert_eq!(world.state(0).baseline.len(), 3);
}

#[test]
fn a_request_for_one_unknown_waits() {
    let mut world = World::new();
    let one = world.request(0, "east/a", &[]);
    world.send(0, 1);
    let two = world.request(1, "north/a", &[one]);
    let alone: Journals = world.views[1].iter().filter(|signed| signed.digest() != one).cloned().collect();
    let state = fold(&alone, &world.terms, &OwnersDecide);
    assert_eq!(state.requests[&two].status, Status::Waiting);
    assert!(state.missing.iter().any(|head| head.centre == centre(0) && head.digest == one));
    assert_eq!(world.state(1).requests[&two].status, Status::Open);
}

#[test]
fn a_word_on_an_unknown_request_is_kept_apart() {
    let mut world = World::new();
    let word = world.approve(0, Digest::of(b"nothing"));
    assert_eq!(world.state(0).loose.iter().map(|signed| signed.digest()).collect::<Vec<_>>(), [word]);
}

#[test]
fn one_name_for_two_requests_is_told() {
    let mut world = World::new();
    let named = |world: &World, replaces: &[Digest]| ChangeRequest {
        ..world.draft(0, "75-0541", "east/a", replaces)
    };
    let first = named(&world, &[]);
    let first = world.write(0, Entry::Request(first)).digest();
    let rebased = named(&world, &[first]);
    let rebased = world.write(0, Entry::Request(rebased)).digest();
    assert_eq!(world.state(0).contradictions, []);
    let other = named(&world, &[]);
    let other = world.write(0, Entry::Request(other)).digest();
    let mut requests = vec![rebased, other];
    requests.sort();
    let told = Contradiction::SameName { name: "75-0541".to_owned(), requests };
    assert_eq!(world.state(0).contradictions, [told]);
}

#[test]
fn a_clock_that_is_behind_is_told() {
    let mut world = World::new();
    world.writers[0] = {
        let (mut ahead, first) = Writer::found(&centre(0), key(1), second(0)).unwrap();
        world.views[0] = [first].into_iter().collect();
        let later = ahead.append(second(1000), Entry::Checkpoint { heads: vec![] }).unwrap();
        world.views[0].add(later);
        ahead
    };
    let request = world.request(0, "north/a", &[]);
    world.send(0, 1);
    let hasty = world.writers[1].append(second(1) + Duration::SECOND, Entry::Approval { request }).unwrap();
    world.views[1].add(hasty.clone());
    let state = world.state(1);
    assert_eq!(state.contradictions, [Contradiction::Clock { record: hasty.digest(), seen: request }]);
    assert_eq!(state.requests[&request].status, Status::Approved, "and the word counts");
}
