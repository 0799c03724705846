//! From requests and blocks to single wishes, with ids and windows worked out by hand.

use plan::{By, Clock, Extent, Hours, Idle, Often, Period, Request, Role, Standing, Weekday, Wishes};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

use crate::station::{Station, block, ids, member, once, per, request, role, span, week};

fn clock(text: &str) -> Clock {
    text.parse().unwrap()
}

/// `06-01T08:00 to 06-01T09:00` of each stretch of a wish.
fn within(all: &Wishes, id: &str) -> Vec<String> {
    let wish = all.list.iter().find(|wish| wish.id.as_str() == id).unwrap_or_else(|| panic!("no {id}"));
    let short = |time: Time| time.to_string()[5..16].to_owned();
    wish.within
        .iter()
        .map(|stretch| format!("{} to {}", short(stretch.start()), short(stretch.end())))
        .collect()
}

#[test]
fn how_often() {
    let draw = |often: Often| Request { often, ..request("draw") };
    let every = |period, every| Often { every, ..per(period, 1) };
    let fortnight = span("2026-06-01", "2026-06-15");
    for (often, span, expected) in [
        (once(), week(), &["draw"][..]),
        (Often { times: 2, ..once() }, week(), &["draw.1", "draw.2"]),
        (
            per(Period::Day, 2),
            span("2026-06-01", "2026-06-03"),
            &["draw.2026-06-01.1", "draw.2026-06-01.2", "draw.2026-06-02.1", "draw.2026-06-02.2"],
        ),
        (per(Period::Week, 1), fortnight, &["draw.2026-06-01.1", "draw.2026-06-08.1"]),
        // 1,378 weeks after 2000-01-03 comes 2026-06-01, and 1,378 = 2 · 689 = 4 · 344 + 2.
        (every(Period::Week, 2), fortnight, &["draw.2026-06-01.1"]),
        (every(Period::Week, 4), span("2026-06-01", "2026-06-29"), &["draw.2026-06-15.1"]),
        // 9,646 days after comes that Monday: 9,646 = 3 · 3,215 + 1.
        (every(Period::Day, 3), week(), &["draw.2026-06-03.1", "draw.2026-06-06.1"]),
        (Often { by: By::Each, ..once() }, week(), &["draw.berg-anna", "draw.dube-sipho", "draw.lind-karin"]),
        (
            Often { by: By::Each, ..per(Period::Week, 1) },
            week(),
            &["draw.2026-06-01.berg-anna.1", "draw.2026-06-01.dube-sipho.1", "draw.2026-06-01.lind-karin.1"],
        ),
    ] {
        assert_eq!(ids(&Station::new().of(span, &[draw(often)])), expected, "{often:?}");
    }
}

/// A week of which `days` days are planned has `times · days / 7`, rounded.
#[test]
fn weeks_of_which_some_days_are_planned() {
    for (from, to, times, expected) in [
        ("2026-06-01", "2026-06-08", 7, 7),
        // Wednesday to Sunday: 5/7, 10/7, 15/7.
        ("2026-06-03", "2026-06-08", 1, 1),
        ("2026-06-03", "2026-06-08", 2, 1),
        ("2026-06-03", "2026-06-08", 3, 2),
        // Monday to Wednesday: 3/7, 12/7.
        ("2026-06-01", "2026-06-04", 1, 0),
        ("2026-06-01", "2026-06-04", 4, 2),
        // Sunday and Monday are of two weeks: 7/7 in each.
        ("2026-06-07", "2026-06-09", 7, 2),
        // A day begun counts whole.
        ("2026-06-03T18:00Z", "2026-06-08", 1, 1),
    ] {
        let draw = Request { often: per(Period::Week, times), ..request("draw") };
        let all = Station::new().of(span(from, to), &[draw]);
        assert_eq!(all.list.len(), expected, "{times} in {from} to {to}");
        assert_eq!(all.idle.len(), usize::from(expected == 0));
    }
}

#[test]
fn turns_count_from_the_first_window() {
    let windows = vec![span("2026-06-10", "2026-06-28"), span("2026-06-29", "2026-07-05")];
    let often = Often { every: 2, ..per(Period::Week, 1) };
    let draw = Request { often, windows, ..request("draw") };
    let all = Station::new().of(span("2026-06-01", "2026-07-06"), &[draw]);
    assert_eq!(ids(&all), ["draw.2026-06-08.1", "draw.2026-06-22.1"]);
    // From the window's Wednesday on, and up to its last Saturday.
    assert_eq!(within(&all, "draw.2026-06-08.1"), ["06-10T00:00 to 06-15T00:00"]);
    assert_eq!(within(&all, "draw.2026-06-22.1"), ["06-22T00:00 to 06-28T00:00"]);
}

