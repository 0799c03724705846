//! The difference between what was broken before and after.

use rules::Breach;
use timeline::Severity;

use crate::{Fault, Standing};

/// What a change does to the rules of a book and to what is asked in it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Verdict {
    /// The rules of the book.
    pub rules: Difference<Breach>,
    /// What partners and the crew day ask.
    pub requests: Difference<Fault>,
}

/// What is otherwise in one of two lists.
#[derive(Clone, PartialEq, Debug)]
pub struct Difference<T> {
    /// Broken after and not before.
    pub newly_broken: Vec<T>,
    /// Broken before and not after.
    pub mended: Vec<T>,
    /// Broken before and after by the same and at the same time, but otherwise: before, and after.
    pub changed: Vec<(T, T)>,
}

impl<T> Default for Difference<T> {
    fn default() -> Self {
        Self { newly_broken: Vec::new(), mended: Vec::new(), changed: Vec::new() }
    }
}

/// What can be broken before and after.
pub(crate) trait Broken: Clone + PartialEq {
    fn severity(&self) -> Severity;
    /// The same thing wrong with the same, before and after.
    fn is_same(&self, after: &Self) -> bool;
    /// Further off, or for longer, than `before`.
    fn is_worse_than(&self, before: &Self) -> bool;
}

impl Verdict {
    /// What is otherwise after than before.
    #[must_use]
    pub fn between(before: &Standing, after: &Standing) -> Self {
        Self {
            rules: difference(&before.breaches, &after.breaches),
            requests: difference(&before.faults, &after.faults),
        }
    }

    /// Whether something that must be kept is broken where it was not, or worse than it was.
    #[must_use]
    pub fn breaks_a_must(&self) -> bool {
        worsens(&self.rules, Severity::Must) || worsens(&self.requests, Severity::Must)
    }

    /// Whether nothing is newly broken or worse than it was, but what is only worth knowing.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        !worsens(&self.rules, Severity::Should) && !worsens(&self.requests, Severity::Should)
    }
}

pub(crate) fn difference<T: Broken>(before: &[T], after: &[T]) -> Difference<T> {
    let mut gone: Vec<&T> = before.iter().filter(|one| !after.contains(one)).collect();
    let mut difference = Difference::default();
    for one in after.iter().filter(|one| !before.contains(one)) {
        match gone.iter().position(|was| was.is_same(one)) {
            Some(at) => difference.changed.push((gone.remove(at).clone(), one.clone())),
            None => difference.newly_broken.push(one.clone()),
        }
    }
    difference.mended = gone.into_iter().cloned().collect();
    difference
}

/// Whether something that matters so much is newly broken, or worse than before.
fn worsens<T: Broken>(difference: &Difference<T>, least: Severity) -> bool {
    let is_worse = |(before, after): &(T, T)| after.severity() >= least && after.is_worse_than(before);
    difference.newly_broken.iter().any(|one| one.severity() >= least)
        || difference.changed.iter().any(is_worse)
}

impl Difference<Breach> {
    /// Whether the second of a pair of `changed` is the worse.
    #[must_use]
    pub fn is_worse(before: &Breach, after: &Breach) -> bool {
        after.is_worse_than(before)
    }
}

impl Difference<Fault> {
    /// Whether the second of a pair of `changed` is the worse.
    #[must_use]
    pub fn is_worse(before: &Fault, after: &Fault) -> bool {
        after.is_worse_than(before)
    }
}

impl Broken for Breach {
    fn severity(&self) -> Severity {
        self.severity
    }

    fn is_same(&self, after: &Self) -> bool {
        self.rule == after.rule
            && self.subjects == after.subjects
            && self.start <= after.end
            && after.start <= self.end
    }

    fn is_worse_than(&self, before: &Self) -> bool {
        const NOTHING: f64 = 1e-9;
        match (before.margin(), self.margin()) {
            (Some(was), Some(is)) if (was - is).abs() > NOTHING => is > was,
            _ => self.end - self.start > before.end - before.start,
        }
    }
}

impl Broken for Fault {
    fn severity(&self) -> Severity {
        self.severity
    }

    fn is_same(&self, after: &Self) -> bool {
        Self::is_same(self, after)
    }

    fn is_worse_than(&self, before: &Self) -> bool {
        self.severity > before.severity || self.off_min > before.off_min
    }
}
