//! A setting as a problem for the planner.

use std::collections::{BTreeMap, BTreeSet};

use plan::{Activity, ActivityId, Bond, Day, KindId, Plan, Seat, Standing, Wish};
use planner::{
    DayLimit, Demand, Need, Person, PersonSet, Placement, Presence, Previous, Problem, Relation, Resource,
    Role, SlotSet, Solution, Spread, Task,
};
use record::{PersonId, ResourceId};
use rules::Case;
use timeline::{Duration, Window};

use crate::bind::{Bound, Kinds};
use crate::grid::Grid;
use crate::setting::Setting;
use crate::shares::Claims;

/// What moving something costs that people have seen: so many times what it is worth; another crew costs its worth once.
const MOVED: u32 = 2;

/// What has no worth of its own is moved as unwillingly as something usual.
const LEAST_DEAR: u32 = 20;

/// A problem, and how its parts are called.
pub(crate) struct Compiled {
    /// Its first tasks are the wishes of the setting, in their order; then comes what stays where it is and rules look at.
    pub(crate) problem: Problem,
    pub(crate) grid: Grid,
    /// What stays where it is beside the wishes.
    pub(crate) settled: Vec<(ActivityId, Activity)>,
    pub(crate) persons: Vec<PersonId>,
    /// In order of the problem's resources; further ones are made by rules.
    pub(crate) resources: Vec<ResourceId>,
    /// In order of the problem's windows.
    pub(crate) windows: Vec<String>,
    pub(crate) claims: Claims,
    /// Needs of which nobody knows when they hold, and for how many wishes that is so.
    pub(crate) unknown: BTreeMap<String, usize>,
    /// Mandatory wishes that nobody is asked for, since those who do them are away.
    pub(crate) excused: Vec<ActivityId>,
}

struct Compiling<'a> {
    setting: &'a Setting<'a>,
    bound: Bound,
    made: Compiled,
    cases: Vec<Case>,
    person_of: BTreeMap<&'a PersonId, usize>,
    resource_of: BTreeMap<&'a ResourceId, usize>,
    window_of: BTreeMap<(&'a str, Duration), Option<usize>>,
}

pub(crate) fn compile(setting: &Setting<'_>) -> Compiled {
    let grid = Grid::of(setting.span);
    let made = Compiled {
        problem: Problem { slots: grid.slots, ..Problem::default() },
        grid,
        settled: Vec::new(),
        persons: setting.crew.iter().map(|member| member.person.clone()).collect(),
        resources: setting.book.planning.resources.iter().map(|resource| resource.id.clone()).collect(),
        windows: Vec::new(),
        claims: Claims::of(setting),
        unknown: BTreeMap::new(),
        excused: Vec::new(),
    };
    let mut compiling = Compiling {
        setting,
        bound: Bound::of(setting),
        made,
        cases: Vec::new(),
        person_of: setting.crew.iter().enumerate().map(|(at, member)| (&member.person, at)).collect(),
        resource_of: setting
            .book
            .planning
            .resources
            .iter()
            .enumerate()
            .map(|(at, resource)| (&resource.id, at))
            .collect(),
        window_of: BTreeMap::new(),
    };
    compiling.frame();
    for wish in &setting.wishes.list {
        compiling.wish(wish);
    }
    compiling.settled();
    compiling.relations();
    let Compiling { bound, mut made, cases, .. } = compiling;
    let kinds = bound.put(&mut made.problem, &cases);
    day_limits(setting, &kinds, &mut made.problem);
    made.claims.put(&mut made.problem);
    made
}

impl<'a> Compiling<'a> {
    /// Days, people and what there is.
    fn frame(&mut self) {
        let (setting, grid) = (self.setting, self.made.grid);
        let problem = &mut self.made.problem;
        let mut starts: Vec<u32> = Day::in_span(setting.span).map(|day| grid.after(day.start())).collect();
        starts.dedup();
        starts.retain(|start| *start < grid.slots);
        problem.day_starts = starts;
        for member in &setting.crew {
            let here = Window::from(member.aboard).minus(&setting.disruption.away(&member.person));
            let away = Window::from(setting.span).minus(&here);
            let blocked = away.iter().fold(SlotSet::new(), |all, one| all.or(&grid.touched(one)));
            problem.persons.push(Person { blocked });
        }
        let resources = setting.book.planning.resources.iter();
        problem.resources =
            resources.map(|one| resource(one.capacity, &setting.disruption.down(&one.id), grid)).collect();
        problem.spread = Spread { persons: (0..problem.persons.len()).collect(), kinds: u64::MAX, weight: 0 };
    }

