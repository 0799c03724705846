//! Kinds of cases, their attributes, and what is asked of them.

use timeline::{TimeUnit, Unit, did_you_mean};

use super::{Resolver, time_unit};
use crate::fault::Fault;
use crate::form::{Chosen, Limit, Measure, Test, Word};
use crate::lexicon::Attribute;
use crate::syntax::{self, Against, Bound, Name, Selector};

impl Resolver<'_> {
    pub(super) fn chosen(&mut self, selector: &Selector) -> Result<Chosen, Fault> {
        for kind in &selector.kinds {
            if self.lexicon.attributes_of(&kind.text).is_none() {
                let message = format!("nothing is called `{}`", kind.text);
                let mend = self.lexicon.near(&kind.text, self.lexicon.kind_names());
                return Err(Fault::new("rule-name", kind.span, message, mend));
            }
        }
        Ok(Chosen {
            kinds: selector.kinds.iter().map(|kind| kind.text.clone()).collect(),
            tests: self.tests(&selector.tests, selector)?,
        })
    }

    pub(super) fn tests(&mut self, tests: &[syntax::Test], of: &Selector) -> Result<Vec<Test>, Fault> {
        tests
            .iter()
            .map(|test| match &test.against {
                Against::Is(words) => {
                    let attribute = self.words_attribute(&test.attribute, &[of])?;
                    Ok(Test::Is { among: self.words(&attribute, words, of)?, attribute })
                }
                Against::IsNot(words) => {
                    let attribute = self.words_attribute(&test.attribute, &[of])?;
                    Ok(Test::IsNot { among: self.words(&attribute, words, of)?, attribute })
                }
                Against::Order(bound) => {
                    let (measure, limit) = self.measured(&test.attribute, bound, of)?;
                    Ok(Test::Order { measure, order: bound.order, limit })
                }
            })
            .collect()
    }

    /// Words as they are said; a word that names another attribute of the same kinds stands for its words.
    fn words(&self, attribute: &str, words: &[Name], of: &Selector) -> Result<Vec<Word>, Fault> {
        let Some(Attribute::Words(known)) = self.lexicon.attribute(attribute) else { return Ok(Vec::new()) };
        words
            .iter()
            .map(|word| {
                if known.contains(&word.text) {
                    return Ok(Word::Said(word.text.clone()));
                }
                if self.words_attribute(word, &[of]).is_ok() {
                    return Ok(Word::Of(word.text.clone()));
                }
                if known.is_empty() {
                    return Ok(Word::Said(word.text.clone()));
                }
                let message = format!("no `{attribute}` is called `{}`", word.text);
                let some: Vec<&str> = known.iter().map(String::as_str).take(8).collect();
                let more = if known.len() > some.len() { " and more" } else { "" };
                let otherwise = format!("there are {}{more}", some.join(", "));
                let mend = did_you_mean(&word.text, known.iter().map(String::as_str), &otherwise);
                Err(Fault::new("rule-name", word.span, message, mend))
            })
            .collect()
    }

    /// The attribute in which cases of all these selectors must agree, if any.
    pub(super) fn shared(&self, same: Option<&Name>, of: &[&Selector]) -> Result<Option<String>, Fault> {
        same.map(|name| self.words_attribute(name, of)).transpose()
    }

    /// An attribute of words that every kind of these selectors has.
    pub(super) fn words_attribute(&self, name: &Name, of: &[&Selector]) -> Result<String, Fault> {
        self.check_attribute(name, of)?;
        match self.lexicon.attribute(&name.text) {
            Some(Attribute::Words(_)) => Ok(name.text.clone()),
            _ => {
                let message = format!("`{}` is a number, expected ids or words", name.text);
                Err(Fault::new("rule-type", name.span, message, "compare it with a number"))
            }
        }
    }

    fn check_attribute(&self, name: &Name, of: &[&Selector]) -> Result<(), Fault> {
        for kind in of.iter().flat_map(|selector| &selector.kinds) {
            let Some(known) = self.lexicon.attributes_of(&kind.text) else { continue };
            if !known.contains(&name.text) {
                let message = format!("a case of `{}` has no `{}`", kind.text, name.text);
                let list: Vec<&str> = known.iter().map(String::as_str).collect();
                let mut otherwise = format!("it has {} and duration", list.join(", "));
                if list.is_empty() {
                    "it has only its duration".clone_into(&mut otherwise);
                }
                let mend = did_you_mean(&name.text, list.iter().copied(), &otherwise);
                return Err(Fault::new("rule-name", name.span, message, mend));
            }
        }
        Ok(())
    }

    /// A number of a case and what it is held against, in one unit.
    pub(super) fn measured(
        &self,
        name: &Name,
        bound: &Bound,
        of: &Selector,
    ) -> Result<(Measure, Limit), Fault> {
        let unit = self.unit_of_number(name, of)?;
        match &bound.limit {
            syntax::Limit::Attribute(limit) => {
                let factor = self.factor(&self.unit_of_number(limit, of)?, &unit, limit)?;
                Ok((measure(name, &unit), Limit::Attribute(limit.text.clone(), factor)))
            }
            syntax::Limit::Number(number) => {
                let said = match &number.unit {
                    Some(name) => self.unit(name)?,
                    None => Unit::NONE,
                };
                // A length is shown in the unit in which its limit was said.
                if let (Some(_), Some(_)) = (time_unit(&unit), time_unit(&said))
                    && name.text == "duration"
                {
                    return Ok((measure(name, &said), Limit::Number(number.value)));
                }
                let whole = Name { text: name.text.clone(), span: number.span };
                let factor = self.factor(&said, &unit, &whole)?;
                Ok((measure(name, &unit), Limit::Number(number.value * factor)))
            }
        }
    }

    fn unit_of_number(&self, name: &Name, of: &Selector) -> Result<Unit, Fault> {
        if name.text == "duration" {
            return Ok(Unit::DAY);
        }
        self.check_attribute(name, &[of])?;
        match self.lexicon.attribute(&name.text) {
            Some(Attribute::Number(unit)) => Ok(unit.clone()),
            _ => {
                let message = format!("`{}` is no number", name.text);
                Err(Fault::new("rule-type", name.span, message, "ask for it with `is`"))
            }
        }
    }

    /// What makes a number in `from` one in `to`.
    fn factor(&self, from: &Unit, to: &Unit, at: &Name) -> Result<f64, Fault> {
        if from == to {
            return Ok(1.0);
        }
        match (time_unit(from), time_unit(to)) {
            (Some(from), Some(to)) => Ok(from.seconds() / to.seconds()),
            _ => {
                let shown = |unit: &Unit| match unit.as_str() {
                    "" => "a plain number".to_owned(),
                    unit => format!("in {unit}"),
                };
                let message = format!("`{}` is {}, this is {}", at.text, shown(to), shown(from));
                Err(Fault::new("rule-unit", at.span, message, "units are compared, never converted"))
            }
        }
    }

    pub(super) fn is_unit_of_attribute(&self, unit: &Unit) -> bool {
        self.lexicon.attribute_units().any(|known| known == unit)
    }
}

fn measure(name: &Name, unit: &Unit) -> Measure {
    if name.text == "duration" {
        Measure::Duration(time_unit(unit).unwrap_or(TimeUnit::Day))
    } else {
        Measure::Attribute(name.text.clone(), unit.clone())
    }
}
