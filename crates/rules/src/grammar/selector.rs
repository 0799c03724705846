//! Which cases: `docking or undocking where family is soyuz and duration > 3 h`.

use winnow::Parser;
use winnow::combinator::{cut_err, opt, separated};

use super::{bound, keyword, name, next, peek};
use crate::fault::{Fault, Input};
use crate::syntax::{Against, Name, Selector, Test};
use crate::token::TokenKind;

pub(super) fn selector(input: &mut Input<'_>) -> Result<Selector, Fault> {
    let kinds: Vec<Name> = separated(1..=16, kind, keyword("or")).parse_next(input)?;
    let mut span = kinds.iter().map(|kind| kind.span).fold(kinds[0].span, super::super::fault::Span::to);
    let mut found = Vec::new();
    if peek(input).is("where") {
        found = tests(input)?;
        span = found.last().map_or(span, |test| span.to(test.attribute.span));
    }
    Ok(Selector { kinds, tests: found, span })
}

fn kind(input: &mut Input<'_>) -> Result<Name, Fault> {
    let at = peek(input);
    name(input).map_err(|_| Fault::expected("a kind of case, such as docking", &at))
}

/// `where TEST and TEST …`
pub(super) fn tests(input: &mut Input<'_>) -> Result<Vec<Test>, Fault> {
    keyword("where").parse_next(input)?;
    cut_err(separated(1..=8, test, keyword("and"))).parse_next(input)
}

fn test(input: &mut Input<'_>) -> Result<Test, Fault> {
    let attribute = name(input)?;
    if opt(keyword("is")).parse_next(input)?.is_none() {
        return cut_err(bound)
            .map(Against::Order)
            .map(|against| Test { attribute: attribute.clone(), against })
            .parse_next(input);
    }
    let negative = opt(keyword("not")).parse_next(input)?.is_some();
    let values: Vec<Name> = cut_err(separated(1..=16, value, keyword("or"))).parse_next(input)?;
    let against = if negative { Against::IsNot(values) } else { Against::Is(values) };
    Ok(Test { attribute, against })
}

fn value(input: &mut Input<'_>) -> Result<Name, Fault> {
    let token = next(input);
    match token.kind {
        TokenKind::Word | TokenKind::Quoted => Ok(Name { text: token.text, span: token.span }),
        TokenKind::Number(_) => Err(Fault::expected("a value", &token)
            .mend("put a value that begins with a digit between quotation marks")),
        _ => Err(Fault::expected("a value", &token)),
    }
}
