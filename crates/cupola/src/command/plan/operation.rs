//! Operations on a plan as people write them: `move ID +30min`.

use std::collections::BTreeSet;

use anyhow::{Context, Result, anyhow, bail, ensure};
use plan::{Activity, ActivityId, Edit, Plan, Progress};
use record::PersonId;
use timeline::{Duration, Interval, Time, did_you_mean};

/// Every verb, and what stands behind it.
pub(crate) const VERBS: [(&str, &str); 12] = [
    ("move", "move ID TIME"),
    ("assign", "assign ID PERSON,…"),
    ("swap", "swap ID ID"),
    ("split", "split ID TIME"),
    ("lock", "lock ID"),
    ("unlock", "unlock ID"),
    ("shift-after", "shift-after TIME +LENGTH [PERSON,…]"),
    ("add", "add JSON"),
    ("remove", "remove ID"),
    ("start", "start ID TIME"),
    ("finish", "finish ID [TIME..]TIME"),
    ("skip", "skip ID REASON"),
];

/// Whether a word alone begins an operation.
pub(crate) fn is_verb(word: &str) -> bool {
    VERBS.iter().any(|(verb, _)| *verb == word)
}

/// Reads an operation; what it says by where things are, it says by where they are in `plan`.
///
/// # Errors
/// When it cannot be understood, or names an activity that the plan does not have.
pub(crate) fn operation(text: &str, plan: &Plan) -> Result<Edit> {
    let (verb, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let Some((_, form)) = VERBS.iter().find(|(known, _)| *known == verb) else {
        let verbs: Vec<&str> = VERBS.iter().map(|(verb, _)| *verb).collect();
        let all = format!("there are {}", verbs.join(", "));
        bail!("`{verb}` is no operation; {}", did_you_mean(verb, verbs.iter().copied(), &all));
    };
    let rest = rest.trim();
    let (id, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let read = match verb {
        "add" => add(rest),
        "shift-after" => shift_after(rest),
        _ if id.is_empty() => Err(anyhow!("an id is missing")),
        _ => of_one(verb, found(plan, &id.parse()?)?, more.trim()),
    };
    read.with_context(|| format!("expected `{form}`"))
}

fn add(json: &str) -> Result<Edit> {
    let activity: serde_json::Value = serde_json::from_str(json)?;
    Ok(plan::edit_from_json(&serde_json::json!({"do": "add", "activity": activity}), "")?)
}

/// What is done to one activity.
fn of_one(verb: &str, (id, activity): (&ActivityId, &Activity), rest: &str) -> Result<Edit> {
    let id = id.clone();
    Ok(match verb {
        "move" => Edit::Move(id, instant(rest, activity.start)?),
        "assign" => Edit::Assign(id, persons(rest)?),
        "swap" => Edit::Swap(id, rest.parse()?),
        "split" => Edit::Split(id, instant(rest, activity.start)?),
        "start" => Edit::Start(id, instant(rest, activity.start)?),
        "finish" => Edit::Finish(id, finished(rest, activity)?),
        "skip" => {
            ensure!(!rest.is_empty(), "a reason is missing");
            Edit::Skip(id, rest.to_owned())
        }
        _ => {
            ensure!(rest.is_empty(), "`{rest}` is too much");
            match verb {
                "lock" => Edit::Lock(id),
                "unlock" => Edit::Unlock(id),
                _ => Edit::Remove(id),
            }
        }
    })
}

/// An activity of the plan.
fn found<'a>(plan: &'a Plan, id: &ActivityId) -> Result<(&'a ActivityId, &'a Activity)> {
    plan.activities.get_key_value(id).with_context(|| unknown(plan, id.as_str()).join("; "))
}

/// What to say of an id that the plan does not have, and what would mend it: the nearest, or those that begin so.
pub(crate) fn unknown(plan: &Plan, id: &str) -> [String; 2] {
    const NAMED: usize = 3;
    let ids = || plan.activities.keys().map(ActivityId::as_str);
    let longer: Vec<&str> = ids().filter(|known| !id.is_empty() && known.starts_with(id)).collect();
    let mend = match longer.as_slice() {
        [] => did_you_mean(id, ids(), "the plan's JSON has them all under `activities`"),
        [one] => format!("did you mean `{one}`?"),
        many => {
            let more = many.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" or one of {more} more") } else { String::new() };
            format!("did you mean {}{more}?", many[..many.len().min(NAMED)].join(", "))
        }
    };
    [format!("the plan has no activity `{id}`"), mend]
}

