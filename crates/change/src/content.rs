use std::collections::{BTreeMap, BTreeSet};

use plan::{Activity, ActivityId, Plan};
use record::ProductId;

use crate::blocks::{Form, blocks_between};
use crate::{ContentError, Products};

/// What the edits of a change request hold: of everything that changes, what it was and what it is to be.
///
/// It is evidence complete in itself: what it touches is read from it, not from what its author says of it, and an edit whose `before` is
/// not what stands in the baseline has no effect.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Content {
    /// Plans.
    pub products: BTreeMap<ProductId, ProductEdit>,
    /// Files of the book, by path.
    pub files: BTreeMap<String, Vec<BlockEdit>>,
}

/// What a thing was and what it is to be; nothing on a side where it is not there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Change<T> {
    /// As it was.
    pub before: Option<T>,
    /// As it is to be.
    pub after: Option<T>,
}

/// The changes of one plan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProductEdit {
    /// Of the plan itself: title, level, span, who is aboard, what has no time. Nothing when that stays.
    pub header: Option<Change<Header>>,
    /// Of its activities.
    pub activities: BTreeMap<ActivityId, Change<Activity>>,
}

/// A plan without its activities.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header(Plan);

/// The change of one block of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BlockEdit {
    /// What kind of block it is.
    pub form: Form,
    /// Its exact text.
    pub text: Change<String>,
}

impl<T> Change<T> {
    /// Both sides that are there, the one before first.
    pub fn sides(&self) -> impl Iterator<Item = &T> {
        self.before.iter().chain(&self.after)
    }
}

impl<T: PartialEq + Clone> Change<T> {
    /// The change from one to the other; nothing when they are the same.
    #[must_use]
    pub fn between(before: Option<&T>, after: Option<&T>) -> Option<Self> {
        (before != after).then(|| Self { before: before.cloned(), after: after.cloned() })
    }
}

impl Header {
    /// That of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self(Plan { activities: BTreeMap::new(), ..plan.clone() })
    }

    /// A plan in which nothing is done yet.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.0
    }
}

impl ProductEdit {
    /// What makes one plan of the other.
    #[must_use]
    pub fn between(before: Option<&Plan>, after: Option<&Plan>) -> Self {
        let header = Change::between(before.map(Header::of).as_ref(), after.map(Header::of).as_ref());
        let ids: BTreeSet<&ActivityId> =
            before.into_iter().chain(after).flat_map(|plan| plan.activities.keys()).collect();
        let of =
            |plan: Option<&Plan>, id: &ActivityId| plan.and_then(|plan| plan.activities.get(id)).cloned();
        let changed = |id: &ActivityId| {
            Some((id.clone(), Change::between(of(before, id).as_ref(), of(after, id).as_ref())?))
        };
        Self { header, activities: ids.into_iter().filter_map(changed).collect() }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_none() && self.activities.is_empty()
    }
}

impl Content {
    /// What makes one state of plans and book of the other. New blocks of a file come to its end, wherever they stand in `after`; blank
    /// lines between blocks do not count.
    ///
    /// # Errors
    /// When the two are the same, or what differs is more than a request can hold or cannot be written.
    pub fn between(before: &Products, after: &Products) -> Result<Self, ContentError> {
        let mut content = Self::default();
        let ids: BTreeSet<&ProductId> = before.plans.keys().chain(after.plans.keys()).collect();
        for id in ids {
            let edit = ProductEdit::between(before.plans.get(id), after.plans.get(id));
            if !edit.is_empty() {
                content.products.insert(id.clone(), edit);
            }
        }
        let paths: BTreeSet<&String> = before.files.keys().chain(after.files.keys()).collect();
        for path in paths {
            let side = |products: &Products| products.files.get(path).cloned();
            let edits = blocks_between(path, side(before).as_deref(), side(after).as_deref());
            if !edits.is_empty() {
                content.files.insert(path.clone(), edits);
            }
        }
        content.to_bytes()?;
        Ok(content)
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.products.is_empty() && self.files.is_empty()
    }
}
