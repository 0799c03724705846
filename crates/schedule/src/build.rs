//! From a setting to a plan that the rules let pass.

use std::collections::BTreeMap;

use plan::{ActivityId, Departure, Plan, Standing, Wish, departures};
use planner::{Continue, CoreOptions, Need, Options, Outcome, Progress, Solution};
use rules::{Breach, Change, Checker};
use thiserror::Error;
use timeline::Severity;

use crate::compile::{Compiled, compile};
use crate::setting::Setting;
use crate::shares::{PoolShare, crew_time_pools, shares};

/// Why there is no plan.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum ScheduleError {
    /// Nobody is aboard in the span.
    #[error("nobody is aboard then: there is nobody to plan for")]
    NobodyAboard,
    /// There is more to do than a plan can hold.
    #[error("there are {0} wishes more than one plan can hold; plan a shorter span")]
    TooMuch(usize),
    /// What was compiled is no problem for the planner.
    #[error("this cannot be planned: {0}")]
    Refused(String),
}

impl Scheduled {
    /// Where the plan breaks what it was compiled to, found by code that shares nothing with the search; nothing when all is well.
    #[must_use]
    pub fn violations(&self) -> Vec<planner::Violation> {
        planner::verify(&self.compiled.problem, &self.solution)
    }
}

impl ScheduleError {
    /// What the planner refuses; that is a fault of ours.
    pub(crate) fn of(faults: impl AsRef<[planner::Fault]>) -> Self {
        let said: Vec<String> = faults.as_ref().iter().take(3).map(ToString::to_string).collect();
        Self::Refused(said.join("; "))
    }
}

/// A plan with what is to be said of it.
pub struct Scheduled {
    /// The plan.
    pub plan: Plan,
    /// The sum of what its wishes are worth.
    pub value: u64,
    /// No plan of all mandatory work is worth more; docs/planner.md says how to recompute it.
    pub bound: u64,
    /// What the search strives for: the value less what shares, moves and unevenness cost.
    pub objective: f64,
    /// Of the mandatory wishes, how many are in the plan.
    pub mandatory_placed: usize,
    /// How many there are.
    pub mandatory_total: usize,
    /// Every partner's part of every pool.
    pub shares: Vec<PoolShare>,
    /// Wishes that are not in the plan, in order of ids.
    pub refused: Vec<Refused>,
    /// What the rules say of the plan; none of it is a `must`.
    pub breaches: Vec<Breach>,
    /// What was taken as given because nobody knows better.
    pub assumptions: Vec<String>,
    /// Where it leaves the plan that people have seen.
    pub departures: Vec<Departure>,
    /// Ruins and recreations of the search.
    pub iterations: u64,
    pub(crate) compiled: Compiled,
    pub(crate) solution: Solution,
}

/// A wish that is not in the plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Refused {
    /// Which.
    pub id: ActivityId,
    /// Index of the wish in [`Setting::wishes`].
    pub wish: usize,
    /// The rules that took it out of the plan again, when it was those.
    pub rules: Vec<String>,
}

/// Builds the plan of a setting. `progress` is asked again and again whether there is time left; see [`planner::search`].
///
/// # Errors
/// When there is nobody to plan for, or too much to do.
pub fn schedule(
    setting: &Setting<'_>,
    title: &str,
    options: &Options,
    progress: &mut dyn FnMut(&Progress) -> Continue,
) -> Result<Scheduled, ScheduleError> {
    if setting.crew.is_empty() {
        return Err(ScheduleError::NobodyAboard);
    }
    if setting.wishes.left_out > 0 {
        return Err(ScheduleError::TooMuch(setting.wishes.left_out));
    }
    let mut compiled = compile(setting);
    let options = Options { ejections: options.ejections.min(EJECTIONS), ..options.clone() };
    let outcome = search(&mut compiled, setting, &options, progress)?;
    let mut solution = outcome.solution;
    let mut plan = compiled.plan(setting, title, &solution);
    let (breaches, taken) = pass(setting, &compiled, &mut plan, &mut solution);
    let refused = refused(setting, &solution, &taken);
    let assumptions = assumptions(setting, &compiled);
    let mandatory = |placed: &dyn Fn(usize) -> bool| {
        let tasks = setting.wishes.list.iter().enumerate();
        let is_asked = |wish: &Wish| !compiled.excused.contains(&wish.id);
        tasks
            .filter(|(at, wish)| wish.standing == Standing::Mandatory && is_asked(wish) && placed(*at))
            .count()
    };
    let value = compiled.problem.tasks.iter().zip(&solution.placements);
    let bound = planner::bound(&compiled.problem).map_err(ScheduleError::of)?;
    Ok(Scheduled {
        value: value.filter(|(_, at)| at.is_some()).map(|(task, _)| u64::from(task.value)).sum(),
        bound: u64::try_from(bound.value).unwrap_or_default(),
        objective: planner::worth(&compiled.problem, &solution).objective,
        mandatory_placed: mandatory(&|at| solution.placements[at].is_some()),
        mandatory_total: mandatory(&|_| true),
        shares: shares(setting, &plan),
        refused,
        breaches,
        assumptions,
        departures: setting.kept.map_or_else(Vec::new, |kept| departures(kept, &plan)),
        iterations: outcome.iterations,
        plan,
        compiled,
        solution,
    })
}

