//! What the rules and the shares say of a plan before and after it was changed.

use std::collections::BTreeMap;

use anyhow::Result;
use book::Book;
use plan::{Activity, ActivityId, Plan};
use rules::{Breach, Change, Checker};
use schedule::{PoolShare, Setting};
use serde_json::{Value, json};
use timeline::Severity;

use crate::command::breaches;
use crate::command::orbit::round;
use crate::text::Ink;

/// The rules of a book, held against a plan, kept up to date edit by edit.
pub(crate) struct Judge<'a> {
    setting: Setting<'a>,
    pub(crate) checker: Checker,
}

impl<'a> Judge<'a> {
    /// # Errors
    /// When the plan is another station's, or the orbit over it cannot be told.
    pub(crate) fn of(book: &'a Book, plan: &Plan) -> Result<Self> {
        super::known::same_station(book, plan)?;
        let lexicon = scene::lexicon(book);
        let rules = scene::rules(book, &lexicon).0;
        let scene = super::surroundings(book, plan.span, &rules)?;
        let setting =
            Setting::new(book, plan.level, plan.span, rules, scene, &std::collections::BTreeSet::new());
        let mut scene = setting.scene.clone();
        scene::put_plan(&mut scene, book, plan, &setting.crew);
        let checker = Checker::new(setting.rules.clone(), scene);
        Ok(Self { setting, checker })
    }

    /// What is broken by the plan, the gravest first.
    pub(crate) fn breaches(&self, plan: &Plan) -> Vec<Breach> {
        let all = self.checker.breaches().into_iter();
        all.filter(|breach| schedule::concerns(breach, plan)).cloned().collect()
    }

    /// These activities are now so, or gone.
    pub(crate) fn put(&mut self, activities: &BTreeMap<ActivityId, Option<Activity>>) {
        for (id, activity) in activities {
            let case = activity.as_ref().and_then(|activity| scene::case(self.setting.book, id, activity));
            self.checker.edit(case.map_or_else(|| Change::Remove(id.to_string()), Change::Put));
        }
    }

    /// Every partner's part of every pool.
    pub(crate) fn shares(&self, plan: &Plan) -> Vec<PoolShare> {
        schedule::shares(&self.setting, plan)
    }
}

/// The difference between what was broken before and after.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) newly_broken: Vec<Breach>,
    pub(crate) mended: Vec<Breach>,
    /// Broken before and after by the same and at the same time, but otherwise.
    pub(crate) changed: Vec<(Breach, Breach)>,
}

impl Verdict {
    pub(crate) fn between(before: &[Breach], after: &[Breach]) -> Self {
        let mut gone: Vec<&Breach> = before.iter().filter(|breach| !after.contains(breach)).collect();
        let mut verdict = Self::default();
        for breach in after.iter().filter(|breach| !before.contains(breach)) {
            match gone.iter().position(|was| is_same(was, breach)) {
                Some(at) => verdict.changed.push((gone.remove(at).clone(), breach.clone())),
                None => verdict.newly_broken.push(breach.clone()),
            }
        }
        verdict.mended = gone.into_iter().cloned().collect();
        verdict
    }

    /// Whether a rule that must be kept is broken where it was not, or worse than it was.
    pub(crate) fn breaks_a_must(&self) -> bool {
        let is_must = |breach: &Breach| breach.severity == Severity::Must;
        self.newly_broken.iter().any(is_must)
            || self.changed.iter().any(|(before, after)| is_must(after) && is_worse(before, after))
    }

    pub(crate) fn json(&self) -> Value {
        let list = |breaches: &[Breach]| -> Value { breaches.iter().map(breaches::json).collect() };
        let changed = self.changed.iter().map(|(before, after)| {
            json!({"before": breaches::json(before), "after": breaches::json(after), "worse": is_worse(before, after)})
        });
        json!({
            "breaks_must": self.breaks_a_must(),
            "newly_broken": list(&self.newly_broken),
            "mended": list(&self.mended),
            "changed": changed.collect::<Vec<_>>(),
        })
    }

