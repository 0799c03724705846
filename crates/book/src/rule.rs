use record::{DefinitionId, KindId, PartnerId, RuleId};
use timeline::Place;

/// A flight rule, as its line of text says it; who understands the line is no affair of the book.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    /// Names it.
    pub id: RuleId,
    /// One line for people.
    pub title: String,
    /// How much a breach matters.
    pub severity: Weight,
    /// Who keeps it.
    pub owner: PartnerId,
    /// The rule.
    pub rule: RuleText,
    /// Why there is such a rule.
    pub rationale: String,
}

/// A condition or a number that several rules name.
#[derive(Clone, PartialEq, Debug)]
pub struct Definition {
    /// Names it.
    pub id: DefinitionId,
    /// What it stands for.
    pub is: RuleText,
}

/// A kind of activity that plans may have.
#[derive(Clone, PartialEq, Debug)]
pub struct ActivityKind {
    /// Names it.
    pub id: KindId,
    /// What else each of them is: an experiment is work as well.
    pub also: Vec<KindId>,
    /// What is known of each beyond what every activity has, such as `vehicle`.
    pub attributes: Vec<String>,
}

/// A line in the language of rules, and where it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleText {
    /// The line.
    pub text: String,
    /// Where its first character stands.
    pub begins: Place,
}

record::words! {
    /// How much a breach of a rule matters.
    pub enum Weight {
        /// Must not happen.
        Must = "must",
        /// Should not happen.
        Should = "should",
        /// Worth knowing.
        Info = "info",
    }
}