/// A first plan that knows no shares says how much there is to share, and whether mandatory work needs a closer look; then shares count.
fn search(
    compiled: &mut Compiled,
    setting: &Setting<'_>,
    options: &Options,
    progress: &mut dyn FnMut(&Progress) -> Continue,
) -> Result<Outcome, ScheduleError> {
    let first = first_plan(compiled, options)?;
    if crew_time_pools(setting.book).next().is_some() {
        compiled.claims.aim(&mut compiled.problem, &first.solution);
    }
    let kept = compiled.start(setting).or_else(|| options.start.clone());
    let start = match kept {
        None if is_complete(&first) => first.solution,
        kept => with_mandatory(compiled, kept.unwrap_or(first.solution), options)?,
    };
    let options = Options { start: Some(start), ..options.clone() };
    planner::search(&compiled.problem, &options, progress).map_err(ScheduleError::of)
}

/// The first full plan, of which nothing is bettered yet.
fn first_plan(compiled: &Compiled, options: &Options) -> Result<Outcome, ScheduleError> {
    let options = Options { iterations: Some(0), islands: 1, threads: 1, ..options.clone() };
    planner::search(&compiled.problem, &options, &mut |_| Continue::Spent(0.0)).map_err(ScheduleError::of)
}

fn is_complete(outcome: &Outcome) -> bool {
    outcome.worth.mandatory_placed == outcome.worth.mandatory_total
}

/// A plan as it was given, but with all mandatory work in it if that can be found: a search from there moves nothing else without need.
fn with_mandatory(
    compiled: &Compiled,
    given: Solution,
    options: &Options,
) -> Result<Solution, ScheduleError> {
    let mut found = None;
    for turn in 0..=TURNS {
        // By other turns of chance before it is looked for all anew.
        let seed = options.seed.wrapping_add(turn << 32);
        let again = Options { seed, start: Some(given.clone()), ..options.clone() };
        let outcome = first_plan(compiled, &again)?;
        if is_complete(&outcome) {
            found = Some(outcome.solution);
            break;
        }
    }
    let found = match found {
        Some(found) => Some(found),
        None => hold_all(compiled)?,
    };
    let Some(found) = found else { return Ok(given) };
    let mut start = given;
    for (at, (task, placed)) in
        start.placements.iter_mut().zip(compiled.problem.tasks.iter().zip(found.placements))
    {
        if task.need == Need::Mandatory {
            *at = placed;
        }
    }
    Ok(start)
}

/// So many turns of chance before another way is looked for to place mandatory work.
const TURNS: u64 = 4;

/// How hard to look for a way to do all mandatory work, or for what of it clashes.
pub(crate) const EFFORT: CoreOptions = CoreOptions { seed: 1, ejections: 400, tries: 50_000, parts: 120 };

/// Looks for places for all mandatory work just as [`Scheduled::clash`] does, so that one of the two finds something.
fn hold_all(compiled: &Compiled) -> Result<Option<Solution>, ScheduleError> {
    planner::hold_all(&compiled.problem, &EFFORT).map_err(ScheduleError::of)
}

