//! The table for people who ask with SQL: filled, asked, dropped, and built again from the records alone.

use std::collections::{BTreeMap, BTreeSet};

use journal::{
    Agreement, Asked, ChangeRequest, Digest, Entry, Journals, Key, Matter, PublicKey, Signed, Terms, Urgency,
    Verdict, Word, Words, Writer, fold,
};
use record::{BodyId, CentreId};
use store::{Requests, Store, StoreError, for_each};
use timeline::Time;

use crate::journals::{centre, second};
use crate::places::Place;

/// Whoever is asked decides, and the other of two centres is asked.
struct TheOtherDecides;

impl Agreement for TheOtherDecides {
    fn touches(&self, request: &ChangeRequest) -> BTreeSet<String> {
        BTreeSet::from([request.name.clone()])
    }

    fn asks(&self, matter: &Matter<'_>) -> BTreeMap<CentreId, Asked> {
        let other = if matter.author.as_str() == "east" { "north" } else { "east" };
        BTreeMap::from([(centre(other), Asked::Decide)])
    }

    fn may_rule(&self, _: &Matter<'_>, _: &CentreId, _: &BodyId, _: Time) -> bool {
        false
    }

    fn verdict(&self, _: &Matter<'_>, words: &Words<'_>) -> Verdict {
        match words.centres.values().map(|said| said.word).next() {
            Some(Word::Rejected) => Verdict::Rejected,
            Some(_) => Verdict::Approved,
            None => Verdict::Open,
        }
    }
}

fn request(name: &str, replaces: Vec<Digest>) -> Entry {
    Entry::Request(ChangeRequest {
        name: name.to_owned(),
        urgency: Urgency::Safety,
        baseline: Digest::NONE,
        seen: vec![],
        replaces,
        edits: vec![1],
        rationale: "the pump".to_owned(),
    })
}

/// East asks four times; north approves the first, rejects the second, and approves the third, which stands in for the first.
fn records() -> Vec<Signed> {
    let found =
        |name: &str, seed| Writer::found(&centre(name), Key::from_seed(&[seed; 32]), second(0)).unwrap();
    let ((mut east, one), (mut north, two)) = (found("east", 1), found("north", 2));
    let mut ask = |at, name: &str, replaces| east.append(second(at), request(name, replaces)).unwrap();
    let first = ask(1, "75-0001", vec![]);
    let rejected = ask(2, "75-0002", vec![]);
    let third = ask(4, "75-0003", vec![first.digest()]);
    let open = ask(5, "a name with\0", vec![]);
    let mut say = |at, entry| north.append(second(at), entry).unwrap();
    let words = [
        say(3, Entry::Approval { request: first.digest() }),
        say(6, Entry::Rejection { request: rejected.digest(), text: "not on a Sunday".to_owned() }),
        say(7, Entry::Approval { request: third.digest() }),
    ];
    [one, two, first, rejected, third, open].into_iter().chain(words).collect()
}

/// The table, from what a store holds and nothing else.
fn project(store: &mut dyn Store) -> Requests {
    let mut journals = Journals::new();
    for name in ["east", "north"] {
        for_each(store, &centre(name), 1, |kept| {
            journals.add(Signed::read(&kept.bytes).unwrap());
            Ok::<(), StoreError>(())
        })
        .unwrap();
    }
    let root =
        |name: &str, seed| -> (CentreId, PublicKey) { (centre(name), Key::from_seed(&[seed; 32]).public()) };
    let terms = Terms { roots: BTreeMap::from([root("east", 1), root("north", 2)]), quorum: 2 };
    Requests::of(&fold(&journals, &terms, &TheOtherDecides))
}

pub(crate) fn requests_are_asked_with_sql_and_made_again(place: &dyn Place) {
    let mut store = place.open();
    store.put(&records()).unwrap();
    assert_eq!(store.requests().unwrap(), None);
    let requests = project(&mut *store);
    assert_eq!(requests.rows.len(), 4);
    store.set_requests(&requests).unwrap();

    let asked = |what: &str| place.ask(&format!("SELECT {what} FROM request ORDER BY number"));
    assert_eq!(asked("name"), ["75-0001", "75-0002", "75-0003", "a name with\u{2400}"]);
    assert_eq!(asked("status"), ["replaced", "rejected", "approved", "open"]);
    // 2000 began 32 s earlier in TAI than in UTC.
    let decided = ["1999-12-31T23:59:31Z", "-", "1999-12-31T23:59:35Z", "-"];
    assert_eq!(asked("COALESCE(decided, '-')"), decided);
    assert_eq!(asked("COALESCE(decided_by, '-')"), ["north", "-", "north", "-"]);
    let replaced = "SELECT new.name FROM request old JOIN request new ON old.replaced_by = new.digest";
    assert_eq!(place.ask(replaced), ["75-0003"]);

    let mut shown = requests.clone();
    shown.rows.iter_mut().for_each(|row| row.name = row.name.replace('\0', "\u{2400}"));
    assert_eq!(store.requests().unwrap(), Some(shown.clone()));
    place.run("UPDATE request SET author = 'Nobody Knows' WHERE number = 2");
    assert!(matches!(store.requests(), Err(StoreError::Request(_))));

    store.drop_projections().unwrap();
    assert_eq!(store.requests().unwrap(), None);
    assert!(asked("name").is_empty());
    // Even when people have dropped it themselves.
    place.run("DROP TABLE request");
    let again = project(&mut *store);
    assert_eq!(again, requests);
    store.set_requests(&again).unwrap();
    assert_eq!(store.requests().unwrap(), Some(shown));
}