    pub(crate) fn page(&self, ink: Ink) -> String {
        let mut text = format!(
            "\n{}\n{} newly broken, {} mended, {} broken otherwise than before\n",
            ink.bold("VERDICT"),
            breaches::counted(self.newly_broken.len(), "place"),
            self.mended.len(),
            self.changed.len()
        );
        let mut say = |word: &str, breach: &Breach| {
            let head = format!("{}  {word}", breaches::mark(breach.severity, ink));
            text += &crate::text::ends(&head, &breach.rule);
            text += &breaches::line(breach);
        };
        self.newly_broken.iter().for_each(|breach| say("newly broken", breach));
        for (before, after) in &self.changed {
            say(if is_worse(before, after) { "worse than before" } else { "otherwise than before" }, after);
        }
        self.mended.iter().for_each(|breach| say("mended", breach));
        text
    }
}

/// The same fault before and after: one rule, the same to blame, and times that touch.
fn is_same(before: &Breach, after: &Breach) -> bool {
    before.rule == after.rule
        && before.subjects == after.subjects
        && before.start <= after.end
        && after.start <= before.end
}

/// Further beyond the limit, or longer beyond it.
fn is_worse(before: &Breach, after: &Breach) -> bool {
    const NOTHING: f64 = 1e-9;
    match (before.margin(), after.margin()) {
        (Some(was), Some(is)) if (was - is).abs() > NOTHING => is > was,
        _ => after.end - after.start > before.end - before.start,
    }
}

/// A partner's part of a pool before and after.
pub(crate) struct Moved {
    pub(crate) before: PoolShare,
    pub(crate) after: PoolShare,
}

impl Moved {
    pub(crate) fn between(before: Vec<PoolShare>, after: Vec<PoolShare>) -> Vec<Self> {
        before.into_iter().zip(after).map(|(before, after)| Self { before, after }).collect()
    }

    /// By how many points of a hundred; nothing where there is no crew time before or after.
    fn points(&self) -> Option<f64> {
        Some((self.after.part()? - self.before.part()?) * 100.0)
    }

    pub(crate) fn json(&self) -> Value {
        let percent = |share: &PoolShare| share.part().map(|part| round(part * 100.0, 6));
        json!({
            "pool": self.before.pool.as_str(),
            "partner": self.before.partner.as_str(),
            "share_pct": self.before.share.percent(),
            "before_min": self.before.planned_min,
            "after_min": self.after.planned_min,
            "before_pct": percent(&self.before),
            "after_pct": percent(&self.after),
            "moved_points": self.points().map(|points| round(points, 6)),
        })
    }

    /// The parts that moved, a row each.
    pub(crate) fn page(all: &[Self], ink: Ink) -> String {
        use crate::text::Align::{Left, Right};
        let percent = |share: &PoolShare| {
            share.part().map_or_else(|| "—".to_owned(), |part| format!("{:.2} %", part * 100.0))
        };
        let has_moved = |one: &&Self| one.before.part() != one.after.part();
        let rows: Vec<Vec<String>> = all
            .iter()
            .filter(has_moved)
            .map(|one| {
                vec![
                    one.before.pool.to_string(),
                    one.before.partner.to_string(),
                    format!("{:.2} %", one.before.share.percent()),
                    percent(&one.before),
                    percent(&one.after),
                    one.points().map_or_else(String::new, |points| format!("{points:+.2}")),
                ]
            })
            .collect();
        if rows.is_empty() {
            return format!("\n{}\nnobody's share moves\n", ink.bold("SHARES"));
        }
        let heads = [
            ("pool", Left),
            ("partner", Left),
            ("share", Right),
            ("before", Right),
            ("after", Right),
            ("points", Right),
        ];
        format!("\n{}\n{}", ink.bold("SHARES"), crate::text::table(ink, &heads, &rows))
    }
}
