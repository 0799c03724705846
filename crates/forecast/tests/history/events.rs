//! The events: what was asked when, what was said, what the model says, and whether that is within.

use book::Book;
use forecast::{Certainty, Errand};
use timeline::Time;

use crate::asked::{Asked, Question, day, days_between, time};
use crate::page::Row;

/// One thing that was said and can be computed.
pub(crate) struct Event {
    pub(crate) what: &'static str,
    /// What was said.
    pub(crate) says: &'static str,
    /// Where.
    pub(crate) source: &'static str,
    /// Whether the model is known to be within; what is not stays in the table.
    pub(crate) holds: bool,
    answer: fn(&Book) -> (String, bool),
}

impl Event {
    pub(crate) fn row(&self, book: &Book) -> Row {
        let (model, is_within) = (self.answer)(book);
        Row { what: self.what, says: self.says, source: self.source, model, is_within }
    }
}

/// From the levels of the start of Expedition 10, with what was planned on 9 December 2004, but for Progress M-51.
pub(crate) const DECEMBER_2004: Question<'_> = Question {
    from: "2004-10-16T04:16Z",
    to: "2005-03-01",
    as_of: "2004-12-09",
    crew: None,
    without: &["progress-m-51"],
};

/// When the two of Expedition 10 were alone again; a 45-day line that five people cross while a crew is relieved is not meant.
pub(crate) const RELIEVED: &str = "2004-10-24";

/// From the levels of 2000 on, as known on the day on which the stored oxygen was told; Elektron is out.
pub(crate) const SEPTEMBER_2004: Question<'_> =
    Question { from: "2004-09-23T23:59Z", to: "2005-09-01", as_of: "2004-09-24", crew: None, without: &[] };

/// From the levels of October 2004 on, as known on the day after the loss of SpX-7, without any ship; six aboard from July on.
/// It begins an hour before the level that the book has of the next day, which is reckoned from what was said then.
pub(crate) const JUNE_2015: Question<'_> = Question {
    from: "2015-06-28T23:00Z",
    to: "2016-06-01",
    as_of: "2015-06-29",
    crew: None,
    without: &["progress-m-28m", "htv-5", "progress-m-29m", "oa-4", "progress-ms-01", "progress-ms-02"],
};

/// From the levels of October 2004 on, as known on the evening on which Cygnus Orb-3 was lost, without any ship; six aboard as planned.
const OCTOBER_2014: Question<'_> = Question {
    from: "2014-10-28T22:23Z",
    to: "2015-12-01",
    as_of: "2014-10-28T22:23Z",
    crew: None,
    without: &[
        "progress-m-25m",
        "spx-5",
        "progress-m-26m",
        "spx-6",
        "progress-m-27m",
        "spx-7",
        "spx-8",
        "htv-5",
        "progress-m-28m",
        "progress-m-29m",
    ],
};

/// The same on the day on which NASA's advisers were told; `spx-6` comes first, so that it can be let come.
const APRIL_2015: Question<'_> = Question {
    from: "2015-04-09",
    to: "2016-03-01",
    as_of: "2015-04-09",
    crew: None,
    without: &[
        "spx-6",
        "progress-m-27m",
        "spx-7",
        "progress-m-28m",
        "htv-5",
        "spx-8",
        "progress-m-29m",
        "oa-4",
        "spx-9",
        "progress-ms-01",
        "spx-10",
    ],
};

/// A question, and how many of whom.
fn crew_of_2003(as_of: &'static str, to: &'static str, crew: u32) -> Question<'static> {
    Question { from: "2003-05-04", to, as_of, crew: Some(crew), without: &[] }
}

