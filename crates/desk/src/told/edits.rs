//! What a request asks for, told edit by edit and field by field.

use std::collections::{BTreeMap, BTreeSet};

use change::{BlockEdit, Change, Content, Form, Header, ProductEdit};
use plan::{Activity, Demand, Progress, activity_to_json};
use serde_json::{Value, json};

/// One thing that changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EditLine {
    /// Where: a plan, or a file of the book.
    pub of: String,
    /// Which activity or record.
    pub what: String,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Its fields that are otherwise; of what is new or gone, those that tell it from others.
    pub fields: Vec<Field>,
}

record::words! {
    /// What becomes of a thing.
    pub enum Becomes {
        /// It was not there.
        New = "new",
        /// It is not there any more.
        Gone = "gone",
        /// It is there, otherwise.
        Otherwise = "otherwise",
    }
}

/// One field before and after, as text; nothing on a side where it is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Which.
    pub name: String,
    /// As it was.
    pub before: Option<String>,
    /// As it is to be.
    pub after: Option<String>,
}

/// All that changes, in order.
#[must_use]
pub fn lines(content: &Content) -> Vec<EditLine> {
    let mut lines = Vec::new();
    for (id, edit) in &content.products {
        of_plan(id.as_str(), edit, &mut lines);
    }
    for (path, edits) in &content.files {
        lines.extend(edits.iter().map(|edit| of_block(path, edit)));
    }
    lines
}

fn of_plan(id: &str, edit: &ProductEdit, lines: &mut Vec<EditLine>) {
    if let Some(header) = &edit.header {
        lines.push(EditLine {
            of: id.to_owned(),
            what: "the plan itself".to_owned(),
            becomes: becomes(header),
            fields: differing(header, |header| of_header(header, edit.activities.len())),
        });
        if header.before.is_none() {
            return;
        }
    }
    for (activity, change) in &edit.activities {
        lines.push(EditLine {
            of: id.to_owned(),
            what: activity.to_string(),
            becomes: becomes(change),
            fields: differing(change, of_activity),
        });
    }
}

const fn becomes<T>(change: &Change<T>) -> Becomes {
    match (&change.before, &change.after) {
        (None, _) => Becomes::New,
        (_, None) => Becomes::Gone,
        _ => Becomes::Otherwise,
    }
}

type Fields = BTreeMap<&'static str, String>;

/// The fields that differ, in order of name; with one side alone, all that are not empty.
fn differing<T>(change: &Change<T>, fields: impl Fn(&T) -> Fields) -> Vec<Field> {
    let sides = [&change.before, &change.after].map(|side| side.as_ref().map(&fields).unwrap_or_default());
    let names: BTreeSet<&str> = sides.iter().flat_map(|side| side.keys().copied()).collect();
    let field = |name: &str| {
        let [before, after] = sides.each_ref().map(|side| side.get(name).cloned());
        Field { name: name.to_owned(), before, after }
    };
    names.into_iter().map(field).filter(|field| field.before != field.after).collect()
}

fn of_header(header: &Header, activities: usize) -> Fields {
    let plan = header.plan();
    let crew: Vec<&str> = plan.crew.keys().map(record::PersonId::as_str).collect();
    let tasks: Vec<&str> = plan.task_list.iter().map(|task| task.request.as_str()).collect();
    Fields::from([
        ("title", plan.title.clone()),
        ("span", format!("{} to {}", plan.span.start().gmt(), plan.span.end().gmt())),
        ("crew", crew.join(", ")),
        ("task list", tasks.join(", ")),
        ("activities", activities.to_string()),
    ])
}

