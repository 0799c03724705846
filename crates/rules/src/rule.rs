use timeline::{Duration, Finding, Place, Severity};

use crate::fault::Fault;
use crate::form::{Form, When};
use crate::lexicon::Lexicon;
use crate::reads::Reads;
use crate::resolve::{Definitions, Resolved, resolve, resolve_definition};

/// A rule as somebody wrote it.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// Names it, such as `port-free-an-hour`.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// How much a breach matters.
    pub severity: Severity,
    /// Who keeps it.
    pub owner: String,
    /// Where it was read, or that it is our reading.
    pub source: String,
    /// Why there is such a rule.
    pub rationale: String,
    /// The rule itself, in the language of docs/rules.md.
    pub text: String,
    /// Where the text of the rule begins.
    pub place: Place,
}

/// A name for a condition or a number that several rules use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    /// The name.
    pub id: String,
    /// What it stands for.
    pub text: String,
    /// Where that begins.
    pub place: Place,
}

/// A rule that is understood.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    written: Written,
    pub(crate) form: Form,
    pub(crate) except: Vec<When>,
    pub(crate) brief: Duration,
}

impl Rule {
    /// The rule as it was written.
    #[must_use]
    pub const fn written(&self) -> &Written {
        &self.written
    }

    /// The profiles that it looks at; some names have a star.
    #[must_use]
    pub fn profiles(&self) -> Vec<String> {
        Reads::of(self).profiles.into_iter().collect()
    }
}

/// Reads rules; what is wrong with one is a finding at its column, and the rule is left out.
#[must_use]
pub fn compile(
    rules: &[Written],
    definitions: &[Definition],
    lexicon: &Lexicon,
) -> (Vec<Rule>, Vec<Finding>) {
    let defined: Definitions<'_> =
        definitions.iter().map(|definition| (definition.id.as_str(), definition.text.as_str())).collect();
    let mut findings = Vec::new();
    for definition in definitions {
        if let Err(fault) = resolve_definition(&definition.id, lexicon, &defined) {
            findings.push(finding(&fault, &definition.text, &definition.place, &definition.id));
        }
    }
    let mut understood = Vec::new();
    for rule in rules {
        match resolve(&rule.text, lexicon, &defined) {
            Ok(Resolved { form, except, brief }) => {
                understood.push(Rule { written: rule.clone(), form, except, brief });
            }
            Err(fault) => findings.push(finding(&fault, &rule.text, &rule.place, &rule.id)),
        }
    }
    (understood, findings)
}

/// Whether a text is a rule, without the rest of it.
///
/// # Errors
/// The first thing that is wrong with it, and where.
pub fn read(text: &str, lexicon: &Lexicon) -> Result<(), Fault> {
    resolve(text, lexicon, &Definitions::new()).map(|_| ())
}

fn finding(fault: &Fault, text: &str, begins: &Place, subject: &str) -> Finding {
    let column =
        begins.column.saturating_add(u32::try_from(fault.characters_before(text)).unwrap_or(u32::MAX));
    let place = Place { column, ..begins.clone() };
    let message = format!("{}\n  {}", fault.message, fault.shown(text).replace('\n', "\n  "));
    Finding::new(fault.kind, Severity::Must, message).at(place).about(subject).mend(fault.mend.clone())
}
