//! Single losses before and after: which the station stands.

use std::collections::BTreeMap;

use risk::{Consequence, Losses, Verdict};
use serde_json::{Value, json};
use timeline::{Duration, Time};

use crate::text::stamp;

/// A loss that the station stands otherwise than before.
#[derive(Clone, PartialEq, Debug)]
pub struct LossChanged {
    /// What kind of loss: `lost`, `slipped`, `grounded`, `unfit`, `failed`, `dark`, `loop-lost`.
    pub kind: &'static str,
    /// Of how many days it is, where it is of days.
    pub days: Option<i64>,
    /// The flight, process, channel or loop.
    pub subject: String,
    /// As it was; nothing where it could not happen.
    pub before: Option<LossOutcome>,
    /// As it is; nothing where it cannot happen.
    pub after: Option<LossOutcome>,
}

/// How the station stands a loss.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LossOutcome {
    /// The verdict when the book's policy is followed.
    pub verdict: Verdict,
    /// The first rule broken if nothing were done, when.
    pub first_breach: Option<Time>,
    /// When nobody is left.
    pub nobody_left: Option<Time>,
}

type Key = (&'static str, Option<i64>, String);

impl LossOutcome {
    fn of(consequence: &Consequence) -> Self {
        Self {
            verdict: consequence.verdict,
            first_breach: consequence.first().map(|breach| breach.at),
            nobody_left: consequence.ends.as_ref().map(|end| end.0),
        }
    }

    fn to_json(self) -> Value {
        json!({
            "verdict": self.verdict.word(),
            "first_breach": self.first_breach.map(stamp),
            "nobody_left": self.nobody_left.map(stamp),
        })
    }
}

/// So much later or earlier the presence ends before a loss is told as another.
const NOTABLY: Duration = Duration::DAY;

impl LossChanged {
    pub(crate) fn between(before: &Losses, after: &Losses) -> Vec<Self> {
        let [was, is] = [before, after].map(outcomes);
        let keys = is.keys().chain(was.keys().filter(|key| !is.contains_key(*key)));
        let one = |key: &Key| Self {
            kind: key.0,
            days: key.1,
            subject: key.2.clone(),
            before: was.get(key).copied(),
            after: is.get(key).copied(),
        };
        let mut all: Vec<Self> = keys.map(one).filter(Self::differs).collect();
        let verdict = |one: &Option<LossOutcome>| one.map_or(Verdict::Secure, |one| one.verdict);
        all.sort_by_key(|one| {
            let worst = (verdict(&one.after), verdict(&one.before));
            (std::cmp::Reverse(worst), one.kind, one.days, one.subject.clone())
        });
        all
    }

    /// Critical after and not before.
    #[must_use]
    pub fn is_newly_critical(&self) -> bool {
        is_critical(&self.after) && !is_critical(&self.before)
    }

    /// Critical before and not after.
    #[must_use]
    pub fn is_no_longer_critical(&self) -> bool {
        is_critical(&self.before) && !is_critical(&self.after)
    }

    /// A loss that nobody has to fear, before or after, is none of interest.
    fn differs(&self) -> bool {
        let verdict = |one: &Option<LossOutcome>| one.map_or(Verdict::Secure, |one| one.verdict);
        let ends = |one: &Option<LossOutcome>| one.and_then(|one| one.nobody_left);
        let is_moved = match (ends(&self.before), ends(&self.after)) {
            (Some(was), Some(is)) => (was - is).abs() >= NOTABLY,
            (was, is) => was.is_some() != is.is_some(),
        };
        verdict(&self.before) != verdict(&self.after) || is_moved
    }

    /// `{loss, days, of, became, before: {verdict, first_breach, nobody_left}, after}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let became = match (self.is_newly_critical(), self.is_no_longer_critical()) {
            (true, _) => "newly critical",
            (_, true) => "no longer critical",
            _ => "otherwise critical",
        };
        json!({
            "loss": self.kind,
            "days": self.days,
            "of": self.subject,
            "became": became,
            "before": self.before.map(LossOutcome::to_json),
            "after": self.after.map(LossOutcome::to_json),
        })
    }
}

/// A rule is broken by it, or the presence ends.
fn is_critical(outcome: &Option<LossOutcome>) -> bool {
    outcome.is_some_and(|one| one.verdict > Verdict::Secure)
}

fn outcomes(losses: &Losses) -> BTreeMap<Key, LossOutcome> {
    let one = |(loss, consequence): &(risk::Loss, Consequence)| {
        ((loss.kind.word(), loss.kind.days(), loss.subject.clone()), LossOutcome::of(consequence))
    };
    losses.losses.iter().map(one).collect()
}
