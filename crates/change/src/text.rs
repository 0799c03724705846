//! Content as bytes and back: JSON in exactly one form, so that a digest of it means one thing.

use journal::MAX_BLOB_BYTES;
use plan::{ActivityId, Plan, activity_from_json, activity_to_json, plan_from_json, to_json};
use record::ProductId;
use serde_json::{Map, Value, json};
use thiserror::Error;
use timeline::Duration;

use crate::blocks::{Form, is_one};
use crate::{BlockEdit, Change, Content, Header, ProductEdit};

/// Why content cannot be written or read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ContentError {
    /// It changes nothing.
    #[error("nothing changes: a request needs at least one edit")]
    Empty,
    /// It is longer than a request's edits can be.
    #[error(
        "the edits are {length} bytes long, and a request holds {MAX_BLOB_BYTES}: ask for them in several requests"
    )]
    Long {
        /// Bytes.
        length: usize,
    },
    /// It is not JSON of the shape of content.
    #[error("no content of a change request: {at}: {what}")]
    Shape {
        /// Where.
        at: String,
        /// What is wrong there.
        what: String,
    },
    /// It says the same as content in the one form that counts, but in other bytes, or has something more.
    #[error(
        "not in the one form of content: write it again with the program that made it, byte {at} is the first that differs"
    )]
    Form {
        /// The first byte that differs, from 0.
        at: usize,
    },
}

/// What somebody else's request may cost those who look at it is bounded: so many records of one file,
const MOST_BLOCKS: usize = 1_000;
/// so long a plan,
const LONGEST_PLAN: Duration = Duration::from_nanoseconds(732 * Duration::DAY.nanoseconds());
/// so long an activity.
const LONGEST_ACTIVITY: Duration = Duration::from_nanoseconds(62 * Duration::DAY.nanoseconds());

impl Content {
    /// The bytes for the edits of a request: one form, and no other is read.
    ///
    /// # Errors
    /// When it changes nothing, is longer than a request can hold, or has something that would not read back, such as a plan whose end is
    /// before its beginning or a path that is none.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ContentError> {
        let bytes = written(self);
        Self::from_bytes(&bytes).map(|_| bytes)
    }

    /// Reads what [`Content::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ContentError> {
        if bytes.len() > MAX_BLOB_BYTES {
            return Err(ContentError::Long { length: bytes.len() });
        }
        let value: Value =
            serde_json::from_slice(bytes).map_err(|error| shape("the whole", error.to_string()))?;
        let content = read(&value)?;
        if content.is_empty() {
            return Err(ContentError::Empty);
        }
        let canonical = written(&content);
        if canonical != bytes {
            let same = canonical.iter().zip(bytes).take_while(|(one, other)| one == other).count();
            return Err(ContentError::Form { at: same });
        }
        Ok(content)
    }
}

fn written(content: &Content) -> Vec<u8> {
    let products: Vec<Value> = content.products.iter().map(product_json).collect();
    let files: Vec<Value> = content
        .files
        .iter()
        .map(
            |(path, edits)| json!({"file": path, "blocks": edits.iter().map(block_json).collect::<Vec<_>>()}),
        )
        .collect();
    json!({"content": VERSION, "products": products, "files": files}).to_string().into_bytes()
}

/// The first form there is.
const VERSION: u64 = 1;

fn product_json((id, edit): (&ProductId, &ProductEdit)) -> Value {
    let mut json = Map::new();
    json.insert("product".to_owned(), id.as_str().into());
    if let Some(header) = &edit.header {
        json.insert("header".to_owned(), change_json(header, header_json));
    }
    let activities: Vec<Value> = edit
        .activities
        .iter()
        .map(|(id, change)| change_json(change, |activity| activity_to_json(id, activity)))
        .collect();
    json.insert("activities".to_owned(), activities.into());
    Value::Object(json)
}

fn header_json(header: &Header) -> Value {
    let mut json = to_json(header.plan());
    if let Value::Object(fields) = &mut json {
        fields.shift_remove("activities");
    }
    json
}

fn block_json(edit: &BlockEdit) -> Value {
    let mut json = Map::new();
    match &edit.form {
        Form::Table => json.insert("form".to_owned(), "table".into()),
        Form::Whole => json.insert("form".to_owned(), "whole".into()),
        Form::Row { header } => {
            json.insert("form".to_owned(), "row".into());
            json.insert("header".to_owned(), header.as_str().into())
        }
    };
    let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
    json.insert("before".to_owned(), text(&edit.text.before));
    json.insert("after".to_owned(), text(&edit.text.after));
    Value::Object(json)
}

fn change_json<T>(change: &Change<T>, side: impl Fn(&T) -> Value) -> Value {
    let one = |value: &Option<T>| value.as_ref().map_or(Value::Null, &side);
    json!({"before": one(&change.before), "after": one(&change.after)})
}