#[test]
fn when_it_may_be_done() {
    let hours = |from, to| Some(Hours { from: clock(from), to: clock(to) });
    let days = |kind: &str| vec![kind.parse().unwrap()];
    let weekend = || vec!["06-06T00:00 to 06-08T00:00"];
    for (what, draw, expected) in [
        ("at any time", request("draw"), vec!["06-01T00:00 to 06-08T00:00"]),
        (
            "on a weekend",
            Request { days: days("weekend"), ..request("draw") },
            vec!["06-03T00:00 to 06-04T00:00", weekend()[0]],
        ),
        // The northern have no holiday on the 3rd.
        (
            "on a northern weekend",
            Request {
                days: days("weekend"),
                crew: vec![Role { segments: vec!["north".to_owned()], ..role(&[]) }],
                ..request("draw")
            },
            weekend(),
        ),
        // The two who know robotics do not live on one segment: the 3rd is a working day for one of them only.
        (
            "two on a working day",
            Request {
                days: days("workday"),
                crew: vec![Role { count: 2, ..role(&["robotics"]) }],
                ..request("draw")
            },
            vec!["06-01T00:00 to 06-03T00:00", "06-04T00:00 to 06-06T00:00"],
        ),
        (
            "nobody, on a weekend of anybody",
            Request { days: days("weekend"), crew: vec![], ..request("draw") },
            vec!["06-03T00:00 to 06-04T00:00", weekend()[0]],
        ),
        (
            "on Tuesday and Wednesday evening",
            Request {
                on: vec![Weekday::Tuesday, Weekday::Wednesday],
                hours: hours("22:00", "24:00"),
                ..request("draw")
            },
            vec!["06-02T22:00 to 06-03T00:00", "06-03T22:00 to 06-04T00:00"],
        ),
        (
            "in windows and hours",
            Request {
                windows: vec![
                    span("2026-06-02T07:00Z", "2026-06-02T12:00Z"),
                    span("2026-06-07T08:30Z", "2026-06-09"),
                ],
                hours: hours("08:00", "10:00"),
                ..request("draw")
            },
            vec!["06-02T08:00 to 06-02T10:00", "06-07T08:30 to 06-07T10:00"],
        ),
    ] {
        let all = Station::new().of(week(), &[draw]);
        assert_eq!(within(&all, "draw"), expected, "{what}");
    }
}

/// Each does it on a day that is of the kind for them.
#[test]
fn holidays_are_of_a_segment() {
    let draw = Request {
        days: vec!["workday".parse().unwrap()],
        often: Often { by: By::Each, ..per(Period::Day, 1) },
        ..request("draw")
    };
    let all = Station::new().of(span("2026-06-02", "2026-06-04"), &[draw]);
    assert_eq!(
        ids(&all),
        [
            "draw.2026-06-02.berg-anna.1",
            "draw.2026-06-02.dube-sipho.1",
            "draw.2026-06-02.lind-karin.1",
            "draw.2026-06-03.berg-anna.1",
            "draw.2026-06-03.lind-karin.1",
        ]
    );
}

#[test]
fn who_can_do_it() {
    let seats = |crew: Vec<Role>| {
        let all = Station::new().of(week(), &[Request { crew, ..request("draw") }]);
        let shown = |seat: &plan::Seat| {
            format!(
                "{} of {}",
                seat.count,
                seat.of.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            )
        };
        all.list.iter().flat_map(|wish| wish.crew.iter().map(shown)).collect::<Vec<_>>()
    };
    let of = |persons: &[&str]| persons.iter().map(|person| person.parse().unwrap()).collect();
    assert_eq!(seats(vec![role(&["robotics"])]), ["1 of berg-anna dube-sipho"]);
    assert_eq!(seats(vec![role(&["medical", "robotics"])]), ["1 of berg-anna"]);
    assert_eq!(
        seats(vec![
            Role { count: 2, ..role(&[]) },
            Role { of: of(&["lind-karin", "dube-sipho"]), segments: vec!["south".to_owned()], ..role(&[]) },
        ]),
        ["2 of berg-anna dube-sipho lind-karin", "1 of dube-sipho"]
    );
    assert!(seats(vec![Role { count: 3, ..role(&["robotics"]) }]).is_empty());
    assert!(seats(vec![]).is_empty());
}

