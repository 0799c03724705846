//! A plan as JSON and back: what one program writes another reads.

use std::fmt::Display;
use std::str::FromStr;

use record::Word;
use serde_json::{Map, Value, json};
use thiserror::Error;
use timeline::{Interval, Time};

use crate::{Activity, ActivityId, Demand, Hold, Origin, Plan, Progress, Task};

/// Why a text is not a plan.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum PlanTextError {
    /// It is not JSON.
    #[error("line {line}, column {column}: {what}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// In the words of the reader.
        what: String,
    },
    /// Something in it is missing or cannot be read.
    #[error("{at}: expected {expected}, found {found}")]
    Field {
        /// Where, such as `activities[3].start`.
        at: String,
        /// What should be there.
        expected: String,
        /// What is there.
        found: String,
    },
    /// Two activities have one id.
    #[error("`{0}` stands in the plan twice")]
    Twice(ActivityId),
}

/// A plan as JSON: times in UTC, lengths in minutes; [`read_json`] reads it back unchanged.
#[must_use]
pub fn to_json(plan: &Plan) -> Value {
    let crew: Vec<Value> = plan
        .crew
        .iter()
        .map(|(person, aboard)| {
            json!({"person": person.as_str(), "from": text(aboard.start()), "to": text(aboard.end())})
        })
        .collect();
    let activities: Vec<Value> =
        plan.activities.iter().map(|(id, activity)| activity_to_json(id, activity)).collect();
    let tasks: Vec<Value> = plan
        .task_list
        .iter()
        .map(|task| json!({"request": task.request.as_str(), "title": task.title, "minutes": task.minutes}))
        .collect();
    json!({
        "title": plan.title,
        "level": plan.level.word(),
        "from": text(plan.span.start()),
        "to": text(plan.span.end()),
        "crew": crew,
        "activities": activities,
        "task_list": tasks,
    })
}

fn text(time: Time) -> String {
    time.to_string()
}

/// One activity as it stands in the JSON of a plan.
#[must_use]
pub fn activity_to_json(id: &ActivityId, activity: &Activity) -> Value {
    let mut json = Map::new();
    let mut put = |name: &str, value: Value| json.insert(name.to_owned(), value);
    put("id", id.as_str().into());
    put("title", activity.title.clone().into());
    match &activity.origin {
        Origin::Request(request) => put("request", request.as_str().into()),
        Origin::Block(block) => put("block", block.as_str().into()),
        Origin::Added => None,
    };
    put("partner", activity.partner.as_ref().map_or(Value::Null, |partner| partner.as_str().into()));
    put("kind", activity.kind.as_str().into());
    put("start", text(activity.start).into());
    put("end", text(activity.end).into());
    put("crew", activity.crew.iter().map(|person| Value::from(person.as_str())).collect());
    put("element", activity.element.as_ref().map_or(Value::Null, |element| element.as_str().into()));
    let uses = activity.uses.iter();
    put(
        "uses",
        uses.map(|used| json!({"resource": used.resource.as_str(), "amount": used.amount})).collect(),
    );
    put("hold", activity.hold.word().into());
    let progress = match &activity.progress {
        Progress::Planned => json!({"state": "planned"}),
        Progress::Started(at) => json!({"state": "started", "at": text(*at)}),
        Progress::Done(was) => json!({"state": "done", "start": text(was.start()), "end": text(was.end())}),
        Progress::Skipped(why) => json!({"state": "skipped", "reason": why}),
    };
    put("progress", progress);
    put("notes", activity.notes.clone().into());
    Value::Object(json)
}

/// Reads a plan that [`to_json`] wrote, or that has at least what it needs; other fields are let pass, since what a planner prints has
/// more than the plan.
///
/// # Errors
/// When the text is no JSON, or something in it is missing or cannot be read: the first such thing.
pub fn read_json(text: &str) -> Result<Plan, PlanTextError> {
    let value = value(text)?;
    let root = At { path: String::new(), value: &value };
    let mut plan =
        Plan::empty(root.field("title").text()?, root.word("level")?, root.interval("from", "to")?);
    for member in root.field("crew").list()? {
        plan.crew.insert(member.field("person").parsed("a person")?, member.interval("from", "to")?);
    }
    for one in root.field("activities").list()? {
        let id: ActivityId = one.field("id").parsed("an id without blanks")?;
        if plan.activities.insert(id.clone(), activity(&one)?).is_some() {
            return Err(PlanTextError::Twice(id));
        }
    }
    for task in root.field("task_list").maybe_list()? {
        plan.task_list.push(Task {
            request: task.field("request").parsed("a request")?,
            title: task.field("title").text()?,
            minutes: task.field("minutes").count()?,
        });
    }
    Ok(plan)
}