fn shape(at: &str, what: impl Into<String>) -> ContentError {
    ContentError::Shape { at: at.to_owned(), what: what.into() }
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>, ContentError> {
    value[name].as_array().ok_or_else(|| shape(name, "expected a list"))
}

fn text(value: &Value, name: &str) -> Result<String, ContentError> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| shape(name, "expected a text"))
}

fn read(value: &Value) -> Result<Content, ContentError> {
    if value["content"].as_u64() != Some(VERSION) {
        return Err(shape("content", format!("expected version {VERSION}")));
    }
    let mut content = Content::default();
    for product in list(value, "products")? {
        let id: ProductId = text(product, "product")?
            .parse()
            .map_err(|error: record::IdError| shape("product", error.to_string()))?;
        content.products.insert(id.clone(), product_edit(&id, product)?);
    }
    for file in list(value, "files")? {
        let path = text(file, "file")?;
        if !is_path(&path) {
            return Err(shape("file", format!("`{path}` is no path within a book")));
        }
        let edits: Vec<BlockEdit> = list(file, "blocks")?.iter().map(block_edit).collect::<Result<_, _>>()?;
        if edits.len() > MOST_BLOCKS {
            return Err(shape(
                &path,
                format!("{} records are more than a request may change: {MOST_BLOCKS}", edits.len()),
            ));
        }
        if edits.is_empty() || !edits.windows(2).all(|pair| pair[0] < pair[1]) {
            return Err(shape(&path, "expected blocks in order, each once"));
        }
        content.files.insert(path, edits);
    }
    Ok(content)
}

fn product_edit(id: &ProductId, value: &Value) -> Result<ProductEdit, ContentError> {
    let at = |error: plan::PlanTextError| shape(id.as_str(), error.to_string());
    let mut edit = ProductEdit::default();
    if !value["header"].is_null() {
        edit.header = Some(change(&value["header"], id.as_str(), |side| {
            let mut whole = side.clone();
            let Value::Object(fields) = &mut whole else { return Err(shape(id.as_str(), "expected a plan")) };
            fields.insert("activities".to_owned(), Value::Array(Vec::new()));
            let plan: Plan = plan_from_json(&whole).map_err(at)?;
            if plan.span.duration() > LONGEST_PLAN {
                return Err(shape(id.as_str(), "the plan is longer than two years"));
            }
            Ok(Header::of(&plan))
        })?);
    }
    for one in list(value, "activities")? {
        let mut ids: Vec<ActivityId> = Vec::new();
        let change = change(one, id.as_str(), |side| {
            let (id, activity) = activity_from_json(side).map_err(at)?;
            if activity.length() > LONGEST_ACTIVITY {
                return Err(shape(id.as_str(), "the activity is longer than two months"));
            }
            ids.push(id);
            Ok(activity)
        })?;
        ids.dedup();
        let [of] = ids.as_slice() else {
            return Err(shape(id.as_str(), "an edit is of one activity, under one id"));
        };
        if edit.activities.insert(of.clone(), change).is_some() {
            return Err(shape(id.as_str(), format!("`{of}` is changed twice")));
        }
    }
    if edit.is_empty() {
        return Err(shape(id.as_str(), "changes nothing"));
    }
    Ok(edit)
}

fn block_edit(value: &Value) -> Result<BlockEdit, ContentError> {
    let form = match value["form"].as_str() {
        Some("table") => Form::Table,
        Some("whole") => Form::Whole,
        Some("row") => Form::Row { header: text(value, "header")? },
        _ => return Err(shape("form", "expected table, row or whole")),
    };
    let text = change(value, "blocks", |side| {
        let text = side.as_str().filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| shape("blocks", "expected a text"))?;
        if is_one(&form, text) {
            Ok(text.to_owned())
        } else {
            Err(shape("blocks", "expected exactly one record, whole, with the end of its last line"))
        }
    })?;
    Ok(BlockEdit { form, text })
}

/// A change of which at least one side is there, and the sides differ.
fn change<T: PartialEq>(
    value: &Value,
    at: &str,
    mut side: impl FnMut(&Value) -> Result<T, ContentError>,
) -> Result<Change<T>, ContentError> {
    let mut one = |name: &str| if value[name].is_null() { Ok(None) } else { side(&value[name]).map(Some) };
    let change = Change { before: one("before")?, after: one("after")? };
    if change.before == change.after { Err(shape(at, "before and after are the same")) } else { Ok(change) }
}

/// Whether a text can be the path of a book's file: names joined by `/`, none of which begins with a dot.
fn is_path(path: &str) -> bool {
    const LONGEST: usize = 200;
    let is_name = |name: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !name.is_empty() && !name.starts_with('.') && name.bytes().all(is_plain)
    };
    path.len() <= LONGEST && path.split('/').all(is_name)
}