#[test]
fn those_who_come_and_leave() {
    let mut station = Station::new();
    station.crew[1].aboard = span("2026-06-02T12:00Z", "2030-01-01");
    station.crew[2].aboard = span("2026-01-01", "2026-06-02T23:00Z");
    station.crew.push(member("ode-ola", "north", &[]));
    station.crew[3].aboard = span("2026-07-01", "2026-08-01");
    let each = Request { often: Often { by: By::Each, ..per(Period::Day, 1) }, ..request("draw") };
    let sleep = block("sleep", Extent::Fixed { from: clock("22:00"), to: clock("06:00") });
    let all = station.all(span("2026-06-02", "2026-06-03"), &[sleep], &[each]);
    assert_eq!(
        ids(&all),
        ["draw.2026-06-02.berg-anna.1", "draw.2026-06-02.dube-sipho.1", "draw.2026-06-02.lind-karin.1"]
    );
    assert_eq!(within(&all, "draw.2026-06-02.dube-sipho.1"), ["06-02T12:00 to 06-03T00:00"]);
    assert_eq!(within(&all, "draw.2026-06-02.lind-karin.1"), ["06-02T00:00 to 06-02T23:00"]);
    let nights: Vec<String> = all
        .fixed
        .iter()
        .map(|(id, one)| format!("{id} {} {}", &one.start.to_string()[5..16], &one.end.to_string()[5..16]))
        .collect();
    assert_eq!(
        nights,
        [
            // The night before reaches in; nobody sleeps before they come or after they have left.
            "sleep.2026-06-01.berg-anna 06-01T22:00 06-02T06:00",
            "sleep.2026-06-01.lind-karin 06-01T22:00 06-02T06:00",
            "sleep.2026-06-02.berg-anna 06-02T22:00 06-03T06:00",
            "sleep.2026-06-02.dube-sipho 06-02T22:00 06-03T06:00",
            "sleep.2026-06-02.lind-karin 06-02T22:00 06-02T23:00",
        ]
    );
}

#[test]
fn blocks_of_the_day() {
    let lunch = Extent::Within { minutes: 60, from: clock("11:00"), to: clock("14:00") };
    let at = Extent::Fixed { from: clock("07:00"), to: clock("07:15") };
    let station = Station::new();
    let workday = || vec!["workday".parse().unwrap()];
    let south = || vec!["south".to_owned()];
    let blocks = [
        plan::Block { segments: south(), ..block("lunch", lunch) },
        plan::Block {
            segments: south(),
            days: workday(),
            on: vec![Weekday::Tuesday, Weekday::Wednesday],
            ..block("call", at)
        },
    ];
    let all = station.all(span("2026-06-02T13:00Z", "2026-06-05"), &blocks, &[]);
    // On the first day an hour of the lunch's time is left; the call is over, and the 3rd is no working day for the south.
    assert_eq!(
        ids(&all),
        ["lunch.2026-06-02.dube-sipho", "lunch.2026-06-03.dube-sipho", "lunch.2026-06-04.dube-sipho"]
    );
    assert_eq!(within(&all, "lunch.2026-06-02.dube-sipho"), ["06-02T13:00 to 06-02T14:00"]);
    assert!(all.fixed.is_empty());
    let one = &all.list[0];
    assert_eq!(
        (one.standing, one.length, one.partner.is_none()),
        (Standing::Mandatory, Duration::HOUR, true)
    );
    // With five minutes less there is no room.
    assert_eq!(station.all(span("2026-06-02T13:05Z", "2026-06-03"), &blocks, &[]).list.len(), 0);
    let whole = station.all(span("2026-06-02", "2026-06-04"), &blocks, &[]);
    let calls: Vec<&str> = whole.fixed.keys().map(plan::ActivityId::as_str).collect();
    assert_eq!(calls, ["call.2026-06-02.dube-sipho"]);
}

