//! A day's activities by person, as a list to read and to copy.

use plan::{Activity, Day};
use record::PersonId;

use super::names::{clock, is_block, is_skipped, minutes, state};
use super::sheet::{Sheet, common, day_name};
use crate::text::{Ink, WIDTH, ends, pad, wrap};

/// Columns before the title: from, to, mark.
const HEAD: usize = 17;
const TITLE: usize = 42;

/// All that each person does on a day.
pub(super) fn day(sheet: &Sheet, day: Day, ink: Ink) -> String {
    let mut text = String::new();
    for person in sheet.rows_on(day) {
        text += &of_person(sheet, day, person, ink);
    }
    text
}

fn of_person(sheet: &Sheet, day: Day, person: Option<&PersonId>, ink: Ink) -> String {
    let own: Vec<&Activity> = sheet
        .of_row(person)
        .into_iter()
        .map(|(_, activity)| activity)
        .filter(|activity| common(activity, day.interval()).is_some() || Day::of(activity.start) == day)
        .collect();
    let asked: i64 =
        own.iter().filter(|one| !is_block(one) && !is_skipped(one)).map(|one| minutes(one)).sum();
    let partner = person.and_then(|person| sheet.names.partner_of(person));
    let partner = partner.map_or(String::new(), |partner| format!(" · {}", partner.short));
    let name = ink.bold(&sheet.row_name(person).to_uppercase()) + &partner;
    let sum = format!("{} · {}:{:02} h of work", day_name(day), asked / 60, asked % 60);
    let mut text = format!("\n{}", ends(&name, &ink.faint(&sum)));
    for activity in own {
        text += &line(sheet, day, activity, person, ink);
    }
    text
}

fn line(sheet: &Sheet, day: Day, activity: &Activity, person: Option<&PersonId>, ink: Ink) -> String {
    let from = if Day::of(activity.start) == day { clock(activity.start) } else { "  …  ".to_owned() };
    let to = if activity.end <= day.next().start() { clock(activity.end) } else { "  …  ".to_owned() };
    let partner = activity.partner.as_ref().and_then(|id| sheet.names.partner(id));
    let mark = match partner {
        Some(partner) => ink.tint(&partner.colour, &partner.mark.to_string()),
        None if is_block(activity) => ink.faint("·"),
        None => "+".to_owned(),
    };
    let with = sheet.names.crew(activity, person).join(", ");
    let with = if with.is_empty() { with } else { format!("with {with}") };
    let details: Vec<String> = [place(sheet, activity), with]
        .into_iter()
        .chain(sheet.names.devices(activity))
        .chain([state(activity)])
        .filter(|detail| !detail.is_empty())
        .collect();
    let title = wrap(&activity.title, TITLE, 0);
    let details = wrap(&details.join(" · "), WIDTH - HEAD - TITLE - 2, 0);
    beside(&format!("  {from}–{to}  {mark} "), &title, &details, activity, ink)
}

/// Where, as people call it: what stands in brackets behind a name is for books.
fn place(sheet: &Sheet, activity: &Activity) -> String {
    let name = sheet.names.element(activity);
    name.split(" (").next().unwrap_or_default().to_owned()
}

/// Two columns of lines behind a head.
fn beside(head: &str, left: &str, right: &str, activity: &Activity, ink: Ink) -> String {
    let (mut left, mut right) = (left.lines(), right.lines());
    let mut text = String::new();
    loop {
        let (a, b) = (left.next(), right.next());
        if a.is_none() && b.is_none() {
            return text;
        }
        let head = if text.is_empty() { head.to_owned() } else { " ".repeat(HEAD) };
        let title = pad(a.unwrap_or_default(), TITLE + 2);
        let title = if is_block(activity) { ink.faint(&title) } else { title };
        let line = format!("{head}{title}{}", ink.faint(b.unwrap_or_default()));
        text += line.trim_end();
        text.push('\n');
    }
}
