//! From a sentence to a form: names are found, types and units held against each other.

mod cases;
mod empty;
mod levels;

use std::collections::BTreeMap;

use timeline::{Duration, TimeUnit, Unit};

pub(crate) use levels::stands_for;

use crate::fault::{Fault, Span};
use crate::form::{Bar, Form, Length, Over, Period, Room, Spacing, Sum, Total, When};
use crate::grammar;
use crate::lexicon::Lexicon;
use crate::syntax::{self, Expr, MeanBound, Name, Number, Quantifier, Selector, Sentence, Statement};

/// The texts of all definitions, by name.
pub(crate) type Definitions<'a> = BTreeMap<&'a str, &'a str>;

/// A form and what suspends it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Resolved {
    pub(crate) form: Form,
    pub(crate) except: Vec<When>,
    /// Breaches that are no longer are let pass.
    pub(crate) brief: Duration,
}

/// What a text says, or the first thing wrong with it.
pub(crate) fn resolve(
    text: &str,
    lexicon: &Lexicon,
    definitions: &Definitions<'_>,
) -> Result<Resolved, Fault> {
    let Sentence { statement, except } = grammar::sentence(text)?;
    let mut resolver = Resolver { lexicon, definitions, open: Vec::new(), stars: Stars::Refused };
    let form = resolver.form(&statement)?;
    let mut resolved = Resolved { form, except: Vec::new(), brief: Duration::ZERO };
    for one in &except {
        match one {
            syntax::Except::When(when) => resolved.except.push(resolver.unrelated(when)?),
            syntax::Except::Brief(length) => resolved.brief = resolver.length(length)?.duration,
        }
    }
    Ok(resolved)
}

/// Whether a definition is sound; what it is used for does not matter.
pub(crate) fn resolve_definition(
    name: &str,
    lexicon: &Lexicon,
    definitions: &Definitions<'_>,
) -> Result<(), Fault> {
    let mut resolver = Resolver { lexicon, definitions, open: Vec::new(), stars: Stars::Allowed };
    let whole = Span::new(0, definitions.get(name).map_or(0, |text| text.len()));
    resolver.defined(&Name { text: name.to_owned(), span: whole }).map_err(|fault| match fault.inner {
        Some(inner) => *inner,
        None => fault.outer,
    })?;
    Ok(())
}

struct Resolver<'a> {
    lexicon: &'a Lexicon,
    definitions: &'a Definitions<'a>,
    /// The definitions that are being read, outermost first.
    open: Vec<String>,
    stars: Stars,
}

/// Whether a star outside of `any`, `all`, `min` and `max` has a meaning here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stars {
    Allowed,
    Refused,
}

/// A fault at a definition's name, and the one inside the definition when it is that which is wrong.
struct DefinitionFault {
    outer: Fault,
    inner: Option<Box<Fault>>,
}