#[test]
fn parts_are_as_equal_as_the_grid_lets_them_be() {
    for (minutes, part_min, expected) in [
        (60, None, &[60][..]),
        (60, Some(60), &[60]),
        (60, Some(31), &[60]),
        (60, Some(30), &[30, 30]),
        (100, Some(30), &[30, 35, 35]),
        (65, Some(30), &[30, 35]),
        // Parts of 35 at least, since 32 is off the grid.
        (64, Some(32), &[64]),
        (74, Some(32), &[35, 39]),
        (12, Some(1), &[5, 7]),
        (3, Some(1), &[3]),
        (60, Some(90), &[60]),
    ] {
        let all = Station::new().of(week(), &[Request { minutes, part_min, worth: 11, ..request("draw") }]);
        let lengths: Vec<i64> = all.list.iter().map(|wish| wish.length.whole_minutes()).collect();
        assert_eq!(lengths, expected, "{minutes} in parts of {part_min:?}");
        assert_eq!(
            all.list.iter().map(|wish| wish.worth).sum::<u32>(),
            11,
            "{minutes} in parts of {part_min:?}"
        );
    }
    let all = Station::new().of(week(), &[Request { part_min: Some(30), ..request("draw") }]);
    let titles: Vec<&str> = all.list.iter().map(|wish| wish.title.as_str()).collect();
    assert_eq!((ids(&all), titles), (vec!["draw/1", "draw/2"], vec!["Work (1 of 2)", "Work (2 of 2)"]));
}

#[test]
fn why_nothing_is_to_be_done() {
    let monday = || vec![Weekday::Monday];
    let idle = |request: Request| {
        let all = Station::new().of(span("2026-06-02", "2026-06-06"), &[request]);
        assert!(all.list.is_empty());
        all.idle.first().map(|(_, why)| *why)
    };
    let short = vec![span("2026-06-02T08:00Z", "2026-06-02T08:55Z")];
    assert_eq!(idle(Request { crew: vec![role(&["diving"])], ..request("a") }), Some(Idle::NobodyCan));
    assert_eq!(idle(Request { on: monday(), ..request("a") }), Some(Idle::NoSuchDay));
    assert_eq!(idle(Request { days: vec!["feast".parse().unwrap()], ..request("a") }), Some(Idle::NoSuchDay));
    assert_eq!(
        idle(Request { windows: vec![week().shifted(Duration::DAY * 7).unwrap()], ..request("a") }),
        Some(Idle::Elsewhere)
    );
    assert_eq!(idle(Request { windows: short, ..request("a") }), Some(Idle::Elsewhere));
    assert_eq!(
        idle(Request { often: Often { every: 3, ..per(Period::Week, 1) }, ..request("a") }),
        Some(Idle::Elsewhere)
    );
    assert_eq!(
        idle(Request { standing: Standing::TaskList, crew: vec![role(&["diving"])], ..request("a") }),
        None
    );
}

#[test]
fn the_task_list_has_what_has_no_time() {
    let all = Station::new().of(
        week(),
        &[Request { standing: Standing::TaskList, often: per(Period::Day, 3), ..request("photo") }],
    );
    assert_eq!(
        all.task_list,
        [plan::Task { request: "photo".parse().unwrap(), title: "Work".to_owned(), minutes: 60 }]
    );
    assert!(all.list.is_empty() && all.idle.is_empty());
}

#[test]
fn a_wish_placed_is_what_was_asked_for() {
    let draw = Request { notes: "fasting".to_owned(), needs: vec!["link.ku".to_owned()], ..request("draw") };
    let all = Station::new().of(week(), &[draw]);
    let wish = &all.list[0];
    let placed = wish.placed(week().start(), wish.crew[0].of[..1].to_vec());
    assert_eq!((placed.length(), placed.crew.len(), placed.notes.as_str()), (Duration::HOUR, 1, "fasting"));
    assert_eq!((&placed.origin, wish.needs.len()), (&plan::Origin::Request("draw".parse().unwrap()), 1));
    assert!(!placed.is_settled());
}

#[test]
fn a_hundred_thousand_requests_are_bounded() {
    let requests: Vec<Request> = (0..100_000)
        .map(|n| Request { often: per(Period::Week, 1), ..request(&format!("draw-{n}")) })
        .collect();
    let all = Station::new().of(span("2026-06-01", "2026-06-15"), &requests);
    assert_eq!((all.list.len(), all.left_out, all.idle.len()), (150_000, 50_000, 0));
}

/// Figures that no book with a clean check has, but that may come from one.
#[test]
fn figures_out_of_all_bounds_are_counted_not_made() {
    let most = u32::MAX;
    let huge = Request {
        often: Often { times: most, gap_min: most, ..per(Period::Week, most) },
        worth: most,
        minutes: 10_000,
        part_min: Some(1),
        ..request("draw")
    };
    let all = Station::new().of(week(), std::slice::from_ref(&huge));
    assert_eq!(all.list.len() + all.left_out, most as usize * 2_000);
    assert_eq!(all.list.len(), 150_000);
    let longest = Request { minutes: most, part_min: Some(0), often: once(), ..huge };
    assert_eq!(Station::new().of(week(), std::slice::from_ref(&longest)).list.len(), 150_000);
    let whole = Request { part_min: None, ..longest };
    assert_eq!(Station::new().of(week(), &[whole]).idle.len(), 1);
    let sleep = block("sleep", Extent::Fixed { from: clock("22:00"), to: clock("06:00") });
    let all = Station::new().all(span("1800-01-01", "2200-01-01"), &[sleep], &[]);
    assert_eq!(all.fixed.len(), 150_000);
    // 400 years of 146,097 days, the night before them, three people.
    assert_eq!(all.fixed.len() + all.left_out, (146_097 + 1) * 3);
}

