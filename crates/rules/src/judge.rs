//! One rule held against one piece of the scene at a time.
//!
//! A rule falls into pieces that do not touch each other: each case alone, each person's or port's cases together, each profile
//! that a star stands for, or all at once. An edit is looked at again only where its pieces are.

mod bars;
mod crowd;
mod holds;
mod spacing;
mod totals;
mod traits;

use std::collections::BTreeMap;

use timeline::{Duration, Time, Window};

use crate::breach::Breach;
use crate::form::{Bar, Condition, Form, Over, When};
use crate::rule::Rule;
use crate::scene::Case;
use crate::stage::Stage;
use crate::truth::{Truth, Why, bindings, truth};

/// A piece of the scene that a rule judges alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Piece {
    Whole,
    /// What the rule's star stands for.
    Star(String),
    /// The cases with one word in the attribute that must be the same.
    Group(String),
    /// One case, by id.
    Case(String),
}

/// What a rule needs before it looks at pieces: conditions of which every case asks.
pub(crate) struct Prepared {
    /// By what the star stands for, empty without one.
    truths: BTreeMap<String, Truth>,
    /// When the rule is suspended.
    except: Window,
    /// The ends of calendar periods over the span.
    periods: Vec<Time>,
}

pub(crate) fn prepare(rule: &Rule, stage: &Stage) -> Result<Prepared, Why> {
    let mut truths = BTreeMap::new();
    match &rule.form {
        Form::Holds { condition, when: Some(When::During(..)) } => {
            for star in stars(condition, stage)? {
                let found = truth(condition, stage, Some(&star))?;
                truths.insert(star, found);
            }
        }
        Form::Bars { by: Bar::When(When::While(condition)), .. } => {
            truths.insert(String::new(), truth(condition, stage, None)?);
        }
        _ => {}
    }
    let mut except = Window::empty();
    for when in &rule.except {
        except = except.or(&match when {
            // What is not known lets nothing pass.
            When::While(condition) => {
                truth(condition, stage, None).map(|truth| truth.yes).unwrap_or_default()
            }
            When::During(chosen, _) => stage.window(chosen, None),
        });
    }
    let periods = match &rule.form {
        Form::Total(total) => totals::boundaries(total.period, stage.span),
        Form::Mean { over: Over::Period(period), .. } => totals::boundaries(*period, stage.span),
        _ => Vec::new(),
    };
    Ok(Prepared { truths, except, periods })
}

/// All pieces of a rule.
pub(crate) fn pieces(rule: &Rule, stage: &Stage) -> Result<Vec<Piece>, Why> {
    let form = &rule.form;
    if let Some(chosen) = form.each_case() {
        return Ok(stage.chosen(chosen, None).iter().map(|case| Piece::Case(case.id.clone())).collect());
    }
    if let Some(attribute) = form.group() {
        let words = stage.words(&form.chosen(), attribute);
        return Ok(words.into_iter().map(|word| Piece::Group(word.to_owned())).collect());
    }
    match form {
        Form::Holds { condition, .. } if condition.star().is_some() => {
            Ok(stars(condition, stage)?.into_iter().map(Piece::Star).collect())
        }
        _ => Ok(vec![Piece::Whole]),
    }
}

/// The breaches in one piece, in order of time.
pub(crate) fn judge(
    rule: &Rule,
    stage: &Stage,
    prepared: &Prepared,
    piece: &Piece,
) -> Result<Vec<Breach>, Why> {
    match piece {
        Piece::Case(id) => match stage.case(id) {
            Some(case) => judge_case(rule, stage, prepared, case),
            None => Ok(Vec::new()),
        },
        Piece::Star(star) => judge_group(rule, stage, prepared, Some(star)),
        Piece::Group(word) => judge_group(rule, stage, prepared, Some(word)),
        Piece::Whole => judge_group(rule, stage, prepared, None),
    }
}

/// The breaches of one case.
pub(crate) fn judge_case(
    rule: &Rule,
    stage: &Stage,
    prepared: &Prepared,
    case: &Case,
) -> Result<Vec<Breach>, Why> {
    let breaches = match &rule.form {
        Form::Holds { condition, .. } => holds::during(rule, condition, stage, prepared, case)?,
        Form::Bars { sense, by, .. } => bars::alone(rule, *sense, by, stage, prepared, case),
        Form::Needs { count, attribute, .. } => traits::needs(rule, *count, attribute, case),
        Form::Qualified { attribute, whose, quantifier, .. } => {
            traits::qualified(rule, attribute, whose, *quantifier, stage, case)
        }
        Form::Measure { measure, order, limit, .. } => traits::measure(rule, measure, *order, limit, case),
        Form::Mean { .. } => totals::mean_over_case(rule, stage, case)?,
        _ => Vec::new(),
    };
    Ok(kept(breaches, rule, stage, prepared))
}

fn judge_group(
    rule: &Rule,
    stage: &Stage,
    prepared: &Prepared,
    word: Option<&str>,
) -> Result<Vec<Breach>, Why> {
    let breaches = match &rule.form {
        // A condition that must hold is suspended by the instant, not by the breach.
        Form::Holds { condition, when } => {
            return holds::always(rule, condition, when.as_ref(), stage, prepared, word);
        }
        Form::Bars { sense, who, by } => bars::together(rule, *sense, who, by, stage, word),
        Form::Gap { .. } => spacing::gap(rule, stage, word),
        Form::Shift { .. } => spacing::shift(rule, stage, word),
        Form::Sequence { .. } => spacing::sequence(rule, stage, word),
        Form::Crowd { .. } => crowd::crowd(rule, stage, word),
        Form::Total(total) => totals::total(rule, total, stage, prepared, word),
        Form::Mean { .. } => totals::mean_each_period(rule, stage, prepared)?,
        _ => Vec::new(),
    };
    Ok(kept(breaches, rule, stage, prepared))
}

/// Only what lies in the span, and not in the time when the rule is suspended.
fn kept(mut breaches: Vec<Breach>, rule: &Rule, stage: &Stage, prepared: &Prepared) -> Vec<Breach> {
    breaches.retain(|breach| {
        let inside = breach.start < stage.span.end() && breach.end >= stage.span.start();
        let suspended = match timeline::Interval::new(breach.start, breach.end) {
            Some(interval) => prepared.except.overlaps(interval),
            None => prepared.except.contains(breach.start),
        };
        let is_brief = rule.brief > Duration::ZERO && breach.end - breach.start <= rule.brief;
        inside && !suspended && !is_brief
    });
    breaches
}

/// What the star of a condition stands for, one after the other; a single empty word without a star.
fn stars(condition: &Condition, stage: &Stage) -> Result<Vec<String>, Why> {
    let Some(pattern) = condition.star() else { return Ok(vec![String::new()]) };
    let found = bindings(pattern, stage);
    if found.is_empty() { Err(format!("no profile here is called `{pattern}`")) } else { Ok(found) }
}

/// The attribute and word by which a group's cases are found.
fn by_word<'a>(attribute: Option<&'a str>, word: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    attribute.zip(word)
}
