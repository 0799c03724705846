//! Crew weeks as text, one record a line:
//!
//! `T slots C crew` · `R` capacity of each resource · `B crew from to` blocked · `COMM` and `DAY` a 0 or 1 for every slot ·
//! `A id mandatory priority slots crew needs flag earliest latest_end partner kind eligible` (flag 1: `COMM` must hold, 2: `DAY`;
//! needs and eligible are lists with commas, `-` for none) · `P before after lag`.
//!
//! Kinds: `L` lunch, `X` exercise, `W` work; no exercise starts within 12 slots after the same person's lunch. A task is worth
//! its priority for every slot of every one of its crew.

use std::collections::BTreeMap;

use crate::SlotSet;
use crate::problem::{
    Demand, MAX_PERSONS, MAX_SLOTS, MAX_TASKS, Need, Partner, Person, PersonSet, Presence, Problem, Relation,
    Resource, Role, Separation, Task,
};

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ReadError {
    /// From 1; one more than the last when the text ends too early.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl ReadError {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// Slots of a day, of five minutes each.
const SLOTS_PER_DAY: u32 = 288;
/// Rest between lunch and exercise, an hour.
const REST_SLOTS: u32 = 12;
const KINDS: [&str; 3] = ["L", "X", "W"];

/// Reads a crew week.
///
/// # Errors
///
/// The first line that does not say what it should.
pub fn read_crew_week(text: &str) -> Result<Problem, ReadError> {
    let mut reader = Reader::default();
    for (at, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some((record, fields)) = words.split_first() {
            reader.line(record, fields).map_err(|message| ReadError::new(at + 1, message))?;
        }
    }
    let end = text.lines().count() + 1;
    reader.finish().map_err(|(line, message)| ReadError::new(line.unwrap_or(end), message))
}

#[derive(Default)]
struct Reader {
    problem: Problem,
    blocked: Vec<Vec<std::ops::Range<u32>>>,
    windows: [Option<SlotSet>; 2],
    flags: Vec<u32>,
    partners: BTreeMap<String, usize>,
}

impl Reader {
    fn line(&mut self, record: &str, fields: &[&str]) -> Result<(), String> {
        if self.problem.slots == 0 && record != "T" {
            return Err("the first record must be `T slots C crew`".into());
        }
        match (record, fields) {
            ("T", [slots, "C", crew]) => self.size(slots, crew),
            ("R", capacities) => {
                for capacity in capacities {
                    self.problem.resources.push(Resource::constant(number(capacity, u32::MAX)?));
                }
                Ok(())
            }
            ("B", [person, from, to]) => {
                let last = (self.blocked.len() as u32)
                    .checked_sub(1)
                    .ok_or("somebody is blocked, but there is nobody")?;
                let person = number(person, last)?;
                let to = number(to, self.problem.slots)?;
                self.blocked[person as usize].push(number(from, to)?..to);
                Ok(())
            }
            ("COMM", [slots]) => self.window(0, slots),
            ("DAY", [slots]) => self.window(1, slots),
            ("A", [id, rest @ ..]) if rest.len() == 11 => self.task(id, rest),
            ("P", [first, then, lag]) => self.before(first, then, lag),
            ("T" | "B" | "COMM" | "DAY" | "A" | "P", _) => {
                Err(format!("a record `{record}` with {} fields, which is not its number", fields.len()))
            }
            _ => Err(format!("`{record}` is none of T, R, B, COMM, DAY, A and P")),
        }
    }

    fn size(&mut self, slots: &str, crew: &str) -> Result<(), String> {
        if self.problem.slots != 0 {
            return Err("a second record `T`".into());
        }
        self.problem.slots = number(slots, MAX_SLOTS)?;
        if self.problem.slots == 0 {
            return Err("a grid of 0 slots".into());
        }
        self.problem.day_starts = (0..self.problem.slots).step_by(SLOTS_PER_DAY as usize).collect();
        self.blocked = vec![Vec::new(); number(crew, MAX_PERSONS as u32)? as usize];
        Ok(())
    }

    fn window(&mut self, which: usize, slots: &str) -> Result<(), String> {
        if slots.len() != self.problem.slots as usize {
            return Err(format!(
                "{} digits, expected one for each of {} slots",
                slots.len(),
                self.problem.slots
            ));
        }
        if let Some(other) = slots.bytes().find(|byte| !matches!(byte, b'0' | b'1')) {
            return Err(format!("`{}` among the slots, expected 0 or 1", char::from(other)));
        }
        let held = slots.bytes().enumerate().filter(|(_, byte)| *byte == b'1');
        self.windows[which] = Some(held.map(|(slot, _)| slot as u32).collect());
        Ok(())
    }

    fn task(&mut self, id: &str, fields: &[&str]) -> Result<(), String> {
        let [mandatory, priority, slots, crew, needs, flag, earliest, latest_end, partner, kind, eligible] =
            fields
        else {
            return Err("an activity has 12 fields".into());
        };
        let index = self.problem.tasks.len();
        if number(id, u32::MAX)? as usize != index || index >= MAX_TASKS {
            return Err(format!(
                "activity `{id}`, expected number {index} (and at most {MAX_TASKS} of them)"
            ));
        }
        let duration = number(slots, self.problem.slots)?;
        let (earliest, latest_end) =
            (number(earliest, self.problem.slots)?, number(latest_end, self.problem.slots)?);
        if duration == 0 {
            return Err(format!("activity {index} lasts no time"));
        }
        let (value, count) = (number(priority, 1 << 16)?, number(crew, MAX_PERSONS as u32)?);
        let persons = list(eligible, self.blocked.len())?.into_iter().collect::<PersonSet>();
        let next = self.partners.len();
        self.flags.push(number(flag, 2)?);
        self.problem.tasks.push(Task {
            duration,
            crew: if count == 0 { Vec::new() } else { vec![Role { count, eligible: persons }] },
            demands: demands(&list(needs, self.problem.resources.len())?),
            starts: SlotSet::from_range(earliest..(latest_end + 1).saturating_sub(duration)),
            kind: KINDS
                .iter()
                .position(|name| name == kind)
                .ok_or(format!("kind `{kind}`, expected L, X or W"))?,
            partner: Some(*self.partners.entry((*partner).to_owned()).or_insert(next)),
            need: if number(mandatory, 1)? == 1 { Need::Mandatory } else { Need::Optional },
            value: u32::try_from(u64::from(value) * u64::from(duration) * u64::from(count))
                .map_err(|_| format!("activity {index} is worth more than {}", u32::MAX))?,
            ..Task::default()
        });
        Ok(())
    }

    fn before(&mut self, first: &str, then: &str, lag: &str) -> Result<(), String> {
        let last = (self.problem.tasks.len() as u32).checked_sub(1).ok_or("an order before any activity")?;
        self.problem.relations.push(Relation::Before {
            first: number(first, last)? as usize,
            then: number(then, last)? as usize,
            min_slots: number(lag, self.problem.slots)?,
            max_slots: None,
            presence: Presence::NeedsFirst,
        });
        Ok(())
    }

    fn finish(self) -> Result<Problem, (Option<usize>, String)> {
        let mut problem = self.problem;
        if problem.slots == 0 {
            return Err((None, "no record `T slots C crew`".into()));
        }
        problem.persons =
            self.blocked.into_iter().map(|ranges| Person { blocked: SlotSet::from_ranges(ranges) }).collect();
        problem.separations.push(Separation { first: 0, then: 1, gap_slots: REST_SLOTS });
        problem.partners = vec![Partner::default(); self.partners.len()];
        for (task, flag) in problem.tasks.iter_mut().zip(self.flags) {
            if let Some(which) = (flag as usize).checked_sub(1) {
                task.within.push(which);
            }
        }
        for (at, name) in ["COMM", "DAY"].into_iter().enumerate() {
            if self.windows[at].is_none() && problem.tasks.iter().any(|task| task.within.contains(&at)) {
                return Err((None, format!("activities need {name}, but there is no such record")));
            }
        }
        problem.windows = self.windows.into_iter().map(Option::unwrap_or_default).collect();
        problem.check().map_err(|faults| (None, faults[0].to_string()))?;
        Ok(problem)
    }
}

/// A resource that is named twice is needed twice.
fn demands(resources: &[usize]) -> Vec<Demand> {
    let mut demands: Vec<Demand> = Vec::new();
    for resource in resources {
        match demands.iter_mut().find(|demand| demand.resource == *resource) {
            Some(demand) => demand.amount += 1,
            None => demands.push(Demand { resource: *resource, amount: 1 }),
        }
    }
    demands
}

fn number(text: &str, most: u32) -> Result<u32, String> {
    let value: u32 = text.parse().map_err(|_| format!("`{text}` is no whole number"))?;
    if value > most { Err(format!("{value}, expected at most {most}")) } else { Ok(value) }
}

fn list(text: &str, count: usize) -> Result<Vec<usize>, String> {
    if text == "-" {
        return Ok(Vec::new());
    }
    let parse = |item: &str| {
        let index = number(item, u32::MAX)? as usize;
        if index < count {
            Ok(index)
        } else {
            Err(format!("number {index} of {count} that there are, counted from 0"))
        }
    };
    text.split(',').map(parse).collect()
}
