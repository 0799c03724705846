//! `cupola plan bench`: the planner on public problems, whose answers anybody can recompute.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use planner::{Continue, Options, Problem, Progress, Project, ScheduleOptions, Solution};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::args::plan::bench::{Bench, Effort};
use crate::command::orbit::round;
use crate::text::Align::{Left, Right};
use crate::text::{Ink, ends, rule, table};

/// Exit status 1 when an answer breaks what it should keep, which would be a fault of the planner.
pub(crate) fn answer(asked: &Bench) -> Result<Answer> {
    let runs: Vec<Run> = match asked {
        Bench::Psplib { files, best, effort } => {
            let best = best.as_deref().map(Best::read).transpose()?;
            files.iter().map(|file| psplib(file, best.as_ref(), effort)).collect::<Result<_>>()?
        }
        Bench::Crewweek { files, effort, threads, islands } => {
            let how = (usize::from(*threads), usize::from(*islands));
            files.iter().map(|file| crew_week(file, effort, how)).collect::<Result<_>>()?
        }
    };
    let is_wrong = runs.iter().any(|run| !run.violations.is_empty());
    let answer = Answer::new(Facts { runs }, Facts::json, Facts::page);
    Ok(if is_wrong { answer.with_findings() } else { answer })
}

struct Facts {
    runs: Vec<Run>,
}

/// One file and what came of it.
struct Run {
    file: String,
    goal: Goal,
    bound: i64,
    first_plan_s: f64,
    seconds: f64,
    /// Ruins and recreations of each island, or schedules.
    iterations: u64,
    seed: u64,
    violations: Vec<String>,
}

/// What is sought, and what was found.
enum Goal {
    /// The least time for a project.
    Makespan { makespan: i64, best_known: Option<i64>, starts: Vec<u32> },
    /// The most value of a week.
    Value { value: i64, mandatory: [usize; 2], placements: Vec<Value> },
}

/// How long a search has run, and when its first answer stood.
struct Stopwatch {
    began: Instant,
    first_s: Option<f64>,
    seconds: f64,
}

impl Stopwatch {
    fn start(effort: &Effort) -> Self {
        Self { began: Instant::now(), first_s: None, seconds: effort.seconds }
    }

    fn ask(&mut self, _: &Progress) -> Continue {
        let spent_s = self.began.elapsed().as_secs_f64();
        self.first_s.get_or_insert(spent_s);
        if self.seconds > 0.0 { Continue::Spent(spent_s / self.seconds) } else { Continue::Stop }
    }

    fn read(&self) -> (f64, f64) {
        let spent_s = self.began.elapsed().as_secs_f64();
        (self.first_s.unwrap_or(spent_s), spent_s)
    }
}