    fn wish(&mut self, wish: &'a Wish) {
        let grid = self.made.grid;
        let case = scene::unplaced(self.setting.book, wish, self.setting.span.start());
        let duration = Grid::length(wish.length).max(1);
        let free = wish.within.minus(&self.bound.barred(&case));
        let starts = free.iter().fold(SlotSet::new(), |all, stretch| {
            all.or(&grid.inside(&Window::from(stretch)).starts_of(duration))
        });
        let mut within = Vec::new();
        for need in &wish.needs {
            within.extend(self.window(need, wish.breaks));
        }
        let kept = self.setting.kept.and_then(|kept| kept.activities.get(&wish.id));
        let placement = kept.and_then(|kept| self.placement(kept));
        let is_settled = kept.is_some_and(|kept| self.setting.is_settled(kept));
        let starts = match self.setting.disruption.now {
            Some(now) => starts.and(&SlotSet::from_range(grid.after(now)..grid.slots)),
            None => starts,
        };
        let is_excused = self.is_excused(wish, &starts, duration);
        if is_excused && !is_settled && wish.standing == Standing::Mandatory {
            self.made.excused.push(wish.id.clone());
        }
        let task = Task {
            duration: kept.filter(|_| is_settled).map_or(duration, |kept| Grid::length(kept.length()).max(1)),
            crew: wish.crew.iter().map(|seat| self.role(seat)).collect(),
            demands: self.demands(&wish.uses),
            starts,
            within,
            kind: 0,
            partner: self.made.claims.of_wish(self.setting, wish),
            need: if wish.standing == Standing::Mandatory && !is_excused {
                Need::Mandatory
            } else {
                Need::Optional
            },
            value: if wish.standing == Standing::Mandatory { 0 } else { wish.worth },
            previous: placement.filter(|_| !is_settled).map(|placement| {
                let worth = wish.worth.max(LEAST_DEAR);
                Previous {
                    placement,
                    start_cost: worth * MOVED,
                    person_cost: worth,
                    drop_cost: worth * MOVED,
                }
            }),
            locked: placement.filter(|_| is_settled),
            choice: None,
        };
        self.put(task, case);
    }

    /// Whether fewer than it needs are there at any time at which it may be done, because of who is away now.
    fn is_excused(&self, wish: &Wish, starts: &SlotSet, duration: u32) -> bool {
        let disruption = &self.setting.disruption;
        if disruption.away.is_empty() && disruption.now.is_none() {
            return false;
        }
        let is_there = |person: &&PersonId| {
            let away = disruption.away(person);
            let free = SlotSet::from_range(0..self.made.grid.slots)
                .without(&away.iter().fold(SlotSet::new(), |all, one| all.or(&self.made.grid.touched(one))));
            !free.starts_of(duration).and(starts).is_empty()
        };
        wish.crew.iter().any(|seat| seat.of.iter().filter(is_there).count() < seat.count as usize)
    }

    fn put(&mut self, task: Task, case: Case) {
        self.made.problem.tasks.push(task);
        self.cases.push(case);
    }

    /// What has its place: the fixed blocks, and what the kept plan has beside the wishes.
    fn settled(&mut self) {
        let setting = self.setting;
        let kept = setting.kept;
        for (id, block) in &setting.wishes.fixed {
            let activity = kept.and_then(|kept| kept.activities.get(id)).unwrap_or(block);
            self.settle(id, activity);
        }
        let wished: BTreeSet<&ActivityId> = setting.wishes.list.iter().map(|wish| &wish.id).collect();
        for (id, activity) in kept.into_iter().flat_map(|kept| &kept.activities) {
            if !wished.contains(id) && !setting.wishes.fixed.contains_key(id) && is_inside(activity, setting)
            {
                self.settle(id, activity);
            }
        }
    }

    /// What rules tell from other things is a task that stays; the rest only takes time and things away.
    fn settle(&mut self, id: &ActivityId, activity: &Activity) {
        let grid = self.made.grid;
        self.made.settled.push((id.clone(), activity.clone()));
        let Some(case) = scene::case(self.setting.book, id, activity) else { return };
        let Some(interval) = activity.interval() else { return };
        let slots = grid.touched(interval);
        let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return };
        let crew: PersonSet =
            activity.crew.iter().filter_map(|person| self.person_of.get(person).copied()).collect();
        if self.bound.concerns(&case) || !activity.uses.is_empty() {
            let task = Task {
                duration: last + 1 - first,
                crew: vec![Role { count: crew.count(), eligible: crew }],
                demands: self.demands(&activity.uses),
                starts: SlotSet::from_range(first..first + 1),
                locked: Some(Placement { start: first, crew }),
                need: Need::Mandatory,
                ..Task::default()
            };
            self.put(task, case);
            return;
        }
        for person in crew.iter() {
            let blocked = &mut self.made.problem.persons[person].blocked;
            *blocked = blocked.or(&slots);
        }
    }

    fn role(&self, seat: &Seat) -> Role {
        let eligible = seat.of.iter().filter_map(|person| self.person_of.get(person).copied()).collect();
        Role { count: seat.count, eligible }
    }

    fn demands(&self, uses: &[plan::Demand]) -> Vec<Demand> {
        let of = |used: &plan::Demand| {
            let resource = *self.resource_of.get(&used.resource)?;
            Some(Demand { resource, amount: used.amount })
        };
        uses.iter().filter_map(of).collect()
    }

    /// The window of a need; none when nobody knows when it holds.
    fn window(&mut self, need: &'a str, breaks: Duration) -> Option<usize> {
        if let Some(window) = self.window_of.get(&(need, breaks)) {
            if window.is_none() {
                *self.made.unknown.entry(need.to_owned()).or_default() += 1;
            }
            return *window;
        }
        let found = self.setting.when(need).map(|need| {
            // What is not known is no reason to leave something out: it is told instead.
            let holds = need.holds.or(&need.unknown);
            let long = holds.not(self.setting.span).longer_than(breaks);
            let slots = self.made.grid.inside(&Window::from(self.setting.span).minus(&long));
            self.made.problem.windows.push(slots);
            self.made.windows.len()
        });
        if found.is_some() {
            self.made.windows.push(need.to_owned());
        } else {
            *self.made.unknown.entry(need.to_owned()).or_default() += 1;
        }
        self.window_of.insert((need, breaks), found);
        found
    }

    fn placement(&self, activity: &Activity) -> Option<Placement> {
        let inside = activity.interval()?.intersection(self.setting.span)?;
        let start = self.made.grid.before(inside.start());
        let crew = activity.crew.iter().filter_map(|person| self.person_of.get(person).copied()).collect();
        (start < self.made.grid.slots).then_some(Placement { start, crew })
    }

    fn relations(&mut self) {
        for link in &self.setting.wishes.links {
            let presence = match link.bond {
                Bond::Needs => Presence::NeedsFirst,
                Bond::Apart => Presence::IfBoth,
            };
            self.made.problem.relations.push(Relation::Before {
                first: link.first,
                then: link.then,
                min_slots: Grid::length(link.least),
                max_slots: link.most.map(Grid::length),
                presence,
            });
        }
    }
}

