use std::collections::{BTreeMap, BTreeSet};

use timeline::{Unit, nearest};

/// The names that rules may use, and their types: what the reader of rules holds them against.
///
/// It is wider than one scene: a rule on sleep is a good rule before anybody has planned a night.
///
/// ```
/// use rules::Lexicon;
/// use timeline::Unit;
/// let lexicon = Lexicon::default().profile("env.beta_deg", Unit::DEGREE).kind("docking", &["port"]);
/// assert!(rules::read("no docking while abs(env.beta_deg) > 60 deg", &lexicon).is_ok());
/// let fault = rules::read("no dockin while env.beta_deg > 60 deg", &lexicon).unwrap_err();
/// assert_eq!(fault.mend, "did you mean `docking`?");
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lexicon {
    profiles: BTreeMap<String, Unit>,
    windows: BTreeSet<String>,
    /// With the attributes that cases of the kind have.
    kinds: BTreeMap<String, BTreeSet<String>>,
    attributes: BTreeMap<String, Attribute>,
}

/// The type of an attribute.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Attribute {
    /// Words; when any are listed, only those.
    Words(BTreeSet<String>),
    Number(Unit),
}

impl Lexicon {
    /// The same with a profile.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>, unit: Unit) -> Self {
        self.profiles.insert(name.into(), unit);
        self
    }

    /// The same with a window.
    #[must_use]
    pub fn window(mut self, name: impl Into<String>) -> Self {
        self.windows.insert(name.into());
        self
    }

    /// The same with a kind of case and its attributes of words; more attributes of a known kind are added to it.
    #[must_use]
    pub fn kind(mut self, name: impl Into<String>, attributes: &[&str]) -> Self {
        let kind = self.kinds.entry(name.into()).or_default();
        for attribute in attributes {
            kind.insert((*attribute).to_owned());
            self.attributes.entry((*attribute).to_owned()).or_insert(Attribute::Words(BTreeSet::new()));
        }
        self
    }

    /// The same with an attribute of numbers of a known kind.
    #[must_use]
    pub fn number(mut self, kind: impl Into<String>, attribute: impl Into<String>, unit: Unit) -> Self {
        let attribute = attribute.into();
        self.kinds.entry(kind.into()).or_default().insert(attribute.clone());
        self.attributes.insert(attribute, Attribute::Number(unit));
        self
    }

    /// The same where an attribute can only be one of these words.
    #[must_use]
    pub fn words<W: Into<String>>(
        mut self,
        attribute: impl Into<String>,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        let words = words.into_iter().map(Into::into);
        match self.attributes.entry(attribute.into()).or_insert(Attribute::Words(BTreeSet::new())) {
            Attribute::Words(known) => known.extend(words),
            Attribute::Number(_) => {}
        }
        self
    }

    pub(crate) fn unit_of(&self, profile: &str) -> Option<&Unit> {
        self.profiles.get(profile)
    }

    pub(crate) fn profile_names(&self) -> impl Iterator<Item = (&str, &Unit)> {
        self.profiles.iter().map(|(name, unit)| (name.as_str(), unit))
    }

    pub(crate) fn has_window(&self, name: &str) -> bool {
        self.windows.contains(name)
    }

    pub(crate) fn attributes_of(&self, kind: &str) -> Option<&BTreeSet<String>> {
        self.kinds.get(kind)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.get(name)
    }

    pub(crate) fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    /// All that can stand in a condition.
    pub(crate) fn condition_names(&self) -> impl Iterator<Item = &str> {
        let profiles = self.profiles.keys().map(String::as_str);
        profiles.chain(self.windows.iter().map(String::as_str)).chain(self.kind_names())
    }

    /// What is most likely meant by a name of a dotted family: the nearest name, or the names that share its beginning.
    pub(crate) fn near<'a>(&self, name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
        let candidates: Vec<&str> = candidates.collect();
        if let Some(near) = nearest(name, candidates.iter().copied()) {
            return format!("did you mean `{near}`?");
        }
        let group = name.split_once('.').map_or(name, |(group, _)| group);
        let mut family = candidates.into_iter().filter(|known| known.split('.').next() == Some(group));
        let some: Vec<&str> = family.by_ref().take(6).collect();
        match (some.is_empty(), family.next()) {
            (true, _) => "docs/rules.md lists what there is".to_owned(),
            (false, None) => format!("there are {}", some.join(", ")),
            (false, Some(_)) => format!("there are {} and more", some.join(", ")),
        }
    }
}

impl Lexicon {
    /// Whether a name alone is something that holds or does not: a window, or a profile without unit.
    ///
    /// # Errors
    /// What would mend it.
    pub fn can_hold(&self, name: &str) -> Result<(), String> {
        match self.unit_of(name) {
            Some(unit) if *unit == Unit::NONE => Ok(()),
            Some(unit) => Err(format!("`{name}` is a number in {unit}; name a profile without unit")),
            None if self.has_window(name) => Ok(()),
            None => {
                let profiles = self.profiles.iter().filter(|(_, unit)| **unit == Unit::NONE);
                let names = profiles.map(|(name, _)| name.as_str());
                Err(self.near(name, names.chain(self.windows.iter().map(String::as_str))))
            }
        }
    }

    /// The units of all attributes that are numbers.
    pub(crate) fn attribute_units(&self) -> impl Iterator<Item = &Unit> {
        self.attributes.values().filter_map(|attribute| match attribute {
            Attribute::Number(unit) => Some(unit),
            Attribute::Words(_) => None,
        })
    }
}