fn text_of(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn psplib(file: &Path, best: Option<&Best>, effort: &Effort) -> Result<Run> {
    let project: Project = planner::read_psplib(&text_of(file)?)
        .with_context(|| format!("{} is no project of the PSPLIB", file.display()))?;
    let best_known = best.map(|best| best.of(file)).transpose()?.flatten();
    let mut watch = Stopwatch::start(effort);
    let options = ScheduleOptions { seed: effort.seed, schedules: effort.iterations };
    let outcome = planner::schedule(&project, &options, &mut |progress| watch.ask(progress))
        .with_context(|| format!("{} has no schedule", file.display()))?;
    let (first_plan_s, seconds) = watch.read();
    let violations = if project.is_kept_by(&outcome.starts) {
        Vec::new()
    } else {
        vec!["the schedule breaks an order or overdraws a resource".to_owned()]
    };
    Ok(Run {
        file: file.display().to_string(),
        bound: i64::from(outcome.bound),
        goal: Goal::Makespan { makespan: i64::from(outcome.makespan), best_known, starts: outcome.starts },
        first_plan_s,
        seconds,
        iterations: outcome.schedules,
        seed: effort.seed,
        violations,
    })
}

fn crew_week(file: &Path, effort: &Effort, (threads, islands): (usize, usize)) -> Result<Run> {
    let problem = planner::read_crew_week(&text_of(file)?)
        .with_context(|| format!("{} is no crew week", file.display()))?;
    let options =
        Options { seed: effort.seed, iterations: effort.iterations, threads, islands, ..Options::default() };
    let refused = |faults: Vec<planner::Fault>| {
        let said: Vec<String> = faults.iter().take(3).map(ToString::to_string).collect();
        anyhow::anyhow!("{} cannot be planned: {}", file.display(), said.join("; "))
    };
    let mut watch = Stopwatch::start(effort);
    let outcome =
        planner::search(&problem, &options, &mut |progress| watch.ask(progress)).map_err(refused)?;
    let (first_plan_s, seconds) = watch.read();
    let bound = planner::bound(&problem).map_err(refused)?.value;
    let violations = planner::verify(&problem, &outcome.solution);
    Ok(Run {
        file: file.display().to_string(),
        bound,
        goal: Goal::Value {
            value: outcome.worth.value,
            mandatory: [outcome.worth.mandatory_placed, outcome.worth.mandatory_total],
            placements: placements(&problem, &outcome.solution),
        },
        first_plan_s,
        seconds,
        iterations: outcome.iterations,
        seed: effort.seed,
        violations: violations.iter().map(|one| format!("{one:?}")).collect(),
    })
}

/// Best known makespans of one set of the library, by parameter and instance.
struct Best {
    /// Such as `j120`.
    set: String,
    makespans: BTreeMap<String, i64>,
}

/// The single-mode sets of the library.
const SETS: [&str; 4] = ["j30", "j60", "j90", "j120"];

impl Best {
    /// Reads `parameter instance makespan …`, under a head that names the set.
    fn read(file: &Path) -> Result<Self> {
        let text = text_of(file)?;
        let head: String = text.lines().take(3).collect::<Vec<_>>().join(" ") + &file.display().to_string();
        let is_named =
            |set: &&&str| head.contains(&format!("{set}hrs")) || head.contains(&format!("{set}opt"));
        let set = SETS.iter().find(is_named);
        let set = set.with_context(|| {
            format!("{} names none of the sets {} (as in j120hrs)", file.display(), SETS.join(", "))
        })?;
        let line = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [parameter, instance, makespan, ..] = words[..] else { return None };
            let _: (u32, u32) = (parameter.parse().ok()?, instance.parse().ok()?);
            Some((format!("{parameter}_{instance}"), makespan.parse().ok()?))
        };
        let makespans: BTreeMap<String, i64> = text.lines().filter_map(line).collect();
        ensure!(!makespans.is_empty(), "{} has no line `parameter instance makespan`", file.display());
        Ok(Self { set: (*set).to_owned(), makespans })
    }

    /// What is known of a project that is named as the library names it, such as `j1201_1.sm`; nothing of others.
    fn of(&self, file: &Path) -> Result<Option<i64>> {
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(set) = SETS.iter().find(|set| name.starts_with(**set)) else { return Ok(None) };
        if *set != self.set {
            bail!("{} is of {set}, the best known makespans are of {}", file.display(), self.set);
        }
        Ok(self.makespans.get(&name[set.len()..]).copied())
    }
}

impl Run {
    /// How far the answer is from its bound, as a part of the bound.
    fn gap(&self) -> Option<f64> {
        let found = match &self.goal {
            Goal::Makespan { makespan, .. } => makespan - self.bound,
            Goal::Value { value, .. } => self.bound - value,
        };
        (self.bound > 0).then(|| found as f64 / self.bound as f64)
    }

    fn gap_to_best(&self) -> Option<f64> {
        let Goal::Makespan { makespan, best_known: Some(best), .. } = &self.goal else { return None };
        (*best > 0).then(|| *makespan as f64 / *best as f64 - 1.0)
    }