fn persons(text: &str) -> Result<BTreeSet<PersonId>> {
    let mut crew = BTreeSet::new();
    for person in text.split(',').map(str::trim) {
        let person: PersonId = person.parse().with_context(|| format!("`{person}` is no person"))?;
        ensure!(crew.insert(person.clone()), "`{person}` stands there twice");
    }
    Ok(crew)
}

/// A time, or a length from `base` on.
fn instant(text: &str, base: Time) -> Result<Time> {
    if text.starts_with(['+', '-']) { Ok(base + length(text)?) } else { Ok(text.parse()?) }
}

/// `TIME +LENGTH [PERSON,…]`, where a time may be of two words.
fn shift_after(rest: &str) -> Result<Edit> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let at = words.iter().position(|word| word.starts_with(['+', '-'])).context("a length is missing")?;
    let from: Time = words[..at].join(" ").parse()?;
    let of = match &words[at + 1..] {
        [] => BTreeSet::new(),
        named => persons(&named.join(""))?,
    };
    Ok(Edit::ShiftAfter(from, length(words[at])?, of))
}

/// When it was done. It began when it is known to have begun, or else as planned, unless both ends are said.
fn finished(text: &str, activity: &Activity) -> Result<Interval> {
    let began = match activity.progress {
        Progress::Started(at) => at,
        _ => activity.start,
    };
    let (start, end) = match text.split_once("..") {
        Some((start, end)) => (instant(start.trim(), activity.start)?, instant(end.trim(), activity.end)?),
        None => (began, instant(text, activity.end)?),
    };
    Interval::new(start, end).with_context(|| format!("it would end at {end}, not after it began at {start}"))
}

/// The longest a length may be said: a century, longer than any plan.
const MOST_DAYS: f64 = 36_600.0;

/// `+30min`, `-1h30min`, `+1d`, `+90s`.
fn length(text: &str) -> Result<Duration> {
    let wrong = || format!("`{text}` is no length such as +30min, -1h or +1d");
    let (sign, mut rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1.0, rest),
        Some(("-", rest)) => (-1.0, rest),
        _ => bail!(wrong()),
    };
    ensure!(!rest.is_empty(), wrong());
    let mut days = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').with_context(wrong)?;
        let number: f64 = rest[..digits].parse().with_context(wrong)?;
        let unit = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
        days += number
            * match &rest[digits..unit] {
                "d" => 1.0,
                "h" => 1.0 / 24.0,
                "min" => 1.0 / 1_440.0,
                "s" => 1.0 / 86_400.0,
                _ => bail!(wrong()),
            };
        rest = &rest[unit..];
    }
    ensure!(days <= MOST_DAYS, "`{text}` is longer than any plan");
    // To the second: 1/1440 of a day is no exact number.
    Ok(Duration::SECOND * (sign * days * 86_400.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use timeline::Duration;

    use super::length;

    #[test]
    fn lengths_as_people_write_them() {
        for (text, minutes) in
            [("+30min", 30), ("-1h", -60), ("+1h30min", 90), ("+1d", 1_440), ("+90s", 1), ("-0.5h", -30)]
        {
            let seconds = if text == "+90s" { 30 } else { 0 };
            let expected = Duration::MINUTE * minutes + Duration::SECOND * seconds;
            assert_eq!(length(text).ok(), Some(expected), "{text}");
        }
        for text in ["", "+", "30min", "+30", "+min", "+1..2h", "+3months", "+99999999d", "+é"] {
            assert!(length(text).is_err(), "{text}");
        }
    }
}
