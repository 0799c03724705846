use std::sync::Arc;

use book::Book;
use forecast::{Forecast, Scenario};
use plan::Plan;
use rules::{Breach, Checker};
use serde_json::{Value, json};
use timeline::{Duration, Interval, Time};

use crate::agreed::{PartMoved, RuleChanged};
use crate::losses::LossChanged;
use crate::margins::{MarginMoved, Margins};
use crate::text::{breach_lists, stamp};
use crate::touched::Touched;
use crate::verdict::difference;
use crate::{Difference, ImpactError, Judge, Moved, Standing, Verdict, everything};

/// So much of the time before the one ahead is judged as well: what is known of it is known for good (ours: a month, in which crews overlap).
pub const RECENT: Duration = Duration::from_nanoseconds(30 * Duration::DAY.nanoseconds());

/// How things stand: what the book says and, where there is one, the plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Situation {
    /// The book.
    pub book: Arc<Book>,
    /// The plan.
    pub plan: Option<Plan>,
    /// Up to when what is known counts, as of [`Scenario::as_of`].
    pub as_of: Time,
}

/// What a change does. Only what differs is told.
#[derive(Clone, PartialEq, Debug)]
pub struct Impact {
    /// What the plan breaks and mends: rules, and what was asked.
    pub verdict: Verdict,
    /// Parts of pools that move.
    pub shares: Vec<Moved>,
    /// Who has to do with it.
    pub touched: Touched,
    /// Rules of the book that are new, gone or otherwise.
    pub rules: Vec<RuleChanged>,
    /// Agreed parts of pools that are otherwise.
    pub parts: Vec<PartMoved>,
    /// The time ahead over which the book was looked at; nothing where both books are one.
    pub ahead: Option<Interval>,
    /// What the station without any plan breaks and mends over the time ahead and the last [`RECENT`] before it.
    pub station: Difference<Breach>,
    /// Stocks whose level or dates move over the time ahead.
    pub margins: Vec<MarginMoved>,
    /// Single losses that become critical, cease to be, or end the presence at another time.
    pub losses: Vec<LossChanged>,
}

/// What comes of the change from one situation to another. Where the books differ the stocks are forecast, the rules judged and single
/// losses asked over `ahead`; [`risk::USUAL_SPAN`] from what is known on is a good choice.
///
/// # Errors
/// When a plan is another station's, the orbit cannot be told, or the stocks cannot be forecast.
pub fn impact(before: &Situation, after: &Situation, ahead: Interval) -> Result<Impact, ImpactError> {
    let [was, is] = standings(before, after)?;
    let verdict = Verdict::between(&was, &is);
    let mut shares = Moved::between(&was.shares, &is.shares);
    shares.retain(Moved::has_moved);
    let touched = Touched::by(before, after, &verdict, &shares);
    let mut impact = Impact {
        verdict,
        shares,
        touched,
        rules: Vec::new(),
        parts: Vec::new(),
        ahead: None,
        station: Difference::default(),
        margins: Vec::new(),
        losses: Vec::new(),
    };
    let is_same_book = Arc::ptr_eq(&before.book, &after.book) || before.book == after.book;
    if is_same_book && before.as_of == after.as_of {
        return Ok(impact);
    }
    let [was, is] = [Outlook::of(before, ahead)?, Outlook::of(after, ahead)?];
    impact.rules = RuleChanged::between(&before.book, &after.book);
    impact.parts = PartMoved::between(&before.book, &after.book);
    impact.ahead = Some(ahead);
    impact.station = difference(&was.breaches, &is.breaches);
    impact.margins = MarginMoved::between(&was.margins, &is.margins);
    impact.losses = LossChanged::between(&was.losses, &is.losses);
    Ok(impact)
}

