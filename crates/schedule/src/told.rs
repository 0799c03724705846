//! Why something has no place in a plan, in words.

use plan::{Idle, Wish};
use planner::{Cause, Explanation, Placement, Proof, Reason, Relation, Remedy, SlotSet};
use record::PersonId;
use timeline::Duration;

use crate::build::{ScheduleError, Scheduled};
use crate::grid::SLOT;
use crate::setting::Setting;

/// Why a wish has no place, and what would admit it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Of which wish or request.
    pub id: String,
    /// The fewest things that stand in its way together.
    pub reasons: Vec<String>,
    /// Single changes that would admit it.
    pub remedies: Vec<String>,
}

/// Mandatory work that cannot hold together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clash {
    /// The ids of the wishes.
    pub ids: Vec<String>,
    /// Whether it is proven, or the search only found no way.
    pub proven: Certainty,
}

/// How sure something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certainty {
    /// It is proven.
    Proven,
    /// The search found nothing else.
    Likely,
}

impl Scheduled {
    /// Why these wishes have no place; those that have one get no word.
    ///
    /// # Errors
    /// As [`schedule`](crate::schedule).
    pub fn explain(&self, setting: &Setting<'_>, wishes: &[usize]) -> Result<Vec<Told>, ScheduleError> {
        let found =
            planner::explain(&self.compiled.problem, &self.solution, wishes).map_err(ScheduleError::of)?;
        let voice = Voice { scheduled: self, setting };
        Ok(found.iter().map(|one| voice.told(one)).collect())
    }

    /// A smallest set of mandatory wishes that cannot all be done; nothing when all are done.
    ///
    /// # Errors
    /// As [`schedule`](crate::schedule).
    pub fn clash(&self, setting: &Setting<'_>) -> Result<Option<Clash>, ScheduleError> {
        if self.mandatory_placed == self.mandatory_total {
            return Ok(None);
        }
        let core = planner::core(&self.compiled.problem, &crate::build::EFFORT).map_err(ScheduleError::of)?;
        Ok(core.map(|core| Clash {
            ids: core.tasks.iter().map(|task| self.name(setting, *task)).collect(),
            proven: if core.proof == Proof::NotProven { Certainty::Likely } else { Certainty::Proven },
        }))
    }

    /// Why something is left out that would fit.
    fn why_not_worth(&self, wish: &Wish) -> String {
        let over = self.shares.iter().find(|share| {
            Some(&share.partner) == wish.partner.as_ref() && share.off_points().is_some_and(|off| off > 0.0)
        });
        match over.and_then(|share| Some((share, share.part()?))) {
            Some((share, part)) => format!(
                "it would fit, but {} has {:.1} % of `{}` already and is entitled to {}",
                share.partner,
                part * 100.0,
                share.pool,
                share.share
            ),
            None => "it would fit, but the plan without it is worth no less".to_owned(),
        }
    }

    /// What a task of the problem is called.
    fn name(&self, setting: &Setting<'_>, task: usize) -> String {
        match setting.wishes.list.get(task) {
            Some(wish) => wish.id.to_string(),
            None => "something that is fixed".to_owned(),
        }
    }
}

/// Why nothing of a request falls into a span, in words.
#[must_use]
pub fn idle(why: Idle) -> &'static str {
    match why {
        Idle::Elsewhere => "none of its windows lies in this time, or it is not its turn",
        Idle::NoSuchDay => "no day of this time is of the kinds or weekdays that it asks for",
        Idle::NobodyCan => "fewer are aboard who can do it than it needs",
    }
}

struct Voice<'a> {
    scheduled: &'a Scheduled,
    setting: &'a Setting<'a>,
}

