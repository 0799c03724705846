//! Looks at a plan slot by slot. Nothing here is shared with the search, and nothing is quick.

use crate::problem::{PersonSet, Placement, Presence, Problem, Relation, Solution, Task};

/// One way in which a plan breaks its problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The plan has not one entry for each task.
    Shape,
    /// A mandatory task, or choice of tasks, has no place.
    MandatoryMissing(usize),
    /// Two alternatives are both placed.
    BothAlternatives(usize, usize),
    /// A locked task was moved.
    LockMoved(usize),
    /// A task does not start where it may, or does not end within the grid.
    Start(usize),
    /// A task runs while one of its windows does not hold.
    Window {
        /// The task.
        task: usize,
        /// Which of [`Problem::windows`].
        window: usize,
    },
    /// The crew does not fill the roles, or there is somebody too many in it.
    Crew(usize),
    /// Somebody is blocked.
    Blocked {
        /// The task.
        task: usize,
        /// Who.
        person: usize,
        /// When first.
        slot: u32,
    },
    /// Somebody does two things at once.
    Busy {
        /// Who.
        person: usize,
        /// When first.
        slot: u32,
        /// The two tasks.
        tasks: (usize, usize),
    },
    /// More of a resource is used than there is.
    Overload {
        /// Which of [`Problem::resources`].
        resource: usize,
        /// When first.
        slot: u32,
    },
    /// Somebody has not enough rest between two kinds.
    TooClose {
        /// Who.
        person: usize,
        /// The earlier and the later task.
        tasks: (usize, usize),
    },
    /// Somebody has too much of something in a day.
    DayLimit {
        /// Which of [`Problem::limits`].
        limit: usize,
        /// Who.
        person: usize,
        /// Which day.
        day: usize,
    },
    /// Which of [`Problem::relations`] does not hold.
    Relation(usize),
}

/// All ways in which a plan breaks its problem; empty when it keeps everything. Faults that locked tasks bring with them are told too.
#[must_use]
pub fn verify(problem: &Problem, solution: &Solution) -> Vec<Violation> {
    if solution.placements.len() != problem.tasks.len() {
        return vec![Violation::Shape];
    }
    let mut found = Vec::new();
    for (index, task) in problem.tasks.iter().enumerate() {
        match solution.placements[index] {
            Some(at) => check_one(problem, index, task, at, &mut found),
            None if task.locked.is_some() => found.push(Violation::LockMoved(index)),
            None => {}
        }
    }
    check_presence(problem, solution, &mut found);
    for person in 0..problem.persons.len() {
        check_person(problem, solution, person, &mut found);
    }
    check_resources(problem, solution, &mut found);
    for (index, relation) in problem.relations.iter().enumerate() {
        if !holds(problem, solution, relation) {
            found.push(Violation::Relation(index));
        }
    }
    found
}

fn check_one(problem: &Problem, index: usize, task: &Task, at: Placement, found: &mut Vec<Violation>) {
    if task.locked.is_some_and(|locked| locked != at) {
        found.push(Violation::LockMoved(index));
    }
    let end = at.start.saturating_add(task.duration);
    if !task.starts.contains(at.start) || end > problem.slots {
        found.push(Violation::Start(index));
    }
    for window in &task.within {
        if (at.start..end).any(|slot| !problem.windows[*window].contains(slot)) {
            found.push(Violation::Window { task: index, window: *window });
        }
    }
    let roles: Vec<PersonSet> =
        task.crew.iter().flat_map(|role| (0..role.count).map(|_| role.eligible)).collect();
    if at.crew.count() as usize != roles.len() || !can_fill(&roles, at.crew) {
        found.push(Violation::Crew(index));
    }
    for person in at.crew.iter() {
        let blocked = &problem.persons[person].blocked;
        if let Some(slot) = (at.start..end).find(|slot| blocked.contains(*slot)) {
            found.push(Violation::Blocked { task: index, person, slot });
        }
    }
}

/// Can every seat be given to another person of the crew? Tried one seat after the other (Kuhn's matching).
fn can_fill(seats: &[PersonSet], crew: PersonSet) -> bool {
    fn seat_one(
        seats: &[PersonSet],
        crew: PersonSet,
        seat: usize,
        held: &mut [Option<usize>; 64],
        seen: &mut u64,
    ) -> bool {
        for person in seats[seat].and(crew).iter() {
            if *seen >> person & 1 == 1 {
                continue;
            }
            *seen |= 1 << person;
            if held[person].is_none_or(|other| seat_one(seats, crew, other, held, seen)) {
                held[person] = Some(seat);
                return true;
            }
        }
        false
    }
    let mut held = [None; 64];
    seats.len() <= 64 && (0..seats.len()).all(|seat| seat_one(seats, crew, seat, &mut held, &mut 0))
}

