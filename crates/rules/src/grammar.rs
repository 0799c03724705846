//! The forms that a rule can have: from tokens to a sentence.
//!
//! Every function reads one thing and leaves the rest. What cannot be read otherwise is a committed fault, which says what was
//! expected at that word; other faults let the next reading try.

mod expression;
mod selector;

use winnow::Parser;
use winnow::combinator::{alt, cut_err, opt, preceded};
use winnow::error::ModalError;
use winnow::stream::{Stateful, Stream, TokenSlice};

use crate::fault::{Fault, Input, Span};
use crate::syntax::{
    Bar, Bound, Each, Edge, Except, Expr, Limit, MeanBound, Name, Nearness, Number, Order, Over, Quantifier,
    Room, Selector, Sense, Sentence, Side, Statement, When,
};
use crate::token::{Token, TokenKind, tokens};
use expression::{condition, level};
use selector::{selector, tests};

/// Brackets, `not` and signs may be nested so deep.
const DEEPEST: usize = 24;

/// Words that are of the language and never a name.
const RESERVED: [&str; 22] = [
    "no", "only", "while", "during", "within", "of", "before", "after", "at", "in", "each", "needs",
    "followed", "preceded", "and", "or", "not", "where", "is", "same", "except", "over",
];

/// A sentence, or what is wrong with it.
pub(crate) fn sentence(text: &str) -> Result<Sentence, Fault> {
    whole(text, |input| {
        let statement = statement(input)?;
        let mut except = Vec::new();
        while opt(keyword("except")).parse_next(input)?.is_some() {
            except.push(cut_err(exception).parse_next(input)?);
        }
        Ok(Sentence { statement, except })
    })
}

/// What a definition stands for: a condition, a number or a profile.
pub(crate) fn definition(text: &str) -> Result<Expr, Fault> {
    whole(text, condition)
}

