//! Of ten thousand random breakings of a clean plan nearly all are caught, by the rule that was broken.

use rules::{Case, Change, Checker, Value};
use timeline::{Duration, Profile, Time, Unit};

use crate::plan::{Chance, DAYS, clean, later, rules};
use crate::words::at;

/// A breaking: what must report it, and the edits.
struct Breaking {
    rule: &'static str,
    edits: Vec<Change>,
}

#[test]
fn a_clean_plan_is_clean() {
    let checker = Checker::new(rules(), clean());
    assert!(checker.breaches().is_empty(), "{:#?}", checker.breaches());
    assert_eq!(checker.unjudged(), []);
}

#[test]
fn breakings_are_caught_by_the_rule_that_was_broken() {
    const BREAKINGS: usize = 10_000;
    let plan = clean();
    let mut checker = Checker::new(rules(), plan.clone());
    let mut chance = Chance(20_260_530);
    let (mut caught, mut missed) = (0_usize, Vec::new());
    for _ in 0..BREAKINGS {
        let breaking = breaking(&plan.cases, &plan.profiles, &mut chance);
        let mut undo = Vec::new();
        let mut told = Vec::new();
        for edit in breaking.edits {
            undo.push(opposite(&edit, &plan));
            told.extend(checker.edit(edit).new.into_iter().map(|breach| breach.rule));
        }
        if told.iter().any(|rule| rule == breaking.rule) {
            caught += 1;
        } else {
            missed.push(breaking.rule);
        }
        for edit in undo.into_iter().rev() {
            checker.edit(edit);
        }
        assert!(checker.breaches().is_empty(), "an undone breaking of {} leaves something", breaking.rule);
    }
    println!("{caught} of {BREAKINGS} breakings caught; missed: {missed:?}");
    assert!(caught * 1_000 >= BREAKINGS * 995, "{caught} of {BREAKINGS}: {missed:?}");
}

fn opposite(edit: &Change, plan: &rules::Scene) -> Change {
    let of = |id: &str| plan.cases.iter().find(|case| case.id == id).cloned();
    match edit {
        Change::Put(case) => of(&case.id).map_or_else(|| Change::Remove(case.id.clone()), Change::Put),
        Change::Remove(id) => Change::Put(of(id).expect("the test's own data is sound")),
        Change::Profile(profile) => Change::Profile(plan.profiles[profile.name()].clone()),
        Change::Window(..) => unreachable!("no breaking changes a window"),
    }
}

type Profiles = std::collections::BTreeMap<String, Profile>;

