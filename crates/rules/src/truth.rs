//! When a condition holds, and when anybody can know.

use timeline::{Interval, Profile, ProfileError, Unit, Window};

use crate::form::{Arithmetic, Condition, Fold, Level, Named, Node, Order};
use crate::resolve::stands_for;
use crate::stage::Stage;

/// When a condition holds and when it does not; at other times it is not known.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Truth {
    pub(crate) yes: Window,
    pub(crate) no: Window,
}

/// A number over time, or one that never changes.
pub(crate) enum Quantity {
    Constant(f64),
    Profile(Box<Profile>),
}

/// Why nothing can be said.
pub(crate) type Why = String;

impl Truth {
    fn of(yes: &Window, known: &Window) -> Self {
        Self { yes: yes.and(known), no: known.minus(yes) }
    }

    fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }

    /// Known where both are, and where one alone decides.
    fn and(&self, other: &Self) -> Self {
        Self { yes: self.yes.and(&other.yes), no: self.no.or(&other.no) }
    }

    fn or(&self, other: &Self) -> Self {
        Self { yes: self.yes.or(&other.yes), no: self.no.and(&other.no) }
    }
}

/// When `condition` holds. `star` is what a star in it stands for.
pub(crate) fn truth(condition: &Condition, stage: &Stage, star: Option<&str>) -> Result<Truth, Why> {
    match condition {
        Condition::Compare { left, order, right } => {
            let known = known(&[left, right], stage, star);
            let yes = compared(&quantity(left, stage, star)?, *order, &quantity(right, stage, star)?, stage)?;
            Ok(Truth::of(&yes.0, &known.and(&yes.1)))
        }
        Condition::Near { left, share, right } => {
            let distance =
                Level { unit: left.unit.clone(), node: Node::Abs(Box::new(difference(left, right))) };
            let room = Level { unit: left.unit.clone(), node: Node::Abs(Box::new(right.clone())) };
            let room = Level { unit: left.unit.clone(), node: Node::Scaled(Box::new(room), *share) };
            let close = Condition::Compare { left: distance, order: Order::AtMost, right: room };
            truth(&close, stage, star)
        }
        Condition::Flag(name) => flag(&starred(name, star), stage),
        Condition::AnyFlag(pattern) => {
            let flags = each_flag(pattern, stage)?;
            Ok(flags.iter().skip(1).fold(flags[0].clone(), |all, one| all.or(one)))
        }
        Condition::AllFlags(pattern) => {
            let flags = each_flag(pattern, stage)?;
            Ok(flags.iter().skip(1).fold(flags[0].clone(), |all, one| all.and(one)))
        }
        Condition::Window(name) => match stage.windows.get(name) {
            Some(window) => Ok(Truth::of(window, &Window::from(stage.span))),
            None => Err(format!("`{name}` is not known here")),
        },
        Condition::Cases(chosen) => Ok(Truth::of(&stage.window(chosen, None), &Window::from(stage.span))),
        Condition::Not(inner) => truth(inner, stage, star).map(Truth::not),
        Condition::And(left, right) => Ok(truth(left, stage, star)?.and(&truth(right, stage, star)?)),
        Condition::Or(left, right) => Ok(truth(left, stage, star)?.or(&truth(right, stage, star)?)),
    }
}

/// A level over time.
pub(crate) fn quantity(level: &Level, stage: &Stage, star: Option<&str>) -> Result<Quantity, Why> {
    let of = |inner: &Level| quantity(inner, stage, star);
    match &level.node {
        Node::Constant(value) => Ok(Quantity::Constant(*value)),
        Node::Profile(name) => profile(&starred(name, star), stage).map(Quantity::from),
        Node::Fold(fold, pattern) => {
            let mut found: Option<Profile> = None;
            for (_, one) in named(pattern, stage)? {
                found = Some(match found {
                    None => one.clone(),
                    Some(all) => extreme(&all, *fold, one)?,
                });
            }
            found.map(Quantity::from).ok_or_else(|| nothing(pattern))
        }
        Node::Abs(inner) => match of(inner)? {
            Quantity::Constant(value) => Ok(Quantity::Constant(value.abs())),
            Quantity::Profile(profile) => Ok(extreme(&profile, Fold::Most, &profile.negate())?.into()),
        },
        Node::Negative(inner) => Ok(match of(inner)? {
            Quantity::Constant(value) => Quantity::Constant(-value),
            Quantity::Profile(profile) => profile.negate().into(),
        }),
        Node::Scaled(inner, factor) => Ok(match of(inner)? {
            Quantity::Constant(value) => Quantity::Constant(value * factor),
            Quantity::Profile(profile) => {
                profile.convert(*factor, level.unit.clone()).map_err(|error| said(&error))?.into()
            }
        }),
        Node::Arithmetic(arithmetic, left, right) => {
            let (first, second) = (of(left)?, of(right)?);
            arithmetic_of(*arithmetic, (first, &left.unit), (second, &right.unit), stage)
        }
        Node::Extreme(fold, all) => {
            let mut found: Option<Quantity> = None;
            for one in all {
                let one = of(one)?;
                found = Some(match found {
                    None => one,
                    Some(before) => {
                        let (a, b) = both(before, &level.unit, one, &level.unit, stage)?;
                        extreme(&a, *fold, &b)?.into()
                    }
                });
            }
            found.ok_or_else(|| "nothing is compared".to_owned())
        }
    }
}

