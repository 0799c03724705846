//! The plan of a week, made from what the partners ask for.

use std::collections::BTreeSet;

use book::Book;
use plan::{Day, Departure, Idle, Level, Plan};
use planner::{Continue, Options, Progress};
use schedule::{Certainty, PoolShare, ScheduleError, Scheduled, Setting, Told, schedule};
use serde_json::{Value, json};
use timeline::{Interval, Time};

use crate::{FactsError, Refusal, span_of, stamp};

/// The most days of one plan.
pub const MOST_DAYS: u32 = 28;

/// What is asked of a week.
#[derive(Clone, PartialEq, Debug)]
pub struct WeekAsked {
    /// The first day; by default the first Monday of which the book knows no history.
    pub from: Option<Time>,
    /// So many days.
    pub days: u32,
    /// So many steps of the search.
    pub iterations: u64,
    /// Where chance begins.
    pub seed: u64,
    /// A plan that people have seen.
    pub keep: Option<Plan>,
}

/// A plan and its JSON with all that is to be said of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Week {
    /// The plan.
    pub plan: Plan,
    /// As `cupola plan week --json` prints it.
    pub json: Value,
}

impl WeekAsked {
    /// The time that is planned.
    ///
    /// # Errors
    /// When it does not begin at midnight, has no day or too many, or nothing in common with the plan that is kept.
    pub fn span(&self, book: &Book) -> Result<Interval, FactsError> {
        if let (None, Some(keep)) = (self.from, &self.keep) {
            return Ok(keep.span);
        }
        if !(1..=MOST_DAYS).contains(&self.days) {
            let what = format!("a plan has from 1 to {MOST_DAYS} days, not {}", self.days);
            return Err(Refusal::new("days", what).into());
        }
        let first = match self.from {
            Some(from) if Day::of(from).start() != from => {
                let what = format!("a plan begins at midnight GMT, not at {from}");
                return Err(Refusal::new("from", what).say("from", Day::of(from).to_string()).into());
            }
            Some(from) => Day::of(from),
            None => (0..7).fold(Day::of(book.about.known_until).monday(), |day, _| day.next()),
        };
        let end = (0..self.days).fold(first, |day, _| day.next());
        let span = span_of(first.start(), end.start())?;
        match &self.keep {
            Some(keep) if !keep.span.overlaps(span) => {
                let what = "the plan that is kept has no day in common with this one";
                Err(Refusal::new("keep", what).mend("leave `from` out, or `keep`").into())
            }
            _ => Ok(span),
        }
    }
}

/// Makes the plan. `progress` is asked again and again; its [`Continue::Stop`] ends the search with what there is.
///
/// # Errors
/// When nobody asks for anything, nobody is there, or the orbit cannot be told.
pub fn week(
    book: &Book,
    asked: &WeekAsked,
    progress: &mut dyn FnMut(&Progress) -> Continue,
) -> Result<Week, FactsError> {
    if book.requests.is_empty() {
        let what = "nobody asks for anything in this book: it has no requests/*.toml";
        return Err(Refusal::new("book", what).into());
    }
    let span = asked.span(book)?;
    let lexicon = scene::lexicon(book);
    let rules = scene::rules(book, &lexicon).0;
    let scene = impact::surroundings(book, span, &rules)?;
    let setting =
        Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new()).keeping(asked.keep.as_ref());
    let title = format!("{} · week of {}", book.about.title, Day::of(span.start()));
    let options =
        Options { seed: asked.seed, iterations: Some(asked.iterations), islands: 2, ..Options::default() };
    let scheduled = schedule(&setting, &title, &options, progress)?;
    let open: Vec<usize> = scheduled.refused.iter().map(|refused| refused.wish).collect();
    let mut told = scheduled.explain(&setting, &open)?;
    told.extend(nobody(&setting));
    let json = json(&scheduled, &told, clash(&setting, &scheduled)?.as_ref(), asked.keep.as_ref());
    Ok(Week { plan: scheduled.plan, json })
}

