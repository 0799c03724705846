//! What edits hold, in one form; what they make of products, and how they move to others.

use change::{BlockEdit, Change, Conflict, Content, ContentError, Form, Products, Refusal, apply, rebase};
use journal::MAX_BLOB_BYTES;

use crate::world::{WEEK, activity, content, iss, later, rewrite, with};

fn small() -> Content {
    content(|products| {
        with(products, "esa-own", later);
        rewrite(products, "stays.csv", "adenot-sophie,crew-12,", "adenot-sophie,crew-12,crew-12");
        rewrite(products, "elements.toml", "id = \"columbus\"\n", "id = \"columbus\"\n# To be weighed.\n");
    })
}

#[test]
fn the_one_form_reads_back_and_no_other_is_read() {
    let content = small();
    let bytes = content.to_bytes().unwrap();
    assert_eq!(Content::from_bytes(&bytes).unwrap(), content);
    let text = String::from_utf8(bytes).unwrap();
    for (from, to) in [
        ("{\"content\":1,", "{ \"content\":1,"),
        ("{\"content\":1,", "{\"content\":2,"),
        ("{\"content\":1,", "{\"more\":0,\"content\":1,"),
        ("\"hold\":\"free\",", ""),
        ("\"hold\":\"free\"", "\"hold\":\"free\",\"by\":\"us\""),
        ("\"id\":\"esa-own\"", "\"id\":\"esa\\u002down\""),
        ("T09:00:00Z", "T09:00Z"),
        ("\"form\":\"row\"", "\"form\":\"line\""),
        ("\"form\":\"table\"", "\"form\":\"table\",\"header\":\"\""),
        ("\"file\":\"stays.csv\"", "\"file\":\"../stays.csv\""),
        ("\"file\":\"stays.csv\"", "\"file\":\"./stays.csv\""),
        ("\"file\":\"stays.csv\"", "\"file\":\"/stays.csv\""),
        ("\"file\":\"stays.csv\"", "\"file\":\"elements.toml\""),
        ("\"after\":", "\"before\":null,\"after\":"),
        ("\"product\":\"week-2026-06-01\"", "\"product\":\"Week\""),
    ] {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text, "`{from}` is there");
        assert!(Content::from_bytes(other.as_bytes()).is_err(), "{from} -> {to}");
    }
    for more in [" ", "\n", "{}", "\0"] {
        assert!(Content::from_bytes(format!("{text}{more}").as_bytes()).is_err());
    }
    for end in 0..text.len() {
        assert!(Content::from_bytes(&text.as_bytes()[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn an_edit_of_two_activities_or_of_none_is_refused() {
    let text = String::from_utf8(small().to_bytes().unwrap()).unwrap();
    // Before under one id, after under another: what is moved would not be what is seen.
    let renamed = text.replacen("\"after\":{\"id\":\"esa-own\"", "\"after\":{\"id\":\"nasa-own\"", 1);
    assert_ne!(renamed, text);
    let told = Content::from_bytes(renamed.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        told,
        "no content of a change request: week-2026-06-01: an edit is of one activity, under one id"
    );
    assert_eq!(Content::default().to_bytes(), Err(ContentError::Empty));
    assert_eq!(Content::between(&iss().products, &iss().products), Err(ContentError::Empty));
}

#[test]
fn more_than_a_request_can_hold_is_told() {
    let mut after = iss().products.clone();
    with(&mut after, "esa-own", |activity| activity.notes = "n".repeat(MAX_BLOB_BYTES));
    let told = Content::between(&iss().products, &after).unwrap_err();
    assert!(matches!(told, ContentError::Long { length } if length > MAX_BLOB_BYTES));
    assert!(told.to_string().ends_with("ask for them in several requests"), "{told}");
}

#[test]
fn what_lies_between_makes_one_of_the_other() {
    let cases: [fn(&mut Products); 9] = [
        |products| with(products, "esa-own", later),
        |products| drop(products.plans.remove(WEEK)),
        |products| {
            let mut next = products.plans[WEEK].clone();
            next.title = "Week 24".to_owned();
            products.plans.insert("week-2026-06-08".parse().unwrap(), next);
        },
        |products| {
            let week = products.plans.get_mut(WEEK).unwrap();
            week.activities.remove("russian");
            week.activities.insert("new".parse().unwrap(), activity(Some("esa"), "experiment", &[], None));
        },
        |products| rewrite(products, "stays.csv", "adenot-sophie,crew-12,", "adenot-sophie,crew-12,crew-12"),
        |products| {
            rewrite(products, "elements.toml", "id = \"columbus\"\n", "id = \"columbus\"\n# Weighed.\n");
        },
        |products| {
            products.files.get_mut("agreement.toml").unwrap().push_str("\n[[lead]]\ncentre = \"mcc-m\"\nfrom = \"2026-06-03\"\nsource = \"handed over\"\nquality = \"assumed\"\n");
        },
        |products| drop(products.files.remove("seats.csv")),
        |products| {
            drop(
                products
                    .files
                    .insert("seats.csv".to_owned(), "flight,from\nsoyuz-ms-28,2026-06-01\n".to_owned()),
            );
        },
    ];
    for (at, case) in cases.into_iter().enumerate() {
        let mut after = iss().products.clone();
        case(&mut after);
        let content = Content::between(&iss().products, &after);
        // A plan that goes with all that is done in it is fine: each activity is said to go.
        let content = content.unwrap_or_else(|error| panic!("case {at}: {error}"));
        let mut made = iss().products.clone();
        assert_eq!(apply(&content, &mut made), [], "case {at}");
        assert!(made == after, "case {at}: {:?}", Content::between(&made, &after));
        // Backwards as well, but for the order of a file's blocks.
        let back = Content::between(&after, &iss().products).unwrap();
        assert_eq!(apply(&back, &mut made), [], "case {at}, back");
        assert_eq!(Content::between(&made, &iss().products), Err(ContentError::Empty), "case {at}, back");
    }
}

#[test]
fn a_block_put_in_again_is_no_second_one() {
    let content = content(|products| {
        products.files.get_mut("elements.toml").unwrap().push_str(
            "\n[[element]]\nid = \"shed\"\nname = \"Shed\"\nkind = \"storage\"\nowner = \"esa\"\nsegment = \"us\"\nlaunched = \"2027-01-01\"\nattached = \"2027-01-02\"\nparent = \"columbus\"\nsource = \"invented\"\nquality = \"assumed\"\n",
        );
    });
    let mut products = iss().products.clone();
    assert_eq!(apply(&content, &mut products), []);
    let once = products.clone();
    assert_eq!(
        apply(&content, &mut products),
        [Refusal::Taken("elements.toml".to_owned(), "shed".to_owned())]
    );
    assert!(products == once);
}

#[test]
fn a_change_moves_to_another_baseline() {
    let mine = small();
    let old = &iss().products;
    let same = rebase(&mine, old, old);
    assert_eq!((same.content.as_ref(), same.conflicts.as_slice()), (Some(&mine), [].as_slice()));

    // Others changed other things: the same edits, and they fit.
    let mut new = old.clone();
    with(&mut new, "nasa-own", later);
    rewrite(&mut new, "stays.csv", "hathaway-jack,crew-12,", "hathaway-jack,crew-12,crew-12");
    let moved = rebase(&mine, old, &new);
    assert_eq!(moved.conflicts, []);
    let mut both = new.clone();
    assert_eq!(apply(moved.content.as_ref().unwrap(), &mut both), []);
    let mut in_turn = old.clone();
    with(&mut in_turn, "nasa-own", later);
    assert_eq!(apply(&mine, &mut in_turn), []);
    assert_eq!(both.plans, in_turn.plans);

    // Others changed another part of the same activity: the request has both.
    let mut new = old.clone();
    with(&mut new, "esa-own", |activity| activity.notes = "bring gloves".to_owned());
    let moved = rebase(&mine, old, &new);
    assert_eq!(moved.conflicts, []);
    let mut both = new.clone();
    assert_eq!(apply(&moved.content.unwrap(), &mut both), []);
    let joined = &both.plans[WEEK].activities["esa-own"];
    assert_eq!(
        (joined.notes.as_str(), joined.start),
        ("bring gloves", crate::world::time("2026-06-02T10:00Z"))
    );

    // Others did the same already: nothing is left.
    let mut new = old.clone();
    assert_eq!(apply(&mine, &mut new), []);
    let moved = rebase(&mine, old, &new);
    assert_eq!((moved.content, moved.conflicts), (None, vec![]));
}

#[test]
fn what_both_changed_is_named() {
    let mine = small();
    let old = &iss().products;
    let mut new = old.clone();
    with(&mut new, "esa-own", |activity| {
        later(activity);
        later(activity);
    });
    rewrite(&mut new, "elements.toml", "id = \"columbus\"\n", "id = \"columbus\"\n# Weighed.\n");
    let moved = rebase(&mine, old, &new);
    let told: Vec<String> = moved.conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["week-2026-06-01: `esa-own`: both changed its time", "elements.toml: both changed `columbus`"]
    );
    let content = moved.content.unwrap();
    assert!(!content.files.contains_key("elements.toml") && content.files.contains_key("stays.csv"));

    new.plans.clear();
    let moved = rebase(&mine, old, &new);
    assert_eq!(moved.conflicts[0], Conflict::NoPlan(WEEK.parse().unwrap()));

    // What did not fit the old baseline fits no other.
    let block = BlockEdit {
        form: Form::Table,
        text: Change { before: Some("[[element]]\nid = \"no-such\"\n".to_owned()), after: None },
    };
    let wrong = Content { files: [("elements.toml".to_owned(), vec![block])].into(), ..Content::default() };
    let moved = rebase(&wrong, old, &new);
    assert_eq!(moved.content, None);
    assert_eq!(
        moved.conflicts[0].to_string(),
        "elements.toml: `no-such` is not as it was when the change was made"
    );
}