fn of_activity(activity: &Activity) -> Fields {
    let json = activity_to_json(&activity_id(), activity);
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    let origin = |name: &str| json.get(name).and_then(Value::as_str).map(|id| format!("{name} {id}"));
    let uses = |demand: &Demand| format!("{} {}", demand.amount, demand.resource);
    let mut fields = Fields::from([
        ("time", format!("{} to {}", activity.start.gmt(), activity.end.gmt())),
        ("crew", activity.crew.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ("title", activity.title.clone()),
        ("partner", text("partner")),
        ("kind", activity.kind.to_string()),
        ("element", text("element")),
        ("uses", activity.uses.iter().map(uses).collect::<Vec<_>>().join(", ")),
        ("hold", text("hold")),
        ("progress", progress(&activity.progress)),
        ("notes", activity.notes.clone()),
        ("asked by", origin("request").or_else(|| origin("block")).unwrap_or_default()),
    ]);
    fields.retain(|_, value| !value.is_empty());
    fields
}

/// The id is told beside the fields.
fn activity_id() -> plan::ActivityId {
    const ANY: &str = "any";
    ANY.parse().unwrap_or_else(|_| unreachable!("`{ANY}` is an id"))
}

fn progress(progress: &Progress) -> String {
    match progress {
        Progress::Planned => "planned".to_owned(),
        Progress::Started(at) => format!("begun {}", at.gmt()),
        Progress::Done(was) => format!("done {} to {}", was.start().gmt(), was.end().gmt()),
        Progress::Skipped(why) => format!("not done: {why}"),
    }
}

fn of_block(path: &str, edit: &BlockEdit) -> EditLine {
    let sides = [&edit.text.before, &edit.text.after]
        .map(|side| side.as_deref().map(|text| written(&edit.form, text)).unwrap_or_default());
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in sides.iter().flatten() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let value = |side: &[(String, String)], name: &String| {
        side.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone())
    };
    let field = |name: &String| Field {
        name: name.clone(),
        before: value(&sides[0], name),
        after: value(&sides[1], name),
    };
    let fields: Vec<Field> =
        names.iter().map(|name| field(name)).filter(|field| field.before != field.after).collect();
    let named =
        sides.iter().flatten().find(|(name, _)| name == "id").or_else(|| sides.iter().flatten().next());
    EditLine {
        of: path.to_owned(),
        what: named.map(|(_, value)| value.trim_matches('"').to_owned()).unwrap_or_default(),
        becomes: becomes(&edit.text),
        fields,
    }
}

/// A block of a file as names and values: the columns of a row, the lines of a table. What is neither stands under its own text.
fn written(form: &Form, text: &str) -> Vec<(String, String)> {
    if let Form::Row { header } = form {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let names = header.split(',').map(|name| name.trim().to_owned());
        let row = reader.records().next().and_then(Result::ok).unwrap_or_default();
        let values = row.iter().map(str::to_owned);
        return names.zip(values).filter(|(_, value)| !value.is_empty()).collect();
    }
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('[')) {
        match line.split_once('=') {
            Some((name, value)) if is_name(name.trim()) => {
                found.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            // A value that goes over lines.
            _ => match found.last_mut() {
                Some((_, value)) => *value = format!("{value} {line}"),
                None => found.push((line.to_owned(), String::new())),
            },
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

impl EditLine {
    /// In one line: what becomes of it, and its fields.
    #[must_use]
    pub fn how(&self) -> String {
        use record::Word as _;
        let fields: Vec<String> = self.fields.iter().map(Field::sentence).collect();
        match self.becomes {
            Becomes::Otherwise => fields.join("; "),
            other => format!("{}: {}", other.word(), fields.join("; ")),
        }
    }

    /// `{of, what, how, becomes, fields: [{field, before, after}]}`, texts all.
    #[must_use]
    pub fn to_json(&self) -> Value {
        use record::Word as _;
        let field =
            |field: &Field| json!({"field": field.name, "before": field.before, "after": field.after});
        json!({
            "of": self.of,
            "what": self.what,
            "how": self.how(),
            "becomes": self.becomes.word(),
            "fields": self.fields.iter().map(field).collect::<Vec<_>>(),
        })
    }
}

impl Field {
    /// `time: … → …`, or what is alone there.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!("{}: {before} → {after}", self.name),
            (Some(before), None) => format!("{}: {before} → nothing", self.name),
            (None, Some(after)) => format!("{}: {after}", self.name),
            (None, None) => self.name.clone(),
        }
    }
}