fn any_request(id: &'static str) -> impl Strategy<Value = Request> {
    let often = (1..4_u32, 0..3_u8, 1..4_u32, any::<bool>(), prop_oneof![Just(0), Just(600_u32)]);
    let when = (0..3_u8, 0..3_u8, any::<bool>(), 0..10_i64);
    (often, when, 1..300_u32, proptest::option::of(1..100_u32)).prop_map(
        move |((times, period, every, each, gap_min), (days, on, hours, window), minutes, part_min)| {
            Request {
                often: Often {
                    times,
                    per: [None, Some(Period::Day), Some(Period::Week)][usize::from(period)],
                    every,
                    by: if each { By::Each } else { By::Any },
                    gap_min,
                },
                days: ["", "workday", "weekend"][usize::from(days)].parse().into_iter().collect(),
                on: [vec![], vec![Weekday::Monday], vec![Weekday::Wednesday, Weekday::Sunday]]
                    [usize::from(on)]
                .clone(),
                hours: hours.then(|| Hours { from: clock("08:00"), to: clock("12:30") }),
                windows: (window > 0)
                    .then(|| Interval::new(week().start(), week().start() + Duration::HOUR * 30 * window))
                    .flatten()
                    .into_iter()
                    .collect(),
                minutes,
                part_min,
                ..request(id)
            }
        },
    )
}

proptest! {
    /// What a part of a span asks for, the whole asks for under the same name: with as much room or more.
    #[test]
    fn ids_are_the_same_in_every_span(
        request in any_request("draw"), from in 0..20 * 24_i64, hours in 1..200_i64,
        before in 0..100_i64, behind in 0..100_i64,
    ) {
        let at = |hour: i64| "2026-05-28".parse::<Time>().unwrap() + Duration::HOUR * hour;
        let inner = Interval::new(at(from), at(from + hours)).unwrap();
        let outer = Interval::new(at(from - before), at(from + hours + behind)).unwrap();
        let lunch = block("lunch", Extent::Within { minutes: 60, from: clock("11:00"), to: clock("14:00") });
        let sleep = block("sleep", Extent::Fixed { from: clock("22:00"), to: clock("06:00") });
        let station = Station::new();
        let blocks = [lunch, sleep];
        let (part, whole) = (station.all(inner, &blocks, std::slice::from_ref(&request)), station.all(outer, &blocks, &[request]));
        for wish in &part.list {
            let same = whole.list.iter().find(|one| one.id == wish.id);
            prop_assert!(same.is_some(), "{} is not in the whole", wish.id);
            let same = same.unwrap();
            prop_assert_eq!((wish.length, &wish.crew, &wish.title, wish.worth), (same.length, &same.crew, &same.title, same.worth));
            prop_assert_eq!(&wish.within.and(&same.within), &wish.within);
        }
        for (id, activity) in &part.fixed {
            prop_assert_eq!(whole.fixed.get(id), Some(activity));
        }
    }

    /// The list is in order of ids, each alone; every wish has room; links lead from one to another; and the order of requests means nothing.
    #[test]
    fn what_all_wishes_have(a in any_request("a"), b in any_request("b")) {
        let b = Request { after: vec![crate::station::after("a")], ..b };
        let span = span("2026-06-03", "2026-06-20T12:00Z");
        let all = Station::new().of(span, &[a.clone(), b.clone()]);
        prop_assert!(all.list.windows(2).all(|pair| pair[0].id < pair[1].id));
        for wish in &all.list {
            prop_assert!(wish.within.iter().any(|stretch| stretch.duration() >= wish.length));
            prop_assert_eq!(&wish.within.clip(span), &wish.within);
        }
        for link in &all.links {
            prop_assert!(link.first != link.then && link.first.max(link.then) < all.list.len());
        }
        prop_assert_eq!(Station::new().of(span, &[b, a]), all);
    }
}