impl From<Profile> for Quantity {
    fn from(profile: Profile) -> Self {
        Self::Profile(Box::new(profile))
    }
}

impl Quantity {
    /// As a profile over all of `within`.
    pub(crate) fn over(self, unit: &Unit, within: Interval) -> Result<Profile, Why> {
        match self {
            Self::Constant(value) => {
                Profile::constant("", unit.clone(), within, value).map_err(|error| said(&error))
            }
            Self::Profile(profile) => Ok(*profile),
        }
    }
}

/// The names of profiles that a pattern names, and what its star stands for in each.
pub(crate) fn bindings(pattern: &str, stage: &Stage) -> Vec<String> {
    stage.profiles.keys().filter_map(|name| stands_for(pattern, name)).map(str::to_owned).collect()
}

pub(crate) fn starred(name: &str, star: Option<&str>) -> String {
    star.map_or_else(|| name.to_owned(), |star| name.replacen('*', star, 1))
}

/// When all profiles that these levels name are known.
pub(crate) fn known(levels: &[&Level], stage: &Stage, star: Option<&str>) -> Window {
    let mut known = Window::from(stage.span);
    for level in levels {
        level.each_name(&mut |name| {
            if let Named::Profile(name) = name {
                known = known.and(&known_of(&starred(name, star), stage));
            }
        });
    }
    known
}

pub(crate) fn difference(left: &Level, right: &Level) -> Level {
    let node = Node::Arithmetic(Arithmetic::Subtract, Box::new(left.clone()), Box::new(right.clone()));
    Level { unit: left.unit.clone(), node }
}

/// When the comparison holds, and where both sides have values.
fn compared(left: &Quantity, order: Order, right: &Quantity, stage: &Stage) -> Result<(Window, Window), Why> {
    let always = Window::from(stage.span);
    match (left, right) {
        (Quantity::Constant(left), Quantity::Constant(right)) => {
            Ok((if order.holds(*left, *right) { always.clone() } else { Window::empty() }, always))
        }
        (Quantity::Profile(profile), Quantity::Constant(level)) => {
            Ok((against(profile, order, *level), Window::from(profile.domain())))
        }
        (Quantity::Constant(level), Quantity::Profile(profile)) => {
            Ok((against(profile, turned(order), *level), Window::from(profile.domain())))
        }
        (Quantity::Profile(left), Quantity::Profile(right)) => {
            let Some(common) = left.domain().intersection(right.domain()) else {
                return Ok((Window::empty(), Window::empty()));
            };
            let window = match order {
                Order::Less => left.less_than(right),
                Order::AtMost => left.no_more_than(right),
                Order::AtLeast => left.no_less_than(right),
                Order::More => left.more_than(right),
                Order::Equal | Order::NotEqual => left
                    .no_less_than(right)
                    .and_then(|at_least| Ok(at_least.and(&left.no_more_than(right)?)))
                    .map(|equal| if order == Order::Equal { equal } else { equal.not(common) }),
            };
            Ok((window.map_err(|error| said(&error))?, Window::from(common)))
        }
    }
}