/// How the plans stand; without a plan nothing is broken and nobody has a share.
fn standings(before: &Situation, after: &Situation) -> Result<[Standing; 2], ImpactError> {
    let nothing = || Standing { breaches: Vec::new(), faults: Vec::new(), shares: Vec::new() };
    let Some(first) = &before.plan else {
        let Some(plan) = &after.plan else { return Ok([nothing(), nothing()]) };
        return Ok([nothing(), Judge::of(&after.book, plan.clone())?.standing()]);
    };
    let mut judge = Judge::of(&before.book, first.clone())?;
    let was = judge.standing();
    let Some(plan) = &after.plan else { return Ok([was, nothing()]) };
    crate::same_station(&after.book, plan)?;
    // The light and links of the span are found once where that can be.
    let is_same_book = Arc::ptr_eq(&before.book, &after.book) || before.book == after.book;
    if !is_same_book || !judge.turn_to(plan) {
        judge = Judge::of(&after.book, plan.clone())?;
    }
    Ok([was, judge.standing()])
}

/// What a book says of the time ahead, whatever is planned.
struct Outlook {
    breaches: Vec<Breach>,
    margins: Margins,
    losses: risk::Losses,
}

impl Outlook {
    fn of(situation: &Situation, ahead: Interval) -> Result<Self, ImpactError> {
        let book = &situation.book;
        let scenario = Scenario::new(ahead, situation.as_of);
        let model = forecast::Model::new(&forecast::draft(book, &scenario).draft)?;
        let forecast = forecast::compute(&model, ahead)?;
        Ok(Self {
            breaches: breaches(book, ahead, &forecast)?,
            margins: Margins::of(book, &scenario, &forecast)?,
            losses: risk::losses(book, &risk::Question::new(ahead, situation.as_of))?,
        })
    }
}

fn breaches(book: &Book, ahead: Interval, forecast: &Forecast) -> Result<Vec<Breach>, ImpactError> {
    let rules = scene::rules(book, &scene::lexicon(book)).0;
    let mut found = Vec::new();
    // Who is aboard and docked is judged where it is known: up to now. A rule that is broken today is told, though it is of the past.
    if let Some(recent) = Interval::new(ahead.start() - RECENT, ahead.start()) {
        let scene = everything(book, recent, &rules, None)?;
        found.extend(Checker::new(rules.clone(), scene).breaches().into_iter().cloned());
    }
    let scene = everything(book, ahead, &rules, Some(forecast))?;
    found.extend(Checker::new(rules, scene).breaches().into_iter().cloned());
    Ok(found)
}

impl Impact {
    /// Whether nothing is otherwise.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let is_none = |difference: &Difference<Breach>| {
            difference.newly_broken.is_empty()
                && difference.mended.is_empty()
                && difference.changed.is_empty()
        };
        self.verdict == Verdict::default()
            && is_none(&self.station)
            && self.shares.is_empty()
            && self.touched.activities.is_empty()
            && self.rules.is_empty()
            && self.parts.is_empty()
            && self.margins.is_empty()
            && self.losses.is_empty()
    }

    /// As an object; fields bear their units, times are UTC.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let [newly_broken, mended, changed] = breach_lists(&self.station);
        json!({
            "verdict": self.verdict.to_json(),
            "shares": self.shares.iter().map(Moved::to_json).collect::<Vec<_>>(),
            "touched": self.touched.to_json(),
            "rules": self.rules.iter().map(RuleChanged::to_json).collect::<Vec<_>>(),
            "parts": self.parts.iter().map(PartMoved::to_json).collect::<Vec<_>>(),
            "ahead": self.ahead.map(|ahead| json!({"from": stamp(ahead.start()), "to": stamp(ahead.end())})),
            "station": {"newly_broken": newly_broken, "mended": mended, "changed": changed},
            "margins": self.margins.iter().map(MarginMoved::to_json).collect::<Vec<_>>(),
            "losses": self.losses.iter().map(LossChanged::to_json).collect::<Vec<_>>(),
        })
    }
}
