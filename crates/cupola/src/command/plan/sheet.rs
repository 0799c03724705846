//! All that a drawing of a plan needs, gathered once.

use std::collections::BTreeSet;

use anyhow::Result;
use book::Book;
use plan::{Activity, ActivityId, Day, Plan, Weekday};
use record::{PersonId, Word};
use rules::Rule;
use schedule::{PoolShare, Setting, shares};
use timeline::{Interval, Window};

use super::names::{Names, in_order, is_block, people};

/// A plan with the names, shares and bands that it is drawn with.
pub(super) struct Sheet {
    pub(super) plan: Plan,
    pub(super) names: Names,
    pub(super) shares: Vec<PoolShare>,
    pub(super) bands: Vec<Band>,
    /// Only this person is drawn.
    pub(super) only: Option<PersonId>,
}

/// When something that partners wait for holds, such as sunlight or a link.
pub(super) struct Band {
    /// As requests name it.
    pub(super) name: String,
    pub(super) holds: Window,
    /// When nobody knows.
    pub(super) unknown: Window,
}

impl Sheet {
    /// A plan that a setting was made for.
    pub(super) fn new(plan: Plan, setting: &Setting<'_>) -> Self {
        let needs: BTreeSet<&String> =
            setting.book.requests.iter().flat_map(|request| &request.value.needs).collect();
        let band = |name: &String| {
            let need = setting.when(name)?;
            Some(Band { name: name.clone(), holds: need.holds, unknown: need.unknown })
        };
        Self {
            names: Names::of(setting.book, &plan),
            shares: shares(setting, &plan),
            bands: needs.into_iter().filter_map(band).collect(),
            plan,
            only: None,
        }
    }

    /// A plan that comes from somewhere.
    pub(super) fn of(book: &Book, plan: Plan) -> Result<Self> {
        // The rules are not asked: only what the requests need is looked for.
        let scene = impact::surroundings(book, plan.span, &Vec::<Rule>::new())?;
        let setting = Setting::new(book, plan.level, plan.span, Vec::new(), scene, &BTreeSet::new());
        Ok(Self::new(plan, &setting))
    }

    /// Whose activities have a row: each person's, and last nobody's when there is something that nobody takes part in.
    pub(super) fn rows(&self) -> Vec<Option<&PersonId>> {
        if self.only.is_some() {
            return vec![self.only.as_ref()];
        }
        let nobodys = self.plan.activities.values().any(|one| one.crew.is_empty());
        people(&self.plan, &self.names).into_iter().map(Some).chain(nobodys.then_some(None)).collect()
    }

    /// The rows of a day: nobody's only when there is something in it.
    pub(super) fn rows_on(&self, day: Day) -> Vec<Option<&PersonId>> {
        let is_there = |row: Option<&PersonId>| {
            self.of_row(row).iter().any(|(_, one)| common(one, day.interval()).is_some())
        };
        self.rows().into_iter().filter(|row| row.is_some() || is_there(*row)).collect()
    }

    /// The activities of a row by their beginning.
    pub(super) fn of_row(&self, row: Option<&PersonId>) -> Vec<(&ActivityId, &Activity)> {
        match row {
            Some(person) => self.plan.of_person(person),
            None => in_order(&self.plan).into_iter().filter(|(_, one)| one.crew.is_empty()).collect(),
        }
    }

    /// What a row is called.
    pub(super) fn row_name<'a>(&'a self, row: Option<&'a PersonId>) -> &'a str {
        row.map_or("without crew", |person| self.names.family(person))
    }

    /// The days that are planned.
    pub(super) fn days(&self) -> Vec<Day> {
        Day::in_span(self.plan.span).collect()
    }

    /// What is asked of the crew on a day: all but the parts that every day has.
    pub(super) fn work_on(&self, day: Day) -> Vec<&Activity> {
        let starts = |activity: &&Activity| Day::of(activity.start) == day && !is_block(activity);
        let mut work: Vec<&Activity> = self.plan.activities.values().filter(starts).collect();
        work.sort_by_key(|activity| (activity.start, activity.end, &activity.title));
        work
    }
}

/// `Mon 2026/152`.
pub(super) fn day_name(day: Day) -> String {
    let gmt = day.start().gmt();
    let date = gmt.split(' ').next().unwrap_or_default();
    format!("{} {date}", weekday(day.weekday()))
}

fn weekday(day: Weekday) -> String {
    let word = day.word();
    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
}

/// Whether two spans have time in common; nothing has none.
pub(super) fn common(activity: &Activity, span: Option<Interval>) -> Option<Interval> {
    activity.interval()?.intersection(span?)
}
