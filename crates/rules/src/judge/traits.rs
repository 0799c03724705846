//! What a case is by itself: how long, with how many, with whom.

use timeline::Unit;

use crate::breach::Breach;
use crate::form::{Limit, Measure, Order, Quantifier};
use crate::rule::Rule;
use crate::say;
use crate::scene::Case;
use crate::stage::{Stage, compared, holds_about, unit_of};

pub(super) fn needs(rule: &Rule, count: usize, attribute: &str, case: &Case) -> Vec<Breach> {
    let found = case.words(attribute).len();
    if found >= count {
        return Vec::new();
    }
    let message = format!("{} has {found} {attribute}, needs {count}", say::case(case));
    let mend = format!("assign {} more", count - found);
    let breach = Breach::new(rule, case.start, case.end).about([case.id.clone()]);
    vec![breach.measured(found as f64, count as f64, Unit::NONE).saying(message, mend)]
}

pub(super) fn qualified(
    rule: &Rule,
    attribute: &str,
    whose: &str,
    quantifier: Quantifier,
    stage: &Stage,
    case: &Case,
) -> Vec<Breach> {
    let wanted = case.words(attribute);
    let lacks = |person: &String| -> Vec<&String> {
        let has = stage.facts.get(person).and_then(|facts| facts.get(attribute));
        wanted.iter().filter(|word| !has.is_some_and(|has| has.contains(word))).collect()
    };
    let persons = case.words(whose);
    let unfit: Vec<&String> = persons.iter().filter(|person| !lacks(person).is_empty()).collect();
    let is_kept = match quantifier {
        Quantifier::Every => unfit.is_empty(),
        Quantifier::One => unfit.len() < persons.len(),
    };
    if wanted.is_empty() || is_kept {
        return Vec::new();
    }
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let names: Vec<&str> = unfit.iter().map(|person| person.as_str()).collect();
    let who = if names.is_empty() { format!("no {whose}") } else { names.join(", ") };
    let message =
        format!("{} asks for {attribute} {}, which {who} has not", say::case(case), wanted.join(", "));
    let subjects = std::iter::once(case.id.clone()).chain(unfit.iter().map(|person| (*person).clone()));
    let mend = format!("assign a {whose} with {attribute} {}", wanted.join(", "));
    vec![Breach::new(rule, case.start, case.end).about(subjects).saying(message, mend)]
}

pub(super) fn measure(
    rule: &Rule,
    measure: &Measure,
    order: Order,
    limit: &Limit,
    case: &Case,
) -> Vec<Breach> {
    let Some((value, asked)) = compared(case, measure, limit) else { return Vec::new() };
    if holds_about(order, value, asked) {
        return Vec::new();
    }
    let unit = unit_of(measure);
    let lacking = say::number((value - asked).abs(), &unit);
    let what = match measure {
        Measure::Duration(_) => "lasts",
        Measure::Attribute(name, _) => name.as_str(),
    };
    let of = match limit {
        Limit::Attribute(name, _) => format!(" ({name})"),
        Limit::Number(_) => String::new(),
    };
    let message = format!(
        "{}: {what} {}, {lacking} {} {}{of}",
        say::case(case),
        say::number(value, &unit),
        say::beyond(order),
        say::number(asked, &unit)
    );
    let mend = match order {
        Order::AtMost | Order::Less => format!("shorten it by {lacking}"),
        _ => format!("lengthen it by {lacking}"),
    };
    let breach = Breach::new(rule, case.start, case.end).about([case.id.clone()]);
    vec![breach.measured(value, asked, unit).saying(message, mend)]
}
