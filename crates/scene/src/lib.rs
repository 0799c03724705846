//! A book, a forecast and an orbit as the scene that flight rules look at.
//!
//! [`lexicon`] says which names rules of a book may use, [`rules()`] reads its rules, and [`scene()`] makes the facts of a span:
//! flights and stays become cases, people and ports profiles. [`put_plan`] adds what is planned. What a name means is in `docs/rules.md`.

mod flights;
mod lexicon;
mod people_aboard;
mod planned;
mod profiles;

use ::rules::{Definition, Lexicon, Rule, Scene, Written};
use book::{Book, Weight};
use forecast::Forecast;
use record::{Provenance, Quality};
use timeline::{Finding, Interval, Profile, Severity};

pub use lexicon::lexicon;
pub use planned::{case, members, put_plan, unplaced};

/// The rules of a book, and what is wrong with those that cannot be understood.
#[must_use]
pub fn rules(book: &Book, lexicon: &Lexicon) -> (Vec<Rule>, Vec<Finding>) {
    let written: Vec<Written> = book
        .rules
        .iter()
        .map(|rule| Written {
            id: rule.id.to_string(),
            title: rule.title.clone(),
            severity: match rule.severity {
                Weight::Must => Severity::Must,
                Weight::Should => Severity::Should,
                Weight::Info => Severity::Info,
            },
            owner: rule.owner.to_string(),
            source: said_by(&rule.provenance),
            rationale: rule.rationale.clone(),
            text: rule.rule.text.clone(),
            place: rule.rule.begins.clone(),
        })
        .collect();
    ::rules::compile(&written, &definitions(book), lexicon)
}

/// Where a rule comes from, with how well that is known where it is not simply printed there.
fn said_by(provenance: &Provenance) -> String {
    match provenance.quality {
        Quality::Measured | Quality::Published => provenance.source.clone(),
        other => format!("{} ({other})", provenance.source),
    }
}

/// What the rules of a book may name.
#[must_use]
pub fn definitions(book: &Book) -> Vec<Definition> {
    book.definitions
        .iter()
        .map(|definition| Definition {
            id: definition.id.to_string(),
            text: definition.is.text.clone(),
            place: definition.is.begins.clone(),
        })
        .collect()
}

/// What is wrong with the `needs` of requests: names that nothing bears, and numbers where something must hold.
#[must_use]
pub fn needs(book: &Book, lexicon: &Lexicon) -> Vec<Finding> {
    let mut findings = Vec::new();
    for request in &book.requests {
        for need in &request.needs {
            let Err(mend) = lexicon.can_hold(need) else { continue };
            let message =
                format!("`{}` needs `{need}`, which is no window and no profile that holds", request.id);
            let finding = Finding::new("need-unknown", Severity::Must, message);
            findings.push(finding.at(request.place.clone()).about(request.id.as_str()).mend(mend));
        }
    }
    findings
}

/// How things stand and what happens in `span`, as far as the book knows; stocks and power where there is a forecast, light and links
/// where there are `surroundings`.
#[must_use]
pub fn scene(book: &Book, forecast: Option<&Forecast>, surroundings: Vec<Profile>, span: Interval) -> Scene {
    let mut scene = Scene::new(span);
    // Nobody knows who is aboard beyond the book's end.
    if let Some(known) = book.history().and_then(|history| history.intersection(span)) {
        for profile in profiles::of_book(book, known) {
            scene = scene.with_profile(profile);
        }
    }
    for profile in forecast.into_iter().flat_map(Forecast::profiles).cloned().chain(surroundings) {
        scene = scene.with_profile(profile);
    }
    scene.cases = flights::cases(book);
    scene.cases.extend(people_aboard::cases(book));
    scene
}
