//! What rules ask of whoever builds a plan.
//!
//! A checker says afterwards what is broken. Many rules can be kept from the beginning instead: each such rule gives a [`Binding`]. One that
//! gives none is not thereby kept; the checker has the last word on all.

use std::collections::BTreeSet;

use timeline::{Duration, Interval, TimeUnit, Window};

use crate::form::{Bar, Chosen, Form, Nearness, Order, Period, Room, Sense, Spacing, Sum, When};
use crate::rule::Rule;
use crate::scene::{Case, Scene};
use crate::stage::{Stage, is_chosen};
use crate::truth::truth;

/// What a rule asks of a plan that is being built.
#[derive(Clone, PartialEq, Debug)]
pub enum Binding {
    /// From the end of one to the beginning of the next of the other goes at least so long, for the same word of an attribute, such as
    /// the same person; for all when there is none.
    Rest {
        /// What comes first.
        first: Selector,
        /// What comes then.
        then: Selector,
        /// At least so long between them.
        gap: Duration,
        /// The attribute that both share.
        same: Option<String>,
    },
    /// It does not take place together with the other, for the same word of an attribute; for all when there is none.
    Apart {
        /// What is barred.
        what: Selector,
        /// During which.
        during: Selector,
        /// The attribute that both share.
        same: Option<String>,
    },
    /// So long at most in each day of GMT, for each word of an attribute, such as each person.
    DayLimit {
        /// What counts.
        what: Selector,
        /// At most so long.
        most: Duration,
        /// The attribute whose every word counts alone.
        of: Option<String>,
    },
    /// So many at most at once, for each word of an attribute; for all together when there is none.
    AtOnce {
        /// What counts.
        what: Selector,
        /// At most so many.
        most: usize,
        /// The attribute whose every word counts alone.
        on: Option<String>,
    },
    /// Not at these times.
    Barred {
        /// What is barred.
        what: Selector,
        /// When.
        at: Window,
    },
}

/// Which cases.
#[derive(Clone, PartialEq, Debug)]
pub struct Selector(Chosen);

impl Selector {
    /// Whether it chooses a case.
    #[must_use]
    pub fn chooses(&self, case: &Case) -> bool {
        is_chosen(case, &self.0)
    }
}

/// What rules ask of a plan that is built for this scene: of what takes place beside its cases. Where a rule makes exceptions, its
/// binding may ask for more than the rule.
#[must_use]
pub fn bindings<'a>(rules: impl IntoIterator<Item = &'a Rule>, scene: &Scene) -> Vec<Binding> {
    let stage = Stage::new(scene.clone(), &BTreeSet::new());
    rules.into_iter().flat_map(|rule| rule.bindings(&stage)).collect()
}

impl Rule {
    fn bindings(&self, stage: &Stage) -> Vec<Binding> {
        match &self.form {
            Form::Bars { sense: Sense::No, who, by: Bar::Near { length, side, other, same } } => {
                let rest = |first: &Chosen, then: &Chosen| Binding::Rest {
                    first: Selector(first.clone()),
                    then: Selector(then.clone()),
                    gap: length.duration,
                    same: same.clone(),
                };
                match side {
                    Nearness::After => vec![rest(other, who)],
                    Nearness::Before => vec![rest(who, other)],
                    Nearness::Either => vec![rest(other, who), rest(who, other)],
                }
            }
            Form::Bars { sense: Sense::No, who, by: Bar::When(When::During(during, same)) } => {
                let (what, during) = (Selector(who.clone()), Selector(during.clone()));
                vec![Binding::Apart { what, during, same: same.clone() }]
            }
            Form::Bars { sense, who, by: Bar::When(When::While(_)) | Bar::Never } => {
                self.barred(*sense, who, stage).into_iter().collect()
            }
            Form::Gap { spacing: Spacing::Gap, from, to, same, order: Order::AtLeast, limit } => {
                vec![Binding::Rest {
                    first: Selector(from.clone()),
                    then: Selector(to.clone()),
                    gap: limit.duration,
                    same: same.clone(),
                }]
            }
            Form::Crowd { sense: Sense::No, count, who, room: Room::Once, same, during: None } => {
                let what = Selector(who.clone());
                vec![Binding::AtOnce { what, most: *count, on: same.clone() }]
            }
            Form::Total(total)
                if total.measure == Sum::Lengths
                    && total.period == Period::Day
                    && matches!(total.order, Order::AtMost | Order::Less) =>
            {
                let Some(unit) = total.unit else { return Vec::new() };
                vec![Binding::DayLimit {
                    what: Selector(total.who.clone()),
                    most: in_time(total.limit, unit),
                    of: total.of.clone(),
                }]
            }
            _ => Vec::new(),
        }
    }

    /// When its cases may not take place, by a condition that the scene can tell.
    fn barred(&self, sense: Sense, who: &Chosen, stage: &Stage) -> Option<Binding> {
        let bad = match &self.form {
            Form::Bars { by: Bar::Never, .. } => Window::from(stage.span),
            Form::Bars { by: Bar::When(When::While(condition)), .. } => {
                let truth = truth(condition, stage, None).ok()?;
                if sense == Sense::No { truth.yes } else { truth.no }
            }
            _ => return None,
        };
        let mut at = bad;
        for when in &self.except {
            let allowed = match when {
                When::While(condition) => {
                    truth(condition, stage, None).map(|truth| truth.yes).unwrap_or_default()
                }
                When::During(chosen, _) => stage.window(chosen, None),
            };
            at = at.minus(&allowed);
        }
        Some(Binding::Barred { what: Selector(who.clone()), at })
    }
}

impl Binding {
    /// What it tells from the rest of a plan.
    #[must_use]
    pub fn selectors(&self) -> Vec<&Selector> {
        match self {
            Self::Rest { first, then, .. } => vec![first, then],
            Self::Apart { what, during, .. } => vec![what, during],
            Self::DayLimit { what, .. } | Self::AtOnce { what, .. } | Self::Barred { what, .. } => vec![what],
        }
    }

    /// The same as times at which something is barred, where what it is held against are cases of the scene and not parts of the plan.
    ///
    /// Nothing for what depends on who does it, or on the plan alone.
    #[must_use]
    pub fn against(&self, scene: &Scene) -> Vec<(Selector, Window)> {
        let around = |other: &Selector, before: Duration, after: Duration| -> Window {
            let cases = scene.cases.iter().filter(|case| other.chooses(case));
            cases
                .filter_map(|case| {
                    Interval::new(
                        case.start - before,
                        case.end.max(case.start + Duration::NANOSECOND) + after,
                    )
                })
                .collect()
        };
        match self {
            Self::Rest { first, then, gap, same: None } => vec![
                (then.clone(), around(first, Duration::ZERO, *gap)),
                (first.clone(), around(then, *gap, Duration::ZERO)),
            ],
            Self::Apart { what, during, same: None } => {
                vec![(what.clone(), around(during, Duration::ZERO, Duration::ZERO))]
            }
            Self::Barred { what, at } => vec![(what.clone(), at.clone())],
            _ => Vec::new(),
        }
    }
}

fn in_time(count: f64, unit: TimeUnit) -> Duration {
    Duration::from_seconds(count * unit.seconds())
}