fn whole<T>(text: &str, read: impl FnOnce(&mut Input<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let tokens = tokens(text)?;
    if let [end] = tokens.as_slice() {
        let message = "there is nothing here".to_owned();
        return Err(Fault::new("rule-syntax", end.span, message, "write a rule, such as `crew.aboard >= 1`"));
    }
    let mut input = Stateful { input: TokenSlice::new(&tokens), state: DEEPEST };
    let found = read(&mut input)?;
    let next = peek(&input);
    if next.kind == TokenKind::End { Ok(found) } else { Err(Fault::expected("the end of the rule", &next)) }
}

fn statement(input: &mut Input<'_>) -> Result<Statement, Fault> {
    let next = peek(input);
    match next.text.as_str() {
        "no" if next.is("no") => never(input),
        "at" if next.is("at") => crowd(input),
        "gap" | "overlap" | "duration" | "sum" | "count" | "longest" | "mean" if is_call(input) => {
            measured(input, &next)
        }
        _ => alt((of_cases, each_period, holds)).parse_next(input),
    }
}

/// `no SELECTOR [where …] [while … | during … | within …]`
fn never(input: &mut Input<'_>) -> Result<Statement, Fault> {
    keyword("no").parse_next(input)?;
    let who = cut_err(selector).parse_next(input)?;
    let by = opt(bar).parse_next(input)?.unwrap_or(Bar::Never);
    Ok(Statement::Bars { sense: Sense::No, who, by })
}

/// What begins with a selector and goes on with a word that only a case can have.
fn of_cases(input: &mut Input<'_>) -> Result<Statement, Fault> {
    let who = selector(input)?;
    let verb = next(input);
    match (verb.kind, verb.text.as_str()) {
        (TokenKind::Word, "only") => {
            let by = cut_err(only).parse_next(input)?;
            Ok(Statement::Bars { sense: Sense::Only, who, by })
        }
        (TokenKind::Word, "needs") => cut_err(|input: &mut Input<'_>| needs(input, &who)).parse_next(input),
        (TokenKind::Word, "followed" | "preceded") => {
            let side = if verb.text == "followed" { Side::After } else { Side::Before };
            cut_err(|input: &mut Input<'_>| sequence(input, &who, side)).parse_next(input)
        }
        (TokenKind::Word, "start" | "end") => {
            let edge = if verb.text == "start" { Edge::Start } else { Edge::End };
            cut_err(|input: &mut Input<'_>| shift(input, &who, edge)).parse_next(input)
        }
        _ => Err(Fault::expected(
            "a comparison, or one of only, needs, followed by, preceded by, start shifts, where",
            &verb,
        )),
    }
}

fn bar(input: &mut Input<'_>) -> Result<Bar, Fault> {
    if let Some(length) = opt(preceded(keyword("within"), cut_err(quantity))).parse_next(input)? {
        let side = cut_err(nearness).parse_next(input)?;
        let other = cut_err(selector).parse_next(input)?;
        let same = opt(same).parse_next(input)?;
        return Ok(Bar::Near { length, side, other, same });
    }
    when.map(Bar::When).parse_next(input)
}

/// What a case is bound to: `only while …`, `only where …`.
fn only(input: &mut Input<'_>) -> Result<Bar, Fault> {
    let follows = peek(input);
    match follows.text.as_str() {
        "where" => tests.map(Bar::Where).parse_next(input),
        "while" | "during" | "within" => bar(input),
        _ => Err(Fault::expected("while, during, within or where", &follows)),
    }
}

fn nearness(input: &mut Input<'_>) -> Result<Nearness, Fault> {
    let word = next(input);
    match word.text.as_str() {
        "before" => Ok(Nearness::Before),
        "after" => Ok(Nearness::After),
        "of" => Ok(Nearness::Either),
        _ => Err(Fault::expected("before, after or of", &word)),
    }
}

fn when(input: &mut Input<'_>) -> Result<When, Fault> {
    let word = next(input);
    match (word.kind, word.text.as_str()) {
        (TokenKind::Word, "while") => cut_err(condition).map(When::While).parse_next(input),
        (TokenKind::Word, "during") => {
            let other = cut_err(selector).parse_next(input)?;
            Ok(When::During(other, opt(same).parse_next(input)?))
        }
        _ => Err(Fault::expected("while or during", &word)),
    }
}

fn exception(input: &mut Input<'_>) -> Result<Except, Fault> {
    let first = peek(input);
    if first.is("for") {
        next(input);
        (keyword("at"), keyword("most")).parse_next(input)?;
        return quantity.map(Except::Brief).parse_next(input);
    }
    if !first.is("while") && !first.is("during") {
        return Err(Fault::expected("while, during or for at most", &first));
    }
    when.map(Except::When).parse_next(input)
}

/// `at most N SELECTOR at once | in D [same X] [during SELECTOR]`
fn crowd(input: &mut Input<'_>) -> Result<Statement, Fault> {
    keyword("at").parse_next(input)?;
    let word = next(input);
    let sense = match word.text.as_str() {
        "most" => Sense::No,
        "least" => Sense::Only,
        _ => return Err(Fault::expected("most or least", &word).cut()),
    };
    let count = cut_err(count).parse_next(input)?;
    let who = cut_err(selector).parse_next(input)?;
    let word = next(input);
    let room = match (word.text.as_str(), sense) {
        ("in", _) => Room::In(cut_err(quantity).parse_next(input)?),
        ("at", Sense::No) => {
            cut_err(keyword("once")).parse_next(input)?;
            Room::Once
        }
        (_, Sense::No) => return Err(Fault::expected("in and a length of time, or at once", &word).cut()),
        (_, Sense::Only) => return Err(Fault::expected("in and a length of time", &word).cut()),
    };
    let same = opt(same).parse_next(input)?;
    let during = opt(preceded(keyword("during"), cut_err(selector))).parse_next(input)?;
    Ok(Statement::Crowd { sense, count, who, room, same, during })
}

/// What begins with a measure of cases or of a profile in brackets.
fn measured(input: &mut Input<'_>, measure: &Token) -> Result<Statement, Fault> {
    next(input);
    keyword("(").parse_next(input)?;
    let measure = Name { text: measure.text.clone(), span: measure.span };
    cut_err(|input: &mut Input<'_>| match measure.text.as_str() {
        "gap" | "overlap" => {
            let from = selector(input)?;
            keyword(",").parse_next(input)?;
            let to = selector(input)?;
            let same = opt(preceded(keyword(","), cut_err(same))).parse_next(input)?;
            keyword(")").parse_next(input)?;
            let bound = bound(input)?;
            Ok(Statement::Gap { measure: measure.clone(), from, to, same, bound })
        }
        "mean" => {
            let of = level(input)?;
            keyword(")").parse_next(input)?;
            let bound = mean_bound(input)?;
            Ok(Statement::Mean { measure: measure.clone(), of, bound, over: over(input)? })
        }
        _ => {
            let who = selector(input)?;
            keyword(")").parse_next(input)?;
            let bound = bound(input)?;
            if measure.text == "duration" {
                return Ok(Statement::Measure { who, measure: measure.clone(), bound });
            }
            Ok(Statement::Total { measure: measure.clone(), who, bound, each: each(input)? })
        }
    })
    .parse_next(input)
}

/// `SELECTOR <= D each PERIOD of X`: the sum of lengths, without the word.
fn each_period(input: &mut Input<'_>) -> Result<Statement, Fault> {
    let who = selector(input)?;
    let bound = bound(input)?;
    let at = peek(input);
    if !at.is("each") {
        return Err(Fault::expected("each and a period", &at));
    }
    let measure = Name { text: "sum".to_owned(), span: who.span };
    Ok(Statement::Total { measure, who, bound, each: cut_err(each).parse_next(input)? })
}

fn holds(input: &mut Input<'_>) -> Result<Statement, Fault> {
    let condition = condition(input)?;
    let follows = peek(input);
    let when = if follows.is("while") || follows.is("during") { Some(when(input)?) } else { None };
    Ok(Statement::Holds { condition, when })
}

fn needs(input: &mut Input<'_>, who: &Selector) -> Result<Statement, Fault> {
    if let TokenKind::Number(_) = peek(input).kind {
        let count = count(input)?;
        return Ok(Statement::Needs { who: who.clone(), count, attribute: name(input)? });
    }
    let attribute = name(input)?;
    let whose = opt(preceded(keyword("of"), cut_err((quantifier, name)))).parse_next(input)?;
    Ok(Statement::Qualified { who: who.clone(), attribute, whose })
}

fn quantifier(input: &mut Input<'_>) -> Result<Quantifier, Fault> {
    let word = next(input);
    match word.text.as_str() {
        "one" => Ok(Quantifier::One),
        "every" => Ok(Quantifier::Every),
        _ => Err(Fault::expected("one or every", &word)),
    }
}

fn sequence(input: &mut Input<'_>, who: &Selector, side: Side) -> Result<Statement, Fault> {
    keyword("by").parse_next(input)?;
    let other = selector(input)?;
    let within = opt(preceded(keyword("within"), cut_err(quantity))).parse_next(input)?;
    let same = opt(same).parse_next(input)?;
    Ok(Statement::Sequence { who: who.clone(), side, other, within, same })
}

fn shift(input: &mut Input<'_>, who: &Selector, edge: Edge) -> Result<Statement, Fault> {
    (keyword("shifts"), keyword("at"), keyword("most")).parse_next(input)?;
    let most = quantity(input)?;
    (keyword("a"), keyword("day")).parse_next(input)?;
    let same = opt(alt((same, preceded(keyword("of"), name)))).parse_next(input)?;
    Ok(Statement::Shift { who: who.clone(), edge, most, same })
}

fn each(input: &mut Input<'_>) -> Result<Each, Fault> {
    keyword("each").parse_next(input)?;
    let period = name(input)?;
    let of = opt(alt((same, preceded(keyword("of"), cut_err(name))))).parse_next(input)?;
    let during = opt(preceded(keyword("during"), cut_err(selector))).parse_next(input)?;
    Ok(Each { period, of, during })
}

fn over(input: &mut Input<'_>) -> Result<Over, Fault> {
    let word = next(input);
    match word.text.as_str() {
        "over" => selector.map(Over::Cases).parse_next(input),
        "each" => name.map(Over::Period).parse_next(input),
        _ => Err(Fault::expected("over and a kind of case, or each and a period", &word)),
    }
}

fn mean_bound(input: &mut Input<'_>) -> Result<MeanBound, Fault> {
    if let Some(share) = opt(expression::share_of).parse_next(input)? {
        return Ok(MeanBound::Near { share, of: Box::new(level(input)?) });
    }
    let (order, _) = order(input)?;
    Ok(MeanBound::Order(order, Box::new(level(input)?)))
}

fn bound(input: &mut Input<'_>) -> Result<Bound, Fault> {
    let (order, order_span) = order(input)?;
    let limit = if let TokenKind::Number(_) = peek(input).kind {
        Limit::Number(quantity(input)?)
    } else if let TokenKind::Word = peek(input).kind {
        Limit::Attribute(name(input)?)
    } else {
        return Err(Fault::expected("a number with its unit", &peek(input)));
    };
    Ok(Bound { order, order_span, limit })
}

fn order(input: &mut Input<'_>) -> Result<(Order, Span), Fault> {
    let sign = peek(input);
    let order = match sign.text.as_str() {
        "<" => Order::Less,
        "<=" => Order::AtMost,
        "=" => Order::Equal,
        "!=" => Order::NotEqual,
        ">=" => Order::AtLeast,
        ">" => Order::More,
        _ => return Err(Fault::expected("a comparison such as >=", &sign)),
    };
    next(input);
    Ok((order, sign.span))
}

/// `same person`, with a word such as `of` or `using` before it that reads well and means nothing.
fn same(input: &mut Input<'_>) -> Result<Name, Fault> {
    let first = peek(input);
    if matches!(first.text.as_str(), "of" | "on" | "at" | "using" | "by" | "for" | "with") {
        next(input);
    }
    keyword("same").parse_next(input)?;
    cut_err(name).parse_next(input)
}

/// A number with the unit that stands behind it.
fn quantity(input: &mut Input<'_>) -> Result<Number, Fault> {
    let token = next(input);
    let TokenKind::Number(value) = token.kind else {
        return Err(Fault::expected("a number", &token));
    };
    let unit = opt(name).parse_next(input)?;
    let span = unit.as_ref().map_or(token.span, |unit| token.span.to(unit.span));
    Ok(Number { value, unit, span })
}

/// A whole number of things.
fn count(input: &mut Input<'_>) -> Result<f64, Fault> {
    let token = next(input);
    match token.kind {
        TokenKind::Number(value) if value.fract() == 0.0 && value < 1e6 => Ok(value),
        _ => Err(Fault::expected("a whole number", &token)),
    }
}

/// A word that is none of the language's own.
fn name(input: &mut Input<'_>) -> Result<Name, Fault> {
    let token = peek(input);
    if token.kind != TokenKind::Word || RESERVED.contains(&token.text.as_str()) {
        return Err(Fault::expected("a name", &token));
    }
    next(input);
    Ok(Name { text: token.text, span: token.span })
}

/// One word or sign of the language.
fn keyword<'t>(word: &'static str) -> impl FnMut(&mut Input<'t>) -> Result<Span, Fault> {
    move |input| {
        let token = peek(input);
        if !token.is(word) {
            return Err(Fault::expected(&format!("`{word}`"), &token));
        }
        next(input);
        Ok(token.span)
    }
}

fn is_call(input: &Input<'_>) -> bool {
    input.input.get(1).is_some_and(|token| token.is("("))
}

/// The next token, which stays; the end of the rule when all are read.
fn peek(input: &Input<'_>) -> Token {
    input.input.first().cloned().unwrap_or_default()
}

/// The next token; the end of the rule is never passed.
fn next(input: &mut Input<'_>) -> Token {
    let token = peek(input);
    if token.kind != TokenKind::End {
        input.next_token();
    }
    token
}
