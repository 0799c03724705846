//! What one lost ship does, and how many people the stocks carry: small answers anybody can work out, and the station's.

use std::path::Path;

use book::{Book, Files};
use forecast::{Binding, Scenario, SkipOne, crew_limits, draft, first_want, skip_one};
use timeline::{Interval, Time};

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

/// A station of one store: 90 kg of food on 1 January, three people who eat a kilogram a day, barges with 60 kg each on 21 January
/// and 10 February, and a ferry of three seats that leaves on 1 March.
fn outpost() -> Book {
    outpost_with(&[])
}

/// The same with more at the end of some files.
fn outpost_with(more: &[(&str, &str)]) -> Book {
    let files = [
        (
            "book.toml",
            "id = \"outpost\"\ntitle = \"Outpost\"\nsummary = \"x\"\nbegan = \"2040-01-01\"\nknown_until = \"2040-01-02\"\nenvironment = \"none\"\n",
        ),
        (
            "partners.toml",
            "[[partner]]\nid = \"one\"\nname = \"One\"\nshort = \"O\"\ncountries = [\"NO\"]\ncolour = \"#000000\"\nkind = \"partner\"\nsegment = \"all\"\nsource = \"x\"\nquality = \"assumed\"\n",
        ),
        (
            "vehicles.toml",
            "[[vehicle]]\nid = \"barge\"\nname = \"Barge\"\nfamily = \"barge\"\npartner = \"one\"\ncrewed = false\nmechanisms = []\ncargo_up_kg = 60\nsource = \"x\"\nquality = \"assumed\"\n\n[[vehicle]]\nid = \"ferry\"\nname = \"Ferry\"\nfamily = \"ferry\"\npartner = \"one\"\ncrewed = true\nseats_up = 3\nseats_down = 3\nmechanisms = []\nsource = \"x\"\nquality = \"assumed\"\n",
        ),
        (
            "people.csv",
            "id,name,family_name,given_name,partner,country,source,quality,note\na,A,A,,one,NO,x,assumed,\nb,B,B,,one,NO,x,assumed,\nc,C,C,,one,NO,x,assumed,\n",
        ),
        (
            "flights.csv",
            "id,name,vehicle,number,launched,ended,end,outcome,element,source,quality,note\nferry-1,Ferry 1,ferry,,2040-01-01,,,success,,x,assumed,\n",
        ),
        (
            "dockings.csv",
            "flight,port,from,to,join,source,quality,note\nferry-1,gate,2040-01-01,,dock,x,assumed,\n",
        ),
        (
            "stays.csv",
            "person,up,down,partner,role,from,to,source,quality,note\na,ferry-1,,one,commander,,,x,assumed,\nb,ferry-1,,one,flight-engineer,,,x,assumed,\nc,ferry-1,,one,flight-engineer,,,x,assumed,\n",
        ),
        (
            "plans.csv",
            "flight,known_on,vehicle,launch,docking,leaves,up,down,source,quality,note\nbarge-1,2040-01-01,barge,,2040-01-21,,,,x,assumed,\nbarge-2,2040-01-01,barge,,2040-02-10,,,,x,assumed,\nferry-1,2040-01-01,ferry,,,2040-03-01,,,x,assumed,\n",
        ),
        (
            "stores.toml",
            "[[supply]]\nid = \"food\"\nname = \"Food\"\nlines_days = [20, 10]\nsource = \"x\"\nquality = \"assumed\"\n\n[[store]]\nid = \"larder\"\nname = \"Larder\"\ncommodity = \"food\"\nsupply = \"food\"\nowner = \"one\"\nsegment = \"all\"\ncapacity_kg = 1000\nsource = \"x\"\nquality = \"assumed\"\n\n[[store]]\nid = \"trash\"\nname = \"Trash\"\ncommodity = \"waste\"\nowner = \"one\"\nsegment = \"all\"\ncapacity_kg = 100000\nsource = \"x\"\nquality = \"assumed\"\n",
        ),
        (
            "levels.csv",
            "store,at,level_kg,source,quality,note\nlarder,2040-01-01,90,x,assumed,\ntrash,2040-01-01,0,x,assumed,\n",
        ),
        (
            "processes.toml",
            "[[process]]\nid = \"eating\"\nname = \"Eating\"\npriority = 1\nscale = \"crew.aboard\"\nin = [ { store = \"larder\", kg_d = 1.0 } ]\nout = [ { store = \"trash\", kg_d = 1.0 } ]\nsource = \"x\"\nquality = \"assumed\"\n",
        ),
        (
            "deliveries.toml",
            "[[delivery]]\nfamily = \"barge\"\nkind = \"total\"\ninto = [ { store = \"larder\", share_pct = 100.0 } ]\nsource = \"x\"\nquality = \"assumed\"\n",
        ),
    ];
    let whole = |(path, text): (&str, &str)| {
        let more = more.iter().filter(|(file, _)| *file == path).map(|(_, text)| *text);
        (path.to_owned(), (text.to_owned() + &more.collect::<String>()).into_bytes())
    };
    book::read(&files.map(whole).into_iter().collect::<Files>()).0
}