pub(crate) fn value(text: &str) -> Result<Value, PlanTextError> {
    serde_json::from_str(text).map_err(|error| PlanTextError::Json {
        line: error.line(),
        column: error.column(),
        what: error.to_string(),
    })
}

pub(crate) fn activity(one: &At<'_>) -> Result<Activity, PlanTextError> {
    let origin = if one.field("request").is_there() {
        Origin::Request(one.field("request").parsed("a request")?)
    } else if one.field("block").is_there() {
        Origin::Block(one.field("block").parsed("a block")?)
    } else {
        Origin::Added
    };
    let crew = one.field("crew").list()?;
    let mut uses = Vec::new();
    for used in one.field("uses").maybe_list()? {
        uses.push(Demand {
            resource: used.field("resource").parsed("a resource")?,
            amount: used.field("amount").count()?,
        });
    }
    Ok(Activity {
        title: one.field("title").text()?,
        origin,
        partner: one.field("partner").maybe_parsed("a partner")?,
        kind: one.field("kind").parsed("a kind of activity")?,
        start: one.field("start").parsed(A_TIME)?,
        end: one.field("end").parsed(A_TIME)?,
        crew: crew.iter().map(|person| person.parsed("a person")).collect::<Result<_, _>>()?,
        element: one.field("element").maybe_parsed("an element")?,
        uses,
        hold: if one.field("hold").is_there() { one.word("hold")? } else { Hold::Free },
        progress: progress(&one.field("progress"))?,
        notes: if one.field("notes").is_there() { one.field("notes").text()? } else { String::new() },
    })
}

fn progress(at: &At<'_>) -> Result<Progress, PlanTextError> {
    if !at.is_there() {
        return Ok(Progress::Planned);
    }
    let state = at.field("state");
    Ok(match state.text()?.as_str() {
        "planned" => Progress::Planned,
        "started" => Progress::Started(at.field("at").parsed(A_TIME)?),
        "done" => Progress::Done(at.interval("start", "end")?),
        "skipped" => Progress::Skipped(at.field("reason").text()?),
        _ => return Err(state.wrong("planned, started, done or skipped")),
    })
}

pub(crate) const A_TIME: &str = "a time such as \"2026-06-01T08:15:00Z\"";

/// A value and where it stands.
pub(crate) struct At<'a> {
    pub(crate) path: String,
    pub(crate) value: &'a Value,
}

impl<'a> At<'a> {
    pub(crate) fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        At { path, value: self.value.get(name).unwrap_or(&Value::Null) }
    }

    pub(crate) fn is_there(&self) -> bool {
        !self.value.is_null()
    }

    pub(crate) fn wrong(&self, expected: impl Display) -> PlanTextError {
        const SHOWN: usize = 40;
        let mut found: String = self.value.to_string().chars().take(SHOWN).collect();
        if self.value.is_null() {
            "nothing".clone_into(&mut found);
        }
        PlanTextError::Field { at: self.path.clone(), expected: expected.to_string(), found }
    }

    pub(crate) fn text(&self) -> Result<String, PlanTextError> {
        self.value.as_str().map(str::to_owned).ok_or_else(|| self.wrong("a text"))
    }

    pub(crate) fn parsed<T: FromStr>(&self, expected: &str) -> Result<T, PlanTextError> {
        self.value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| self.wrong(expected))
    }

    fn maybe_parsed<T: FromStr>(&self, expected: &str) -> Result<Option<T>, PlanTextError> {
        if self.is_there() { self.parsed(expected).map(Some) } else { Ok(None) }
    }

    fn word<W: Word>(&self, name: &str) -> Result<W, PlanTextError> {
        let field = self.field(name);
        let words: Vec<&str> = W::ALL.iter().map(|word| word.word()).collect();
        field.value.as_str().and_then(W::from_word).ok_or_else(|| field.wrong(words.join(" or ")))
    }

    fn count(&self) -> Result<u32, PlanTextError> {
        let count = self.value.as_u64().and_then(|count| u32::try_from(count).ok());
        count.ok_or_else(|| self.wrong("a whole number"))
    }

    pub(crate) fn list(&self) -> Result<Vec<At<'a>>, PlanTextError> {
        let items = self.value.as_array().ok_or_else(|| self.wrong("a list"))?;
        let item = |(at, value)| At { path: format!("{}[{at}]", self.path), value };
        Ok(items.iter().enumerate().map(item).collect())
    }

    pub(crate) fn maybe_list(&self) -> Result<Vec<At<'a>>, PlanTextError> {
        if self.is_there() { self.list() } else { Ok(Vec::new()) }
    }

    pub(crate) fn interval(&self, from: &str, to: &str) -> Result<Interval, PlanTextError> {
        let start: Time = self.field(from).parsed(A_TIME)?;
        let end = self.field(to).parsed(A_TIME)?;
        Interval::new(start, end).ok_or_else(|| self.field(to).wrong(format!("a time after `{from}`")))
    }
}
