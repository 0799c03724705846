//! A plan by day: hours by week and partner, and what is done on each day.

use std::collections::BTreeMap;

use plan::{Activity, Day, Plan};
use record::PartnerId;

use super::names::{is_block, is_skipped};
use super::sheet::{Sheet, day_name};
use crate::text::{Align, Ink, WIDTH, pad, table, wrap};

/// Columns before a day's list.
const HEAD: usize = DAY + 11;
const DAY: usize = 14;

/// Both, below the head of a page.
pub(super) fn page(sheet: &Sheet, ink: Ink) -> String {
    let mut text = format!("\n{}\n", ink.bold("CREW TIME BY WEEK, h"));
    text += &weeks(sheet, ink);
    text += &format!("\n{}\n", ink.bold("DAYS"));
    for day in sheet.days() {
        let work = sheet.work_on(day);
        if !work.is_empty() {
            text += &day_lines(sheet, day, &work, ink);
        }
    }
    text
}

/// Crew time by the Monday of its week and by partner, minutes; nobody's own is under nothing.
fn by_week(plan: &Plan) -> BTreeMap<Day, BTreeMap<Option<&PartnerId>, u64>> {
    let mut weeks: BTreeMap<Day, BTreeMap<Option<&PartnerId>, u64>> = BTreeMap::new();
    for activity in plan.activities.values().filter(|one| !is_block(one) && !is_skipped(one)) {
        let week = weeks.entry(Day::of(activity.start).monday()).or_default();
        *week.entry(activity.partner.as_ref()).or_default() += activity.crew_minutes();
    }
    weeks
}

fn weeks(sheet: &Sheet, ink: Ink) -> String {
    let weeks = by_week(&sheet.plan);
    let partners = &sheet.names.partners;
    let mut heads: Vec<(&str, Align)> = vec![("week of", Align::Left)];
    heads.extend(partners.iter().map(|partner| (partner.short.as_str(), Align::Right)));
    heads.extend([("others", Align::Right), ("all", Align::Right)]);
    let row = |name: String, week: &BTreeMap<Option<&PartnerId>, u64>| {
        let own = |id: &PartnerId| week.get(&Some(id)).copied().unwrap_or_default();
        let all: u64 = week.values().sum();
        let named: u64 = partners.iter().map(|partner| own(&partner.id)).sum();
        let mut cells = vec![name];
        cells.extend(partners.iter().map(|partner| hours(own(&partner.id))));
        cells.extend([hours(all - named), hours(all)]);
        cells
    };
    let mut rows: Vec<Vec<String>> =
        weeks.iter().map(|(monday, week)| row(day_name(*monday), week)).collect();
    let mut whole: BTreeMap<Option<&PartnerId>, u64> = BTreeMap::new();
    for (partner, minutes) in weeks.values().flatten() {
        *whole.entry(*partner).or_default() += minutes;
    }
    if rows.len() > 1 {
        rows.push(row("all".to_owned(), &whole));
    }
    table(ink, &heads, &rows)
}

/// Hours to a tenth; nothing as a dash.
pub(super) fn hours(minutes: u64) -> String {
    if minutes == 0 { "–".to_owned() } else { format!("{:.1}", minutes as f64 / 60.0) }
}

/// A day's activities, a paragraph for each partner; what is done several times stands once.
fn day_lines(sheet: &Sheet, day: Day, work: &[&Activity], ink: Ink) -> String {
    let partners = sheet.names.partners.iter().map(Some).chain([None]);
    let mut text = String::new();
    for partner in partners {
        let known = |one: &Activity| one.partner.as_ref().and_then(|id| sheet.names.partner(id));
        let is_own = |one: &&&Activity| known(one).map(|own| own.mark) == partner.map(|own| own.mark);
        let own: Vec<&Activity> = work.iter().filter(is_own).copied().collect();
        if own.is_empty() {
            continue;
        }
        let name = if text.is_empty() { day_name(day) } else { String::new() };
        let mark = partner.map_or("+".to_owned(), |own| ink.tint(&own.colour, &own.mark.to_string()));
        let minutes = own.iter().map(|one| one.crew_minutes()).sum();
        let head = format!("{}{mark} {:>5} h  ", pad(&name, DAY), hours(minutes));
        let lines = wrap(&told(sheet, &own).join(" · "), WIDTH, HEAD);
        // The head takes the place of the first line's indent.
        text += &format!("{head}{}", lines.get(HEAD..).unwrap_or_default());
    }
    text
}

fn told(sheet: &Sheet, own: &[&Activity]) -> Vec<String> {
    let mut told: Vec<(&str, usize, Vec<&str>)> = Vec::new();
    for activity in own {
        let crew = sheet.names.crew(activity, sheet.only.as_ref());
        match told.iter_mut().find(|(title, ..)| *title == activity.title) {
            Some((_, count, all)) => {
                *count += 1;
                for name in crew {
                    if !all.contains(&name) {
                        all.push(name);
                    }
                }
            }
            None => told.push((&activity.title, 1, crew)),
        }
    }
    let one = |(title, count, crew): &(&str, usize, Vec<&str>)| {
        let times = if *count > 1 { format!(" ×{count}") } else { String::new() };
        let crew = if crew.is_empty() { String::new() } else { format!(" ({})", crew.join(", ")) };
        format!("{title}{times}{crew}")
    };
    told.iter().map(one).collect()
}
