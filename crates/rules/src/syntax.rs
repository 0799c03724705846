//! A rule as it is written, before names and units are looked at.

use crate::fault::Span;

/// A word of the rule, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// The whole rule.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Sentence {
    pub(crate) statement: Statement,
    pub(crate) except: Vec<Except>,
}

/// What a rule lets pass.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Except {
    When(When),
    /// `except for at most 1 d`: breaches that are no longer.
    Brief(Number),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Statement {
    /// `COND [during SELECTOR | while COND]`
    Holds { condition: Expr, when: Option<When> },
    /// `no SELECTOR …` or `SELECTOR only …`
    Bars { sense: Sense, who: Selector, by: Bar },
    /// `gap(A, B, same X) >= D`, `overlap(A, B) >= D`
    Gap { measure: Name, from: Selector, to: Selector, same: Option<Name>, bound: Bound },
    /// `at most N SELECTOR in D`, `at most N SELECTOR at once`
    Crowd {
        sense: Sense,
        count: f64,
        who: Selector,
        room: Room,
        same: Option<Name>,
        during: Option<Selector>,
    },
    /// `sum(SELECTOR) <= D each day of X [during SELECTOR]`
    Total { measure: Name, who: Selector, bound: Bound, each: Each },
    /// `mean(LEVEL) >= V over SELECTOR | each PERIOD`
    Mean { measure: Name, of: Expr, bound: MeanBound, over: Over },
    /// `SELECTOR needs N X`
    Needs { who: Selector, count: f64, attribute: Name },
    /// `SELECTOR needs X [of one person]`
    Qualified { who: Selector, attribute: Name, whose: Option<(Quantifier, Name)> },
    /// `duration(SELECTOR) <= D`
    Measure { who: Selector, measure: Name, bound: Bound },
    /// `SELECTOR start shifts at most D a day of X`
    Shift { who: Selector, edge: Edge, most: Number, same: Option<Name> },
    /// `SELECTOR followed by SELECTOR within D`
    Sequence { who: Selector, side: Side, other: Selector, within: Option<Number>, same: Option<Name> },
}

/// Whether something is forbidden, or allowed nowhere else; at most, or at least.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sense {
    No,
    Only,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum When {
    While(Expr),
    During(Selector, Option<Name>),
}

/// What a case is forbidden by, or bound to.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Bar {
    Never,
    When(When),
    Near { length: Number, side: Nearness, other: Selector, same: Option<Name> },
    Where(Vec<Test>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Nearness {
    Before,
    After,
    Either,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Before,
    After,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Edge {
    Start,
    End,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Quantifier {
    One,
    Every,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Room {
    Once,
    In(Number),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Each {
    pub(crate) period: Name,
    pub(crate) of: Option<Name>,
    pub(crate) during: Option<Selector>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Over {
    Cases(Selector),
    Period(Name),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Bound {
    pub(crate) order: Order,
    pub(crate) order_span: Span,
    pub(crate) limit: Limit,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Limit {
    Number(Number),
    Attribute(Name),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum MeanBound {
    Order(Order, Box<Expr>),
    Near { share: f64, of: Box<Expr> },
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Number {
    pub(crate) value: f64,
    pub(crate) unit: Option<Name>,
    pub(crate) span: Span,
}

/// Which cases.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Selector {
    pub(crate) kinds: Vec<Name>,
    pub(crate) tests: Vec<Test>,
    pub(crate) span: Span,
}

/// `where family is soyuz or progress`, `where duration > 3 h`
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Test {
    pub(crate) attribute: Name,
    pub(crate) against: Against,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Against {
    Is(Vec<Name>),
    IsNot(Vec<Name>),
    Order(Bound),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    More,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// Numbers and conditions alike; only their types tell them apart.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Expr {
    Number(Number),
    Name(Name),
    Call { function: Name, arguments: Vec<Expr>, span: Span },
    Negative(Box<Expr>, Span),
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    Compare { left: Box<Expr>, order: Order, right: Box<Expr> },
    Near { left: Box<Expr>, share: f64, right: Box<Expr> },
    Not(Box<Expr>, Span),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
}

impl Order {
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }

    pub(crate) fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }
}

impl Expr {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Number(number) => number.span,
            Self::Name(name) => name.span,
            Self::Call { span, .. } | Self::Negative(_, span) | Self::Not(_, span) => *span,
            Self::Arithmetic(_, left, right) | Self::And(left, right) | Self::Or(left, right) => {
                left.span().to(right.span())
            }
            Self::Compare { left, right, .. } | Self::Near { left, right, .. } => {
                left.span().to(right.span())
            }
        }
    }
}