impl Voice<'_> {
    fn told(&self, found: &Explanation) -> Told {
        let wish = &self.setting.wishes.list[found.task];
        let refused = self.scheduled.refused.iter().find(|refused| refused.wish == found.task);
        let rules = refused.map(|refused| refused.rules.as_slice()).unwrap_or_default();
        let mut reasons: Vec<String> =
            rules.iter().map(|rule| format!("it would break the rule `{rule}`")).collect();
        reasons.extend(found.reasons.iter().map(|reason| self.reason(wish, reason, found)));
        if reasons.is_empty() {
            reasons.push(self.scheduled.why_not_worth(wish));
        }
        let remedies = if rules.is_empty() { &found.remedies[..] } else { &[] };
        Told {
            id: wish.id.to_string(),
            reasons,
            remedies: remedies.iter().map(|remedy| self.remedy(wish, remedy)).collect(),
        }
    }

    fn reason(&self, wish: &Wish, reason: &Reason, found: &Explanation) -> String {
        match reason.cause {
            Cause::Starts if reason.leaves.is_empty() => {
                "its windows, days and hours leave it no time".to_owned()
            }
            Cause::Starts => {
                format!("its windows, days and hours let it start only {}", self.times(&reason.leaves))
            }
            Cause::Window(window) => {
                let need = &self.scheduled.compiled.windows[window];
                format!("it needs `{need}` for {}, which {}", length(wish.length), self.holds(&reason.leaves))
            }
            Cause::Qualified { role } => {
                let seat = &wish.crew[role];
                format!("it needs {} who can do it; {} aboard can", seat.count, seat.of.len())
            }
            Cause::Absent { role } => {
                format!("{} are never awake and free of what is fixed then", self.some_of(wish, role))
            }
            Cause::Busy { role } => {
                let free: Vec<String> = found
                    .free
                    .iter()
                    .filter(|(person, slots)| self.is_of(wish, role, *person) && !slots.is_empty())
                    .take(4)
                    .map(|(person, slots)| format!("{} {}", self.person(*person), self.times(slots)))
                    .collect();
                let when = match (reason.leaves.is_empty(), free.is_empty()) {
                    (false, _) => format!("free together only {}", self.times(&reason.leaves)),
                    (true, true) => self.used_up(wish, found.task),
                    (true, false) => format!("never free together; alone: {}", free.join("; ")),
                };
                format!("it needs {}: {when}", self.some_of(wish, role))
            }
            Cause::Resource(resource) => {
                format!("{} is taken, but for {}", self.resource(resource), self.times(&reason.leaves))
            }
            Cause::Relation(relation) => self.relation(relation),
            Cause::Alternative(task) => {
                format!("`{}` is done in its place", self.scheduled.name(self.setting, task))
            }
            Cause::Together => "each thing alone leaves it a time, all together leave none".to_owned(),
        }
    }

    fn remedy(&self, wish: &Wish, remedy: &Remedy) -> String {
        match remedy {
            Remedy::Fits(at) => format!("put it at {}", self.at(at)),
            Remedy::Drop { tasks, at } => {
                let names: Vec<String> = tasks
                    .iter()
                    .map(|task| format!("`{}`", self.scheduled.name(self.setting, *task)))
                    .collect();
                format!("leave out {} and put it at {}", names.join(", "), self.at(at))
            }
            Remedy::WidenStarts { by, at } => {
                let sooner = if *by < 0 { "earlier" } else { "later" };
                format!("let it start {} {sooner}, at {}", length(SLOT * by.abs()), self.at(at))
            }
            Remedy::WithoutWindow { window, at } => {
                format!("do it without `{}`, at {}", self.scheduled.compiled.windows[*window], self.at(at))
            }
            Remedy::OneLess { role, at } => {
                let count = wish.crew.get(*role).map_or(0, |seat| seat.count.saturating_sub(1));
                format!("do it with {count} in that part, at {}", self.at(at))
            }
            Remedy::MoreResource { resource, amount, at } => {
                format!("have {amount} more of {}, at {}", self.resource(*resource), self.at(at))
            }
            Remedy::WithoutRelation { relation, at } => {
                format!("do it though {}, at {}", self.relation(*relation), self.at(at))
            }
        }
    }

    /// Why nobody has so much time: the day lets nobody do so much, or it is used up.
    fn used_up(&self, wish: &Wish, task: usize) -> String {
        let problem = &self.scheduled.compiled.problem;
        let (kind, duration) = (problem.tasks[task].kind, problem.tasks[task].duration);
        let days = 0..problem.day_starts.len();
        let most = problem
            .limits
            .iter()
            .filter(|limit| limit.kinds >> kind & 1 == 1)
            .filter_map(|limit| days.clone().filter_map(|day| limit.most_slots_on(day)).max())
            .min();
        let said = |most: u32| length(SLOT * i64::from(most));
        match most {
            Some(most) if duration > most => {
                format!(
                    "it takes {}, and no day lets anybody do more than {} of its kind",
                    length(wish.length),
                    said(most)
                )
            }
            Some(most) => format!(
                "no day leaves one of them {}, since a day lets each do {} of its kind at most and that is used up",
                length(wish.length),
                said(most)
            ),
            None => "none of them has so much time left".to_owned(),
        }
    }

    fn relation(&self, relation: usize) -> String {
        let name = |task: usize| format!("`{}`", self.scheduled.name(self.setting, task));
        match self.scheduled.compiled.problem.relations[relation] {
            Relation::Before { first, then, min_slots, max_slots, .. } => {
                let is_placed = self.scheduled.solution.placements.get(first).is_some_and(Option::is_some);
                if !is_placed {
                    return format!("{} follows {}, which has no place", name(then), name(first));
                }
                let slots = |slots: u32| length(SLOT * i64::from(slots));
                let when = match (min_slots, max_slots) {
                    (0, None) => "after it".to_owned(),
                    (0, Some(most)) => format!("within {}", slots(most)),
                    (least, None) => format!("after {} or more", slots(least)),
                    (least, Some(most)) => format!("after {} to {}", slots(least), slots(most)),
                };
                format!("{} follows {} {when}", name(then), name(first))
            }
            Relation::Apart { a, b, gap_slots } => {
                format!(
                    "{} and {} keep {} between them",
                    name(a),
                    name(b),
                    length(SLOT * i64::from(gap_slots))
                )
            }
            Relation::SameCrew { a, b } => format!("{} and {} are for the same people", name(a), name(b)),
            Relation::OtherCrew { a, b } => format!("{} and {} are for different people", name(a), name(b)),
        }
    }

    fn resource(&self, resource: usize) -> String {
        match self.scheduled.compiled.resources.get(resource) {
            Some(id) => format!("`{id}`"),
            None => "what a rule lets be used at once".to_owned(),
        }
    }

    fn is_of(&self, wish: &Wish, role: usize, person: usize) -> bool {
        let id = self.scheduled.compiled.persons.get(person);
        id.is_some_and(|id| wish.crew[role].of.contains(id))
    }

    fn some_of(&self, wish: &Wish, role: usize) -> String {
        let seat = &wish.crew[role];
        let names: Vec<String> = seat.of.iter().map(|person| self.family_name(person)).collect();
        // Several parts for the same people are one number.
        let alike =
            wish.crew.iter().filter(|other| other.of == seat.of).map(|other| other.count).sum::<u32>();
        match (alike as usize, names.len()) {
            (count, all) if count == all => names.join(" and "),
            (count, _) => format!("{count} of {}", names.join(", ")),
        }
    }

    fn person(&self, person: usize) -> String {
        self.scheduled.compiled.persons.get(person).map_or_else(String::new, |id| self.family_name(id))
    }

    fn family_name(&self, person: &PersonId) -> String {
        let known = self.setting.book.people.get(person);
        known.map_or_else(|| person.to_string(), |person| person.family_name.clone())
    }

    fn holds(&self, leaves: &SlotSet) -> String {
        if leaves.is_empty() {
            "never holds so long where it may lie".to_owned()
        } else {
            format!("holds so long only from {}", self.times(leaves))
        }
    }

    /// The first few stretches of slots.
    fn times(&self, slots: &SlotSet) -> String {
        const SHOWN: usize = 3;
        let ranges = slots.ranges();
        if ranges.is_empty() {
            return "never".to_owned();
        }
        let grid = self.scheduled.compiled.grid;
        let shown = ranges.iter().take(SHOWN).map(|range| {
            let (from, to) = (grid.time(range.start), grid.time(range.end - 1));
            let (from, to) = (from.gmt(), to.gmt());
            // A start that is the only one of its stretch is no span; the day is said once.
            match (from == to, from.split_once(' '), to.split_once(' ')) {
                (true, ..) => from,
                (_, Some((day, _)), Some((same, hour))) if day == same => format!("{from}–{hour}"),
                _ => format!("{from} to {to}"),
            }
        });
        let shown: Vec<String> = shown.collect();
        let more =
            if ranges.len() > SHOWN { format!(" and {} more", ranges.len() - SHOWN) } else { String::new() };
        format!("{}{more}", shown.join(", "))
    }

    fn at(&self, placement: &Placement) -> String {
        let crew: Vec<String> = placement.crew.iter().map(|person| self.person(person)).collect();
        let when = self.scheduled.compiled.grid.time(placement.start).gmt();
        if crew.is_empty() { when } else { format!("{when} with {}", crew.join(", ")) }
    }
}

fn length(length: Duration) -> String {
    let minutes = length.whole_minutes();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