pub(crate) const EVENTS: [Event; 13] = [
    Event {
        what: "45 days of food left, autumn 2004",
        says: "middle of November",
        source: "Orlando Sentinel 2004-12-10",
        holds: true,
        answer: |book| {
            let [eaten, planned] = lines_of_2004(&DECEMBER_2004.ask(book));
            let middle = time("2004-11-10")..time("2004-11-21");
            (
                format!("{} as eaten, {} as planned", day(eaten), day(planned)),
                [eaten, planned].iter().all(|at| middle.contains(at)),
            )
        },
    },
    Event {
        what: "food left on 25 December 2004 without Progress M-51",
        says: "7 to 14 days",
        source: "NASA by NBC News 2004-12-14",
        holds: true,
        answer: |book| {
            let days = DECEMBER_2004.ask(book).days_left("food", "2004-12-25T23:31Z");
            (format!("{days:.0} days"), (7.0..=14.0).contains(&days))
        },
    },
    Event {
        what: "stored oxygen, 24 September 2004",
        says: "162 days",
        source: "spacetoday.net 2570 (2004-09-24)",
        holds: true,
        answer: |book| {
            let days = oxygen_days(&SEPTEMBER_2004.ask(book));
            // A tank gauge is good for a few per cent.
            (format!("{days:.0} days"), (days - 162.0).abs() < 8.0)
        },
    },
    Event {
        what: "food after the loss of Orb-3, without any ship",
        says: "to about March 2015",
        source: "RIA Novosti 2014-10-30",
        holds: true,
        answer: |book| {
            let asked = OCTOBER_2014.ask(book);
            let line = asked.crossing("food", 45.0, OCTOBER_2014.from).unwrap();
            let told =
                format!("45 days left on {}, nothing on {}", day(line), day(asked.empty("food").unwrap()));
            (told, (time("2015-03-01")..time("2015-04-01")).contains(&line))
        },
    },
    Event {
        what: "food as told to NASA's advisers on 9 April 2015; whether with SpX-6 is not known to us",
        says: "reserve on 24 July, nothing on 5 September",
        source: "SpaceNews 2015-04-28",
        holds: true,
        answer: |book| {
            let with = Question { without: &APRIL_2015.without[1..], ..APRIL_2015 };
            let [without, with] = [APRIL_2015, with].map(|question| {
                let asked = question.ask(book);
                [asked.crossing("food", 45.0, question.from).unwrap(), asked.empty("food").unwrap()]
            });
            let between = |at: usize, said: &str| (without[at]..with[at]).contains(&time(said));
            (
                format!(
                    "{} and {} without, {} and {} with it",
                    day(without[0]),
                    day(without[1]),
                    day(with[0]),
                    day(with[1])
                ),
                between(0, "2015-07-24") && between(1, "2015-09-05"),
            )
        },
    },
    Event {
        what: "food after the loss of SpX-7, six aboard from July 2015",
        says: "to the end of October; in April to 5 September",
        source: "CBC 2015-06-29; press of April 2015",
        holds: true,
        answer: |book| {
            let at = JUNE_2015.ask(book).empty("food").unwrap();
            (format!("to {}", day(at)), (time("2015-09-05")..time("2015-11-01")).contains(&at))
        },
    },
    Event {
        what: "what Progress M-28M added to that",
        says: "a month",
        source: "CBC 2015-06-29; Florida Today 2015-07-05",
        holds: true,
        answer: |book| {
            let with =
                Question { without: &JUNE_2015.without[1..], ..JUNE_2015 }.ask(book).empty("food").unwrap();
            let days = days_between(JUNE_2015.ask(book).empty("food").unwrap(), with);
            (format!("{days} days"), (25..=35).contains(&days))
        },
    },
    Event {
        what: "Russians fed by three Progress a year, 2017",
        says: "two, not three",
        source: "TASS 2016-09-13",
        holds: true,
        answer: |book| {
            let persons = fed_by_a_ship(book) * 3.0;
            (format!("{persons:.1}"), (1.5..2.5).contains(&persons))
        },
    },
    Event {
        what: "two aboard from May 2003, three Progress a year as planned then",
        says: "for up to two years",
        source: "Los Angeles Times 2003-02-28",
        holds: true,
        answer: |book| until_short(book, "2003-05-04", "2005-12-01", 2, |at| at > time("2005-05-04")),
    },
    Event {
        what: "three instead, by the same plan",
        says: "not for that long",
        source: "Washington Times 2003-04-18",
        holds: true,
        answer: |book| until_short(book, "2003-05-04", "2005-12-01", 3, |at| at < time("2005-05-04")),
    },
    Event {
        what: "three from May 2003, with the ships as they flew until the shuttle came",
        says: "not until then",
        source: "Washington Times 2003-04-18",
        holds: true,
        answer: |book| until_short(book, "2026-05-30T12:25Z", "2005-07-28", 3, |at| at < time("2005-07-28")),
    },
    Event {
        what: "three aboard after Progress M-47, no other ship, 5 February 2003",
        says: "to the end of June 2003",
        source: "CNN 2003-02-03; spacetoday.net 1474",
        holds: false,
        answer: |book| {
            let asked = Question {
                from: "2003-02-05",
                to: "2005-03-01",
                as_of: "2003-02-05",
                crew: None,
                without: &["progress-m1-10"],
            };
            let at = asked.ask(book).first_short().unwrap();
            let days = days_between(time("2003-06-30"), at);
            (format!("to {}", day(at)), days.abs() <= 45)
        },
    },
    Event {
        what: "three aboard from 14 January 2026 to Crew-12",
        says: "until the middle of February, all stays manned",
        source: "NASA by gadgets360.com 2026-01-12",
        holds: true,
        answer: after_crew_11,
    },
];

