//! Flight rules as what the planner keeps while it builds.

use std::collections::{BTreeMap, BTreeSet};

use planner::{Demand, MAX_KINDS, PersonSet, Problem, Resource, Separation};
use rules::{Binding, Case, Scene, Selector};
use timeline::{Duration, Severity, Window};

use crate::grid::{Grid, SLOT};
use crate::setting::Setting;

/// The bindings of a setting's rules.
pub(crate) struct Bound {
    bindings: Vec<Binding>,
    /// When some tasks are barred whoever does them.
    barred: Vec<(Selector, Window)>,
    /// Of these tasks are told apart: everything that a rest or a limit chooses.
    selectors: Vec<Selector>,
}

impl Bound {
    /// Rules that are only worth knowing bind nobody.
    pub(crate) fn of(setting: &Setting<'_>) -> Self {
        let scene: &Scene = &setting.scene;
        let mut bound = Self { bindings: Vec::new(), barred: Vec::new(), selectors: Vec::new() };
        let binding = setting.rules.iter().filter(|rule| rule.written().severity > Severity::Info);
        for binding in rules::bindings(binding, scene) {
            bound.barred.extend(binding.against(scene));
            bound.selectors.extend(binding.selectors().into_iter().cloned());
            bound.bindings.push(binding);
        }
        bound
    }

    /// When a task may not take place, whoever does it.
    pub(crate) fn barred(&self, case: &Case) -> Window {
        let own = self.barred.iter().filter(|(what, at)| !at.is_empty() && what.chooses(case));
        own.fold(Window::empty(), |all, (_, at)| all.or(at))
    }

    /// Whether any rule tells this one from others.
    pub(crate) fn concerns(&self, case: &Case) -> bool {
        self.selectors.iter().any(|selector| selector.chooses(case))
    }

    /// Gives each task its kind, so that tasks which rules treat alike have one, and puts the rules into the problem.
    ///
    /// `cases` are the tasks of the problem as rules see them, in its order.
    pub(crate) fn put(&self, problem: &mut Problem, cases: &[Case]) -> Kinds {
        let mut kinds = Kinds::default();
        for (task, case) in problem.tasks.iter_mut().zip(cases) {
            task.kind = kinds.of(&self.selectors, case);
        }
        let everybody: PersonSet = (0..problem.persons.len()).collect();
        for binding in &self.bindings {
            match binding {
                Binding::Rest { first, then, gap, same: Some(same) } if same == "person" => {
                    separate(&kinds, first, then, *gap, problem);
                }
                Binding::DayLimit { what, most, of: Some(of) } if of == "person" => {
                    let which = kinds.chosen(what);
                    if which != 0 {
                        let most_slots = u32::try_from(most.nanoseconds() / SLOT.nanoseconds()).ok();
                        problem.limits.push(planner::DayLimit {
                            persons: everybody,
                            kinds: which,
                            most_slots,
                            ..planner::DayLimit::default()
                        });
                    }
                }
                Binding::AtOnce { what, most, on } => at_once(what, *most, on.as_deref(), problem, cases),
                _ => {}
            }
        }
        kinds
    }
}

/// Tasks that rules treat alike have one kind.
#[derive(Default)]
pub(crate) struct Kinds {
    /// What each selector says, and a case of the kind.
    known: BTreeMap<Vec<bool>, usize>,
    samples: Vec<Case>,
}

impl Kinds {
    fn of(&mut self, selectors: &[Selector], case: &Case) -> usize {
        let chosen: Vec<bool> = selectors.iter().map(|selector| selector.chooses(case)).collect();
        if let Some(kind) = self.known.get(&chosen) {
            return *kind;
        }
        // What is beyond the planner's kinds is left to the checker.
        let kind = self.samples.len().min(MAX_KINDS - 1);
        if self.samples.len() < MAX_KINDS {
            self.samples.push(case.clone());
        }
        self.known.insert(chosen, kind);
        kind
    }

    /// The kinds that a selector chooses, one bit each.
    pub(crate) fn chosen(&self, selector: &Selector) -> u64 {
        let kinds = self.samples.iter().enumerate().filter(|(_, case)| selector.chooses(case));
        kinds.fold(0, |mask, (kind, _)| mask | 1 << kind)
    }

    /// The kinds of a kind of activity, one bit each.
    pub(crate) fn named(&self, kind: &str) -> u64 {
        let kinds =
            self.samples.iter().enumerate().filter(|(_, case)| case.kinds.iter().any(|one| one == kind));
        kinds.fold(0, |mask, (kind, _)| mask | 1 << kind)
    }
}

fn separate(kinds: &Kinds, first: &Selector, then: &Selector, gap: Duration, problem: &mut Problem) {
    let gap_slots = Grid::length(gap);
    let of = |mask: u64| (0..MAX_KINDS).filter(move |kind| mask >> kind & 1 == 1);
    for first in of(kinds.chosen(first)) {
        for then in of(kinds.chosen(then)) {
            problem.separations.push(Separation { first, then, gap_slots });
        }
    }
}

/// So many at once is so much of something; a person does one thing at a time anyway.
fn at_once(what: &Selector, most: usize, on: Option<&str>, problem: &mut Problem, cases: &[Case]) {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let words = |case: &Case| -> BTreeSet<String> {
        on.map_or_else(|| [String::new()].into(), |on| case.words(on).iter().cloned().collect())
    };
    if on == Some("person") {
        return;
    }
    let mut used: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (task, case) in cases.iter().enumerate().filter(|(_, case)| what.chooses(case)) {
        for word in words(case) {
            used.entry(word).or_default().push(task);
        }
    }
    for tasks in used.into_values().filter(|tasks| tasks.len() > most as usize) {
        let resource = problem.resources.len();
        problem.resources.push(Resource::constant(most));
        for task in tasks {
            problem.tasks[task].demands.push(Demand { resource, amount: 1 });
        }
    }
}
