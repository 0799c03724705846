//! The short form of a month of cut links: bundles between nodes of one process.

use std::collections::BTreeSet;

use journal::{Contradiction, Digest, Head};
use timeline::Duration;

use crate::work::Worker;
use crate::world::{CENTRES, Dice, OwnersDecide, World, minute};

/// Days of work, and records of each centre a day.
const DAYS: usize = 30;
const A_DAY: usize = 10;

fn carry(world: &mut World, from: usize, to: usize, day: usize) {
    let since = world.nodes[to].heads();
    let bundled = sync::bundle(&world.nodes[from], &since).unwrap();
    let taken = sync::take(&mut world.nodes[to], &bundled.bytes, minute(1440 * (day as i64 + 2))).unwrap();
    assert_eq!(taken.received.faults, []);
}

#[test]
fn thirty_days_of_cut_links_end_in_one_state() {
    let mut world = World::new();
    let mut dice = Dice(11);
    let mut workers: Vec<Worker> = (0..CENTRES.len()).map(|at| Worker::new(at, 5)).collect();
    for day in 0..DAYS {
        for part in 0..A_DAY {
            let now = minute(10 + 1440 * day as i64) + Duration::MINUTE * 140 * part as i64;
            for (worker, node) in workers.iter_mut().zip(&mut world.nodes) {
                worker.look(node);
                worker.write(node, now);
            }
        }
        // Most ways are cut on most days; some days nobody hears anybody.
        for _ in 0..dice.below(6) {
            let (from, to) = (dice.below(CENTRES.len()), dice.below(CENTRES.len()));
            if from != to {
                carry(&mut world, from, to, day);
            }
        }
        if dice.below(5) == 0 {
            world.reopen(dice.below(CENTRES.len()));
        }
    }
    let digests = |world: &World| -> BTreeSet<Digest> {
        world.nodes.iter().map(|node| node.fold(&OwnersDecide).digest()).collect()
    };
    assert!(digests(&world).len() > 1, "nobody was cut off");
    for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 4), (4, 3), (3, 2), (2, 1), (1, 0)] {
        carry(&mut world, from, to, DAYS);
    }
    assert_eq!(digests(&world).len(), 1);
    let told: BTreeSet<Vec<Contradiction>> =
        world.nodes.iter().map(|node| node.fold(&OwnersDecide).contradictions).collect();
    assert_eq!(told.len(), 1);
    assert!(told.iter().flatten().any(|told| matches!(told, Contradiction::Clash { .. })));
    for node in &mut world.nodes {
        let mut acknowledged: Vec<&Head> = workers.iter().flat_map(|worker| &worker.acknowledged).collect();
        acknowledged.retain(|head| !node.journals().contains(head));
        assert_eq!((acknowledged.len(), node.journals().len()), (0, CENTRES.len() * (DAYS * A_DAY + 1)));
        assert!(node.verify_all().unwrap().is_sound());
    }
}