/// When 45 days of food were left to the two of Expedition 10, by what they ate and by the ration that was planned.
pub(crate) fn lines_of_2004(asked: &Asked) -> [Time; 2] {
    /// Two people at 1.72 kg a day for 45 days, as of `eating-us` and `eating-ru`.
    const PLANNED_KG: f64 = 2.0 * 1.72 * 45.0;
    let eaten = asked.crossing("food", 45.0, RELIEVED).unwrap();
    let planned = asked.profile("supply.food_kg").at_most(PLANNED_KG).first_from(time(RELIEVED)).unwrap();
    [eaten, planned.start()]
}

/// Days of stored oxygen for the crew of that time, breathing from tanks and candles alone.
pub(crate) fn oxygen_days(asked: &Asked) -> f64 {
    let breathed: f64 = asked
        .drafted
        .draft
        .processes
        .iter()
        .filter(|process| process.name.starts_with("breathing-"))
        .map(|process| {
            let strength = process.strengths.iter().rev().find(|(since, _)| *since <= asked.span.start());
            let flow = process.flows.iter().find(|flow| flow.store == "cabin-oxygen").unwrap();
            -flow.rate_kg_d * strength.map_or(0.0, |(_, strength)| *strength)
        })
        .sum();
    asked.profile("supply.oxygen_kg").at(asked.span.start()).unwrap() / breathed
}

/// Persons whose food for a year a Progress brings with its usual load.
pub(crate) fn fed_by_a_ship(book: &Book) -> f64 {
    let asked =
        Question { from: "2017-01-01", to: "2017-12-31", as_of: "2016-12-31", crew: None, without: &[] };
    let drafted = asked.ask(book).drafted;
    let is_planned = |certainty| certainty == Certainty::Planned;
    let ship = drafted.arrivals.iter().find(|one| {
        is_planned(one.certainty)
            && one.errand == Errand::Cargo
            && one.flight.as_str().starts_with("progress")
    });
    let brought = ship.unwrap().brings.iter().filter(|one| one.store == "food-ru").map(|one| one.mass_kg);
    let eats = drafted.draft.processes.iter().find(|process| process.name == "eating-ru").unwrap();
    let eaten_kg_d = -eats.flows.iter().find(|flow| flow.store == "table-ru").unwrap().rate_kg_d;
    brought.sum::<f64>() / (eaten_kg_d * 365.25)
}

/// When a crew of 2003 first goes short, if it does before `to`.
fn until_short(
    book: &Book,
    as_of: &'static str,
    to: &'static str,
    crew: u32,
    holds: fn(Time) -> bool,
) -> (String, bool) {
    match crew_of_2003(as_of, to, crew).ask(book).first_short() {
        Some(at) => (format!("short on {}", day(at)), holds(at)),
        None => ("never short".to_owned(), holds(time(to))),
    }
}

/// Nobody goes short, no reserve line is crossed, and the one Soyuz has a seat for each.
fn after_crew_11(book: &Book) -> (String, bool) {
    let question = Question {
        from: "2026-01-14T22:30Z",
        to: "2026-03-01",
        as_of: "2026-01-10",
        crew: None,
        without: &[],
    };
    let asked = question.ask(book);
    let aboard = forecast::crew(book, &question.scenario(), &station::Scale::Aboard);
    let ends = aboard.segments().find(|segment| segment.value > 3.0).map(|segment| segment.start).unwrap();
    let reserves = asked.forecast.reserves_at(asked.span.start());
    let crossed = reserves.iter().flat_map(|one| &one.crossings).filter_map(|line| line.at).count();
    let seats = asked.drafted.seats.first().map_or(0, |&(_, seats)| seats);
    let food = asked.days_left("food", question.from);
    let holds = asked.first_short().is_none()
        && crossed == 0
        && seats == 3
        && aboard.at(asked.span.start()) == Some(3.0)
        && (time("2026-02-13")..time("2026-02-18")).contains(&ends);
    (format!("to {}: {food:.0} days of food, {seats} seats, no reserve line crossed", day(ends)), holds)
}