fn question(from: &str, to: &str, as_of: &str) -> Scenario {
    Scenario::new(Interval::new(time(from), time(to)).unwrap(), time(as_of))
}

/// 90 kg last three people 30 days: without barge 1 the lines of 20 and 10 days are crossed on days 10 and 20, and the larder is
/// empty on day 30, before barge 2 comes.
#[test]
fn the_loss_of_the_next_ship() {
    let outpost = outpost();
    let skipped = skip_one(&outpost, &question("2040-01-01", "2040-02-29", "2040-01-02")).unwrap();
    let [SkipOne { supply, flight, at, crossings, empty }] = &skipped[..] else { panic!("{skipped:?}") };
    assert_eq!((supply.as_str(), flight.as_str(), *at), ("food", "barge-1", time("2040-01-21")));
    let lines: Vec<(f64, Option<Time>)> = crossings.iter().map(|line| (line.line_days, line.at)).collect();
    assert_eq!(lines, [(20.0, Some(time("2040-01-11"))), (10.0, Some(time("2040-01-21")))]);
    assert_eq!(*empty, Some(time("2040-01-31")));
    // Both barges come: 90 + 60 + 60 kg last 70 days.
    let nobody_short = forecast_short(&outpost, None);
    assert_eq!(nobody_short, None);
}

fn forecast_short(book: &Book, crew: Option<u32>) -> Option<(Time, Binding)> {
    let question = Scenario { crew, ..question("2040-01-01", "2040-02-29", "2040-01-02") };
    let model = forecast::Model::new(&draft(book, &question).draft).unwrap();
    first_want(book, &forecast::compute(&model, question.span).unwrap(), question.span)
}

/// Until barge 1 (20 days) 90 kg carry 4 (4.5), until barge 2 (40 days) 150 kg carry 3 (3.75), until the end (59 days) 210 kg
/// carry 3 (3.56). There are three seats all the time.
#[test]
fn the_largest_crew_until_each_ship() {
    let outpost = outpost();
    let limits = crew_limits(&outpost, &question("2040-01-01", "2040-02-29", "2040-01-02"), 2).unwrap();
    let before =
        |one: &forecast::CrewLimit| one.before.as_ref().map_or_else(String::new, ToString::to_string);
    let carried: Vec<(String, u32, u32, u32)> =
        limits.iter().map(|one| (before(one), one.carried, one.seats, one.crew())).collect();
    let expected = [("barge-1", 4, 3, 3), ("barge-2", 3, 3, 3), ("", 3, 3, 3)];
    assert_eq!(
        carried,
        expected.map(|(before, carried, seats, crew)| (before.to_owned(), carried, seats, crew))
    );
    assert!(limits.iter().all(|one| one.wants == Some(Binding::Supply("food".to_owned()))), "{limits:?}");
    assert!(limits.iter().all(|one| one.binds() == Some(Binding::Seats)), "{limits:?}");
    // Four eat 90 kg in 22.5 days and 60 more by day 37.5, two and a half days before barge 2.
    assert_eq!(forecast_short(&outpost, Some(4)).unwrap().0, time("2040-02-07T12:00Z"));
    // After the ferry has left there is no seat.
    let late = crew_limits(&outpost, &question("2040-01-01", "2040-03-20", "2040-01-02"), 0).unwrap();
    assert_eq!((late[0].seats, late[0].crew(), late[0].binds()), (0, 0, Some(Binding::Seats)));
}

