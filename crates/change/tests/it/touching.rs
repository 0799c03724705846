//! What single edits touch: on both sides of a change, of everybody concerned.

use change::{Products, Touch, touches};
use timeline::Duration;

use crate::world::{WEEK, content, iss, later, rewrite, with};

#[track_caller]
fn check(change: fn(&mut Products), expected: &[&str]) {
    let found: Vec<String> =
        touches(&content(change), iss().terms.founding()).iter().map(ToString::to_string).collect();
    let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn touches_are_read_as_they_are_written() {
    let everything = iss().terms.founding().everything();
    assert!(everything.len() > 50);
    for touch in &everything {
        assert_eq!(touch.to_string().parse(), Ok(touch.clone()));
    }
    for text in
        ["people", "people/", "people/ESA", "people/esa/", "share/esa", "flight-plan/esa", "", "safety"]
    {
        assert!(text.parse::<Touch>().is_err(), "{text}");
    }
}

#[test]
fn who_did_it_and_who_is_to_do_it() {
    check(
        |products| {
            with(products, "esa-own", |activity| activity.crew = ["meir-jessica".parse().unwrap()].into());
        },
        &["activity/esa/experiment", "element/esa", "people/esa", "people/nasa"],
    );
    // An American on a Soyuz flies under NASA's right, a Russian on a Dragon under Roscosmos's.
    check(
        |products| {
            with(products, "rest", |activity| {
                activity.crew =
                    ["williams-christopher", "fedyaev-andrey"].map(|one| one.parse().unwrap()).into();
            });
        },
        &["people/esa", "people/nasa", "people/roscosmos"],
    );
    // Somebody whom the book does not know may be anybody's.
    check(
        |products| with(products, "rest", |activity| activity.crew = ["no-body".parse().unwrap()].into()),
        &["people/csa", "people/esa", "people/jaxa", "people/nasa", "people/roscosmos"],
    );
}

#[test]
fn where_it_was_and_where_it_is_to_be() {
    check(
        |products| with(products, "esa-own", |activity| activity.element = Some("kibo-pm".parse().unwrap())),
        &["activity/esa/experiment", "element/esa", "element/jaxa", "people/esa"],
    );
    check(
        |products| with(products, "esa-own", |activity| activity.element = Some("annex".parse().unwrap())),
        &[
            "activity/esa/experiment",
            "element/csa",
            "element/esa",
            "element/jaxa",
            "element/nasa",
            "element/roscosmos",
            "people/esa",
        ],
    );
}

#[test]
fn whose_share_it_takes() {
    // Another kind: what was counted is counted no more.
    check(
        |products| with(products, "esa-own", |activity| activity.kind = "maintenance".parse().unwrap()),
        &[
            "activity/esa/experiment",
            "activity/esa/maintenance",
            "element/esa",
            "people/esa",
            "share/us-crew-time/esa",
        ],
    );
    // Counted to another.
    check(
        |products| with(products, "esa-own", |activity| activity.partner = Some("jaxa".parse().unwrap())),
        &[
            "activity/esa/experiment",
            "activity/jaxa/experiment",
            "element/esa",
            "people/esa",
            "share/us-crew-time/esa",
            "share/us-crew-time/jaxa",
        ],
    );
    // By a cosmonaut: the time of another segment.
    check(
        |products| {
            with(products, "esa-own", |activity| activity.crew = ["mikaev-sergey".parse().unwrap()].into());
        },
        &[
            "activity/esa/experiment",
            "element/esa",
            "people/esa",
            "people/roscosmos",
            "share/russian-crew-time/esa",
            "share/us-crew-time/esa",
        ],
    );
    // As long as before, at another time: nobody's share.
    check(
        |products| with(products, "esa-own", later),
        &["activity/esa/experiment", "element/esa", "people/esa"],
    );
}

#[test]
fn a_plan_that_goes_takes_with_it_what_is_everybodys() {
    check(
        |products| drop(products.plans.remove(WEEK)),
        &[
            "activity/csa/experiment",
            "activity/esa/experiment",
            "activity/jaxa/experiment",
            "activity/nasa/experiment",
            "activity/nasa/maintenance",
            "activity/roscosmos/experiment",
            "common",
            "element/esa",
            "element/jaxa",
            "element/nasa",
            "element/roscosmos",
            "guest",
            "people/esa",
            "people/nasa",
            "people/roscosmos",
            "share/russian-crew-time/roscosmos",
            "share/us-crew-time/csa",
            "share/us-crew-time/esa",
            "share/us-crew-time/jaxa",
            "share/us-crew-time/nasa",
        ],
    );
    check(
        |products| {
            let week = products.plans.get_mut(WEEK).unwrap();
            let aboard =
                timeline::Interval::new(week.span.start(), week.span.start() + Duration::DAY).unwrap();
            week.crew.insert("adenot-sophie".parse().unwrap(), aboard);
        },
        &["people/esa"],
    );
}

#[test]
fn files_by_their_name() {
    check(|products| drop(products.files.remove("plans.csv")), &["flight-plan"]);
    check(|products| drop(products.files.remove("flights.csv")), &["flight-plan"]);
    check(|products| drop(products.files.remove("people.csv")), &["crew-rotation"]);
    check(|products| drop(products.files.remove("seats.csv")), &["crew-rotation"]);
    check(|products| drop(products.files.remove("policy.toml")), &["common"]);
    check(
        |products| drop(products.files.insert("rules/new.toml".to_owned(), "# None yet.\n".to_owned())),
        &["rules"],
    );
    check(
        |products| rewrite(products, "partners.toml", "short = \"Roscosmos\"", "short = \"RSA\""),
        &["agreement"],
    );
    check(
        |products| {
            rewrite(
                products,
                "ports.toml",
                "id = \"zarya-aft\"\nname = \"Zarya aft\"\nelement = \"zarya\"",
                "id = \"zarya-aft\"\nname = \"Zarya aft\"\nelement = \"columbus\"",
            );
        },
        &["element/esa", "element/nasa"],
    );
    // The parts in its use are the agreement's.
    check(
        |products| {
            let text = products.files.get_mut("elements.toml").unwrap();
            *text = text.replacen(
                "{ partner = \"esa\", share_pct = 51.0 }, { partner = \"nasa\", share_pct = 46.7 }",
                "{ partner = \"esa\", share_pct = 97.7 }",
                1,
            );
        },
        &["agreement", "element/esa"],
    );
}

#[test]
fn requests_of_somebody() {
    let new = |partner: &str, more: &str| {
        format!(
            "\n[[request]]\nid = \"brand-new\"\npartner = \"{partner}\"\ntitle = \"New\"\nkind = \"experiment\"\nminutes = 30\n{more}source = \"invented\"\nquality = \"assumed\"\n"
        )
    };
    let check = |text: String, expected: &[&str]| {
        let content =
            content(|products| products.files.get_mut("requests/esa.toml").unwrap().push_str(&text));
        let found: Vec<String> =
            touches(&content, iss().terms.founding()).iter().map(ToString::to_string).collect();
        let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
    };
    check(new("esa", ""), &["activity/esa/experiment"]);
    // In whose file it stands says nothing.
    check(new("nasa", ""), &["activity/nasa/experiment"]);
    check(new("guest", ""), &["guest"]);
    // Whoever says that another gave leave touches what is the other's; a list that names nobody says nothing.
    check(new("esa", "approved = []\n"), &["activity/esa/experiment"]);
    check(new("esa", "approved = ['jaxa', \"no-body\"]\n"), &["activity/esa/experiment", "element/jaxa"]);
    check(new("esa", "approved = [\"roscosmos\"]\n"), &["activity/esa/experiment", "element/roscosmos"]);
}