/// A resource that is out of use at times.
fn resource(capacity: u32, down: &Window, grid: Grid) -> Resource {
    let changes =
        down.iter().flat_map(|one| [(grid.before(one.start()), 0), (grid.after(one.end()), capacity)]);
    Resource { capacity, changes: changes.collect() }
}

fn is_inside(activity: &Activity, setting: &Setting<'_>) -> bool {
    activity.interval().is_some_and(|interval| interval.overlaps(setting.span))
}

/// What each kind of day lets each person do.
fn day_limits(setting: &Setting<'_>, kinds: &Kinds, problem: &mut Problem) {
    let calendar = setting.calendar();
    // By person and kind of activity: the days on which there is a limit.
    let mut limits: BTreeMap<(&KindId, DayLimits), PersonSet> = BTreeMap::new();
    for (person, member) in setting.crew.iter().enumerate() {
        let mut own: BTreeMap<&KindId, DayLimits> = BTreeMap::new();
        for (at, day) in Day::in_span(setting.span).enumerate() {
            for limit in calendar.kind(day, member).into_iter().flat_map(|kind| &kind.limits) {
                own.entry(&limit.kind).or_default().push((at, limit.minutes / plan::GRID_MIN));
            }
        }
        for one in own {
            let persons = limits.entry(one).or_default();
            *persons = persons.or(PersonSet::one(person));
        }
    }
    for ((kind, exceptions), persons) in limits {
        let kinds = kinds.named(kind.as_str());
        if kinds != 0 {
            problem.limits.push(DayLimit { persons, kinds, exceptions, ..DayLimit::default() });
        }
    }
}

/// Days, by number, and how many slots there are at most.
type DayLimits = Vec<(usize, u32)>;

impl Compiled {
    /// A solution as a plan.
    pub(crate) fn plan(&self, setting: &Setting<'_>, title: &str, solution: &Solution) -> Plan {
        let mut plan = Plan::empty(title, setting.level, setting.span);
        let planned =
            |member: &plan::Member| Some((member.person.clone(), member.aboard.intersection(setting.span)?));
        plan.crew = setting.crew.iter().filter_map(planned).collect();
        plan.task_list.clone_from(&setting.wishes.task_list);
        for (wish, placement) in setting.wishes.list.iter().zip(&solution.placements) {
            let kept = setting.kept.and_then(|kept| kept.activities.get(&wish.id));
            let activity = match kept.filter(|kept| setting.is_settled(kept)) {
                Some(settled) => Some(settled.clone()),
                None => placement.map(|placement| self.activity(wish, placement)),
            };
            plan.activities.extend(activity.map(|activity| (wish.id.clone(), activity)));
        }
        plan.activities.extend(self.settled.iter().cloned());
        plan
    }

    /// The kept plan as the search's beginning; what of it no longer fits is left out there.
    pub(crate) fn start(&self, setting: &Setting<'_>) -> Option<Solution> {
        setting.kept?;
        let placed = |task: &Task| task.locked.or_else(|| task.previous.map(|previous| previous.placement));
        Some(Solution { placements: self.problem.tasks.iter().map(placed).collect() })
    }

    fn activity(&self, wish: &Wish, placement: Placement) -> Activity {
        let crew = placement.crew.iter().filter_map(|person| self.persons.get(person).cloned());
        wish.placed(self.grid.time(placement.start), crew)
    }
}
