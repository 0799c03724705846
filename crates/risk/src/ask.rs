//! Every single loss of a plan, worst first.

use std::collections::BTreeMap;

use book::Book;
use forecast::{Change, Errand, ForecastError, Outlook, Plan, Scenario, Surveyor};
use record::FlightId;
use station::Measure;
use timeline::{Duration, Interval, Time};

use crate::breach::{Watch, breaches, reserves};
use crate::consequence::{Consequence, Judge, Planned, Verdict};
use crate::loss::{Loss, LossKind, of_ships, second_cargo_flight};
use crate::machine::{Machine, Waits, machines};
use crate::power;

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// From when to when.
    pub span: Interval,
    /// As known when, as of [`Scenario::as_of`].
    pub as_of: Time,
    /// Flights that are planned to come so much later or earlier, as of [`Scenario::delays`]: the plan is another, and what is lost is lost
    /// in that.
    pub delays: BTreeMap<FlightId, Duration>,
}

impl Question {
    /// The plain question: the plan as it is.
    #[must_use]
    pub fn new(span: Interval, as_of: Time) -> Self {
        Self { span, as_of, delays: BTreeMap::new() }
    }
}

/// So far a plan foresees well enough to be asked: eighteen months.
pub const USUAL_SPAN: Duration = Duration::from_nanoseconds(548 * Duration::DAY.nanoseconds());

/// All single losses and what comes of them.
#[derive(Clone, PartialEq, Debug)]
pub struct Losses {
    /// The plan, for the names of ships, supplies and processes.
    pub outlook: Outlook,
    /// What comes of the plan itself.
    pub plan: Consequence,
    /// Worst first.
    pub losses: Vec<(Loss, Consequence)>,
    /// What it rests on, one sentence each.
    pub assumptions: Vec<String>,
    pub(crate) measures: Vec<(usize, Measure)>,
}

/// Puts every single loss into the plan of `book` and follows the policy.
///
/// # Errors
/// As of [`Outlook::new`] and [`Surveyor::survey`].
pub fn losses(book: &Book, question: &Question) -> Result<Losses, ForecastError> {
    let setting = Setting::of(book, question)?;
    let outlook = &setting.outlook;
    let unchanged = outlook.plan(&[]);
    let surveyor = Surveyor::along(outlook, &unchanged)?;
    let (plan, changes) = setting.plan_itself(&surveyor)?;
    let judge = setting.judge(&surveyor, &unchanged, &plan, &changes);

    let (mended, of_mending) = (setting.mended, setting.of_mending());
    let mut all = of_ships(outlook);
    for machine in &setting.machines {
        all.push(machine.fails(&surveyor, outlook, &[], outlook.span().end(), mended)?);
    }
    let mut judged = Vec::with_capacity(all.len());
    for loss in all {
        let consequence = judge.judge(&loss.changes, loss.known, loss.differs)?;
        judged.push((loss, consequence));
    }
    judged.extend(of_power(book, outlook, &judge, mended)?);
    judged.sort_by_key(|(loss, consequence)| {
        let first = consequence.breaches.first().map_or(Time::MAX, |breach| breach.at);
        let end = consequence.ends.as_ref().map_or(Time::MAX, |end| end.0);
        let weight = consequence.breaches.iter().map(|breach| breach.rule.weight()).min();
        let verdict = std::cmp::Reverse(consequence.verdict);
        (verdict, end, weight, first, loss.kind, loss.subject.clone())
    });
    let mut assumptions = outlook.assumptions().to_vec();
    assumptions.push(of_mending);
    assumptions.extend(OF_ALL.map(str::to_owned));
    if setting.measures.is_empty() {
        assumptions.push("the book has no policy.toml: nothing is done whatever happens".to_owned());
    }
    drop(surveyor);
    let Setting { outlook, measures, .. } = setting;
    Ok(Losses { plan, losses: judged, assumptions, measures, outlook })
}

/// All that losses of one question are judged by.
pub(crate) struct Setting {
    pub(crate) outlook: Outlook,
    measures: Vec<(usize, Measure)>,
    pub(crate) machines: Vec<Machine>,
    /// From the first day until what failed is mended, where the book does not say how.
    pub(crate) mended: Interval,
    watch: Watch,
}