fn against(profile: &Profile, order: Order, level: f64) -> Window {
    match order {
        Order::Less => profile.below(level),
        Order::AtMost => profile.at_most(level),
        Order::AtLeast => profile.at_least(level),
        Order::More => profile.above(level),
        Order::Equal => profile.at_least(level).and(&profile.at_most(level)),
        Order::NotEqual => profile.above(level).or(&profile.below(level)),
    }
}

/// The comparison with its sides changed.
pub(crate) const fn turned(order: Order) -> Order {
    match order {
        Order::Less => Order::More,
        Order::AtMost => Order::AtLeast,
        Order::AtLeast => Order::AtMost,
        Order::More => Order::Less,
        same => same,
    }
}

/// The comparison that holds when this one does not.
pub(crate) const fn opposite(order: Order) -> Order {
    match order {
        Order::Less => Order::AtLeast,
        Order::AtMost => Order::More,
        Order::AtLeast => Order::Less,
        Order::More => Order::AtMost,
        Order::Equal => Order::NotEqual,
        Order::NotEqual => Order::Equal,
    }
}

fn arithmetic_of(
    arithmetic: Arithmetic,
    (left, left_unit): (Quantity, &Unit),
    (right, right_unit): (Quantity, &Unit),
    stage: &Stage,
) -> Result<Quantity, Why> {
    if let (Quantity::Constant(a), Quantity::Constant(b)) = (&left, &right) {
        let value = match arithmetic {
            Arithmetic::Add => a + b,
            Arithmetic::Subtract => a - b,
            Arithmetic::Multiply => a * b,
            Arithmetic::Divide => a / b,
        };
        return if value.is_finite() {
            Ok(Quantity::Constant(value))
        } else {
            Err("a number is not finite".to_owned())
        };
    }
    let (a, b) = both(left, left_unit, right, right_unit, stage)?;
    let result = match arithmetic {
        Arithmetic::Add => a.add(&b),
        Arithmetic::Subtract => a.sub(&b),
        Arithmetic::Multiply => a.mul(&b),
        Arithmetic::Divide => a.div(&b),
    };
    result.map(Quantity::from).map_err(|error| said(&error))
}

fn both(
    left: Quantity,
    left_unit: &Unit,
    right: Quantity,
    right_unit: &Unit,
    stage: &Stage,
) -> Result<(Profile, Profile), Why> {
    Ok((left.over(left_unit, stage.span)?, right.over(right_unit, stage.span)?))
}

fn extreme(a: &Profile, fold: Fold, b: &Profile) -> Result<Profile, Why> {
    match fold {
        Fold::Least => a.min(b),
        Fold::Most => a.max(b),
    }
    .map_err(|error| said(&error))
}

fn profile(name: &str, stage: &Stage) -> Result<Profile, Why> {
    stage.profiles.get(name).cloned().ok_or_else(|| nothing(name))
}

fn named<'a>(pattern: &'a str, stage: &'a Stage) -> Result<Vec<(&'a str, &'a Profile)>, Why> {
    let found = stage.profiles.iter().filter(|(name, _)| stands_for(pattern, name).is_some());
    let found: Vec<(&str, &Profile)> = found.map(|(name, profile)| (name.as_str(), profile)).collect();
    if found.is_empty() { Err(nothing(pattern)) } else { Ok(found) }
}

fn each_flag(pattern: &str, stage: &Stage) -> Result<Vec<Truth>, Why> {
    named(pattern, stage)?.into_iter().map(|(name, _)| flag(name, stage)).collect()
}

fn flag(name: &str, stage: &Stage) -> Result<Truth, Why> {
    let profile = stage.profiles.get(name).ok_or_else(|| nothing(name))?;
    Ok(Truth::of(&profile.when_true(), &known_of(name, stage)))
}

fn known_of(name: &str, stage: &Stage) -> Window {
    if name.contains('*') {
        let each = bindings(name, stage).into_iter().map(|star| known_of(&starred(name, Some(&star)), stage));
        return each.reduce(|all, one| all.and(&one)).unwrap_or_default();
    }
    let domain = stage.profiles.get(name).and_then(|profile| profile.domain().intersection(stage.span));
    let mut known = domain.map_or_else(Window::empty, Window::from);
    for (_, window) in stage.known.iter().filter(|(prefix, _)| name.starts_with(prefix.as_str())) {
        known = known.and(window);
    }
    known
}

fn nothing(name: &str) -> Why {
    format!("`{name}` is not known here")
}

fn said(error: &ProfileError) -> Why {
    error.to_string()
}
