//! A rule that is understood: names found, units agreed, lengths of time exact.

use timeline::{Duration, TimeUnit, Unit};

pub(crate) use crate::syntax::{Arithmetic, Edge, Nearness, Order, Quantifier, Sense, Side};

/// What the rule says.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Form {
    Holds {
        condition: Condition,
        when: Option<When>,
    },
    Bars {
        sense: Sense,
        who: Chosen,
        by: Bar,
    },
    Gap {
        spacing: Spacing,
        from: Chosen,
        to: Chosen,
        same: Option<String>,
        order: Order,
        limit: Length,
    },
    Crowd {
        sense: Sense,
        count: usize,
        who: Chosen,
        room: Room,
        same: Option<String>,
        during: Option<Chosen>,
    },
    Total(Total),
    Mean {
        of: Level,
        order: Order,
        share: Option<f64>,
        limit: Level,
        over: Over,
    },
    Needs {
        who: Chosen,
        count: usize,
        attribute: String,
    },
    Qualified {
        who: Chosen,
        attribute: String,
        whose: String,
        quantifier: Quantifier,
    },
    Measure {
        who: Chosen,
        measure: Measure,
        order: Order,
        limit: Limit,
    },
    Shift {
        who: Chosen,
        edge: Edge,
        most: Length,
        same: Option<String>,
    },
    Sequence {
        who: Chosen,
        side: Side,
        other: Chosen,
        within: Option<Length>,
        same: Option<String>,
    },
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Total {
    pub(crate) measure: Sum,
    pub(crate) who: Chosen,
    pub(crate) order: Order,
    /// In `unit`.
    pub(crate) limit: f64,
    /// The unit of time that lengths are counted in; nothing for a count.
    pub(crate) unit: Option<TimeUnit>,
    pub(crate) period: Period,
    pub(crate) of: Option<String>,
    pub(crate) during: Option<Chosen>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Spacing {
    Gap,
    Overlap,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sum {
    Lengths,
    Count,
    Longest,
}

/// A stretch of the calendar, in GMT.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Period {
    Day,
    /// From noon to noon.
    Night,
    /// From Monday.
    Week,
    Month,
    Year,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum When {
    While(Condition),
    During(Chosen, Option<String>),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Bar {
    Never,
    When(When),
    Near { length: Length, side: Nearness, other: Chosen, same: Option<String> },
    Where(Vec<Test>),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Room {
    Once,
    In(Length),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Over {
    Cases(Chosen),
    Period(Period),
}

/// A length of time, with the unit it was said in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Length {
    pub(crate) duration: Duration,
    pub(crate) unit: TimeUnit,
}

/// Which cases.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Chosen {
    pub(crate) kinds: Vec<String>,
    pub(crate) tests: Vec<Test>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Test {
    /// Any word of the attribute is among these.
    Is {
        attribute: String,
        among: Vec<Word>,
    },
    /// No word of the attribute is.
    IsNot {
        attribute: String,
        among: Vec<Word>,
    },
    Order {
        measure: Measure,
        order: Order,
        limit: Limit,
    },
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Word {
    Said(String),
    /// The words of another attribute of the same case.
    Of(String),
}

/// A number that a case has.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Measure {
    Duration(TimeUnit),
    Attribute(String, Unit),
}

/// What a number of a case is held against, in the unit of the measure.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Limit {
    Number(f64),
    /// Another number of the same case, times a factor.
    Attribute(String, f64),
}

/// A number over time.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Level {
    pub(crate) node: Node,
    pub(crate) unit: Unit,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Node {
    Constant(f64),
    /// A profile; a star in it stands for what the rule is just looked at for.
    Profile(String),
    /// The lowest or highest of all profiles that the pattern names.
    Fold(Fold, String),
    Abs(Box<Level>),
    Negative(Box<Level>),
    /// In another unit of time.
    Scaled(Box<Level>, f64),
    Arithmetic(Arithmetic, Box<Level>, Box<Level>),
    Extreme(Fold, Vec<Level>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fold {
    Least,
    Most,
}

/// Something that holds or does not.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Condition {
    Compare {
        left: Level,
        order: Order,
        right: Level,
    },
    Near {
        left: Level,
        share: f64,
        right: Level,
    },
    /// A profile that is not zero.
    Flag(String),
    AnyFlag(String),
    AllFlags(String),
    Window(String),
    Cases(Chosen),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

impl Form {
    /// The cases of which each is judged alone, whatever else happens.
    pub(crate) fn each_case(&self) -> Option<&Chosen> {
        match self {
            Self::Bars { who, by: Bar::Never | Bar::Where(_) | Bar::When(When::While(_)), .. }
            | Self::Needs { who, .. }
            | Self::Qualified { who, .. }
            | Self::Measure { who, .. } => Some(who),
            Self::Holds { when: Some(When::During(who, _)), .. }
            | Self::Mean { over: Over::Cases(who), .. } => Some(who),
            _ => None,
        }
    }

    /// The attribute whose every value is judged alone.
    pub(crate) fn group(&self) -> Option<&str> {
        match self {
            Self::Bars { by: Bar::Near { same, .. } | Bar::When(When::During(_, same)), .. }
            | Self::Gap { same, .. }
            | Self::Crowd { same, .. }
            | Self::Shift { same, .. }
            | Self::Sequence { same, .. } => same.as_deref(),
            Self::Total(total) => total.of.as_deref(),
            _ => None,
        }
    }

    /// The cases that it speaks of, other than in conditions.
    pub(crate) fn chosen(&self) -> Vec<&Chosen> {
        match self {
            Self::Holds { when: Some(When::During(who, _)), .. } => vec![who],
            Self::Holds { .. } => Vec::new(),
            Self::Bars { who, by: Bar::Near { other, .. } | Bar::When(When::During(other, _)), .. }
            | Self::Sequence { who, other, .. } => vec![who, other],
            Self::Bars { who, .. }
            | Self::Needs { who, .. }
            | Self::Qualified { who, .. }
            | Self::Measure { who, .. }
            | Self::Shift { who, .. } => vec![who],
            Self::Gap { from, to, .. } => vec![from, to],
            Self::Crowd { who, during, .. } => std::iter::once(who).chain(during).collect(),
            Self::Total(total) => std::iter::once(&total.who).chain(&total.during).collect(),
            Self::Mean { over: Over::Cases(who), .. } => vec![who],
            Self::Mean { .. } => Vec::new(),
        }
    }

    /// The conditions in it.
    pub(crate) fn conditions(&self) -> Vec<&Condition> {
        match self {
            Self::Holds { condition, when: Some(When::While(scope)) } => vec![condition, scope],
            Self::Holds { condition, .. } | Self::Bars { by: Bar::When(When::While(condition)), .. } => {
                vec![condition]
            }
            _ => Vec::new(),
        }
    }
}

impl Condition {
    /// Hands over everything that is named in it.
    pub(crate) fn each_name(&self, take: &mut impl FnMut(Named<'_>)) {
        match self {
            Self::Compare { left, right, .. } | Self::Near { left, right, .. } => {
                left.each_name(take);
                right.each_name(take);
            }
            Self::Flag(name) | Self::AnyFlag(name) | Self::AllFlags(name) => take(Named::Profile(name)),
            Self::Window(name) => take(Named::Window(name)),
            Self::Cases(chosen) => take(Named::Cases(chosen)),
            Self::Not(inner) => inner.each_name(take),
            Self::And(left, right) | Self::Or(left, right) => {
                left.each_name(take);
                right.each_name(take);
            }
        }
    }

    /// The first pattern that the whole rule is looked at for, name by name.
    pub(crate) fn star(&self) -> Option<&str> {
        match self {
            Self::Compare { left, right, .. } | Self::Near { left, right, .. } => {
                left.star().or_else(|| right.star())
            }
            Self::Flag(name) => name.contains('*').then_some(name),
            Self::Not(inner) => inner.star(),
            Self::And(left, right) | Self::Or(left, right) => left.star().or_else(|| right.star()),
            _ => None,
        }
    }
}

impl Level {
    pub(crate) fn each_name(&self, take: &mut impl FnMut(Named<'_>)) {
        match &self.node {
            Node::Constant(_) => {}
            Node::Profile(name) | Node::Fold(_, name) => take(Named::Profile(name)),
            Node::Abs(inner) | Node::Negative(inner) | Node::Scaled(inner, _) => inner.each_name(take),
            Node::Arithmetic(_, left, right) => {
                left.each_name(take);
                right.each_name(take);
            }
            Node::Extreme(_, all) => all.iter().for_each(|one| one.each_name(take)),
        }
    }

    pub(crate) fn star(&self) -> Option<&str> {
        match &self.node {
            Node::Constant(_) | Node::Fold(..) => None,
            Node::Profile(name) => name.contains('*').then_some(name),
            Node::Abs(inner) | Node::Negative(inner) | Node::Scaled(inner, _) => inner.star(),
            Node::Arithmetic(_, left, right) => left.star().or_else(|| right.star()),
            Node::Extreme(_, all) => all.iter().find_map(Self::star),
        }
    }
}

/// Something that a condition names.
pub(crate) enum Named<'a> {
    Profile(&'a str),
    Window(&'a str),
    Cases(&'a Chosen),
}