impl Setting {
    pub(crate) fn of(book: &Book, question: &Question) -> Result<Self, ForecastError> {
        let delays = question.delays.clone();
        let scenario = Scenario { delays, ..Scenario::new(question.span, question.as_of) };
        let outlook = Outlook::new(book, &scenario)?;
        let machines = machines(book, &outlook);
        let watch = Watch {
            lines: outlook.supplies().map(|(_, lines)| lines.to_vec()).collect(),
            machines: machines.iter().map(|machine| machine.name.clone()).collect(),
        };
        let mended = mended(&outlook);
        Ok(Self { outlook, measures: measures(book), machines, mended, watch })
    }

    /// What comes of the plan itself, and what is done in it.
    pub(crate) fn plan_itself(
        &self,
        surveyor: &Surveyor<'_>,
    ) -> Result<(Consequence, Vec<(Time, Change)>), ForecastError> {
        let span = self.outlook.span();
        let alone = self.judge_by(surveyor, Planned::NOTHING);
        let plan = alone.judge(&[], span.start(), span.end())?;
        let changes = dated(&plan);
        Ok((plan, changes))
    }

    pub(crate) fn judge<'a>(
        &'a self,
        surveyor: &'a Surveyor<'a>,
        unchanged: &'a Plan,
        plan: &'a Consequence,
        changes: &'a [(Time, Change)],
    ) -> Judge<'a> {
        let ends = plan.ends.as_ref().map(|end| end.0);
        self.judge_by(surveyor, Planned { breaches: &plan.breaches, plan: Some(unchanged), changes, ends })
    }

    fn of_mending(&self) -> String {
        let known = "a machine that fails on the first day is mended as the book says, once its spare is there; machines of which \
                     it says nothing, channels and loops";
        match self.mended.end() {
            Time::MAX => format!("{known} never, since there are no two cargo flights"),
            at => format!("{known} when the second cargo flight comes, {}", at.gmt()),
        }
    }

    /// What is otherwise when `loss` happens beside what is `otherwise` from `differs` on: who waits for a spare may have to wait
    /// longer, or less.
    pub(crate) fn beside(
        &self,
        surveyor: &Surveyor<'_>,
        loss: &Loss,
        otherwise: &[Change],
        differs: Time,
    ) -> Result<Vec<Change>, ForecastError> {
        let is_taken = otherwise.iter().any(|change| matches!(change, Change::Used(..)));
        let changes = match self.machine(loss).filter(|_| is_taken || loss.waits == Waits::ForSpare) {
            Some(machine) => machine.fails(surveyor, &self.outlook, otherwise, differs, self.mended)?.changes,
            None => loss.changes.clone(),
        };
        Ok(otherwise.iter().copied().chain(changes).collect())
    }

    /// Whether one of two losses decides when what fails in the other is mended.
    pub(crate) fn touch(&self, one: &Loss, other: &Loss) -> bool {
        match (self.machine(one), self.machine(other)) {
            (Some(a), Some(b)) => a.shares_spares(b),
            (Some(_), None) => one.waits == Waits::ForSpare,
            (None, Some(_)) => other.waits == Waits::ForSpare,
            (None, None) => false,
        }
    }

    fn machine(&self, loss: &Loss) -> Option<&Machine> {
        self.machines.iter().find(|machine| loss.kind == LossKind::Failed && machine.name == loss.subject)
    }

    fn judge_by<'a>(&'a self, surveyor: &'a Surveyor<'a>, planned: Planned<'a>) -> Judge<'a> {
        Judge { outlook: &self.outlook, surveyor, measures: &self.measures, watch: &self.watch, planned }
    }
}

/// What is taken for granted whatever the book says.
const OF_ALL: [&str; 3] = [
    "a loss of a flight is known at its launch; a plan repaired beforehand is decided before",
    "power is looked at where a channel or a loop fails, not where a flight or a machine does",
    "a smaller crew has the parts of the present one; in whose ship the others leave is not asked",
];

/// The policy in the order in which it is followed.
fn measures(book: &Book) -> Vec<(usize, Measure)> {
    let mut measures: Vec<(usize, Measure)> =
        book.policy.iter().enumerate().map(|(at, measure)| (at, measure.value.clone())).collect();
    measures.sort_by_key(|(_, measure)| measure.order);
    measures
}

/// What the policy does to the plan itself, each with when it is known.
fn dated(plan: &Consequence) -> Vec<(Time, Change)> {
    let when = |change: &Change| match *change {
        Change::Eased(_, from, _) | Change::AtMost(from, _) => Some(from),
        // Whether a ship stays longer is decided anew after a loss.
        _ => None,
    };
    plan.changes.iter().filter_map(|change| Some((when(change)?, *change))).collect()
}

