//! Levels and conditions: which are numbers, in which unit, and which hold or do not.

use timeline::Unit;

use super::empty;
use super::{DefinitionFault, Resolver, Stars, time_unit};
use crate::fault::{Fault, Span};
use crate::form::{Arithmetic, Condition, Fold, Level, Node};
use crate::grammar;
use crate::syntax::{Expr, Name, Selector};

/// Definitions may build on each other so deep.
const DEEPEST: usize = 16;

/// What an expression turns out to be.
pub(super) enum Typed {
    Level(Level),
    Condition(Condition),
}

impl Resolver<'_> {
    /// Something that holds or does not.
    pub(super) fn condition(&mut self, expr: &Expr) -> Result<Condition, Fault> {
        match self.typed(expr)? {
            Typed::Condition(condition) => Ok(condition),
            Typed::Level(Level { node: Node::Profile(name), unit }) if unit == Unit::NONE => {
                Ok(Condition::Flag(name))
            }
            Typed::Level(level) => {
                let unit = level.unit.as_str();
                let counted = if unit.is_empty() { String::new() } else { format!(" in {unit}") };
                let message = format!("this is a number{counted}, expected something that holds or does not");
                Err(Fault::new("rule-type", expr.span(), message, "compare it, as in `>= 45 d`"))
            }
        }
    }

    /// A number over time.
    pub(super) fn level(&mut self, expr: &Expr) -> Result<Level, Fault> {
        match self.typed(expr)? {
            Typed::Level(level) => Ok(level),
            Typed::Condition(_) => {
                let message = "this holds or does not, expected a number".to_owned();
                Err(Fault::new(
                    "rule-type",
                    expr.span(),
                    message,
                    "name a profile or write a number with its unit",
                ))
            }
        }
    }

    fn typed(&mut self, expr: &Expr) -> Result<Typed, Fault> {
        Ok(match expr {
            Expr::Number(number) => {
                let unit = number.unit.as_ref().map(|name| self.unit(name)).transpose()?;
                let node = Node::Constant(number.value);
                Typed::Level(Level { node, unit: unit.unwrap_or(Unit::NONE) })
            }
            Expr::Name(name) => self.named(name)?,
            Expr::Call { function, arguments, span } => self.called(function, arguments, *span)?,
            Expr::Negative(inner, _) => {
                let level = self.level(inner)?;
                Typed::Level(Level { unit: level.unit.clone(), node: Node::Negative(Box::new(level)) })
            }
            Expr::Arithmetic(arithmetic, left, right) => {
                Typed::Level(self.arithmetic(*arithmetic, left, right)?)
            }
            Expr::Compare { left, order, right } => {
                let span = left.span().to(right.span());
                let (left, right) = self.alike(left, right)?;
                empty::comparison(&left, &right, span)?;
                Typed::Condition(Condition::Compare { left, order: *order, right })
            }
            Expr::Near { left, share, right } => {
                let (left, right) = self.alike(left, right)?;
                Typed::Condition(Condition::Near { left, share: *share, right })
            }
            Expr::Not(inner, _) => Typed::Condition(Condition::Not(Box::new(self.condition(inner)?))),
            Expr::And(left, right) => {
                let span = right.span();
                let (left, right) = (self.condition(left)?, self.condition(right)?);
                empty::both(&left, &right, span)?;
                Typed::Condition(Condition::And(Box::new(left), Box::new(right)))
            }
            Expr::Or(left, right) => Typed::Condition(Condition::Or(
                Box::new(self.condition(left)?),
                Box::new(self.condition(right)?),
            )),
        })
    }

    fn named(&mut self, name: &Name) -> Result<Typed, Fault> {
        if self.definitions.contains_key(name.text.as_str()) {
            return self.defined(name).map_err(|fault| fault.outer);
        }
        if name.text.contains('*') {
            if self.stars == Stars::Refused {
                let message = format!("`{}` names many profiles; here one thing must hold or not", name.text);
                let mend = format!("say any({0}) or all({0}), or min({0}) or max({0}) of numbers", name.text);
                return Err(Fault::new("rule-type", name.span, message, mend));
            }
            let unit = self.unit_of_pattern(name)?;
            return Ok(Typed::Level(Level { node: Node::Profile(name.text.clone()), unit }));
        }
        if let Some(unit) = self.lexicon.unit_of(&name.text) {
            let unit = unit.clone();
            return Ok(Typed::Level(Level { node: Node::Profile(name.text.clone()), unit }));
        }
        if self.lexicon.has_window(&name.text) {
            return Ok(Typed::Condition(Condition::Window(name.text.clone())));
        }
        if self.lexicon.attributes_of(&name.text).is_some() {
            let selector = Selector { kinds: vec![name.clone()], tests: Vec::new(), span: name.span };
            return Ok(Typed::Condition(Condition::Cases(self.chosen(&selector)?)));
        }
        let message = format!("nothing is called `{}`", name.text);
        let defined = self.definitions.keys().copied();
        let mend = self.lexicon.near(&name.text, self.lexicon.condition_names().chain(defined));
        Err(Fault::new("rule-name", name.span, message, mend))
    }

    /// What a definition says, read anew where it is named.
    pub(super) fn defined(&mut self, name: &Name) -> Result<Typed, DefinitionFault> {
        let text = self.definitions.get(name.text.as_str()).copied().unwrap_or_default();
        let outer = |message: String, mend: &str| Fault::new("rule-define", name.span, message, mend);
        if self.open.contains(&name.text) {
            let circle: Vec<&str> = self.open.iter().chain([&name.text]).map(String::as_str).collect();
            let message = format!("`{}` is defined by itself: {}", name.text, circle.join(" → "));
            let outer = outer(message, "say one of them without the others");
            return Err(DefinitionFault { outer, inner: None });
        }
        if self.open.len() >= DEEPEST {
            let message = format!("more than {DEEPEST} definitions build on each other here");
            return Err(DefinitionFault { outer: outer(message, "say it in fewer"), inner: None });
        }
        self.open.push(name.text.clone());
        let found = grammar::definition(text).and_then(|expr| self.typed(&expr));
        self.open.pop();
        found.map_err(|inner| {
            // A circle has no beginning: wherever one comes in, the same names are to blame.
            let message = if inner.kind == "rule-define" {
                inner.message.clone()
            } else {
                format!("`{}` is defined wrongly: {}", name.text, inner.message)
            };
            let outer = Fault::new("rule-define", name.span, message, "mend the definition");
            DefinitionFault { outer, inner: Some(Box::new(inner)) }
        })
    }

    fn called(&mut self, function: &Name, arguments: &[Expr], span: Span) -> Result<Typed, Fault> {
        let one = |arguments: &[Expr]| match arguments {
            [one] => Ok(one.clone()),
            _ => {
                let message = format!("`{}` takes one thing, found {}", function.text, arguments.len());
                Err(Fault::new("rule-syntax", span, message, "leave the others out"))
            }
        };
        match function.text.as_str() {
            "abs" => {
                let level = self.level(&one(arguments)?)?;
                Ok(Typed::Level(Level { unit: level.unit.clone(), node: Node::Abs(Box::new(level)) }))
            }
            "min" => self.extreme(Fold::Least, arguments).map(Typed::Level),
            "max" => self.extreme(Fold::Most, arguments).map(Typed::Level),
            "any" | "all" => {
                let argument = one(arguments)?;
                let Expr::Name(pattern) = &argument else {
                    let message = format!("`{}` takes a name with a star", function.text);
                    return Err(Fault::new("rule-type", argument.span(), message, "write any(link.*)"));
                };
                let unit = self.unit_of_pattern(pattern)?;
                if unit != Unit::NONE {
                    let message =
                        format!("`{}` are numbers in {unit}, expected what holds or does not", pattern.text);
                    return Err(Fault::new(
                        "rule-type",
                        pattern.span,
                        message,
                        "compare min(…) or max(…) of them",
                    ));
                }
                let pattern = pattern.text.clone();
                Ok(Typed::Condition(if function.text == "any" {
                    Condition::AnyFlag(pattern)
                } else {
                    Condition::AllFlags(pattern)
                }))
            }
            other => {
                let message = format!("there is no function `{other}`");
                let known = ["abs", "min", "max", "any", "all"];
                let otherwise = "in a condition there are abs, min, max, any and all; gap, overlap, duration, sum, count, longest and \
                                 mean begin a rule";
                let mend = timeline::did_you_mean(other, known, otherwise);
                Err(Fault::new("rule-name", function.span, message, mend))
            }
        }
    }

    fn extreme(&mut self, fold: Fold, arguments: &[Expr]) -> Result<Level, Fault> {
        if let [Expr::Name(pattern)] = arguments
            && pattern.text.contains('*')
        {
            let unit = self.unit_of_pattern(pattern)?;
            return Ok(Level { node: Node::Fold(fold, pattern.text.clone()), unit });
        }
        let mut levels = Vec::new();
        for argument in arguments {
            let level = self.level(argument)?;
            levels.push(match levels.first() {
                None => level,
                Some(first) => self.agree(first, level, argument.span())?,
            });
        }
        let unit = levels.first().map_or(Unit::NONE, |level| level.unit.clone());
        Ok(Level { node: Node::Extreme(fold, levels), unit })
    }

    fn arithmetic(&mut self, arithmetic: Arithmetic, left: &Expr, right: &Expr) -> Result<Level, Fault> {
        let (left, right) = match arithmetic {
            Arithmetic::Add | Arithmetic::Subtract => self.alike(left, right)?,
            Arithmetic::Multiply | Arithmetic::Divide => (self.level(left)?, self.level(right)?),
        };
        let unit = match arithmetic {
            Arithmetic::Add | Arithmetic::Subtract => left.unit.clone(),
            Arithmetic::Multiply => left.unit.times(&right.unit),
            Arithmetic::Divide => left.unit.per(&right.unit),
        };
        Ok(Level { node: Node::Arithmetic(arithmetic, Box::new(left), Box::new(right)), unit })
    }

    /// Two levels in one unit, that of the profile when one is a bare number.
    fn alike(&mut self, left: &Expr, right: &Expr) -> Result<(Level, Level), Fault> {
        let (first, second) = (self.level(left)?, self.level(right)?);
        if matches!(first.node, Node::Constant(_)) && !matches!(second.node, Node::Constant(_)) {
            let first = self.agree(&second, first, left.span())?;
            return Ok((first, second));
        }
        let second = self.agree(&first, second, right.span())?;
        Ok((first, second))
    }

    /// `expr` as a level in the unit of `first`.
    pub(super) fn like(&mut self, first: &Level, expr: &Expr) -> Result<Level, Fault> {
        let second = self.level(expr)?;
        self.agree(first, second, expr.span())
    }

    /// `second` in the unit of `first`: lengths of time are converted, a bare number counts what is counted, all else must be equal.
    fn agree(&self, first: &Level, second: Level, span: Span) -> Result<Level, Fault> {
        if first.unit == second.unit {
            return Ok(second);
        }
        let is_bare =
            second.unit == Unit::NONE && matches!(second.node, Node::Constant(_) | Node::Negative(_));
        if is_bare && is_count(&first.unit) {
            return Ok(Level { unit: first.unit.clone(), ..second });
        }
        if let (Some(to), Some(from)) = (time_unit(&first.unit), time_unit(&second.unit)) {
            let factor = from.seconds() / to.seconds();
            return Ok(Level { unit: first.unit.clone(), node: Node::Scaled(Box::new(second), factor) });
        }
        let shown = |unit: &Unit| match unit.as_str() {
            "" => "a plain number".to_owned(),
            unit => format!("in {unit}"),
        };
        let message =
            format!("this is {}, but what it is held against is {}", shown(&second.unit), shown(&first.unit));
        let mend = match (is_bare, first.unit.as_str()) {
            (true, unit) => format!("write the unit: {unit}"),
            (false, "") => "write a plain number".to_owned(),
            (false, unit) => {
                format!("compare it with something in {unit}; only lengths of time are converted")
            }
        };
        Err(Fault::new("rule-unit", span, message, mend))
    }

    /// The one unit of all profiles that a pattern names.
    fn unit_of_pattern(&self, pattern: &Name) -> Result<Unit, Fault> {
        if pattern.text.matches('*').count() > 1 {
            let message = format!("`{}` has more than one star", pattern.text);
            return Err(Fault::new("rule-name", pattern.span, message, "leave one"));
        }
        let mut found =
            self.lexicon.profile_names().filter(|(name, _)| stands_for(&pattern.text, name).is_some());
        let Some((first, unit)) = found.next() else {
            let message = format!("nothing is called `{}`", pattern.text);
            let names = self.lexicon.profile_names().map(|(name, _)| name);
            let mend = self.lexicon.near(&pattern.text, names);
            return Err(Fault::new("rule-name", pattern.span, message, mend));
        };
        match found.find(|(_, other)| *other != unit) {
            None => Ok(unit.clone()),
            Some((other, other_unit)) => {
                let message = format!(
                    "`{}` names profiles in different units: {first} in {unit}, {other} in {other_unit}",
                    pattern.text
                );
                Err(Fault::new("rule-unit", pattern.span, message, "write a narrower pattern"))
            }
        }
    }
}

/// What the star of `pattern` stands for in `name`; nothing when the pattern does not name it. A star is one part of a name, or
/// its end.
pub(crate) fn stands_for<'a>(pattern: &str, name: &'a str) -> Option<&'a str> {
    let Some((before, after)) = pattern.split_once('*') else {
        return (pattern == name).then_some("");
    };
    let middle = name.strip_prefix(before)?.strip_suffix(after)?;
    let is_one_part = !middle.is_empty() && !middle.contains('.');
    is_one_part.then_some(middle)
}

/// Whether a unit only says what is counted, so that a bare number can be meant: persons, seats.
fn is_count(unit: &Unit) -> bool {
    ["persons", "seats", "ports", "vehicles", "revolutions"].contains(&unit.as_str())
}
