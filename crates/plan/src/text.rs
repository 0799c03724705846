//! A plan as JSON and back: what one program writes another reads.

use std::collections::BTreeSet;
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

/// A plan as JSON: times in UTC, lengths in minutes; [`read_json`] reads it back unchanged if it begins before it ends throughout, and in
/// the years 1708 to 2291.
#[must_use]
pub fn to_json(plan: &Plan) -> Value {
    let crew: Vec<Value> = plan
        .crew
        .iter()
        .map(|(person, aboard)| {
            json!({"person": person.as_str(), "from": open(aboard.start()), "to": open(aboard.end())})
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

/// Nothing where a stay has no known end.
fn open(time: Time) -> Value {
    if [Time::MIN, Time::MAX].contains(&time) { Value::Null } else { text(time).into() }
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
/// ```
/// use plan::{read_json, to_json};
/// let text = r#"{"title": "Week 23", "level": "week", "from": "2026-06-01", "to": "2026-06-08", "crew": [], "activities": []}"#;
/// let plan = read_json(text)?;
/// assert_eq!(read_json(&to_json(&plan).to_string())?, plan);
/// let wrong = read_json(&text.replace("\"2026-06-08\"", "8")).unwrap_err();
/// assert_eq!(wrong.to_string(), "to: expected a time such as \"2026-06-01T08:15:00Z\", found 8");
/// # Ok::<(), plan::PlanTextError>(())
/// ```
///
/// # Errors
/// When the text is no JSON, or something in it is missing or cannot be read: the first such thing.
pub fn read_json(text: &str) -> Result<Plan, PlanTextError> {
    let value: Value = serde_json::from_str(text).map_err(|error| PlanTextError::Json {
        line: error.line(),
        column: error.column(),
        what: without_place(&error.to_string()).to_owned(),
    })?;
    plan_from_json(&value)
}

/// The same from JSON that has been read.
///
/// # Errors
/// When something in it is missing or cannot be read: the first such thing.
pub fn plan_from_json(value: &Value) -> Result<Plan, PlanTextError> {
    let root = At { path: String::new(), value };
    let mut plan =
        Plan::empty(root.field("title").text()?, root.word("level")?, root.interval("from", "to")?);
    for member in root.field("crew").list()? {
        let person = member.field("person");
        if plan.crew.insert(person.parsed("a person")?, member.aboard()?).is_some() {
            return Err(person.wrong("somebody who does not stand here already"));
        }
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

/// Reads one activity that [`activity_to_json`] wrote, with its id.
///
/// # Errors
/// When something in it is missing or cannot be read: the first such thing.
pub fn activity_from_json(value: &Value) -> Result<(ActivityId, Activity), PlanTextError> {
    let root = At { path: String::new(), value };
    Ok((root.field("id").parsed("an id without blanks")?, activity(&root)?))
}

/// What `serde_json` says without the line and column that it adds.
fn without_place(said: &str) -> &str {
    said.rsplit_once(" at line ").map_or(said, |(what, _)| what)
}

pub(crate) fn activity(one: &At<'_>) -> Result<Activity, PlanTextError> {
    let mut crew = BTreeSet::new();
    for person in one.field("crew").list()? {
        if !crew.insert(person.parsed("a person")?) {
            return Err(person.wrong("somebody who does not stand here already"));
        }
    }
    let (start, end): (Time, Time) = (one.field("start").parsed(A_TIME)?, one.field("end").parsed(A_TIME)?);
    if end < start {
        return Err(one.field("end").wrong("a time that is not before `start`"));
    }
    let mut uses = Vec::new();
    for used in one.field("uses").maybe_list()? {
        uses.push(Demand {
            resource: used.field("resource").parsed("a resource")?,
            amount: used.field("amount").count()?,
        });
    }
    Ok(Activity {
        title: one.field("title").text()?,
        origin: origin(one)?,
        partner: one.field("partner").maybe_parsed("a partner")?,
        kind: one.field("kind").parsed("a kind of activity")?,
        start,
        end,
        crew,
        element: one.field("element").maybe_parsed("an element")?,
        uses,
        hold: if one.field("hold").is_there() { one.word("hold")? } else { Hold::Free },
        progress: progress(&one.field("progress"))?,
        notes: if one.field("notes").is_there() { one.field("notes").text()? } else { String::new() },
    })
}

fn origin(one: &At<'_>) -> Result<Origin, PlanTextError> {
    let (request, block) = (one.field("request"), one.field("block"));
    match (request.is_there(), block.is_there()) {
        (true, true) => Err(block.wrong("nothing beside `request`")),
        (true, false) => Ok(Origin::Request(request.parsed("a request")?)),
        (false, true) => Ok(Origin::Block(block.parsed("a block")?)),
        (false, false) => Ok(Origin::Added),
    }
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

    fn is_there(&self) -> bool {
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

    /// A stay, of which either end may be open.
    fn aboard(&self) -> Result<Interval, PlanTextError> {
        let start = self.field("from").maybe_parsed(A_TIME)?.unwrap_or(Time::MIN);
        let end = self.field("to").maybe_parsed(A_TIME)?.unwrap_or(Time::MAX);
        Interval::new(start, end).ok_or_else(|| self.field("to").wrong("a time after `from`"))
    }

    pub(crate) fn interval(&self, from: &str, to: &str) -> Result<Interval, PlanTextError> {
        let start: Time = self.field(from).parsed(A_TIME)?;
        let end = self.field(to).parsed(A_TIME)?;
        Interval::new(start, end).ok_or_else(|| self.field(to).wrong(format!("a time after `{from}`")))
    }
}