/// From the beginning of the span until the second cargo flight; for good when there are not two.
fn mended(outlook: &Outlook) -> Interval {
    let from = outlook.span().start();
    let for_good = Interval::new(from, Time::MAX).unwrap_or(outlook.span());
    second_cargo_flight(outlook).and_then(|at| Interval::new(from, at)).unwrap_or(for_good)
}

/// Each channel and each loop, judged with the electricity without it.
fn of_power(
    book: &Book,
    outlook: &Outlook,
    judge: &Judge<'_>,
    mended: Interval,
) -> Result<Vec<(Loss, Consequence)>, ForecastError> {
    let Some(power) = outlook.power() else { return Ok(Vec::new()) };
    let whole = outlook.with_power(power)?;
    let unchanged = whole.plan(&[]);
    let of_plan = Surveyor::afresh(&whole).survey(&unchanged, mended.start())?;
    let span = outlook.span();
    let planned = breaches(
        &unchanged,
        None,
        &of_plan,
        &reserves(&of_plan, judge.watch, span.start()),
        judge.watch,
        span,
    );
    let planned = Planned { breaches: &planned, ..judge.planned };
    let channels = power.channels.iter().map(|channel| {
        (LossKind::Dark, channel.name.clone(), power::without_channel(power, &channel.name, mended))
    });
    let at = mended.start();
    let serves = |service: Option<Time>, until: Option<Time>| {
        service.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until)
    };
    let loops = book.power.loops.iter().filter(|one| serves(one.from, one.until)).map(|one| {
        let id = one.id.to_string();
        let without = power::without_loop(book, power, &id, mended);
        (LossKind::Warm, id, without)
    });
    let mut judged = Vec::new();
    for (kind, subject, without) in channels.chain(loops) {
        let dark = outlook.with_power(&without)?;
        let surveyor = Surveyor::afresh(&dark);
        let judge = Judge { outlook: &dark, surveyor: &surveyor, planned, ..*judge };
        let until = Some(mended.end()).filter(|until| *until < Time::MAX);
        let loss = Loss {
            kind,
            subject,
            known: at,
            differs: at,
            ship: None,
            until,
            waits: Waits::No,
            changes: Vec::new(),
        };
        let consequence = judge.judge(&[], at, at)?;
        judged.push((loss, consequence));
    }
    Ok(judged)
}

impl Losses {
    /// The policy's measures by their index in the book.
    #[must_use]
    pub fn measure(&self, index: usize) -> Option<&Measure> {
        self.measures.iter().find(|(at, _)| *at == index).map(|(_, measure)| measure)
    }

    /// The worst verdict of all.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.losses.first().map_or(Verdict::Secure, |(_, consequence)| consequence.verdict)
    }

    /// The loss that ends the presence first, or else breaks a rule first: the weakest link; nothing when all are stood.
    #[must_use]
    pub fn weakest(&self) -> Option<&(Loss, Consequence)> {
        self.losses.first().filter(|(_, consequence)| consequence.verdict != Verdict::Secure)
    }

    /// Until when somebody stays aboard whatever single loss happens; the end of the span when none breaks the presence.
    #[must_use]
    pub fn crewed_until(&self) -> Time {
        let ends = self.losses.iter().filter_map(|(_, one)| one.ends.as_ref().map(|end| end.0));
        ends.chain(self.plan.ends.as_ref().map(|end| end.0)).min().unwrap_or(self.outlook.span().end())
    }

    /// Until when no loss of a flight to come breaks a rule that the plan itself keeps.
    #[must_use]
    pub fn secure_until(&self) -> Time {
        let is_of_flight = |loss: &Loss| loss.ship.is_some() && loss.kind != LossKind::Unfit;
        let of_flights = self.losses.iter().filter(|(loss, _)| is_of_flight(loss));
        let first = of_flights.filter_map(|(_, one)| one.breaches.first().map(|breach| breach.at));
        first.min().unwrap_or(self.outlook.span().end())
    }

    /// The worst verdict over the loss, slip or grounding of any one cargo flight.
    #[must_use]
    pub fn of_cargo(&self) -> Verdict {
        let is_cargo =
            |loss: &Loss| loss.ship.is_some_and(|ship| self.outlook.ships()[ship].errand == Errand::Cargo);
        let cargo = self.losses.iter().filter(|(loss, _)| is_cargo(loss) && loss.kind != LossKind::Unfit);
        cargo.map(|(_, consequence)| consequence.verdict).max().unwrap_or(Verdict::Secure)
    }
}
