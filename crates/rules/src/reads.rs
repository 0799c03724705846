//! What a rule hangs on, so that an edit finds the rules it touches.

use std::collections::BTreeSet;

use crate::form::{Condition, Form, Level, Named, When};
use crate::rule::Rule;

/// What a rule hangs on.
#[derive(Default)]
pub(crate) struct Reads {
    /// Profiles, some with a star.
    pub(crate) profiles: BTreeSet<String>,
    pub(crate) windows: BTreeSet<String>,
    /// Kinds in conditions, which decide on every piece.
    pub(crate) everywhere: BTreeSet<String>,
}

impl Reads {
    pub(crate) fn of(rule: &Rule) -> Self {
        let mut reads = Self::default();
        for condition in rule.form.conditions() {
            reads.condition(condition);
        }
        for when in &rule.except {
            match when {
                When::While(condition) => reads.condition(condition),
                When::During(chosen, _) => reads.everywhere.extend(chosen.kinds.iter().cloned()),
            }
        }
        if let Form::Mean { of, limit, .. } = &rule.form {
            reads.level(of);
            reads.level(limit);
        }
        reads
    }

    fn condition(&mut self, condition: &Condition) {
        condition.each_name(&mut |name| self.take(&name));
    }

    fn level(&mut self, level: &Level) {
        level.each_name(&mut |name| self.take(&name));
    }

    fn take(&mut self, name: &Named<'_>) {
        match name {
            Named::Profile(name) => drop(self.profiles.insert((*name).to_owned())),
            Named::Window(name) => drop(self.windows.insert((*name).to_owned())),
            Named::Cases(chosen) => self.everywhere.extend(chosen.kinds.iter().cloned()),
        }
    }
}