/// Mandatory work that has found no place after so many pushes in a week most likely has none; [`Scheduled::clash`] looks closer.
const EJECTIONS: u64 = 3_000;

/// Holds the plan against all rules, and takes out what breaks one that must be kept, the least worth first, until nothing does.
fn pass(
    setting: &Setting<'_>,
    compiled: &Compiled,
    plan: &mut Plan,
    solution: &mut Solution,
) -> (Vec<Breach>, BTreeMap<ActivityId, Vec<String>>) {
    let mut scene = setting.scene.clone();
    scene::put_plan(&mut scene, setting.book, plan, &setting.crew);
    let mut checker = Checker::new(setting.rules.clone(), scene);
    let index: BTreeMap<&str, usize> =
        setting.wishes.list.iter().enumerate().map(|(at, wish)| (wish.id.as_str(), at)).collect();
    let mut taken: BTreeMap<ActivityId, Vec<String>> = BTreeMap::new();
    loop {
        let to_blame = checker.breaches().into_iter().filter(|breach| breach.severity == Severity::Must);
        let worst = to_blame
            .filter_map(|breach| {
                let movable = breach.subjects.iter().filter_map(|subject| {
                    let at = *index.get(subject.as_str())?;
                    let task = &compiled.problem.tasks[at];
                    let is_free = task.need == Need::Optional && task.locked.is_none();
                    (is_free && solution.placements[at].is_some()).then_some((task.value, at))
                });
                movable.min().map(|(_, at)| (at, breach.rule.clone()))
            })
            .next();
        let Some((at, rule)) = worst else { break };
        let id = setting.wishes.list[at].id.clone();
        checker.edit(Change::Remove(id.to_string()));
        solution.placements[at] = None;
        plan.activities.remove(&id);
        taken.entry(id).or_default().push(rule);
    }
    let breaches = checker.breaches().into_iter().filter(|breach| concerns(breach, plan)).cloned().collect();
    (breaches, taken)
}

/// Whether a breach has to do with a plan: an activity or a person of it is to blame. What is wrong with the traffic or the stocks is no
/// fault of the plan's.
#[must_use]
pub fn concerns(breach: &Breach, plan: &Plan) -> bool {
    breach.subjects.iter().any(|subject| plan.activities.contains_key(subject.as_str()))
        || breach.subjects.iter().any(|subject| plan.crew.contains_key(subject.as_str()))
}

fn refused(
    setting: &Setting<'_>,
    solution: &Solution,
    taken: &BTreeMap<ActivityId, Vec<String>>,
) -> Vec<Refused> {
    let unplaced =
        setting.wishes.list.iter().enumerate().filter(|(at, _)| solution.placements[*at].is_none());
    unplaced
        .map(|(at, wish)| Refused {
            id: wish.id.clone(),
            wish: at,
            rules: taken.get(&wish.id).cloned().unwrap_or_default(),
        })
        .collect()
}

fn assumptions(setting: &Setting<'_>, compiled: &Compiled) -> Vec<String> {
    let mut all = Vec::new();
    let known = setting.book.about.known_until;
    if setting.span.end() > known {
        all.push(format!(
            "who is aboard and what is docked is known to {} GMT; those aboard then are taken to stay",
            known.gmt()
        ));
    }
    if setting.span.end() < known {
        all.push(format!(
            "requests, skills and devices are those that the book has now, not those of {}",
            setting.span.start().gmt()
        ));
    }
    let disruption = &setting.disruption;
    let away = disruption.away.iter().map(|(person, when)| (format!("`{person}` can do nothing"), when));
    let lost = disruption.lost.iter().map(|(name, when)| (format!("`{name}` does not hold"), when));
    let down = disruption.down.iter().map(|(one, when)| (format!("`{one}` is out of use"), when));
    for (what, when) in away.chain(lost).chain(down) {
        all.push(format!("{what} from {} to {}", when.start().gmt(), when.end().gmt()));
    }
    for id in &compiled.excused {
        all.push(format!("`{id}` is not asked for: those who do it are away, or it is past"));
    }
    for (need, wishes) in &compiled.unknown {
        all.push(format!(
            "when `{need}` holds is not known in this time: {wishes} wishes that need it are placed without regard to it"
        ));
    }
    all
}
