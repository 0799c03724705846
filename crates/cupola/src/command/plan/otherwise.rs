//! What is otherwise than a plan took it to be, as it is said on the command line.

use anyhow::{Context, Result, bail, ensure};
use book::Book;
use plan::{Activity, Departure, Plan};
use schedule::Disruption;
use timeline::{Interval, Time, did_you_mean};

use crate::args::plan::Otherwise;
use crate::text::{Ink, WIDTH, wrap};

/// Every name held against the book.
pub(crate) fn disruption(book: &Book, said: &Otherwise) -> Result<Disruption> {
    let mut disruption =
        Disruption { now: said.now.map(crate::run::time).transpose()?, ..Disruption::default() };
    for text in &said.away {
        let (name, when) = stretch(text)?;
        let known = || book.people.ids().map(plan::PersonId::as_str);
        let Some(person) = book.people.named(name) else {
            bail!(
                "the book has nobody called `{name}`: {}",
                did_you_mean(name, known(), "say an id of people.csv")
            );
        };
        disruption.away.push((person.id.clone(), when));
    }
    for text in &said.lost {
        let (name, when) = stretch(text)?;
        scene::lexicon(book)
            .can_hold(name)
            .map_err(|mend| anyhow::anyhow!("`{name}` is no window and no profile that holds: {mend}"))?;
        disruption.lost.push((name.to_owned(), when));
    }
    for text in &said.down {
        let (name, when) = stretch(text)?;
        let known = || book.planning.resources.ids().map(plan::ResourceId::as_str);
        let Some(resource) = book.planning.resources.named(name) else {
            let mend = did_you_mean(name, known(), "say an id of a [[resource]] of planning.toml");
            bail!("the book has no resource `{name}`: {mend}");
        };
        disruption.down.push((resource.id.clone(), when));
    }
    Ok(disruption)
}

/// `NAME@FROM..TO`.
fn stretch(text: &str) -> Result<(&str, Interval)> {
    let form = || format!("`{text}` is not NAME@FROM..TO, such as ared@2026-06-03..2026-06-10");
    let (name, when) = text.split_once('@').with_context(form)?;
    let (from, to) = when.split_once("..").with_context(form)?;
    let (from, to): (Time, Time) = (from.parse()?, to.parse()?);
    ensure!(to > from, "`{text}` ends at {to}, which is not after its beginning {from}");
    Ok((name, Interval::new(from, to).with_context(form)?))
}

/// When an activity is, or, where others do it, who does.
fn told(activity: &Activity, what: &str) -> String {
    if what != "reassigned" {
        return activity.start.gmt();
    }
    let crew: Vec<&str> = activity.crew.iter().map(plan::PersonId::as_str).collect();
    crew.join(", ")
}

/// The changes by sort, each with what it touches.
pub(crate) fn page(departures: &[Departure], before: &Plan, after: &Plan, ink: Ink) -> String {
    const SHOWN: usize = 12;
    let mut text = format!("\n{}\n", ink.bold("AGAINST THE PLAN THAT WAS KEPT"));
    if departures.is_empty() {
        return text + "nothing is otherwise\n";
    }
    for what in ["dropped", "moved", "reassigned", "added"] {
        let own: Vec<&str> = departures
            .iter()
            .map(facts::week::parted)
            .filter(|(sort, _)| *sort == what)
            .map(|(_, id)| id)
            .collect();
        if own.is_empty() {
            continue;
        }
        text += &format!("{} {what}\n", own.len());
        for id in own.iter().take(SHOWN) {
            let when = |plan: &Plan| plan.activities.get(*id).map(|one| told(one, what));
            let said = match (when(before), when(after)) {
                (Some(before), Some(after)) if before != after => format!("{id}: {before} → {after}"),
                (_, Some(at)) | (Some(at), None) => format!("{id}: {at}"),
                (None, None) => (*id).to_owned(),
            };
            text += &wrap(&format!("  · {said}"), WIDTH, 4);
        }
        if own.len() > SHOWN {
            text += &ink.faint(&format!("  and {} more; --json lists them all\n", own.len() - SHOWN));
        }
    }
    text
}
