//! Who was aboard on dates since 2000.
//!
//! Public knowledge: the crews of NASA's expedition pages and of the Shuttle and Soyuz flights, written down apart from the
//! book and then held against it. Family names are spelled as the book spells them.

use serde_json::Value;

use crate::program;

/// Date at 00:00 UTC, and the family names of everybody aboard.
const CREWS: [(&str, &str); 67] = [
    // Expedition 1.
    ("2000-12-25", "Shepherd, Gidzenko, Krikalyov"),
    ("2001-05-15", "Usachyov, Voss, Helms"),
    ("2001-10-10", "Culbertson, Dezhurov, Tyurin"),
    // Expedition 3 and the visitors of Soyuz TM-33.
    ("2001-10-26", "Culbertson, Dezhurov, Tyurin, Afanasyev, Haigneré, Kozeyev"),
    ("2002-03-01", "Onufriyenko, Bursch, Walz"),
    // Expedition 4 and the visitors of Soyuz TM-34.
    ("2002-04-29", "Onufriyenko, Bursch, Walz, Gidzenko, Vittori, Shuttleworth"),
    ("2002-08-01", "Korzun, Whitson, Treshchyov"),
    ("2003-02-01", "Bowersox, Budarin, Pettit"),
    // Expeditions 6 and 7 at handover.
    ("2003-05-01", "Bowersox, Budarin, Pettit, Malenchenko, Lu"),
    // Expedition 7, the first of two.
    ("2003-08-01", "Malenchenko, Lu"),
    ("2004-01-15", "Foale, Kaleri"),
    ("2004-07-01", "Padalka, Fincke"),
    // Expedition 10.
    ("2004-12-10", "Chiao, Sharipov"),
    // Expedition 11 and STS-114.
    ("2005-07-30", "Krikalyov, Phillips, Collins, Kelly, Noguchi, Robinson, Thomas, Lawrence, Camarda"),
    ("2006-01-15", "McArthur, Tokarev"),
    ("2006-08-15", "Vinogradov, Williams, Reiter"),
    ("2007-01-15", "López-Alegría, Tyurin, Williams"),
    ("2007-08-01", "Yurchikhin, Kotov, Anderson"),
    ("2007-11-20", "Whitson, Malenchenko, Tani"),
    // Expedition 16 and STS-122.
    ("2008-02-14", "Whitson, Malenchenko, Tani, Eyharts, Frick, Poindexter, Melvin, Walheim, Schlegel, Love"),
    ("2008-07-01", "Volkov, Kononenko, Chamitoff"),
    ("2009-01-15", "Fincke, Lonchakov, Magnus"),
    // Expedition 20, the first of six.
    ("2009-06-15", "Padalka, Barratt, Wakata, Romanenko, De Winne, Thirsk"),
    // Expedition 20 and STS-127: thirteen.
    (
        "2009-07-20",
        "Padalka, Barratt, Wakata, Romanenko, De Winne, Thirsk, Polansky, Hurley, Wolf, Cassidy, Payette, Marshburn, Kopra",
    ),
    // Expedition 22, two for three weeks.
    ("2009-12-10", "Williams, Surayev"),
    ("2010-08-01", "Skvortsov, Korniyenko, Caldwell Dyson, Yurchikhin, Walker, Wheelock"),
    ("2011-02-01", "Kelly, Kaleri, Skripochka, Kondratiyev, Coleman, Nespoli"),
    // Expedition 28 and STS-135, the last Shuttle.
    (
        "2011-07-12",
        "Borisenko, Samokutyayev, Garan, Volkov, Furukawa, Fossum, Ferguson, Hurley, Magnus, Walheim",
    ),
    // Expedition 29, three after the loss of Progress M-12M.
    ("2011-10-01", "Fossum, Furukawa, Volkov"),
    ("2012-03-01", "Burbank, Shkaplerov, Ivanishin, Kononenko, Kuipers, Pettit"),
    ("2012-12-01", "Ford, Novitsky, Tarelkin"),
    ("2013-08-01", "Vinogradov, Misurkin, Cassidy, Yurchikhin, Parmitano, Nyberg"),
    // Nine, with the Olympic torch.
    ("2013-11-09", "Yurchikhin, Nyberg, Parmitano, Kotov, Ryazansky, Hopkins, Tyurin, Wakata, Mastracchio"),
    ("2014-07-01", "Swanson, Skvortsov, Artemyev, Surayev, Wiseman, Gerst"),
    ("2015-01-15", "Wilmore, Samokutyayev, Serova, Shkaplerov, Cristoforetti, Virts"),
    // Expedition 44, three after the loss of Progress M-27M.
    ("2015-07-01", "Padalka, Kelly, Korniyenko"),
    // Nine, with the visitors of Soyuz TMA-18M.
    ("2015-09-06", "Padalka, Kelly, Korniyenko, Kononenko, Yui, Lindgren, Volkov, Mogensen, Aimbetov"),
    ("2016-02-01", "Kelly, Korniyenko, Volkov, Malenchenko, Kopra, Peake"),
    ("2016-08-01", "Williams, Ovchinin, Skripochka, Ivanishin, Onishi, Rubins"),
    ("2017-02-01", "Kimbrough, Ryzhikov, Borisenko, Whitson, Novitsky, Pesquet"),
    ("2017-07-01", "Yurchikhin, Whitson, Fischer"),
    ("2018-01-15", "Misurkin, Vande Hei, Acaba, Shkaplerov, Tingle, Kanai"),
    ("2018-07-01", "Feustel, Artemyev, Arnold, Gerst, Prokopyev, Auñón-Chancellor"),
    // Expedition 57, three after the abort of Soyuz MS-10.
    ("2018-10-15", "Gerst, Prokopyev, Auñón-Chancellor"),
    ("2019-04-15", "Kononenko, McClain, Saint-Jacques, Ovchinin, Hague, Koch"),
    // Nine, with the first Emirati.
    ("2019-10-01", "Ovchinin, Hague, Koch, Skvortsov, Parmitano, Morgan, Skripochka, Meir, Al Mansouri"),
    ("2020-05-01", "Cassidy, Ivanishin, Vagner"),
    // Expedition 63 and Demo-2.
    ("2020-07-01", "Cassidy, Ivanishin, Vagner, Behnken, Hurley"),
    ("2021-01-15", "Ryzhikov, Kud-Sverchkov, Rubins, Hopkins, Glover, Walker, Noguchi"),
    // Crew-1 and Crew-2 together.
    (
        "2021-04-26",
        "Novitsky, Dubrov, Vande Hei, Hopkins, Glover, Walker, Noguchi, Kimbrough, McArthur, Hoshide, Pesquet",
    ),
    // The film crew of Soyuz MS-19.
    (
        "2021-10-10",
        "Novitsky, Dubrov, Vande Hei, Kimbrough, McArthur, Hoshide, Pesquet, Shkaplerov, Shipenko, Peresild",
    ),
    // Three between Crew-2 and Crew-3.
    ("2021-11-10", "Shkaplerov, Dubrov, Vande Hei"),
    // The visitors of Soyuz MS-20.
    (
        "2021-12-10",
        "Shkaplerov, Dubrov, Vande Hei, Chari, Marshburn, Barron, Maurer, Misurkin, Maezawa, Hirano",
    ),
    // Ax-1.
    (
        "2022-04-15",
        "Artemyev, Matveev, Korsakov, Marshburn, Chari, Barron, Maurer, López-Alegría, Connor, Stibbe, Pathy",
    ),
    // Crew-4 and Crew-5 together.
    (
        "2022-10-10",
        "Prokopyev, Petelin, Rubio, Lindgren, Hines, Watkins, Cristoforetti, Mann, Cassada, Wakata, Kikina",
    ),
    ("2023-01-15", "Prokopyev, Petelin, Rubio, Mann, Cassada, Wakata, Kikina"),
    // Ax-2.
    (
        "2023-05-25",
        "Prokopyev, Petelin, Rubio, Bowen, Hoburg, Al Neyadi, Fedyaev, Whitson, Shoffner, AlQarni, Barnawi",
    ),
    ("2023-10-01", "Mogensen, Moghbeli, Furukawa, Borisov, Kononenko, Chub, O'Hara"),
    // Ax-3.
    (
        "2024-01-25",
        "Mogensen, Moghbeli, Furukawa, Borisov, Kononenko, Chub, O'Hara, López-Alegría, Villadei, Gezeravcı, Wandt",
    ),
    // Expedition 71 and Starliner.
    ("2024-07-15", "Kononenko, Chub, Caldwell Dyson, Dominick, Barratt, Epps, Grebenkin, Wilmore, Williams"),
    // Soyuz MS-25 and MS-26 together: twelve.
    (
        "2024-09-15",
        "Kononenko, Chub, Caldwell Dyson, Dominick, Barratt, Epps, Grebenkin, Wilmore, Williams, Ovchinin, Vagner, Pettit",
    ),
    ("2025-01-15", "Hague, Gorbunov, Wilmore, Williams, Ovchinin, Vagner, Pettit"),
    // Ax-4.
    (
        "2025-07-01",
        "McClain, Ayers, Onishi, Peskov, Ryzhikov, Zubritsky, Kim, Whitson, Shukla, Uznański-Wiśniewski, Kapu",
    ),
    ("2025-09-15", "Ryzhikov, Zubritsky, Kim, Cardman, Fincke, Yui, Platonov"),
    // Soyuz MS-27 and MS-28 together.
    (
        "2025-12-01",
        "Ryzhikov, Zubritsky, Kim, Cardman, Fincke, Yui, Platonov, Kud-Sverchkov, Mikaev, Williams",
    ),
    // Three after Crew-11 came home early.
    ("2026-01-20", "Kud-Sverchkov, Mikaev, Williams"),
    // Crew-12.
    ("2026-03-01", "Kud-Sverchkov, Mikaev, Williams, Meir, Hathaway, Adenot, Fedyaev"),
];

