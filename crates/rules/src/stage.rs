//! A scene with its cases in order, so that those a rule speaks of are found at once.

use std::collections::{BTreeMap, BTreeSet};

use timeline::{Duration, Interval, Profile, Time, Unit, Window};

use crate::form::{Chosen, Limit, Measure, Order, Test, Word};
use crate::scene::{Case, Scene};

pub(crate) struct Stage {
    pub(crate) span: Interval,
    pub(crate) profiles: BTreeMap<String, Profile>,
    pub(crate) windows: BTreeMap<String, Window>,
    pub(crate) known: BTreeMap<String, Window>,
    pub(crate) facts: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// A place that is free again is filled by the next case.
    cases: Vec<Option<Case>>,
    free: Vec<usize>,
    by_id: BTreeMap<String, usize>,
    by_kind: BTreeMap<String, Vec<usize>>,
    /// By kind and attribute, then by the attribute's words.
    by_word: BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<usize>>>>,
}

impl Stage {
    /// `shared` are the attributes by which rules look at cases of a kind apart.
    pub(crate) fn new(scene: Scene, shared: &BTreeSet<(String, String)>) -> Self {
        let mut stage = Self {
            span: scene.span,
            profiles: scene.profiles,
            windows: scene.windows,
            known: scene.known,
            facts: scene.facts,
            cases: Vec::new(),
            free: Vec::new(),
            by_id: BTreeMap::new(),
            by_kind: BTreeMap::new(),
            by_word: BTreeMap::new(),
        };
        for (kind, attribute) in shared {
            stage.by_word.entry(kind.clone()).or_default().insert(attribute.clone(), BTreeMap::new());
        }
        // In order of time each goes to the end of its lists.
        let mut cases = scene.cases;
        cases.sort_by(|a, b| key(a).cmp(&key(b)));
        for case in cases {
            stage.put(case);
        }
        stage
    }

    pub(crate) fn put(&mut self, case: Case) -> Option<Case> {
        let before = self.remove(&case.id);
        let place = self.free.pop().unwrap_or(self.cases.len());
        if place == self.cases.len() {
            self.cases.push(None);
        }
        self.by_id.insert(case.id.clone(), place);
        let mut lists = std::mem::take(&mut self.by_kind);
        let mut words = std::mem::take(&mut self.by_word);
        each_list(&mut lists, &mut words, &case, |list| {
            let at = list.partition_point(|&other| {
                self.cases[other].as_ref().is_some_and(|other| key(other) < key(&case))
            });
            list.insert(at, place);
        });
        self.by_kind = lists;
        self.by_word = words;
        self.cases[place] = Some(case);
        before
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Case> {
        let place = self.by_id.remove(id)?;
        let case = self.cases[place].clone()?;
        let mut lists = std::mem::take(&mut self.by_kind);
        let mut words = std::mem::take(&mut self.by_word);
        each_list(&mut lists, &mut words, &case, |list| {
            let at = list.partition_point(|&other| {
                self.cases[other].as_ref().is_some_and(|other| key(other) < key(&case))
            });
            if list.get(at) == Some(&place) {
                list.remove(at);
            }
        });
        self.by_kind = lists;
        self.by_word = words;
        self.cases[place] = None;
        self.free.push(place);
        Some(case)
    }

    pub(crate) fn case(&self, id: &str) -> Option<&Case> {
        self.cases.get(*self.by_id.get(id)?)?.as_ref()
    }

    /// The cases chosen, in order of time; only those with a word in an attribute when `word` says so.
    pub(crate) fn chosen<'a>(&'a self, chosen: &'a Chosen, word: Option<(&str, &str)>) -> Vec<&'a Case> {
        let lists: Vec<&Vec<usize>> = chosen
            .kinds
            .iter()
            .filter_map(|kind| match word {
                None => self.by_kind.get(kind),
                Some((attribute, word)) => self.by_word.get(kind)?.get(attribute)?.get(word),
            })
            .collect();
        let mut cases: Vec<&Case> = lists
            .iter()
            .flat_map(|list| list.iter())
            .filter_map(|&place| self.cases[place].as_ref())
            .collect();
        if lists.len() > 1 {
            cases.sort_by(|a, b| key(a).cmp(&key(b)));
            cases.dedup_by(|a, b| a.id == b.id);
        }
        if !chosen.tests.is_empty() {
            cases.retain(|case| passes(case, &chosen.tests));
        }
        cases
    }

    /// All words that cases of these kinds have in an attribute.
    pub(crate) fn words<'a>(&'a self, chosen: &[&Chosen], attribute: &str) -> BTreeSet<&'a str> {
        let kinds = chosen.iter().flat_map(|chosen| &chosen.kinds);
        let lists = kinds.filter_map(|kind| self.by_word.get(kind)?.get(attribute));
        lists.flat_map(|by_word| by_word.keys().map(String::as_str)).collect()
    }

    /// When any of the cases chosen takes place.
    pub(crate) fn window(&self, chosen: &Chosen, word: Option<(&str, &str)>) -> Window {
        self.chosen(chosen, word).iter().filter_map(|case| case.interval()).collect()
    }
}

