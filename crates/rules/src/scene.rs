use std::collections::BTreeMap;

use timeline::{Interval, Profile, Time, Unit, Window};

/// What rules look at: how things stand over time, and what happens when.
///
/// It knows no station: whoever has a plan, a history or a forecast makes a scene of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Scene {
    /// The time that is looked at. Nothing is claimed outside.
    pub span: Interval,
    /// Quantities over time, by name.
    pub profiles: BTreeMap<String, Profile>,
    /// Times when something holds, by name.
    pub windows: BTreeMap<String, Window>,
    /// When profiles are known whose names begin so, where that is not their whole domain: `env.` has gaps.
    pub known: BTreeMap<String, Window>,
    /// What happens.
    pub cases: Vec<Case>,
    /// What is known of persons and things beyond their cases: by id, then by attribute, such as the skills of a person.
    pub facts: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// One thing in time: a docking, a stay, an hour on the treadmill.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// Names it, alone in its scene.
    pub id: String,
    /// What it is called in rules: `exercise`, `activity`.
    pub kinds: Vec<String>,
    /// When it begins.
    pub start: Time,
    /// When it ends: the first instant after, or the start itself for what takes no time.
    pub end: Time,
    /// What else is known of it.
    pub attributes: Vec<(String, Value)>,
}

/// What an attribute says.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Ids or words: persons, a port, a device.
    Words(Vec<String>),
    /// A number; lengths of time have a unit of time.
    Number(f64, Unit),
}

/// An edit of a scene.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A case is new, or takes the place of the one with its id.
    Put(Case),
    /// The case with this id is gone.
    Remove(String),
    /// A profile is new, or takes the place of the one with its name.
    Profile(Profile),
    /// A window is new, or takes the place of the one with this name.
    Window(String, Window),
}

impl Scene {
    /// An empty scene.
    #[must_use]
    pub const fn new(span: Interval) -> Self {
        Self {
            span,
            profiles: BTreeMap::new(),
            windows: BTreeMap::new(),
            known: BTreeMap::new(),
            cases: Vec::new(),
            facts: BTreeMap::new(),
        }
    }

    /// The same with one more profile.
    #[must_use]
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profiles.insert(profile.name().to_owned(), profile);
        self
    }
}

impl Case {
    /// A case from `start` to `end`; an end before the start counts as the start.
    #[must_use]
    pub fn new(id: impl Into<String>, kind: impl Into<String>, start: Time, end: Time) -> Self {
        Self { id: id.into(), kinds: vec![kind.into()], start, end: end.max(start), attributes: Vec::new() }
    }

    /// A case that takes no time.
    #[must_use]
    pub fn instant(id: impl Into<String>, kind: impl Into<String>, at: Time) -> Self {
        Self::new(id, kind, at, at)
    }

    /// The same, also called `kind`.
    #[must_use]
    pub fn also(mut self, kind: impl Into<String>) -> Self {
        self.kinds.push(kind.into());
        self
    }

    /// The same with an attribute of one word.
    #[must_use]
    pub fn with(self, attribute: impl Into<String>, word: impl Into<String>) -> Self {
        self.with_all(attribute, [word])
    }

    /// The same with an attribute of several words.
    #[must_use]
    pub fn with_all<W: Into<String>>(
        mut self,
        attribute: impl Into<String>,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        let words = words.into_iter().map(Into::into).collect();
        self.attributes.push((attribute.into(), Value::Words(words)));
        self
    }

    /// The same with a number.
    #[must_use]
    pub fn measuring(mut self, attribute: impl Into<String>, value: f64, unit: Unit) -> Self {
        self.attributes.push((attribute.into(), Value::Number(value, unit)));
        self
    }

    /// The words of an attribute; none when it has none.
    #[must_use]
    pub fn words(&self, attribute: &str) -> &[String] {
        match self.attribute(attribute) {
            Some(Value::Words(words)) => words,
            _ => &[],
        }
    }

    /// The number of an attribute, in its own unit.
    #[must_use]
    pub fn number(&self, attribute: &str) -> Option<f64> {
        match self.attribute(attribute) {
            Some(Value::Number(value, _)) => Some(*value),
            _ => None,
        }
    }

    /// When it takes place; nothing when it takes no time.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.start, self.end)
    }

    /// Whether it shares time with `[from, to)`; what takes no time is inside or not.
    pub(crate) fn meets(&self, from: Time, to: Time) -> bool {
        if self.start == self.end {
            from <= self.start && self.start < to
        } else {
            self.start < to && from < self.end
        }
    }

    pub(crate) fn is_any(&self, kinds: &[String]) -> bool {
        self.kinds.iter().any(|kind| kinds.contains(kind))
    }

    fn attribute(&self, attribute: &str) -> Option<&Value> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value)
    }
}
