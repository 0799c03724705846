//! `cupola presence`: the record of continuous presence, or who was aboard at one moment.

use std::ops::Deref;

use anyhow::Result;
use book::Book;
use facts::presence::{Record, Roll, Year};
use people::PersonTime;
use timeline::Time;

use super::crew;
use crate::answer::Answer;
use crate::text::{Align, Ink, WIDTH, ends, pad, rule, table, thousands};

/// Answers for a span: without `from`, since the beginning of the presence that still held at `to`.
pub(crate) fn record(book: &Book, from: Option<Time>, to: Option<Time>) -> Result<Answer> {
    let record = facts::presence::record(book, from, to)?;
    Ok(Answer::new(record, Record::json, |record, ink| Page(record).page(ink)))
}

/// Answers for one moment.
pub(crate) fn roll(book: &Book, at: Time) -> Result<Answer> {
    Ok(Answer::new(facts::presence::roll(book, at)?, Roll::json, roll_page))
}

/// The page of the facts.
struct Page<'a>(&'a Record);

impl Deref for Page<'_> {
    type Target = Record;
    fn deref(&self) -> &Record {
        self.0
    }
}

impl Page<'_> {
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

fn roll_page(roll: &Roll, ink: Ink) -> String {
    let count = ink.bold(&format!("{} ABOARD", roll.people.len()));
    ends(&count, &format!("{} GMT", roll.at.gmt())) + &rule(ink) + &crew::lines(&roll.people, roll.at, ink)
}