impl Resolver<'_> {
    fn form(&mut self, statement: &Statement) -> Result<Form, Fault> {
        Ok(match statement {
            Statement::Holds { condition, when } => {
                self.stars = Stars::Allowed;
                let condition = self.condition(condition)?;
                // `while power.*.capability_kw > 0 kW` is of the same channel as the condition.
                let when = match when {
                    Some(syntax::When::During(_, Some(same))) => return Err(misplaced_same(same)),
                    other => other.as_ref().map(|when| self.when(when, &[])).transpose()?,
                };
                self.stars = Stars::Refused;
                Form::Holds { condition, when }
            }
            Statement::Bars { sense, who, by } => {
                let chosen = self.chosen(who)?;
                Form::Bars { sense: *sense, by: self.bar(by, who)?, who: chosen }
            }
            Statement::Gap { measure, from, to, same, bound } => Form::Gap {
                spacing: if measure.text == "gap" { Spacing::Gap } else { Spacing::Overlap },
                from: self.chosen(from)?,
                to: self.chosen(to)?,
                same: self.shared(same.as_ref(), &[from, to])?,
                order: bound.order,
                limit: self.length_limit(&bound.limit)?,
            },
            Statement::Crowd { sense, count, who, room, same, during } => Form::Crowd {
                sense: *sense,
                count: *count as usize,
                who: self.chosen(who)?,
                room: match room {
                    syntax::Room::Once => Room::Once,
                    syntax::Room::In(number) => Room::In(empty::window(self.length(number)?, number.span)?),
                },
                same: self.shared(same.as_ref(), &with_optional(who, during.as_ref()))?,
                during: during.as_ref().map(|during| self.chosen(during)).transpose()?,
            },
            Statement::Total { measure, who, bound, each } => self.total(measure, who, bound, each)?,
            Statement::Mean { of, bound, over, .. } => self.mean(of, bound, over)?,
            Statement::Needs { who, count, attribute } => Form::Needs {
                who: self.chosen(who)?,
                count: *count as usize,
                attribute: self.words_attribute(attribute, &[who])?,
            },
            Statement::Qualified { who, attribute, whose } => {
                let (quantifier, name) = match whose {
                    Some((quantifier, name)) => (*quantifier, name.clone()),
                    None => (Quantifier::Every, Name { text: "person".to_owned(), span: attribute.span }),
                };
                Form::Qualified {
                    attribute: self.words_attribute(attribute, &[who])?,
                    whose: self.words_attribute(&name, &[who])?,
                    quantifier,
                    who: self.chosen(who)?,
                }
            }
            Statement::Measure { who, measure, bound } => {
                let chosen = self.chosen(who)?;
                let (measure, limit) = self.measured(measure, bound, who)?;
                Form::Measure { who: chosen, measure, order: bound.order, limit }
            }
            Statement::Shift { who, edge, most, same } => Form::Shift {
                who: self.chosen(who)?,
                edge: *edge,
                most: self.length(most)?,
                same: self.shared(same.as_ref(), &[who])?,
            },
            Statement::Sequence { who, side, other, within, same } => Form::Sequence {
                who: self.chosen(who)?,
                side: *side,
                other: self.chosen(other)?,
                within: within.as_ref().map(|length| self.length(length)).transpose()?,
                same: self.shared(same.as_ref(), &[who, other])?,
            },
        })
    }

    fn bar(&mut self, by: &syntax::Bar, who: &Selector) -> Result<Bar, Fault> {
        Ok(match by {
            syntax::Bar::Never => Bar::Never,
            syntax::Bar::When(when) => Bar::When(self.when(when, &[who])?),
            syntax::Bar::Near { length, side, other, same } => Bar::Near {
                length: self.length(length)?,
                side: *side,
                other: self.chosen(other)?,
                same: self.shared(same.as_ref(), &[who, other])?,
            },
            syntax::Bar::Where(tests) => Bar::Where(self.tests(tests, who)?),
        })
    }

    fn when(&mut self, when: &syntax::When, who: &[&Selector]) -> Result<When, Fault> {
        match when {
            syntax::When::While(condition) => Ok(When::While(self.condition(condition)?)),
            syntax::When::During(other, same) => {
                let all: Vec<&Selector> = who.iter().copied().chain([other]).collect();
                let same = self.shared(same.as_ref(), &all)?;
                Ok(When::During(self.chosen(other)?, same))
            }
        }
    }

    /// A time at which nothing is said to be the same.
    fn unrelated(&mut self, when: &syntax::When) -> Result<When, Fault> {
        match when {
            syntax::When::During(_, Some(same)) => Err(misplaced_same(same)),
            other => self.when(other, &[]),
        }
    }

    fn total(
        &mut self,
        measure: &Name,
        who: &Selector,
        bound: &syntax::Bound,
        each: &syntax::Each,
    ) -> Result<Form, Fault> {
        let chosen = self.chosen(who)?;
        let sum = match measure.text.as_str() {
            "count" => Sum::Count,
            "longest" => Sum::Longest,
            _ => Sum::Lengths,
        };
        let (limit, unit) = if sum == Sum::Count {
            (self.plain_limit(&bound.limit)?, None)
        } else {
            let length = self.length_limit(&bound.limit)?;
            (length.duration.seconds() / length.unit.seconds(), Some(length.unit))
        };
        let total = Total {
            measure: sum,
            who: chosen,
            order: bound.order,
            limit,
            unit,
            period: period(&each.period)?,
            of: self.shared(each.of.as_ref(), &with_optional(who, each.during.as_ref()))?,
            during: each.during.as_ref().map(|during| self.chosen(during)).transpose()?,
        };
        if let syntax::Limit::Number(number) = &bound.limit {
            empty::total(&total, number.span)?;
        }
        Ok(Form::Total(total))
    }

    fn mean(&mut self, of: &Expr, bound: &MeanBound, over: &syntax::Over) -> Result<Form, Fault> {
        let level = self.level(of)?;
        let (order, share, limit) = match bound {
            MeanBound::Order(order, limit) => (*order, None, limit),
            MeanBound::Near { share, of } => (syntax::Order::Equal, Some(*share), of),
        };
        let limit = self.like(&level, limit)?;
        let over = match over {
            syntax::Over::Cases(who) => Over::Cases(self.chosen(who)?),
            syntax::Over::Period(name) => Over::Period(period(name)?),
        };
        Ok(Form::Mean { of: level, order, share, limit, over })
    }

    /// A limit that must be a length of time.
    fn length_limit(&self, limit: &syntax::Limit) -> Result<Length, Fault> {
        match limit {
            syntax::Limit::Number(number) => self.length(number),
            syntax::Limit::Attribute(name) => {
                let message = format!("expected a length of time here, found `{}`", name.text);
                Err(Fault::new("rule-type", name.span, message, "write a length such as 1 h or 3 d"))
            }
        }
    }

    fn plain_limit(&self, limit: &syntax::Limit) -> Result<f64, Fault> {
        match limit {
            syntax::Limit::Number(Number { value, unit: None, .. }) => Ok(*value),
            syntax::Limit::Number(number) => Err(Fault::new(
                "rule-unit",
                number.span,
                "a count has no unit".to_owned(),
                "write the number alone",
            )),
            syntax::Limit::Attribute(name) => {
                let message = format!("expected a number here, found `{}`", name.text);
                Err(Fault::new("rule-type", name.span, message, "write a number"))
            }
        }
    }

    fn length(&self, number: &Number) -> Result<Length, Fault> {
        let wrong = |message: String| {
            Err(Fault::new(
                "rule-unit",
                number.span,
                message,
                "write a length of time in s, min, h or d, such as 3 d",
            ))
        };
        let Some(name) = &number.unit else {
            return wrong(format!("{} is no length of time: it has no unit", number.value));
        };
        let Some(unit) = time_unit(&self.unit(name)?) else {
            return wrong(format!("`{}` is no unit of time", name.text));
        };
        Ok(Length { duration: Duration::from_seconds(number.value * unit.seconds()), unit })
    }

    /// The unit that a word names; one that nothing here is counted in is a slip.
    fn unit(&self, name: &Name) -> Result<Unit, Fault> {
        let known = ["s", "min", "h", "d", "deg", "kg", "kW", "km", "%"];
        let used = self.lexicon.profile_names().map(|(_, unit)| unit.as_str());
        let parsed: Option<Unit> = name.text.parse().ok();
        if let Some(unit) = parsed
            && (known.contains(&unit.as_str())
                || self.lexicon.profile_names().any(|(_, used)| *used == unit)
                || self.is_unit_of_attribute(&unit))
        {
            return Ok(unit);
        }
        let message = format!("`{}` is no unit that anything here is counted in", name.text);
        let mend = timeline::did_you_mean(
            &name.text,
            known.into_iter().chain(used).filter(|unit| !unit.is_empty()),
            "units are those of the profiles; time is in s, min, h or d",
        );
        Err(Fault::new("rule-unit", name.span, message, mend))
    }
}

pub(crate) fn time_unit(unit: &Unit) -> Option<TimeUnit> {
    [TimeUnit::Second, TimeUnit::Minute, TimeUnit::Hour, TimeUnit::Day]
        .into_iter()
        .find(|time| time.unit() == *unit)
}

fn period(name: &Name) -> Result<Period, Fault> {
    match name.text.as_str() {
        "day" => Ok(Period::Day),
        "night" => Ok(Period::Night),
        "week" => Ok(Period::Week),
        "month" => Ok(Period::Month),
        "year" => Ok(Period::Year),
        other => {
            let message = format!("`{other}` is no period");
            let mend = "periods are day, night, week, month and year";
            let periods = ["day", "night", "week", "month", "year"];
            Err(Fault::new("rule-name", name.span, message, timeline::did_you_mean(other, periods, mend)))
        }
    }
}

fn misplaced_same(same: &Name) -> Fault {
    let message = "nothing can be the same here".to_owned();
    Fault::new("rule-syntax", same.span, message, "leave `same …` out")
}

fn with_optional<'a>(who: &'a Selector, other: Option<&'a Selector>) -> Vec<&'a Selector> {
    std::iter::once(who).chain(other).collect()
}
