//! What is written otherwise in a book: its rules, and the parts that partners have of pools.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use record::{PartnerId, PoolId, Share, Word as _};
use serde_json::{Value, json};

use crate::text::round;

/// A rule of the book that is new, gone or otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleChanged {
    /// Which.
    pub rule: String,
    /// What it said; nothing where it was not there.
    pub before: Option<String>,
    /// What it says; nothing where it is gone.
    pub after: Option<String>,
}

/// A partner's agreed part of a pool that is another than before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartMoved {
    /// Which pool.
    pub pool: PoolId,
    /// Whose part.
    pub partner: PartnerId,
    /// As it was; nothing where there was none.
    pub before: Option<Share>,
    /// As it is; nothing where there is none.
    pub after: Option<Share>,
}

impl RuleChanged {
    pub(crate) fn between(before: &Book, after: &Book) -> Vec<Self> {
        let [was, is] = [before, after].map(rules);
        let ids: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        let changed =
            |id: &String| Self { rule: id.clone(), before: was.get(id).cloned(), after: is.get(id).cloned() };
        ids.into_iter().map(changed).filter(|one| one.before != one.after).collect()
    }

    /// `{rule, before, after}`, the rule's severity and text.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"rule": self.rule, "before": self.before, "after": self.after})
    }
}

fn rules(book: &Book) -> BTreeMap<String, String> {
    let written =
        |rule: &book::Rule| (rule.id.to_string(), format!("{}: {}", rule.severity.word(), rule.rule.text));
    book.rules.iter().map(|rule| written(rule)).collect()
}

impl PartMoved {
    pub(crate) fn between(before: &Book, after: &Book) -> Vec<Self> {
        let [was, is] = [before, after].map(parts);
        let keys: BTreeSet<&(PoolId, PartnerId)> = was.keys().chain(is.keys()).collect();
        let moved = |key: &(PoolId, PartnerId)| Self {
            pool: key.0.clone(),
            partner: key.1.clone(),
            before: was.get(key).copied(),
            after: is.get(key).copied(),
        };
        keys.into_iter().map(moved).filter(|one| one.before != one.after).collect()
    }

    /// `{pool, partner, before_pct, after_pct}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let percent = |share: Option<Share>| share.map(|share| round(share.percent(), 4));
        json!({
            "pool": self.pool.as_str(),
            "partner": self.partner.as_str(),
            "before_pct": percent(self.before),
            "after_pct": percent(self.after),
        })
    }
}

fn parts(book: &Book) -> BTreeMap<(PoolId, PartnerId), Share> {
    let of_pool = |pool: &partnership::Pool| {
        let id = pool.id.clone();
        pool.parts
            .iter()
            .map(move |part| ((id.clone(), part.partner.clone()), part.share))
            .collect::<Vec<_>>()
    };
    book.pools.iter().flat_map(|pool| of_pool(pool)).collect()
}