fn breaking(cases: &[Case], profiles: &Profiles, chance: &mut Chance) -> Breaking {
    let rule = crate::plan::RULES[chance.below(crate::plan::RULES.len())].0;
    let put = |case: Case| vec![Change::Put(case)];
    let edits = match rule {
        "aboard" => dip(profiles, "crew.aboard", 0.0, chance),
        "seats" => dip(profiles, "seats.down", 3.0, chance),
        "food" => dip(profiles, "supply.food.days", 44.0 * chance.part(), chance),
        "charge" => {
            let channel = ["power.2b.charge_low", "power.4b.charge_low"][chance.below(2)];
            dip(profiles, channel, 0.64 * chance.part(), chance)
        }
        "beta" | "sight" => {
            let docking = one(cases, "docking", chance);
            let (name, value) = if rule == "beta" { ("env.beta_deg", -75.0) } else { ("link.relay", 0.0) };
            vec![Change::Profile(dipped(
                &profiles[name],
                value,
                docking.start,
                docking.start + Duration::HOUR,
            ))]
        }
        "port" => {
            let leaves = one(cases, "undocking", chance);
            let comes = Case::instant("broken", "docking", later(leaves.start, 0.99 * chance.part()));
            put(comes.with("port", leaves.words("port")[0].clone()).with("family", "progress"))
        }
        "walk" => {
            let (docking, walk) = (one(cases, "docking", chance), one(cases, "spacewalk", chance));
            let after = chance.part() * 71.0;
            put(moved(walk, later(docking.start, after)))
        }
        "reboosts" => {
            let day = chance.below(DAYS as usize - 10) as i64;
            (0..4)
                .map(|which| {
                    Change::Put(Case::instant(format!("broken-{which}"), "reboost", at(day + which, 1.0)))
                })
                .collect()
        }
        "pairs" => put(with_words(one(cases, "spacewalk", chance), "person", &["visitor-a"])),
        "life" => {
            let flight = one_where(cases, "flight", chance, |case| case.words("family") == ["soyuz"]);
            put(Case {
                end: flight.start + Duration::DAY * (201 + chance.below(60) as i64),
                ..flight.clone()
            })
        }
        "handover" => {
            let visit = one_where(cases, "visit", chance, |case| case.id != "visit-3");
            put(Case { end: later(visit.start, 24.0 * (14.0 + 4.9 * chance.part())), ..visit.clone() })
        }
        "sleep" => {
            let sleep = inner(cases, "sleep", chance);
            put(Case { end: later(sleep.end, -8.0 * chance.part() - 0.1), ..sleep.clone() })
        }
        "shift" => {
            let sleep = inner(cases, "sleep", chance);
            let by = 2.1 + 3.0 * chance.part();
            put(moved(sleep, later(sleep.start, by)))
        }
        "work" => {
            let work = one(cases, "work", chance);
            put(Case { end: later(work.end, 2.1 + 4.0 * chance.part()), ..work.clone() })
        }
        "training" => {
            let exercise = one(cases, "exercise", chance);
            if chance.below(2) == 0 {
                vec![Change::Remove(exercise.id.clone())]
            } else {
                put(Case { end: later(exercise.end, -2.0 * chance.part() - 0.1), ..exercise.clone() })
            }
        }
        "digestion" => {
            let exercise = one(cases, "exercise", chance);
            put(moved(exercise, later(exercise.start, -0.01 - 0.98 * chance.part())))
        }
        "person" => {
            let (case, other) = (one(cases, "experiment", chance), one(cases, "meal", chance));
            let double = moved(case, later(other.start, 0.9 * chance.part()));
            put(with_words(&double, "person", &[other.words("person")[0].as_str()]))
        }
        "device" => {
            let (first, second) = (one(cases, "exercise", chance), one(cases, "exercise", chance));
            if first.start == second.start && first.id != second.id {
                put(with_words(first, "device", &[second.words("device")[0].as_str()]))
            } else {
                let other = Case::new("broken", "exercise", first.start, first.end).also("activity");
                put(other.with("person", "guest").with("device", first.words("device")[0].clone()))
            }
        }
        // The first and the last rests of a person leave less than a week at the edge of the plan.
        "rest" => {
            let rest = one_where(cases, "rest-day", chance, |case| {
                case.start > at(8, 0.0) && case.start < at(DAYS - 8, 0.0)
            });
            vec![Change::Remove(rest.id.clone())]
        }
        "arm" => put(with_words(one(cases, "robotics", chance), "person", &["ann"])),
        "skill" => put(with_words(one(cases, "experiment", chance), "skill", &["surgery"])),
        "owner" => put(with_words(one(cases, "experiment", chance), "approved", &["nasa"])),
        "briefing" => {
            let briefing = one(cases, "briefing", chance);
            let away =
                if chance.below(2) == 0 { -20.0 * chance.part() - 2.6 } else { 23.0 + 20.0 * chance.part() };
            put(moved(briefing, later(briefing.start, away)))
        }
        other => panic!("nothing breaks {other}"),
    };
    Breaking { rule, edits }
}

fn one<'a>(cases: &'a [Case], kind: &str, chance: &mut Chance) -> &'a Case {
    one_where(cases, kind, chance, |_| true)
}

fn one_where<'a>(
    cases: &'a [Case],
    kind: &str,
    chance: &mut Chance,
    fits: impl Fn(&Case) -> bool,
) -> &'a Case {
    let all: Vec<&Case> = cases.iter().filter(|case| case.kinds[0] == kind && fits(case)).collect();
    all[chance.below(all.len())]
}

/// One that is not at the edge of the plan, where nights are cut.
fn inner<'a>(cases: &'a [Case], kind: &str, chance: &mut Chance) -> &'a Case {
    one_where(cases, kind, chance, |case| case.start > at(1, 0.0) && case.end < at(DAYS - 1, 0.0))
}

fn moved(case: &Case, start: Time) -> Case {
    Case { start, end: start + (case.end - case.start), ..case.clone() }
}

fn with_words(case: &Case, attribute: &str, words: &[&str]) -> Case {
    let mut case = case.clone();
    case.attributes.retain(|(name, _)| name != attribute);
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    case.attributes.push((attribute.to_owned(), Value::Words(words)));
    case
}

/// A profile that is `value` for some hours.
fn dip(profiles: &Profiles, name: &str, value: f64, chance: &mut Chance) -> Vec<Change> {
    let start = at(chance.below(DAYS as usize - 2) as i64, 24.0 * chance.part());
    vec![Change::Profile(dipped(&profiles[name], value, start, later(start, 0.1 + 20.0 * chance.part())))]
}

fn dipped(profile: &Profile, value: f64, from: Time, to: Time) -> Profile {
    let usual = profile.values()[0];
    let unit: Unit = profile.unit().clone();
    let values = [(profile.domain().start(), usual), (from, value), (to, usual)];
    Profile::step(profile.name(), unit, profile.domain(), values).expect("the test's own data is sound")
}