/// The days on which losses are asked about: every one has ships to lose for a year, seats, and an answer.
#[test]
fn every_day_that_losses_are_asked_about_has_its_plan() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let iss = book::read(&Files::from_dir(folder).unwrap()).0;
    for (day, to, cargo) in [
        ("2004-11-15", "2005-11-15", 5),
        ("2014-10-01", "2015-12-01", 9),
        ("2015-04-01", "2016-06-01", 9),
        ("2018-10-01", "2019-11-20", 9),
        ("2022-12-01", "2024-03-15", 9),
        ("2026-05-30T12:25Z", "2027-11-30", 9),
    ] {
        let question = question(day, to, day);
        let drafted = draft(&iss, &question);
        let ships = forecast::cargo_flights(&drafted.arrivals, question.span).count();
        assert!(ships >= cargo, "{ships} cargo flights after {day}");
        assert!(
            drafted.seats.iter().all(|&(_, seats)| (3..=24).contains(&seats)),
            "{day}: {:?}",
            drafted.seats
        );
        let skipped = skip_one(&iss, &question).unwrap();
        for supply in ["food", "oxygen", "water"] {
            assert!(skipped.iter().any(|one| one.supply == supply), "{supply} after {day}");
        }
    }
}

/// With both American scrubbers and Vozdukh out, something other than seats or food binds, and it is named.
#[test]
fn scrubbers_bind_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let iss = book::read(&Files::from_dir(folder).unwrap()).0;
    let mut asked = question("2026-05-30T12:25Z", "2026-08-30", "2026-05-30T12:25Z");
    for scrubber in ["cdra", "cdra-second", "vozdukh"] {
        let (process, from) = (scrubber.parse().unwrap(), time("2026-05-30T12:25Z"));
        asked.failures.push(station::Outage { process, from, to: None });
    }
    let limits = crew_limits(&iss, &asked, 0).unwrap();
    assert_eq!(limits[0].wants, Some(Binding::Store("cabin-co2".to_owned())), "{limits:?}");
    assert!(limits[0].carried < 7, "{limits:?}");
}

/// A lamp burns ten kilograms of oil in ten days whoever is aboard: it is first to run out, and no matter of the crew's size.
#[test]
fn what_runs_out_without_people_is_no_matter_of_their_number() {
    let oil = "\n[[supply]]\nid = \"oil\"\nname = \"Oil\"\nlines_days = []\nsource = \"x\"\nquality = \"assumed\"\n\n[[store]]\nid = \"jar\"\nname = \"Jar\"\ncommodity = \"oil\"\nsupply = \"oil\"\nowner = \"one\"\nsegment = \"all\"\ncapacity_kg = 10\nsource = \"x\"\nquality = \"assumed\"\n";
    let lamp = "\n[[process]]\nid = \"lamp\"\nname = \"Lamp\"\npriority = 2\nin = [ { store = \"jar\", kg_d = 1.0 } ]\nout = [ { store = \"trash\", kg_d = 1.0 } ]\nsource = \"x\"\nquality = \"assumed\"\n";
    let level = "jar,2040-01-01,10,x,assumed,\n";
    let lit = outpost_with(&[("stores.toml", oil), ("processes.toml", lamp), ("levels.csv", level)]);
    let first = forecast_short(&lit, Some(4)).unwrap();
    assert_eq!(first, (time("2040-01-11"), Binding::Supply("oil".to_owned())));
    let question = question("2040-01-01", "2040-02-29", "2040-01-02");
    assert_eq!(crew_limits(&lit, &question, 2).unwrap(), crew_limits(&outpost(), &question, 2).unwrap());
}

/// A level that is set holds from the very beginning, and against one that was counted at the same time, be it higher or lower.
#[test]
fn a_set_level_holds() {
    let counted = outpost_with(&[("levels.csv", "larder,2040-01-02,80,x,assumed,\n")]);
    for kg in [30.0, 500.0] {
        let mut asked = question("2040-01-02", "2040-01-20", "2040-01-02");
        asked.levels = vec![("larder".parse().unwrap(), time("2040-01-02"), kg)];
        let model = forecast::Model::new(&draft(&counted, &asked).draft).unwrap();
        let forecast = forecast::compute(&model, asked.span).unwrap();
        assert_eq!(forecast.store("larder").unwrap().at(time("2040-01-02")), Some(kg));
        asked.levels[0].1 = time("2040-01-01");
        let drafted = draft(&outpost(), &asked).draft;
        let larder = drafted.stores.iter().find(|store| store.name == "larder").unwrap();
        assert_eq!((drafted.begins, larder.level_kg), (time("2040-01-01"), kg));
    }
}
