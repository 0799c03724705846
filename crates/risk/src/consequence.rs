//! What comes of a loss when the policy is followed.

mod due;

use forecast::{Certainty, Change, ForecastError, Outlook, Plan, Survey, Surveyor};
use station::{Measure, Response};
use timeline::{Duration, Time};

use crate::breach::{Breach, Rule, Watch, beyond, breaches, first_lasting, reserves};
use due::{Due, due};

/// How a station stands a loss.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// No rule is broken that the plan does not break itself.
    Secure,
    /// Rules are broken, but somebody stays aboard.
    AtRisk,
    /// The unbroken presence ends.
    Broken,
}

impl Verdict {
    /// `secure`, `at risk` or `broken`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Secure => "secure",
            Self::AtRisk => "at risk",
            Self::Broken => "broken",
        }
    }
}

/// What comes of a loss.
#[derive(Clone, PartialEq, Debug)]
pub struct Consequence {
    /// How the station stands it.
    pub verdict: Verdict,
    /// The rules broken beyond those of the plan itself if nothing were done, in order of time.
    pub breaches: Vec<Breach>,
    /// What is done, in the order in which it is decided.
    pub taken: Vec<Taken>,
    /// Every class of supply if nothing were done.
    pub reserves: Vec<Reserve>,
    /// From when on how many people are aboard at most.
    pub crew_cut: Option<(Time, u32)>,
    /// When nobody is left, and why, if that is before it is so by the plan itself.
    pub ends: Option<(Time, End)>,
    /// The ships that stay longer.
    pub held: Vec<Held>,
    /// What is otherwise in the end: the loss, and what was done.
    pub(crate) changes: Vec<Change>,
}

/// Why nobody is left.
#[derive(Clone, PartialEq, Debug)]
pub enum End {
    /// The last ship leaves before the next comes.
    Gap,
    /// The crew leaves for want of a class of supply.
    Supply(usize),
    /// Nobody can stay, since a process by which people live runs short.
    Short(usize),
    /// There is no seat for anybody.
    NoSeat,
    /// Nothing keeps the station up.
    Down,
}

/// A measure that was taken.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Taken {
    /// Which of the policy's measures, by index in the order of the book.
    pub measure: usize,
    /// When.
    pub at: Time,
}

/// A ship that stays longer than planned.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Held {
    /// Which ship of the outlook, by index.
    pub ship: usize,
    /// Until when.
    pub until: Time,
    /// By how much that passes its certified life; zero when it does not.
    pub over_life: Duration,
}

/// A class of supply after a loss.
#[derive(Clone, PartialEq, Debug)]
pub struct Reserve {
    /// Which class of the outlook, by index.
    pub supply: usize,
    /// When each reserve line is crossed.
    pub lines: Vec<(f64, Option<Time>)>,
    /// When nothing is left.
    pub empty: Option<Time>,
}

/// What losses are judged by: the plan, and the policy.
pub(crate) struct Judge<'a> {
    pub(crate) outlook: &'a Outlook,
    pub(crate) surveyor: &'a Surveyor<'a>,
    /// In the order in which they are taken, each with its index in the book.
    pub(crate) measures: &'a [(usize, Measure)],
    pub(crate) watch: &'a Watch,
    /// What the plan itself breaks.
    pub(crate) planned: Planned<'a>,
}

/// What comes of the plan itself.
#[derive(Clone, Copy)]
pub(crate) struct Planned<'a> {
    pub(crate) breaches: &'a [Breach],
    /// The plan, for the seats it has; nothing while it is itself what is asked.
    pub(crate) plan: Option<&'a Plan>,
    /// What is done in it, each with when.
    pub(crate) changes: &'a [(Time, Change)],
    /// When nobody is left.
    pub(crate) ends: Option<Time>,
}

impl Planned<'_> {
    /// Of a plan of which nothing is known yet.
    pub(crate) const NOTHING: Self = Self { breaches: &[], plan: None, changes: &[], ends: None };
}

/// More measures are not taken for one loss.
const MOST_MEASURES: usize = 12;

