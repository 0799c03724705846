//! Rules and numbers in words, for messages.

use std::fmt;

use timeline::{Time, Unit};

use crate::form::{Arithmetic, Chosen, Condition, Fold, Level, Limit, Measure, Node, Order, Test, Word};
use crate::scene::Case;

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Constant(value) => f.write_str(&number(*value, &self.unit)),
            Node::Profile(name) => f.write_str(name),
            Node::Fold(Fold::Least, pattern) => write!(f, "min({pattern})"),
            Node::Fold(Fold::Most, pattern) => write!(f, "max({pattern})"),
            Node::Abs(inner) => write!(f, "abs({inner})"),
            Node::Negative(inner) => write!(f, "-({inner})"),
            Node::Scaled(inner, factor) => match inner.node {
                Node::Constant(value) => f.write_str(&number(value * factor, &self.unit)),
                _ => write!(f, "{inner}"),
            },
            Node::Arithmetic(arithmetic, left, right) => {
                let sign = match arithmetic {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "-",
                    Arithmetic::Multiply => "*",
                    Arithmetic::Divide => "/",
                };
                write!(f, "{left} {sign} {right}")
            }
            Node::Extreme(fold, all) => {
                let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                write!(f, "{}({})", if *fold == Fold::Least { "min" } else { "max" }, all.join(", "))
            }
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare { left, order, right } => write!(f, "{left} {} {right}", order.sign()),
            Self::Near { left, share, right } => {
                write!(f, "{left} within {} % of {right}", plain(share * 100.0))
            }
            Self::Flag(name) | Self::Window(name) => f.write_str(name),
            Self::AnyFlag(pattern) => write!(f, "any({pattern})"),
            Self::AllFlags(pattern) => write!(f, "all({pattern})"),
            Self::Cases(chosen) => write!(f, "{chosen}"),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::And(left, right) => write!(f, "{left} and {right}"),
            Self::Or(left, right) => write!(f, "{left} or {right}"),
        }
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kinds.join(" or "))?;
        for (at, test) in self.tests.iter().enumerate() {
            write!(f, " {} {test}", if at == 0 { "where" } else { "and" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |words: &[Word]| {
            let words = words.iter().map(|word| match word {
                Word::Said(word) | Word::Of(word) => word.as_str(),
            });
            words.collect::<Vec<_>>().join(" or ")
        };
        match self {
            Self::Is { attribute, among } => write!(f, "{attribute} is {}", words(among)),
            Self::IsNot { attribute, among } => write!(f, "{attribute} is not {}", words(among)),
            Self::Order { measure, order, limit } => {
                let (name, unit) = match measure {
                    Measure::Duration(unit) => ("duration", unit.unit()),
                    Measure::Attribute(name, unit) => (name.as_str(), unit.clone()),
                };
                let limit = match limit {
                    Limit::Number(value) => number(*value, &unit),
                    Limit::Attribute(name, _) => name.clone(),
                };
                write!(f, "{name} {} {limit}", order.sign())
            }
        }
    }
}

/// A number with its unit: `45 d`, `0.65`.
pub(crate) fn number(value: f64, unit: &Unit) -> String {
    if unit.as_str().is_empty() { plain(value) } else { format!("{} {unit}", plain(value)) }
}

/// What a level was held against: a number, and whose it is where it is no number of the rule.
pub(crate) fn limit(value: f64, of: &Level, star: Option<&str>) -> String {
    let text = of.to_string();
    let said = number(value, &of.unit);
    if said == text || text.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return said;
    }
    format!("{said} ({})", star.map_or(text.clone(), |star| text.replace('*', star)))
}

/// To four digits, without zeros at the end.
pub(crate) fn plain(value: f64) -> String {
    let digits_before = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
    let places = (3.0 - digits_before).clamp(0.0, 6.0) as usize;
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

pub(crate) fn at(time: Time) -> String {
    format!("{} GMT", time.gmt())
}

/// How a case is spoken of: its first kind and its id, where the id does not say the kind itself.
pub(crate) fn case(case: &Case) -> String {
    match case.kinds.first() {
        Some(kind) if !case.id.contains(kind.as_str()) => format!("{kind} {}", case.id),
        _ => case.id.clone(),
    }
}

/// `below`, `above` or `at`: on which side of its limit a value is that breaks the comparison.
pub(crate) const fn beyond(order: Order) -> &'static str {
    match order {
        Order::AtLeast | Order::More => "below",
        Order::AtMost | Order::Less => "above",
        Order::Equal => "away from",
        Order::NotEqual => "at",
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (45.0, "45"),
            (0.65, "0.65"),
            (38.216, "38.22"),
            (0.0, "0"),
            (-0.000_000_1, "0"),
            (12_345.6, "12346"),
            (1.0 / 3.0, "0.3333"),
        ] {
            assert_eq!(plain(value), text);
        }
    }
}
