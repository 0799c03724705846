//! Numbers and conditions: `abs(env.beta_deg) > 60 deg and not env.saa`.

use winnow::Parser;
use winnow::combinator::{cut_err, opt, separated};
use winnow::error::ModalError;

use super::{keyword, name, next, order, peek, quantity};
use crate::fault::{Fault, Input};
use crate::syntax::{Arithmetic, Expr};
use crate::token::TokenKind;

/// `A or B`, weakest of all.
pub(super) fn condition(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let mut left = conjunction(input)?;
    while opt(keyword("or")).parse_next(input)?.is_some() {
        let right = cut_err(conjunction).parse_next(input)?;
        left = Expr::Or(Box::new(left), Box::new(right));
    }
    Ok(left)
}

fn conjunction(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let mut left = negation(input)?;
    while opt(keyword("and")).parse_next(input)?.is_some() {
        let right = cut_err(negation).parse_next(input)?;
        left = Expr::And(Box::new(left), Box::new(right));
    }
    Ok(left)
}

fn negation(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let Some(span) = opt(keyword("not")).parse_next(input)? else { return comparison(input) };
    let inner = deeper(input, negation)?;
    let span = span.to(inner.span());
    Ok(Expr::Not(Box::new(inner), span))
}

fn comparison(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let left = level(input)?;
    if let Some((order, _)) = opt(order).parse_next(input)? {
        let right = cut_err(level).parse_next(input)?;
        return Ok(Expr::Compare { left: Box::new(left), order, right: Box::new(right) });
    }
    if let Some(share) = opt(share_of).parse_next(input)? {
        let right = cut_err(level).parse_next(input)?;
        return Ok(Expr::Near { left: Box::new(left), share, right: Box::new(right) });
    }
    Ok(left)
}

/// `within 10 % of`
pub(super) fn share_of(input: &mut Input<'_>) -> Result<f64, Fault> {
    keyword("within").parse_next(input)?;
    let number = next(input);
    let TokenKind::Number(percent) = number.kind else {
        return Err(Fault::expected("a number of per cent", &number).cut());
    };
    cut_err((keyword("%"), keyword("of"))).parse_next(input)?;
    Ok(percent / 100.0)
}

/// A sum.
pub(super) fn level(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let mut left = product(input)?;
    loop {
        let sign = peek(input);
        let arithmetic = match sign.text.as_str() {
            "+" if sign.kind == TokenKind::Sign => Arithmetic::Add,
            "-" if sign.kind == TokenKind::Sign => Arithmetic::Subtract,
            _ => return Ok(left),
        };
        next(input);
        let right = cut_err(product).parse_next(input)?;
        left = Expr::Arithmetic(arithmetic, Box::new(left), Box::new(right));
    }
}

fn product(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let mut left = atom(input)?;
    loop {
        let sign = peek(input);
        let arithmetic = match sign.text.as_str() {
            "*" if sign.kind == TokenKind::Sign => Arithmetic::Multiply,
            "/" if sign.kind == TokenKind::Sign => Arithmetic::Divide,
            _ => return Ok(left),
        };
        next(input);
        let right = cut_err(atom).parse_next(input)?;
        left = Expr::Arithmetic(arithmetic, Box::new(left), Box::new(right));
    }
}

fn atom(input: &mut Input<'_>) -> Result<Expr, Fault> {
    let token = peek(input);
    match token.kind {
        TokenKind::Number(_) => quantity.map(Expr::Number).parse_next(input),
        TokenKind::Sign if token.text == "(" => {
            next(input);
            let inner = deeper(input, condition)?;
            cut_err(keyword(")")).parse_next(input)?;
            Ok(inner)
        }
        TokenKind::Sign if token.text == "-" => {
            next(input);
            let inner = deeper(input, atom)?;
            let span = token.span.to(inner.span());
            Ok(Expr::Negative(Box::new(inner), span))
        }
        TokenKind::Word => {
            let found = name(input)
                .map_err(|_| Fault::expected("a profile, a window, a number or a bracket", &token))?;
            if !peek(input).is("(") {
                return Ok(Expr::Name(found));
            }
            next(input);
            let arguments: Vec<Expr> =
                deeper(input, |input| cut_err(separated(1..=8, condition, keyword(","))).parse_next(input))?;
            let close = cut_err(keyword(")")).parse_next(input)?;
            let span = found.span.to(close);
            Ok(Expr::Call { function: found, arguments, span })
        }
        _ => Err(Fault::expected("a profile, a window, a number or a bracket", &token)),
    }
}

/// Reads one bracket, sign or `not` deeper, which has an end: what people write is never that deep, and the stack is not endless.
fn deeper<'t, T>(
    input: &mut Input<'t>,
    read: impl FnOnce(&mut Input<'t>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let Some(left) = input.state.checked_sub(1) else {
        let at = peek(input).span;
        let message = "brackets stand too deep here".to_owned();
        return Err(Fault::new("rule-syntax", at, message, "say parts of it in [[define]]").cut());
    };
    input.state = left;
    let found = read(input);
    input.state = left + 1;
    found
}