impl Judge<'_> {
    /// What comes of `loss`, which is known from `known` on and changes nothing before `differs`.
    pub(crate) fn judge(
        &self,
        loss: &[Change],
        known: Time,
        differs: Time,
    ) -> Result<Consequence, ForecastError> {
        let span = self.outlook.span();
        let known = known.max(span.start());
        let plan = self.outlook.plan(loss);
        let survey = self.surveyor.survey(&plan, differs)?;
        let reserves = reserves(&survey, self.watch, span.start());
        let all = breaches(&plan, self.planned.plan, &survey, &reserves, self.watch, span);
        let new = beyond(all, self.planned.breaches);
        let mut consequence = Consequence {
            verdict: if new.is_empty() { Verdict::Secure } else { Verdict::AtRisk },
            breaches: new,
            taken: Vec::new(),
            reserves,
            crew_cut: None,
            ends: None,
            held: Vec::new(),
            changes: loss.to_vec(),
        };
        if consequence.verdict == Verdict::Secure {
            return Ok(consequence);
        }
        // What the plan itself calls for is done, whatever else happens, as long as nobody knows of the loss.
        let by_plan = self.planned.changes.iter().filter(|(at, _)| *at < known);
        consequence.changes.extend(by_plan.map(|(_, change)| *change));
        let earliest = self.planned.changes.iter().map(|(at, _)| *at).fold(differs, Time::min);
        self.follow_policy(&mut consequence, known, earliest)?;
        Ok(consequence)
    }

    fn follow_policy(
        &self,
        consequence: &mut Consequence,
        known: Time,
        differs: Time,
    ) -> Result<(), ForecastError> {
        let mut differs = differs;
        let mut used: Vec<(usize, usize)> = Vec::new();
        for _ in 0..MOST_MEASURES {
            let plan = self.outlook.plan(&consequence.changes);
            let survey = self.surveyor.survey(&plan, differs)?;
            let Some((at, step, due)) = due(self, &plan, &survey, known, &used) else {
                self.close(consequence, &plan, &survey);
                return Ok(());
            };
            let (measure, record) = &self.measures[step];
            match (&record.does, due) {
                (Response::Ration { less }, Due::Of(supply)) => {
                    let users = self.outlook.users_of(supply);
                    consequence
                        .changes
                        .extend(users.into_iter().map(|user| Change::Eased(user, at, 1.0 - less)));
                    used.push((step, supply));
                }
                (Response::Stop { processes }, Due::Of(supply)) => {
                    let stopped = processes.iter().filter_map(|id| self.outlook.process(id.as_str()));
                    consequence.changes.extend(stopped.map(|process| Change::Eased(process, at, 0.0)));
                    used.push((step, supply));
                }
                (Response::CrewDown { least }, Due::Of(supply)) => {
                    used.push((step, supply));
                    if let Some(crew) = self.carried(consequence, at, differs, *least, &plan, known)? {
                        consequence.changes.push(Change::AtMost(at, crew));
                        consequence.crew_cut = Some((at, crew));
                    } else {
                        continue;
                    }
                }
                (Response::Hold { .. }, Due::Ship { ship, by, over_life, until }) => {
                    consequence.changes.push(Change::Held(ship, by));
                    consequence.held.push(Held { ship, until, over_life });
                    used.push((step, ship));
                }
                (Response::Leave { .. }, Due::Of(supply)) => {
                    consequence.ends = Some((at, End::Supply(supply)));
                }
                (Response::Leave { .. }, Due::Short(process)) => {
                    consequence.ends = Some((at, End::Short(process)));
                }
                _ => used.push((step, usize::MAX)),
            }
            differs = differs.min(at);
            consequence.taken.push(Taken { measure: *measure, at });
            if consequence.ends.is_some() {
                self.close(consequence, &plan, &survey);
                return Ok(());
            }
        }
        let plan = self.outlook.plan(&consequence.changes);
        let survey = self.surveyor.survey(&plan, differs)?;
        self.close(consequence, &plan, &survey);
        Ok(())
    }

    /// The largest crew of which nobody has to leave, if there is one that is smaller than now.
    fn carried(
        &self,
        consequence: &Consequence,
        at: Time,
        differs: Time,
        least: u32,
        plan: &Plan,
        known: Time,
    ) -> Result<Option<u32>, ForecastError> {
        let leave = self.measures.iter().position(|(_, one)| matches!(one.does, Response::Leave { .. }));
        // Nobody stays for whom there is no seat, when there are seats at all.
        let seats = plan.seats_at(at).max(least);
        for crew in (least.max(1)..plan.persons_at(at)).rev().filter(|&crew| crew <= seats) {
            let mut changes = consequence.changes.clone();
            changes.push(Change::AtMost(at, crew));
            let smaller = self.outlook.plan(&changes);
            let survey = self.surveyor.survey(&smaller, differs.min(at))?;
            let leaves = leave.and_then(|step| due::of_measure(self, step, &smaller, &survey, known));
            if leaves.is_none() {
                return Ok(Some(crew));
            }
        }
        Ok(None)
    }

    /// When nobody is left after all, and the verdict from that.
    fn close(&self, consequence: &mut Consequence, plan: &Plan, survey: &Survey) {
        let span = self.outlook.span();
        let gap = first_lasting(plan, span.start(), span.end(), |persons, _| persons == 0);
        let no_seat =
            first_lasting(plan, span.start(), span.end(), |persons, seats| persons > 0 && seats == 0);
        // Whose ship turned out to be unfit stays until another comes.
        let is_unfit = |change: &Change| matches!(*change, Change::Lost(ship) if self.outlook.ships()[ship].certainty == Certainty::Flown);
        let no_seat = no_seat.filter(|_| !consequence.changes.iter().any(is_unfit));
        let of_plan = [
            gap.map(|at| (at, End::Gap)),
            no_seat.map(|at| (at, End::NoSeat)),
            survey.down.map(|at| (at, End::Down)),
        ];
        let first = of_plan.into_iter().flatten().chain(consequence.ends.take()).min_by_key(|end| end.0);
        let is_earlier = |at: Time| self.planned.ends.is_none_or(|planned| at + Duration::DAY < planned);
        consequence.ends = first.filter(|end| is_earlier(end.0));
        if consequence.ends.is_some() {
            consequence.verdict = Verdict::Broken;
        }
    }
}

impl Consequence {
    /// The first rule broken if nothing were done.
    #[must_use]
    pub fn first(&self) -> Option<&Breach> {
        self.breaches.first()
    }

    /// Whether it breaks `rule`.
    #[must_use]
    pub fn breaks(&self, rule: &Rule) -> bool {
        self.breaches.iter().any(|breach| breach.rule == *rule)
    }
}
