use journal::{Digest, Entry, Head};
use sync::{Bundle, BundleError, SyncError, bundle, take};

use crate::world::{World, centre, minute};

fn said(text: &str) -> Entry {
    Entry::Comment { about: Digest::NONE, text: text.to_owned() }
}

fn talk(world: &mut World, at: usize, count: usize) {
    (0..count)
        .for_each(|number| drop(world.nodes[at].write(said("as it was"), minute(number as i64)).unwrap()));
}

#[test]
fn a_bundle_has_one_form() {
    let mut world = World::new();
    talk(&mut world, 0, 5);
    let bytes = bundle(&world.nodes[0], &[]).unwrap().bytes;
    let read = Bundle::read(&bytes).unwrap();
    assert_eq!(read.bytes(), bytes);
    assert_eq!((read.station.as_str(), read.sender, read.heads.len()), ("iss", centre(0), 1));
    assert_eq!((read.batches[0].first, read.batches[0].records.len()), (1, 6));
    assert_eq!(Bundle::recover(&bytes).error, None);
}

#[test]
fn what_is_no_bundle_is_refused_by_place() {
    let mut world = World::new();
    talk(&mut world, 0, 3);
    let whole = bundle(&world.nodes[0], &[]).unwrap().bytes;
    let refused = |bytes: &[u8]| Bundle::read(bytes).unwrap_err().to_string();
    assert!(refused(b"CUPJREC1").contains("CUPBUND1"));
    assert!(refused(&[&whole[..], b"x"].concat()).contains("goes on for 1 bytes"));
    assert!(refused(&whole[..whole.len() - 40]).contains("record 4 of east"));
    assert!(refused(&whole[..whole.len() - 1]).contains("record 4 of east"), "no room for the digest");
    let mut long = whole.clone();
    long[17] = 0xff; // The count of heads.
    assert_eq!(
        Bundle::read(&long).unwrap_err(),
        BundleError::Value {
            at: 17,
            what: "gives the heads a length of 4278190081, more than 4096".to_owned()
        }
    );
    // Every end is told, none is a panic.
    for cut in 0..whole.len() {
        assert!(Bundle::read(&whole[..cut]).is_err());
    }
}

#[test]
fn a_bundle_of_another_station_is_refused() {
    let mut world = World::new();
    let bytes = Bundle {
        station: "gateway".to_owned(),
        ..Bundle::read(&bundle(&world.nodes[0], &[]).unwrap().bytes).unwrap()
    };
    let told = take(&mut world.nodes[1], &bytes.bytes(), minute(9)).unwrap_err();
    assert!(matches!(told, SyncError::Station { .. }), "{told}");
}

#[test]
fn the_whole_part_of_a_torn_bundle_counts_and_the_rest_is_asked_for() {
    let mut world = World::new();
    talk(&mut world, 0, 20);
    let whole = bundle(&world.nodes[0], &[]).unwrap().bytes;
    let torn = Bundle::recover(&whole[..whole.len() / 2]);
    assert!(matches!(torn.error, Some(BundleError::Short { .. })));
    let got = world.nodes[1].receive(&torn.batches, minute(99)).unwrap();
    assert!((5..15).contains(&got.new.len()), "{}", got.new.len());
    let rest = bundle(&world.nodes[0], &world.nodes[1].heads()).unwrap();
    assert_eq!(rest.records + got.new.len(), 21);
    let taken = take(&mut world.nodes[1], &rest.bytes, minute(99)).unwrap();
    assert_eq!((taken.lacking, taken.received.gaps.len()), (vec![], 0));
}

#[test]
fn bundles_come_in_any_order_and_more_than_once() {
    let mut world = World::new();
    let mut bundles = Vec::new();
    let mut since: Vec<Head> = vec![];
    for _ in 0..6 {
        talk(&mut world, 0, 4);
        bundles.push(bundle(&world.nodes[0], &since).unwrap().bytes);
        since = world.nodes[0].heads();
    }
    for order in [[5, 4, 3, 2, 1, 0], [3, 1, 5, 0, 2, 4], [0, 0, 5, 5, 1, 2]] {
        let mut other = World::new();
        let mut last = None;
        order
            .iter()
            .for_each(|at| last = Some(take(&mut other.nodes[1], &bundles[*at], minute(99)).unwrap()));
        let received = last.unwrap().received;
        if order == [0, 0, 5, 5, 1, 2] {
            let gap = &received.gaps[0];
            assert_eq!((gap.number, gap.centre.clone(), received.held_back), (14, centre(0), 4));
            other.nodes[1].receive(&Bundle::read(&bundles[3]).unwrap().batches, minute(99)).unwrap();
            take(&mut other.nodes[1], &bundles[4], minute(99)).unwrap();
        }
        let north = other.nodes[1].heads();
        assert!(north.contains(&world.nodes[0].heads()[0]), "{order:?}: {north:?}");
    }
}

#[test]
fn what_does_not_fit_comes_in_the_next() {
    let mut world = World::new();
    for number in 0..70 {
        let what = vec![number as u8; 1 << 20];
        world.nodes[0]
            .write(Entry::AsRun { activity: format!("video-{number}"), what }, minute(number))
            .unwrap();
    }
    let first = bundle(&world.nodes[0], &[]).unwrap();
    assert!(first.bytes.len() <= sync::MAX_BUNDLE_BYTES);
    let second = bundle(&world.nodes[0], &first.next.unwrap()).unwrap();
    assert_eq!((first.records + second.records, second.next), (71, None));
    let taken = take(&mut world.nodes[1], &first.bytes, minute(99)).unwrap();
    assert_eq!(taken.lacking, world.nodes[0].heads());
    take(&mut world.nodes[1], &second.bytes, minute(99)).unwrap();
    assert!(world.nodes[1].heads().contains(&world.nodes[0].heads()[0]));
}
