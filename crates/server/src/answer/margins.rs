//! What the station will have, what it stands, and the rules.

use facts::{Asked, LossAsked, breaches, losses, rule_check, stocks};
use rules::{Breach, Rule};
use serde_json::{Value, json};
use timeline::Duration;

use crate::problem::Problem;
use crate::route::Question;

/// A forecast as it was asked for.
pub(crate) fn asked_forecast(asked: &Question<'_>) -> Result<Asked, Problem> {
    let query = asked.query;
    Ok(Asked {
        from: query.time("from"),
        to: query.time("to"),
        as_of: query.time("as_of"),
        crew: query.whole("crew"),
        without: query.texts("without"),
        fail: query.texts("fail"),
        set: query.texts("set"),
        slip: query.texts("slip"),
    })
}

pub(crate) fn forecast(asked: &Question<'_>) -> Result<Value, Problem> {
    let book = &asked.app.book;
    let scenario = asked_forecast(asked)?.scenario(book, asked.now)?;
    facts::bounded(scenario.span, LONGEST_DAYS)?;
    Ok(stocks::stocks(book, &scenario)?.margins())
}

/// What flows at a moment: of the record's counts before its end, of the forecast after.
pub(crate) fn flows(asked: &Question<'_>) -> Result<Value, Problem> {
    let book = &asked.app.book;
    let at = asked.query.time("at").unwrap_or(book.about.known_until.min(asked.now));
    let question = asked_forecast(asked)?;
    let last = question.as_of.unwrap_or(book.about.known_until).min(book.about.known_until);
    let span = Asked { from: Some(at.min(last)), to: Some(at.max(last) + Duration::DAY), ..question };
    let scenario = span.scenario(book, asked.now)?;
    facts::bounded(scenario.span, LONGEST_DAYS)?;
    Ok(facts::flows::flows(book, &scenario, at)?)
}

/// Nobody plans further; and every day costs.
const LONGEST_DAYS: f64 = 11_000.0;

pub(crate) fn losses(asked: &Question<'_>) -> Result<Value, Problem> {
    let (book, query) = (&asked.app.book, asked.query);
    let when = LossAsked {
        from: query.time("from"),
        to: query.time("to"),
        as_of: query.time("as_of"),
        slip: query.texts("slip"),
    };
    let question = when.question(book, asked.now)?;
    facts::bounded(question.span, LONGEST_DAYS)?;
    let losses = losses::losses(book, &question, None)?;
    let mut json = losses.json();
    if let Some(fields) = json.as_object_mut() {
        fields.insert("statement".to_owned(), json!(losses.statement()));
    }
    Ok(json)
}

pub(crate) fn findings(asked: &Question<'_>) -> Result<Value, Problem> {
    let (book, query) = (&asked.app.book, asked.query);
    let (from, to, slip) = (query.time("from"), query.time("to"), query.texts("slip"));
    let span = match slip.is_empty() {
        true => rule_check::usual_span(book, from, to)?,
        false => rule_check::span_ahead(book, from, to)?,
    };
    let checker = rule_check::checker(book, span, None, &slip)?;
    let wanted = query.text("severity");
    let all = checker.breaches().into_iter();
    let all = all.filter(|breach| wanted.is_none_or(|wanted| breach.severity.word() == wanted));
    let titled = |breach: &Breach| {
        let mut one = breaches::json(breach);
        let rule = checker.rules().find(|rule| rule.written().id == breach.rule);
        if let Some(fields) = one.as_object_mut() {
            fields.insert("title".to_owned(), json!(rule.map(|rule| &rule.written().title)));
        }
        one
    };
    Ok(all.map(titled).collect())
}

pub(crate) fn rules(asked: &Question<'_>) -> Result<Value, Problem> {
    let (book, query) = (&asked.app.book, asked.query);
    if !query.has("from") && !query.has("to") {
        let lexicon = scene::lexicon(book);
        let rules = scene::rules(book, &lexicon).0;
        return Ok(rules.iter().map(|rule| one(rule, None, 0, None)).collect());
    }
    let span = rule_check::usual_span(book, query.time("from"), query.time("to"))?;
    let checker = rule_check::checker(book, span, None, &[])?;
    let (broken, unjudged) = (checker.breaches(), checker.unjudged());
    let told = |rule: &Rule| {
        let id = &rule.written().id;
        let count = broken.iter().filter(|breach| breach.rule == *id).count();
        let why = unjudged.iter().find(|one| one.rule == *id).map(|one| one.why.to_string());
        let standing = match (count, &why) {
            (0, Some(_)) => "unjudged",
            (0, None) => "kept",
            _ => "broken",
        };
        one(rule, Some(standing), count, why.as_deref())
    };
    Ok(checker.rules().map(told).collect())
}

fn one(rule: &Rule, standing: Option<&str>, breaches: usize, why: Option<&str>) -> Value {
    let written = rule.written();
    json!({
        "id": written.id,
        "title": written.title,
        "severity": written.severity.word(),
        "owner": written.owner,
        "text": written.text,
        "source": written.source,
        "rationale": written.rationale,
        "file": written.place.file,
        "line": written.place.line,
        "standing": standing,
        "breaches": standing.map(|_| breaches),
        "why": why,
    })
}