/// Mandatory work that cannot hold together: as few ids as possible that clash, and a sentence. Nothing when all of it has its place.
///
/// # Errors
/// When the planner cannot say.
pub fn clash(
    setting: &Setting<'_>,
    scheduled: &Scheduled,
) -> Result<Option<(Vec<String>, String)>, ScheduleError> {
    let Some(clash) = scheduled.clash(setting)? else { return Ok(None) };
    let said = match clash.proven {
        Certainty::Proven if clash.ids.len() == 1 => "this cannot be done at all, which is proven",
        Certainty::Proven => "these cannot all be done, which is proven",
        Certainty::Likely => "no way was found to do all of these",
    };
    let missing = scheduled.mandatory_total - scheduled.mandatory_placed;
    let said = format!(
        "{missing} of the mandatory have no place, each told with its reasons. As few as possible that clash: {said}"
    );
    Ok(Some((clash.ids, said)))
}

/// A plan as it was made: what it is worth, what has no place in it and why, and, with a plan that was kept, where it leaves that one.
#[must_use]
pub fn json(
    one: &Scheduled,
    told: &[Told],
    clash: Option<&(Vec<String>, String)>,
    kept: Option<&Plan>,
) -> Value {
    let mut json = plan::to_json(&one.plan);
    let more = json!({
        "value": one.value,
        "mandatory_placed": one.mandatory_placed,
        "mandatory_total": one.mandatory_total,
        "bound": one.bound,
        "gap": gap(one.value, one.bound),
        "shares": one.shares.iter().map(share).collect::<Vec<_>>(),
        "clash": clash.map(|(ids, said)| json!({"ids": ids, "said": said})),
        "refused": told.iter().map(|told| json!({
            "id": told.id, "reasons": told.reasons, "remedies": told.remedies,
        })).collect::<Vec<_>>(),
        "changes": kept.map(|_| one.departures.iter().map(departure).collect::<Vec<_>>()),
        "breaches": one.breaches.iter().map(|breach| json!({
            "rule": breach.rule,
            "severity": breach.severity.word(),
            "start": stamp(breach.start),
            "subjects": breach.subjects,
            "message": breach.message,
        })).collect::<Vec<_>>(),
        "assumptions": one.assumptions,
    });
    if let (Value::Object(json), Value::Object(more)) = (&mut json, more) {
        json.extend(more);
    }
    json
}

/// How far below its bound something is, as a part of the bound.
#[must_use]
pub fn gap(value: u64, bound: u64) -> f64 {
    if bound == 0 { 0.0 } else { 1.0 - value as f64 / bound as f64 }
}

/// One partner's part of a pool.
#[must_use]
pub fn share(share: &PoolShare) -> Value {
    json!({
        "pool": share.pool.as_str(),
        "partner": share.partner.as_str(),
        "share_pct": share.share.percent(),
        "planned_min": share.planned_min,
        "asked_min": share.asked_min,
        "part_pct": share.part().map(|part| part * 100.0),
        "off_points": share.off_points(),
    })
}

fn departure(departure: &Departure) -> Value {
    let (what, id) = parted(departure);
    json!({"what": what, "id": id})
}

/// In what way a plan leaves the one that was kept, in a word, and with which activity.
#[must_use]
pub fn parted(departure: &Departure) -> (&'static str, &str) {
    match departure {
        Departure::Dropped(id) => ("dropped", id.as_str()),
        Departure::Moved(id) => ("moved", id.as_str()),
        Departure::Reassigned(id) => ("reassigned", id.as_str()),
        Departure::Added(id) => ("added", id.as_str()),
    }
}

/// The requests for which too few are aboard who can do them.
#[must_use]
pub fn nobody(setting: &Setting<'_>) -> Vec<Told> {
    let idle = setting.wishes.idle.iter().filter(|(_, why)| *why == Idle::NobodyCan);
    let told = |request: &record::RequestId| {
        let request = setting.book.requests.get(request)?;
        let reasons = request.crew.iter().filter_map(|role| {
            let able = setting.crew.iter().filter(|member| member.can(role)).count();
            let skills: Vec<&str> = role.skills.iter().map(record::SkillId::as_str).collect();
            let what =
                if skills.is_empty() { String::new() } else { format!(" with {}", skills.join(" and ")) };
            let is_short = able < role.count as usize;
            is_short
                .then(|| format!("it needs {} people{what}; {able} of those aboard can do it", role.count))
        });
        Some(Told {
            id: request.id.to_string(),
            reasons: reasons.collect(),
            remedies: vec!["train somebody (skills.csv), or ask for fewer or for others".to_owned()],
        })
    };
    idle.filter_map(|(request, _)| told(request)).collect()
}