#[test]
fn everybody_aboard_is_named() {
    for (date, families) in CREWS {
        let presence = program::json(&format!("presence --at {date}"));
        let names = names(&presence);
        let families: Vec<&str> = families.split(", ").collect();
        for family in &families {
            let bearers = names.iter().filter(|name| name.ends_with(&format!(" {family}"))).count();
            assert_eq!(bearers, 1, "{date}: {family} among {names:?}");
        }
        assert_eq!(names.len(), families.len(), "{date}: {names:?}");
        assert_eq!(presence["count"], families.len(), "{date}");
    }
}

/// `status` and `presence` tell of the same people, in the same order.
#[test]
fn status_and_presence_agree_on_the_crew() {
    for date in ["2001-10-26", "2009-07-20", "2024-09-15", "2026-01-20", "2026-05-30T12:24Z"] {
        let [status, presence] =
            ["status", "presence"].map(|what| program::json(&format!("{what} --at {date}")));
        assert_eq!(names(&status), names(&presence), "{date}");
    }
}

/// Who came with what, in whose seat, since when: docking times from NASA's and Energia's reports of each flight.
#[test]
fn each_person_has_a_partner_a_flight_and_a_beginning() {
    for (date, name, partner, flight_up, since) in [
        ("2000-12-25", "William Shepherd", "nasa", "soyuz-tm-31", "2000-11-02T09:21"),
        ("2004-12-10", "Leroy Chiao", "nasa", "soyuz-tma-5", "2004-10-16T04:15"),
        ("2009-07-20", "Koichi Wakata", "jaxa", "sts-119", "2009-03-17T21:20"),
        ("2009-07-20", "Robert Thirsk", "csa", "soyuz-tma-15", "2009-05-29T12:34"),
        ("2013-08-01", "Luca Parmitano", "esa", "soyuz-tma-09m", "2013-05-29T02:10"),
        ("2019-10-01", "Hazza Al Mansouri", "guest", "soyuz-ms-15", "2019-09-25T19:42"),
        ("2023-01-15", "Anna Kikina", "roscosmos", "crew-5", "2022-10-06T21:01"),
        ("2026-01-20", "Christopher Williams", "nasa", "soyuz-ms-28", "2025-11-27T12:34"),
    ] {
        let presence = program::json(&format!("presence --at {date}"));
        let person = program::list(&presence, "aboard").iter().find(|person| person["name"] == name);
        let person = person.unwrap_or_else(|| panic!("{date}: no {name} in {presence:#}"));
        assert_eq!(person["partner"], partner, "{name}");
        assert_eq!(person["flight_up"], flight_up, "{name}");
        assert!(program::text(person, "since").starts_with(since), "{person}");
    }
}

fn names(answer: &Value) -> Vec<&str> {
    program::list(answer, "aboard").iter().map(|person| program::text(person, "name")).collect()
}
