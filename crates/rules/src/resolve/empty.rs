//! What can never be, or is always so: whoever wrote it meant something else.

use crate::fault::{Fault, Span};
use crate::form::{Condition, Length, Level, Node, Order, Period, Sum, Total};

/// A window of no length, into which nothing fits.
pub(super) fn window(length: Length, span: Span) -> Result<Length, Fault> {
    if length.duration > timeline::Duration::ZERO {
        return Ok(length);
    }
    let message = "nothing fits into a window of no length".to_owned();
    Err(fault(span, message, "write a length above 0, or say `at once`"))
}

/// More time of one thing than a period has.
pub(super) fn total(total: &Total, limit: Span) -> Result<(), Fault> {
    let (Some(unit), true) = (total.unit, total.of.is_some() || total.measure == Sum::Longest) else {
        return Ok(());
    };
    let (name, days) = match total.period {
        Period::Day => ("day", 1.0),
        Period::Night => ("night", 1.0),
        Period::Week => ("week", 7.0),
        Period::Month => ("month", 31.0),
        Period::Year => ("year", 366.0),
    };
    let is_asked = matches!(total.order, Order::AtLeast | Order::More | Order::Equal);
    if !is_asked || total.limit * unit.seconds() <= days * 86_400.0 {
        return Ok(());
    }
    let message = format!("no {name} has {} {}", crate::say::plain(total.limit), unit.unit());
    Err(fault(limit, message, format!("write no more than a {name} has")))
}

/// A number held against a number.
pub(super) fn comparison(left: &Level, right: &Level, span: Span) -> Result<(), Fault> {
    if !(is_constant(left) && is_constant(right)) {
        return Ok(());
    }
    let message = "both sides are numbers: this is always so, or never".to_owned();
    Err(fault(span, message, "name a profile on one side, such as crew.aboard"))
}

/// Two conditions that never hold together, `second` standing at `span`.
pub(super) fn both(first: &Condition, second: &Condition, span: Span) -> Result<(), Fault> {
    for one in all_of(first) {
        for other in all_of(second) {
            if are_apart(one, other) {
                let message = format!("`{other}` never holds together with `{one}`");
                return Err(fault(span, message, "mend one of the two numbers, or say `or`"));
            }
        }
    }
    Ok(())
}

fn fault(span: Span, message: String, mend: impl Into<String>) -> Fault {
    Fault::new("rule-empty", span, message, mend)
}

fn is_constant(level: &Level) -> bool {
    match &level.node {
        Node::Constant(_) => true,
        Node::Abs(inner) | Node::Negative(inner) | Node::Scaled(inner, _) => is_constant(inner),
        Node::Arithmetic(_, left, right) => is_constant(left) && is_constant(right),
        Node::Extreme(_, all) => all.iter().all(is_constant),
        Node::Profile(_) | Node::Fold(..) => false,
    }
}

/// The conditions that `and` joins.
fn all_of(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::And(left, right) => {
            let mut all = all_of(left);
            all.extend(all_of(right));
            all
        }
        other => vec![other],
    }
}

/// Whether two comparisons of one level with numbers leave no value.
fn are_apart(one: &Condition, other: &Condition) -> bool {
    let (Some((level, a)), Some((again, b))) = (range(one), range(other)) else { return false };
    let (from, to) = (a.from.max(b.from), a.to.min(b.to));
    let is_open = |range: &Range| {
        (range.from == from && range.is_open_below) || (range.to == to && range.is_open_above)
    };
    level == again && (from > to || (from == to && (is_open(&a) || is_open(&b))))
}

/// The values that a comparison with a number leaves.
struct Range {
    from: f64,
    to: f64,
    is_open_below: bool,
    is_open_above: bool,
}

fn range(condition: &Condition) -> Option<(&Level, Range)> {
    let Condition::Compare { left, order, right } = condition else { return None };
    let limit = match &right.node {
        Node::Constant(value) => *value,
        Node::Scaled(inner, factor) => match inner.node {
            Node::Constant(value) => value * factor,
            _ => return None,
        },
        _ => return None,
    };
    let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
    let of = |from, to, is_open_below, is_open_above| Range { from, to, is_open_below, is_open_above };
    let range = match order {
        Order::AtLeast => of(limit, high, false, false),
        Order::More => of(limit, high, true, false),
        Order::AtMost => of(low, limit, false, false),
        Order::Less => of(low, limit, false, true),
        Order::Equal => of(limit, limit, false, false),
        Order::NotEqual => return None,
    };
    Some((left, range))
}