fn each_list(
    by_kind: &mut BTreeMap<String, Vec<usize>>,
    by_word: &mut BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<usize>>>>,
    case: &Case,
    mut take: impl FnMut(&mut Vec<usize>),
) {
    for kind in &case.kinds {
        match by_kind.get_mut(kind) {
            Some(list) => take(list),
            None => take(by_kind.entry(kind.clone()).or_default()),
        }
        let Some(attributes) = by_word.get_mut(kind) else { continue };
        for (attribute, words) in attributes {
            for word in distinct(case.words(attribute)) {
                match words.get_mut(word) {
                    Some(list) => take(list),
                    None => take(words.entry(word.clone()).or_default()),
                }
            }
        }
    }
}

/// A word said twice counts once.
fn distinct(words: &[String]) -> impl Iterator<Item = &String> {
    words.iter().enumerate().filter(|(at, word)| !words[..*at].contains(word)).map(|(_, word)| word)
}

pub(crate) fn key(case: &Case) -> (Time, Time, &str) {
    (case.start, case.end, &case.id)
}

/// Whether a case is one of those chosen.
pub(crate) fn is_chosen(case: &Case, chosen: &Chosen) -> bool {
    case.is_any(&chosen.kinds) && passes(case, &chosen.tests)
}

pub(crate) fn passes(case: &Case, tests: &[Test]) -> bool {
    tests.iter().all(|test| match test {
        Test::Is { attribute, among } => has_any(case, attribute, among),
        Test::IsNot { attribute, among } => !has_any(case, attribute, among),
        // What has no such number is not judged by it.
        Test::Order { measure, order, limit } => {
            compared(case, measure, limit).is_some_and(|(value, limit)| holds_about(*order, value, limit))
        }
    })
}

fn has_any(case: &Case, attribute: &str, among: &[Word]) -> bool {
    let words = case.words(attribute);
    among.iter().any(|word| match word {
        Word::Said(word) => words.contains(word),
        Word::Of(other) => case.words(other).iter().any(|word| words.contains(word)),
    })
}

/// A number of a case and its limit, in the unit of the measure; nothing when the case has no such number.
pub(crate) fn compared(case: &Case, measure: &Measure, limit: &Limit) -> Option<(f64, f64)> {
    let value = match measure {
        Measure::Duration(unit) => in_unit(case.end - case.start, unit.seconds()),
        Measure::Attribute(name, _) => case.number(name)?,
    };
    let limit = match limit {
        Limit::Number(limit) => *limit,
        Limit::Attribute(name, factor) => case.number(name)? * factor,
    };
    Some((value, limit))
}

/// A comparison of numbers that come of division: what differs by rounding alone is equal.
pub(crate) fn holds_about(order: Order, value: f64, limit: f64) -> bool {
    let slack = 1e-12 * value.abs().max(limit.abs());
    match order {
        Order::AtLeast => value >= limit - slack,
        Order::AtMost => value <= limit + slack,
        Order::Less => value < limit - slack,
        Order::More => value > limit + slack,
        Order::Equal => (value - limit).abs() <= slack,
        Order::NotEqual => (value - limit).abs() > slack,
    }
}

pub(crate) fn in_unit(length: Duration, unit_s: f64) -> f64 {
    length.seconds() / unit_s
}

/// The unit of a measure.
pub(crate) fn unit_of(measure: &Measure) -> Unit {
    match measure {
        Measure::Duration(unit) => unit.unit(),
        Measure::Attribute(_, unit) => unit.clone(),
    }
}