    fn json(&self) -> Value {
        let mut json = json!({
            "file": self.file,
            "bound": self.bound,
            "gap": self.gap().map(|gap| round(gap, 6)),
            "first_plan_s": round(self.first_plan_s, 6),
            "seconds": round(self.seconds, 3),
            "iterations": self.iterations,
            "seed": self.seed,
            "violations": self.violations,
        });
        let more = match &self.goal {
            Goal::Makespan { makespan, best_known, starts } => json!({
                "kind": "psplib",
                "makespan": makespan,
                "best_known": best_known,
                "gap_to_best": self.gap_to_best().map(|gap| round(gap, 6)),
                "starts": starts,
            }),
            Goal::Value { value, mandatory: [placed, total], placements } => json!({
                "kind": "crewweek",
                "value": value,
                "best_known": null,
                "mandatory_placed": placed,
                "mandatory_total": total,
                "activities": placements,
            }),
        };
        if let (Value::Object(json), Value::Object(more)) = (&mut json, more) {
            json.extend(more);
        }
        json
    }

    fn row(&self) -> Vec<String> {
        let name =
            Path::new(&self.file).file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
        let percent =
            |part: Option<f64>| part.map_or_else(|| "—".to_owned(), |part| format!("{:.2} %", part * 100.0));
        let (found, beside) = match &self.goal {
            Goal::Makespan { makespan, best_known, .. } => {
                (*makespan, best_known.map_or_else(|| "—".to_owned(), |best| best.to_string()))
            }
            Goal::Value { value, mandatory: [placed, total], .. } => (*value, format!("{placed} of {total}")),
        };
        vec![
            name,
            found.to_string(),
            self.bound.to_string(),
            percent(self.gap()),
            beside,
            percent(self.gap_to_best()),
            format!("{:.1} ms", self.first_plan_s * 1e3),
            format!("{:.1} s", self.seconds),
            self.iterations.to_string(),
        ]
    }
}

/// Who does what when: tasks and persons by number, times in slots.
fn placements(problem: &Problem, solution: &Solution) -> Vec<Value> {
    let tasks = problem.tasks.iter().zip(&solution.placements).enumerate();
    tasks
        .filter_map(|(id, (task, placement))| {
            let at = placement.as_ref()?;
            let crew: Vec<usize> = at.crew.iter().collect();
            Some(json!({"id": id, "start": at.start, "end": at.start + task.duration, "crew": crew}))
        })
        .collect()
}

impl Facts {
    /// One file: an object; several: a list of them.
    fn json(&self) -> Value {
        match self.runs.as_slice() {
            [one] => one.json(),
            all => all.iter().map(Run::json).collect(),
        }
    }

    fn page(&self, ink: Ink) -> String {
        let is_project = self.runs.iter().any(|run| matches!(run.goal, Goal::Makespan { .. }));
        let (found, beside) = if is_project { ("makespan", "best known") } else { ("value", "mandatory") };
        let heads = [
            ("file", Left),
            (found, Right),
            ("bound", Right),
            ("gap", Right),
            (beside, Right),
            ("over best", Right),
            ("first plan", Right),
            ("time", Right),
            ("iterations", Right),
        ];
        let rows: Vec<Vec<String>> = self.runs.iter().map(Run::row).collect();
        let mut text = ends(
            &ink.bold("PLANNER ON PUBLIC PROBLEMS"),
            &format!("seed {}", self.runs.first().map_or(1, |run| run.seed)),
        ) + &rule(ink)
            + &table(ink, &heads, &rows);
        let over: Vec<f64> = self.runs.iter().filter_map(Run::gap_to_best).collect();
        if over.len() > 1 {
            let mean = over.iter().sum::<f64>() / over.len() as f64;
            text += &format!("mean over best known: {:.3} % on {} projects\n", mean * 100.0, over.len());
        }
        for run in &self.runs {
            for one in &run.violations {
                text += &format!("{} {}: {one}\n", ink.warning("▲"), run.file);
            }
        }
        text
    }
}
