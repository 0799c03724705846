//! Everything asked for in an increment of 26 weeks: 12,000 activities of seven people, and the blocks of their days.

use plan::{
    After, Asked, Block, By, Calendar, Clock, DayKind, Extent, Hours, Member, Often, Period, Plan, Request,
    Role, Standing, Weekday, merge, read_json, to_json, wishes,
};
use record::Word;
use timeline::{Duration, Interval, Time};

fn main() {
    divan::main();
}

const REQUESTS: usize = 392;

fn increment() -> Interval {
    let monday: Time = "2026-06-01".parse().expect("a day");
    Interval::new(monday, monday + Duration::DAY * (26 * 7)).expect("a span")
}

fn clock(text: &str) -> Clock {
    text.parse().expect("a time of day")
}

fn crew() -> Vec<Member> {
    let member = |at: usize| Member {
        person: format!("person-{at}").parse().expect("an id"),
        partner: "north".parse().expect("an id"),
        segment: Some(if at < 3 { "south" } else { "north" }.to_owned()),
        aboard: Interval::ALWAYS,
        skills: [format!("skill-{}", at % 3).parse().expect("an id")].into(),
    };
    (0..7).map(member).collect()
}

fn kinds() -> Vec<DayKind> {
    let kind = |id: &str, on: &[Weekday]| DayKind {
        id: id.parse().expect("an id"),
        on: on.to_vec(),
        segments: vec![],
        limits: vec![],
        is: None,
    };
    let (work, rest) = <Weekday as Word>::ALL.split_at(5);
    vec![kind("workday", work), kind("weekend", rest)]
}

fn blocks() -> Vec<Block> {
    let block = |at: u32| {
        let (from, to) = (clock("08:00"), clock("20:00"));
        let extent =
            if at < 2 { Extent::Fixed { from, to } } else { Extent::Within { minutes: 60, from, to } };
        let id = format!("block-{at}");
        Block {
            id: id.parse().expect("an id"),
            title: id,
            kind: "sleep".parse().expect("an id"),
            days: vec![],
            on: vec![],
            segments: vec![],
            extent,
            element: None,
            uses: vec![],
        }
    };
    (0..8).map(block).collect()
}

/// Most of them weekly, on working days, between hours; every tenth by each; every other after the one before.
fn requests() -> Vec<Request> {
    let id = |at: usize| format!("request-{at}").parse().expect("an id");
    let request = |at: usize| Request {
        id: id(at),
        partner: "north".parse().expect("an id"),
        title: "Collection of samples".to_owned(),
        investigation: String::new(),
        kind: "experiment".parse().expect("an id"),
        minutes: 60,
        crew: vec![Role {
            count: 1,
            skills: if at.is_multiple_of(3) { vec!["skill-1".parse().expect("an id")] } else { vec![] },
            of: vec![],
            segments: vec![],
        }],
        element: Some("hall".parse().expect("an id")),
        uses: vec![],
        needs: vec!["link.ku".to_owned()],
        breaks_min: 2,
        approved: vec![],
        windows: vec![],
        hours: Some(Hours { from: clock("06:00"), to: clock("19:00") }),
        days: vec!["workday".parse().expect("an id")],
        on: vec![],
        after: if at % 2 == 1 {
            vec![After { request: id(at - 1), least_min: 0, most_min: None }]
        } else {
            vec![]
        },
        often: Often {
            times: 1,
            per: Some(Period::Week),
            every: if at.is_multiple_of(2) { 1 } else { 2 },
            by: if at % 10 == 4 { By::Each } else { By::Any },
            gap_min: 1_440,
        },
        part_min: None,
        worth: 10,
        standing: Standing::Wished,
        notes: String::new(),
    };
    (0..REQUESTS).map(request).collect()
}

#[divan::bench]
fn wishes_of_an_increment(bencher: divan::Bencher) {
    let (crew, kinds, blocks, requests) = (crew(), kinds(), blocks(), requests());
    let calendar = Calendar { kinds: &kinds, holidays: &[] };
    let asked = Asked { span: increment(), crew: &crew, calendar, blocks: &blocks, requests: &requests };
    let all = wishes(&asked);
    let own = all.list.iter().filter(|wish| wish.partner.is_some()).count();
    assert!(own >= 12_000, "only {own} activities");
    bencher.bench(|| wishes(&asked));
}

/// All of the increment's wishes, each placed at the beginning of its room.
fn plan() -> Plan {
    let (crew, kinds, blocks, requests) = (crew(), kinds(), blocks(), requests());
    let calendar = Calendar { kinds: &kinds, holidays: &[] };
    let all =
        wishes(&Asked { span: increment(), crew: &crew, calendar, blocks: &blocks, requests: &requests });
    let placed = all.list.iter().filter_map(|wish| {
        let first = wish.within.span()?;
        Some((
            wish.id.clone(),
            wish.placed(first.start(), wish.crew.iter().flat_map(|seat| seat.of.first().cloned())),
        ))
    });
    let mut plan = Plan::empty("Increment", plan::Level::Increment, increment());
    plan.activities = placed.chain(all.fixed.clone()).collect();
    plan
}

#[divan::bench(sample_count = 20)]
fn merge_of_increments(bencher: divan::Bencher) {
    let base = plan();
    bencher.bench(|| merge(&base, &base, &base));
}

#[divan::bench(sample_count = 20)]
fn json_of_an_increment(bencher: divan::Bencher) {
    let plan = plan();
    bencher.bench(|| to_json(&plan).to_string());
}

#[divan::bench(sample_count = 20)]
fn an_increment_of_json(bencher: divan::Bencher) {
    let text = to_json(&plan()).to_string();
    bencher.bench(|| read_json(&text));
}
