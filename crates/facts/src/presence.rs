//! The record of continuous presence, or who was aboard at one moment.

use book::Book;
use people::{Aboard, PersonTime};
use serde_json::{Map, Value, json};
use timeline::{Duration, Interval, Profile, Time, Window};

use crate::crew::{self, Person};
use crate::{FactsError, Refusal, span_of};

/// The record over a span.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// The station's name.
    pub title: String,
    /// From when.
    pub since: Time,
    /// Until when.
    pub until: Time,
    /// When nobody was aboard.
    pub gaps: Window,
    /// The fewest aboard.
    pub min_aboard: u32,
    /// The most aboard.
    pub max_aboard: u32,
    /// When they were most for the first time.
    pub max_first_at: Time,
    /// Person-days by partner, in the order of the book.
    pub partners: Vec<PartnerDays>,
    /// Year by year.
    pub years: Vec<Year>,
}

/// The days of one partner's people.
#[derive(Clone, PartialEq, Debug)]
pub struct PartnerDays {
    /// Id of the partner.
    pub id: String,
    /// Its short name.
    pub short: String,
    /// Its colour, `#rrggbb`.
    pub colour: String,
    /// The time of all its people.
    pub time: PersonTime,
}

/// Mean number of people aboard in one calendar year, by partner in the order of the book.
#[derive(Clone, PartialEq, Debug)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// By partner, in the order of the book.
    pub mean_aboard: Vec<f64>,
    /// The most aboard at once.
    pub most: u32,
}

/// The record of a span: without `from`, since the beginning of the presence that still held at `to`.
///
/// # Errors
/// When the span is empty or ends after what the book knows.
pub fn record(book: &Book, from: Option<Time>, to: Option<Time>) -> Result<Record, FactsError> {
    let until = to.unwrap_or(book.about.known_until);
    let aboard = book.aboard();
    let everything = Interval::new(book.about.began, until);
    let since = from.or_else(|| {
        let presence = people::presence(&aboard, everything?);
        presence.intervals().last().map(|unbroken| unbroken.start())
    });
    let since = since.unwrap_or(book.about.began);
    let span = span_of(since, until)?;
    let known = book.about.known_until;
    if until > known {
        let what = format!("the book knows what happened until {known}; a record cannot end at {until}");
        return Err(Refusal::new("to", what).say("to", format!("{known} or earlier")).into());
    }
    let crew = people::crew_profile(&aboard, span);
    let (min_aboard, max_aboard, max_first_at) = extremes(&crew, span);
    Ok(Record {
        title: book.about.title.clone(),
        since,
        until,
        gaps: people::gaps(&aboard, span),
        min_aboard,
        max_aboard,
        max_first_at,
        partners: partner_days(book, &aboard, span),
        years: years(book, &aboard, span),
    })
}

fn extremes(crew: &Profile, span: Interval) -> (u32, u32, Time) {
    let (mut least, mut most, mut first_at) = (u32::MAX, 0, span.start());
    for segment in crew.segments() {
        let count = segment.value_at(segment.interval().start()).round() as u32;
        least = least.min(count);
        if count > most {
            (most, first_at) = (count, segment.interval().start());
        }
    }
    (least, most, first_at)
}

fn partner_days(book: &Book, aboard: &[Aboard<'_>], span: Interval) -> Vec<PartnerDays> {
    let times = people::person_time_by_partner(aboard, span);
    let of = |partner: &partnership::Partner| PartnerDays {
        id: partner.id.to_string(),
        short: partner.short.clone(),
        colour: partner.colour.clone(),
        time: times.get(&partner.id).copied().unwrap_or_default(),
    };
    book.partners.iter().map(|partner| of(partner)).collect()
}

fn years(book: &Book, aboard: &[Aboard<'_>], span: Interval) -> Vec<Year> {
    let crew = people::crew_profile(aboard, span);
    let midnight = |year: i32| format!("{year}-01-01").parse::<Time>().ok();
    (span.start().utc().year..=(span.end() - Duration::NANOSECOND).utc().year)
        .filter_map(|year| {
            let within = Interval::new(midnight(year)?, midnight(year + 1)?)?.intersection(span)?;
            let days = within.duration().days();
            let partners = partner_days(book, aboard, within);
            Some(Year {
                year,
                mean_aboard: partners.iter().map(|partner| partner.time.days() / days).collect(),
                most: extremes(&crew.clip(within).ok()?, within).1,
            })
        })
        .collect()
}

impl Record {
    /// Whole days from beginning to end.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.until - self.since).nanoseconds() / Duration::DAY.nanoseconds()
    }

    /// One object.
    #[must_use]
    pub fn json(&self) -> Value {
        let gap = |gap: &Interval| json!({"start": gap.start().to_string(), "end": gap.end().to_string()});
        let days: Map<String, Value> = self
            .partners
            .iter()
            .map(|partner| (partner.id.clone(), json!((partner.time.days() * 1e3).round() / 1e3)))
            .collect();
        json!({
            "since": self.since.to_string(),
            "until": self.until.to_string(),
            "days": self.days(),
            "gaps": self.gaps.intervals().iter().map(gap).collect::<Vec<_>>(),
            "min_aboard": self.min_aboard,
            "max_aboard": self.max_aboard,
            "max_aboard_first_at": self.max_first_at.to_string(),
            "person_days": days,
        })
    }
}

/// Who was aboard at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Roll {
    /// When.
    pub at: Time,
    /// Who.
    pub people: Vec<Person>,
}

/// Who was aboard at `at`.
///
/// # Errors
/// When that is after what the book knows.
pub fn roll(book: &Book, at: Time) -> Result<Roll, FactsError> {
    let known = book.about.known_until;
    if at > known {
        let what = format!("the book knows who was aboard until {known}");
        return Err(Refusal::new("at", what).say("at", format!("{known} or earlier")).into());
    }
    Ok(Roll { at, people: crew::aboard(book, at) })
}

impl Roll {
    /// One object.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "time": self.at.to_string(),
            "count": self.people.len(),
            "aboard": crew::json(&self.people, self.at),
        })
    }
}
