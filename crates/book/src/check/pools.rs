//! What partners share: parts that add up, a unit that fits, nothing said that goes with another kind of pool.

use std::collections::BTreeSet;

use partnership::{Counts, CrewSeats, Pool, SeatCount};
use record::{PartnerId, Share, Sourced};

use super::references::Naming;
use super::when::surely_after;
use super::{Report, must};
use crate::book::Book;

pub(super) fn pools(book: &Book, report: &mut Report) {
    for pool in &book.pools {
        names(pool, book, report);
        fits(pool, report);
        span(pool, report);
        if pool.crews.is_empty() {
            parts(pool, report);
        } else {
            crews(pool, report);
        }
    }
}

fn names(pool: &Sourced<Pool>, book: &Book, report: &mut Report) {
    let one = Naming { record: pool, subject: pool.id.as_str() };
    for partner in pool.partners() {
        one.names(partner, &book.partners, report);
    }
    for kind in &pool.kinds {
        one.names(kind, &book.activity_kinds, report);
    }
}

/// Its unit is that of what it counts, and it says nothing that goes with something else.
fn fits(pool: &Sourced<Pool>, report: &mut Report) {
    let unit = pool.counts.unit();
    if pool.unit != unit {
        let message =
            format!("`{}` counts {}, which is not counted in `{}`", pool.id, pool.counts, pool.unit);
        let finding = must(pool, "unit-misfit", message).about(pool.id.as_str());
        report.add(finding.mend(format!("write `unit = \"{unit}\"`, or leave it out")));
    }
    let misfit = if pool.counts != Counts::CrewTime && !pool.kinds.is_empty() {
        ("kinds", "only crew time is spent on kinds of activity: leave `kinds` out")
    } else if pool.counts != Counts::Seats && !pool.crews.is_empty() {
        ("crews", "only seats hang on the number aboard: leave `crews` out")
    } else if !pool.crews.is_empty() && !pool.parts.is_empty() {
        ("crews", "give either `parts` or `crews`")
    } else {
        return;
    };
    let (field, mend) = misfit;
    let message = format!("`{}` counts {} and says `{field}`", pool.id, pool.counts);
    report.add(must(pool, "pool-misfit", message).about(pool.id.as_str()).mend(mend));
}

fn span(pool: &Sourced<Pool>, report: &mut Report) {
    if let (Some(from), Some(until)) = (pool.from, pool.until)
        && surely_after(from, until)
    {
        let message = format!("`{}` is shared until {until}, before {from}", pool.id);
        let finding = must(pool, "dates-reversed", message).about(pool.id.as_str());
        report.add(finding.mend("look both times up"));
    }
}

fn parts(pool: &Sourced<Pool>, report: &mut Report) {
    let sum: Share = pool.parts.iter().map(|part| part.share).sum();
    if sum != Share::WHOLE {
        let message = format!("the shares of `{}` add up to {sum}", pool.id);
        let finding = must(pool, "shares-sum", message).about(pool.id.as_str());
        report.add(finding.mend("make them add up to 100 %"));
    }
    once(pool, pool.parts.iter().map(|part| &part.partner), report);
}

fn crews(pool: &Sourced<Pool>, report: &mut Report) {
    for (at, crew) in pool.crews.iter().enumerate() {
        seats(pool, crew, report);
        if pool.crews[..at].iter().any(|other| other.aboard == crew.aboard) {
            let message = format!("`{}` shares the seats of a crew of {} twice", pool.id, crew.aboard);
            let finding = must(pool, "crew-twice", message).about(pool.id.as_str());
            report.add(finding.mend("say it once"));
        }
    }
}

fn seats(pool: &Sourced<Pool>, crew: &CrewSeats, report: &mut Report) {
    let sum: SeatCount = crew.seats.iter().map(|seat| seat.seats).sum();
    if sum != SeatCount::whole(crew.aboard) || crew.aboard == 0 {
        let message = format!("`{}` gives {sum} seats in a crew of {}", pool.id, crew.aboard);
        let finding = must(pool, "seats-sum", message).about(pool.id.as_str());
        report.add(finding.mend("make them add up to the crew, of 1 or more"));
    }
    once(pool, crew.seats.iter().map(|seat| &seat.partner), report);
}

/// Nobody has two parts of one whole.
fn once<'a>(pool: &Sourced<Pool>, named: impl Iterator<Item = &'a PartnerId> + Clone, report: &mut Report) {
    let partners: BTreeSet<&str> = named.clone().map(PartnerId::as_str).collect();
    if partners.len() < named.count() {
        let message = format!("`{}` gives two shares to one partner", pool.id);
        let finding = must(pool, "share-twice", message).about(pool.id.as_str());
        report.add(finding.mend("give one share to each"));
    }
}