fn check_presence(problem: &Problem, solution: &Solution, found: &mut Vec<Violation>) {
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut wanted: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for (index, task) in problem.tasks.iter().enumerate() {
        let is_placed = solution.placements[index].is_some();
        match task.choice {
            Some(choice) => {
                if is_placed && let Some(other) = taken.insert(choice, index) {
                    found.push(Violation::BothAlternatives(other, index));
                }
                if task.is_mandatory() {
                    wanted.entry(choice).or_insert(index);
                }
            }
            None if task.is_mandatory() && !is_placed => found.push(Violation::MandatoryMissing(index)),
            None => {}
        }
    }
    let missing = wanted.into_iter().filter(|(choice, _)| !taken.contains_key(choice));
    found.extend(missing.map(|(_, task)| Violation::MandatoryMissing(task)));
}

fn check_person(problem: &Problem, solution: &Solution, person: usize, found: &mut Vec<Violation>) {
    let mut own: Vec<(u32, u32, usize)> = Vec::new();
    for (index, at) in solution.placements.iter().enumerate() {
        if let Some(at) = at
            && at.crew.contains(person)
        {
            own.push((at.start, at.start + problem.tasks[index].duration, index));
        }
    }
    own.sort_unstable();
    let mut does = vec![None; problem.slots as usize];
    for (start, end, index) in &own {
        let mut told = false;
        for slot in *start..(*end).min(problem.slots) {
            if let Some(other) = does[slot as usize]
                && !told
            {
                found.push(Violation::Busy { person, slot, tasks: (other, *index) });
                told = true;
            }
            does[slot as usize] = Some(*index);
        }
    }
    for (start, _, later) in &own {
        for (_, end, earlier) in &own {
            let kinds = (problem.tasks[*earlier].kind, problem.tasks[*later].kind);
            let gaps = problem.separations.iter().filter(|rule| (rule.first, rule.then) == kinds);
            if earlier != later && end <= start && gaps.clone().any(|rule| start - end < rule.gap_slots) {
                found.push(Violation::TooClose { person, tasks: (*earlier, *later) });
            }
        }
    }
    check_days(problem, &own, person, found);
}

fn check_days(problem: &Problem, own: &[(u32, u32, usize)], person: usize, found: &mut Vec<Violation>) {
    for (limit, rule) in problem.limits.iter().enumerate().filter(|(_, rule)| rule.persons.contains(person)) {
        let mut totals = vec![(0u32, 0u32); problem.day_starts.len()];
        for (start, end, index) in own {
            if rule.kinds >> problem.tasks[*index].kind & 1 == 1 {
                let day = problem.day_starts.iter().rposition(|first| first <= start).unwrap_or(0);
                totals[day].0 += end - start;
                totals[day].1 += 1;
            }
        }
        for (day, (slots, tasks)) in totals.into_iter().enumerate() {
            let over = |most: Option<u32>, count: u32| most.is_some_and(|most| count > most);
            if over(rule.most_slots_on(day), slots) || over(rule.most_tasks, tasks) {
                found.push(Violation::DayLimit { limit, person, day });
            }
        }
    }
}

fn check_resources(problem: &Problem, solution: &Solution, found: &mut Vec<Violation>) {
    for (resource, has) in problem.resources.iter().enumerate() {
        let mut used = vec![0u64; problem.slots as usize];
        for (task, at) in problem.tasks.iter().zip(&solution.placements) {
            let Some(at) = at else { continue };
            for demand in task.demands.iter().filter(|demand| demand.resource == resource) {
                for slot in at.start..(at.start + task.duration).min(problem.slots) {
                    used[slot as usize] += u64::from(demand.amount);
                }
            }
        }
        let over = (0..problem.slots).find(|slot| used[*slot as usize] > u64::from(has.capacity_at(*slot)));
        found.extend(over.map(|slot| Violation::Overload { resource, slot }));
    }
}

fn holds(problem: &Problem, solution: &Solution, relation: &Relation) -> bool {
    let (a, b) = relation.tasks();
    let (Some(at_a), Some(at_b)) = (solution.placements[a], solution.placements[b]) else {
        let alone = solution.placements[b].is_some() && solution.placements[a].is_none();
        let needs = matches!(relation, Relation::Before { presence: Presence::NeedsFirst, .. });
        return !(alone && needs);
    };
    let (end_a, end_b) = (at_a.start + problem.tasks[a].duration, at_b.start + problem.tasks[b].duration);
    match *relation {
        Relation::Before { min_slots, max_slots, .. } => at_b
            .start
            .checked_sub(end_a)
            .is_some_and(|lag| lag >= min_slots && max_slots.is_none_or(|most| lag <= most)),
        Relation::Apart { gap_slots, .. } => {
            let far = |end: u32, start: u32| start.checked_sub(end).is_some_and(|gap| gap >= gap_slots);
            far(end_a, at_b.start) || far(end_b, at_a.start)
        }
        Relation::SameCrew { .. } => {
            let both = at_a.crew.and(at_b.crew);
            both == at_a.crew || both == at_b.crew
        }
        Relation::OtherCrew { .. } => at_a.crew.and(at_b.crew).is_empty(),
    }
}
