//! From a rule's text to its words, numbers and signs.

use winnow::Parser;
use winnow::ascii::{digit1, multispace0};
use winnow::combinator::{alt, delimited, opt, preceded, terminated};
use winnow::error::ContextError;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, one_of, take_while};

use crate::fault::{Fault, Span};

/// A word, number or sign, and where it stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) text: String,
    pub(crate) span: Span,
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) enum TokenKind {
    Word,
    /// A word between quotation marks, which is never a word of the language.
    Quoted,
    Number(f64),
    Sign,
    #[default]
    End,
}

impl Token {
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Sign) && self.text == text
    }

    pub(crate) fn described(&self) -> String {
        match self.kind {
            TokenKind::End => "the end of the rule".to_owned(),
            _ => format!("`{}`", self.text),
        }
    }
}

/// A longer text is no rule of one line; reading it would only cost time.
const LONGEST_BYTES: usize = 2_000;

/// The tokens of a text with an end after them, or the first thing in it that is none.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    if text.len() > LONGEST_BYTES {
        let span = Span::new(0, text.chars().next().map_or(0, char::len_utf8));
        let message = format!("a rule has at most {LONGEST_BYTES} bytes, this one {}", text.len());
        return Err(Fault::new("rule-syntax", span, message, "say parts of it in [[define]]"));
    }
    let mut rest = LocatingSlice::new(text);
    let mut found = Vec::new();
    loop {
        let _: Result<_, ContextError> = multispace0.parse_next(&mut rest);
        let start = rest.current_token_start();
        if rest.is_empty() {
            let end = Span::new(start, start);
            found.push(Token { kind: TokenKind::End, text: String::new(), span: end });
            return Ok(found);
        }
        let Ok((kind, word)) = token(&mut rest) else {
            return Err(stray(text, start));
        };
        let span = Span::new(start, rest.previous_token_end());
        found.push(Token { kind, text: word.to_owned(), span });
    }
}

type Text<'a> = LocatingSlice<&'a str>;

fn token<'a>(rest: &mut Text<'a>) -> Result<(TokenKind, &'a str), ContextError> {
    alt((
        number,
        word.map(|word| (TokenKind::Word, word)),
        quoted.map(|word| (TokenKind::Quoted, word)),
        sign.map(|sign| (TokenKind::Sign, sign)),
    ))
    .parse_next(rest)
}

fn number<'a>(rest: &mut Text<'a>) -> Result<(TokenKind, &'a str), ContextError> {
    let fraction = preceded('.', digit1);
    let exponent = (one_of(['e', 'E']), opt(one_of(['+', '-'])), digit1);
    let digits = (digit1, opt(fraction), opt(exponent)).take();
    // What is too large for a number would be infinite; it is no number of anything.
    let finite = |text: &'a str| text.parse().ok().filter(|value: &f64| value.is_finite());
    digits.verify_map(|text| finite(text).map(|value| (TokenKind::Number(value), text))).parse_next(rest)
}

/// Words hold dots, hyphens, stars and the signs of units, so that `power.*.charge_low`, `soyuz-ms` and `kg/d` are one each;
/// the signs of arithmetic stand between blanks.
fn word<'a>(rest: &mut Text<'a>) -> Result<&'a str, ContextError> {
    let first = |c: char| c.is_alphabetic() || matches!(c, '_' | '%' | '°');
    let more =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '*' | '/' | '·' | '^' | '%' | '°');
    (any.verify(move |c: &char| first(*c)), take_while(0.., more)).take().parse_next(rest)
}

fn quoted<'a>(rest: &mut Text<'a>) -> Result<&'a str, ContextError> {
    delimited('"', take_while(1.., |c| c != '"'), '"').parse_next(rest)
}

fn sign<'a>(rest: &mut Text<'a>) -> Result<&'a str, ContextError> {
    let comparison = alt((">=", "<=", "!=", "==", "≥", "≤", ">", "<", "="));
    let other = alt(("(", ")", ",", "+", "-", "*", "/"));
    let canonical = |sign: &'a str| match sign {
        "≥" => ">=",
        "≤" => "<=",
        "==" => "=",
        sign => sign,
    };
    terminated(alt((comparison, other)).map(canonical), "").parse_next(rest)
}

fn stray(text: &str, start: usize) -> Fault {
    let stray = text[start..].chars().next().unwrap_or(' ');
    // A number is shown whole, and anything else as the one sign that it is.
    let number = text[start..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    let long = if stray.is_ascii_digit() { number.unwrap_or(text.len() - start) } else { stray.len_utf8() };
    let span = Span::new(start, start + long);
    let (message, mend) = match stray {
        '"' => ("a quotation mark is open".to_owned(), "close it"),
        '0'..='9' => ("this number is too large".to_owned(), "write a smaller one"),
        _ => (
            format!("`{}` means nothing in a rule", stray.escape_debug()),
            "write words, numbers, units and the signs ( ) , < <= = != >= > + - * /",
        ),
    };
    Fault::new("rule-syntax", span, message, mend)
}
