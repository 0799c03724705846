//! An invented station: three people on two segments, working days and weekends, one holiday of the south.

use plan::{
    After, Asked, Block, By, Calendar, DayKind, Extent, Holiday, Member, Often, Period, Request, Role,
    Standing, Weekday, Wishes, wishes,
};
use record::Word;
use timeline::Interval;

pub(crate) fn span(from: &str, to: &str) -> Interval {
    Interval::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

/// From a Monday to the next.
pub(crate) fn week() -> Interval {
    span("2026-06-01", "2026-06-08")
}

pub(crate) fn member(person: &str, segment: &str, skills: &[&str]) -> Member {
    Member {
        person: person.parse().unwrap(),
        partner: segment.parse().unwrap(),
        segment: Some(segment.to_owned()),
        aboard: Interval::ALWAYS,
        skills: skills.iter().map(|skill| skill.parse().unwrap()).collect(),
    }
}

pub(crate) struct Station {
    pub(crate) crew: Vec<Member>,
    pub(crate) kinds: Vec<DayKind>,
    pub(crate) holidays: Vec<Holiday>,
}

impl Station {
    pub(crate) fn new() -> Self {
        let kind = |id: &str, on: &[Weekday]| DayKind {
            id: id.parse().unwrap(),
            on: on.to_vec(),
            segments: vec![],
            limits: vec![],
            is: None,
        };
        let (work, rest) = <Weekday as Word>::ALL.split_at(5);
        Self {
            crew: vec![
                member("berg-anna", "north", &["robotics", "medical"]),
                member("dube-sipho", "south", &["robotics"]),
                member("lind-karin", "north", &[]),
            ],
            kinds: vec![kind("workday", work), kind("weekend", rest)],
            holidays: vec![Holiday {
                day: plan::Day::of("2026-06-03".parse().unwrap()),
                title: "Southern Day".to_owned(),
                kind: "weekend".parse().unwrap(),
                segments: vec!["south".to_owned()],
            }],
        }
    }

    pub(crate) fn all(&self, span: Interval, blocks: &[Block], requests: &[Request]) -> Wishes {
        let calendar = Calendar { kinds: &self.kinds, holidays: &self.holidays };
        wishes(&Asked { span, crew: &self.crew, calendar, blocks, requests })
    }

    pub(crate) fn of(&self, span: Interval, requests: &[Request]) -> Wishes {
        self.all(span, &[], requests)
    }
}

/// An hour of anybody's time, once.
pub(crate) fn request(id: &str) -> Request {
    Request {
        id: id.parse().unwrap(),
        partner: "north".parse().unwrap(),
        title: "Work".to_owned(),
        investigation: String::new(),
        kind: "work".parse().unwrap(),
        minutes: 60,
        crew: vec![role(&[])],
        element: None,
        uses: vec![],
        needs: vec![],
        breaks_min: 0,
        approved: vec![],
        windows: vec![],
        hours: None,
        days: vec![],
        on: vec![],
        after: vec![],
        often: once(),
        part_min: None,
        worth: 10,
        standing: Standing::Wished,
        notes: String::new(),
    }
}

pub(crate) fn role(skills: &[&str]) -> Role {
    let skills = skills.iter().map(|skill| skill.parse().unwrap()).collect();
    Role { count: 1, skills, of: vec![], segments: vec![] }
}

pub(crate) fn once() -> Often {
    Often { times: 1, per: None, every: 1, by: By::Any, gap_min: 0 }
}

pub(crate) fn per(period: Period, times: u32) -> Often {
    Often { times, per: Some(period), ..once() }
}

pub(crate) fn after(request: &str) -> After {
    After { request: request.parse().unwrap(), least_min: 0, most_min: None }
}

pub(crate) fn block(id: &str, extent: Extent) -> Block {
    Block {
        id: id.parse().unwrap(),
        title: id.to_owned(),
        kind: id.parse().unwrap(),
        days: vec![],
        on: vec![],
        segments: vec![],
        extent,
        element: None,
        uses: vec![],
    }
}

/// The ids, in order.
pub(crate) fn ids(all: &Wishes) -> Vec<&str> {
    all.list.iter().map(|wish| wish.id.as_str()).collect()
}
