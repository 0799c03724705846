//! `cupola presence`: the record of continuous presence, or who was aboard at one moment.

use anyhow::{Result, ensure};
use book::Book;
use people::{Aboard, PersonTime};
use serde_json::{Map, Value, json};
use timeline::{Duration, Interval, Profile, Time, Window};

use super::crew::{self, Person};
use crate::answer::Answer;
use crate::text::{Align, Ink, WIDTH, ends, pad, rule, table, thousands};

/// The record over a span.
struct Record {
    title: String,
    since: Time,
    until: Time,
    gaps: Window,
    min_aboard: u32,
    max_aboard: u32,
    max_first_at: Time,
    partners: Vec<PartnerDays>,
    years: Vec<Year>,
}

struct PartnerDays {
    id: String,
    short: String,
    colour: String,
    time: PersonTime,
}

/// Mean number of people aboard in one calendar year, by partner in the order of the book.
struct Year {
    year: i32,
    mean_aboard: Vec<f64>,
    most: u32,
}

/// Answers for a span: without `from`, since the beginning of the presence that still held at `to`.
pub(crate) fn record(book: &Book, from: Option<Time>, to: Option<Time>) -> Result<Answer> {
    let until = to.unwrap_or(book.about.known_until);
    let aboard = book.aboard();
    let everything = Interval::new(book.about.began, until);
    let since = from.or_else(|| {
        let presence = people::presence(&aboard, everything?);
        presence.intervals().last().map(|unbroken| unbroken.start())
    });
    let since = since.unwrap_or(book.about.began);
    let Some(span) = Interval::new(since, until) else {
        anyhow::bail!("the span ends at {until}, which is not after its beginning {since}");
    };
    ensure!(
        until <= book.about.known_until,
        "the book knows what happened until {}; a record cannot end at {until}. Say --to {} or earlier",
        book.about.known_until,
        book.about.known_until
    );
    let crew = people::crew_profile(&aboard, span);
    let (min_aboard, max_aboard, max_first_at) = extremes(&crew, span);
    Ok(Answer::new(
        Record {
            title: book.about.title.clone(),
            since,
            until,
            gaps: people::gaps(&aboard, span),
            min_aboard,
            max_aboard,
            max_first_at,
            partners: partner_days(book, &aboard, span),
            years: years(book, &aboard, span),
        },
        Record::json,
        Record::page,
    ))
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
    fn days(&self) -> i64 {
        (self.until - self.since).nanoseconds() / Duration::DAY.nanoseconds()
    }

    fn json(&self) -> Value {
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

    fn page(&self, ink: Ink) -> String {
        let mut text = ends(
            &ink.bold(&format!("PRESENCE · {}", self.title)),
            &format!("{} to {} GMT", self.since.gmt(), self.until.gmt()),
        );
        text += &rule(ink);
        text += &match self.gaps.intervals() {
            [] => format!("{} days without a gap.\n", ink.bold(&thousands(self.days()))),
            gaps => {
                let word = if gaps.len() == 1 { "gap" } else { "gaps" };
                let mut lines = ink.warning(&format!("{} {word}:\n", gaps.len()));
                for gap in gaps {
                    lines +=
                        &format!("  {} to {}   {}\n", gap.start().gmt(), gap.end().gmt(), gap.duration());
                }
                lines
            }
        };
        text += &format!(
            "{} to {} aboard; {} for the first time on {}.\n\n",
            self.min_aboard,
            self.max_aboard,
            self.max_aboard,
            self.max_first_at.date()
        );
        text += &self.partner_table(ink);
        text += "\nMean number aboard by year\n";
        self.years.iter().for_each(|year| text += &self.year_line(year, ink));
        text
    }

    fn partner_table(&self, ink: Ink) -> String {
        let total: PersonTime = self.partners.iter().map(|partner| partner.time).sum();
        let row = |name: String, time: PersonTime| {
            let share = if total.days() > 0.0 { 100.0 * time.days() / total.days() } else { 0.0 };
            vec![name, thousands(time.days().round() as i64), format!("{share:.1} %")]
        };
        let mut rows: Vec<Vec<String>> = self
            .partners
            .iter()
            .map(|partner| row(ink.tint(&partner.colour, &partner.short), partner.time))
            .collect();
        rows.push(row("all".to_owned(), total));
        table(ink, &[("partner", Align::Left), ("person-days", Align::Right), ("share", Align::Right)], &rows)
    }

    /// One line of a stacked bar: a letter of the partner for each sixth of a person.
    fn year_line(&self, year: &Year, ink: Ink) -> String {
        const LETTERS_PER_PERSON: f64 = 6.0;
        let mut bar = String::new();
        let (mut sum, mut drawn) = (0.0, 0_usize);
        for (partner, mean) in self.partners.iter().zip(&year.mean_aboard) {
            sum += mean;
            let until = ((sum * LETTERS_PER_PERSON).round() as usize).min(WIDTH - 25);
            let letter = partner.short.chars().next().unwrap_or('?').to_string();
            bar += &ink.tint(&partner.colour, &letter.repeat(until.saturating_sub(drawn)));
            drawn = drawn.max(until);
        }
        format!("{}  {:4.1}  most {:2}  {}\n", year.year, sum, year.most, pad(&bar, 0))
    }
}

/// Who was aboard at one moment.
struct Roll {
    at: Time,
    people: Vec<Person>,
}

/// Answers for one moment.
pub(crate) fn roll(book: &Book, at: Time) -> Result<Answer> {
    ensure!(
        at <= book.about.known_until,
        "the book knows who was aboard until {}; say --at {} or earlier",
        book.about.known_until,
        book.about.known_until
    );
    Ok(Answer::new(Roll { at, people: crew::aboard(book, at) }, Roll::json, Roll::page))
}

impl Roll {
    fn json(&self) -> Value {
        json!({
            "time": self.at.to_string(),
            "count": self.people.len(),
            "aboard": crew::json(&self.people, self.at),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let count = ink.bold(&format!("{} ABOARD", self.people.len()));
        ends(&count, &format!("{} GMT", self.at.gmt()))
            + &rule(ink)
            + &crew::lines(&self.people, self.at, ink)
    }
}
