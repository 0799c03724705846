//! After any edits the checker says what a new one says of the same scene.

use rules::{Case, Change, Checker, Scene};
use timeline::{Profile, Unit, Window};

use crate::plan::{Chance, DAYS, clean, later, rules};
use crate::words::{at, lexicon, written};

/// Rules with conditions on cases and windows, which an edit must reach from afar.
fn all_rules() -> Vec<rules::Rule> {
    let far = [
        "no reboost while spacewalk",
        "supply.food.days >= 45 d while docking or spacewalk",
        "abs(env.beta_deg) <= 40 deg during spacewalk",
        "no meal within 10 min of exercise of same person except during rest-day",
        "no experiment while holiday",
        "mean(env.beta_deg) >= -49 deg over visit",
    ];
    let written: Vec<_> =
        far.iter().enumerate().map(|(at, text)| written(&format!("far-{at}"), text)).collect();
    let (far, findings) = rules::compile(&written, &[], &lexicon());
    assert_eq!(findings, []);
    rules().into_iter().chain(far).collect()
}

#[test]
fn edits_end_where_a_full_check_ends() {
    let mut chance = Chance(7);
    for round in 0..12 {
        let mut scene = clean();
        scene.windows.insert("holiday".to_owned(), Window::empty());
        let mut checker = Checker::new(all_rules(), scene.clone());
        for step in 0..25 {
            let change = random_edit(&scene, &mut chance);
            apply(&mut scene, &change);
            let before: Vec<_> = checker.breaches().into_iter().cloned().collect();
            let edited = checker.edit(change.clone());
            let full = Checker::new(all_rules(), scene.clone());
            assert_eq!(checker.breaches(), full.breaches(), "round {round}, step {step}: {change:?}");
            assert_eq!(checker.unjudged(), full.unjudged());
            // What was, less what is gone, and what is new, is what is.
            let mut told: Vec<_> =
                before.into_iter().filter(|breach| !edited.gone.contains(breach)).collect();
            told.extend(edited.new);
            assert_eq!(told.len(), full.breaches().len(), "round {round}, step {step}: {change:?}");
        }
    }
}

fn random_edit(scene: &Scene, chance: &mut Chance) -> Change {
    let case = scene.cases[chance.below(scene.cases.len())].clone();
    match chance.below(8) {
        0 => Change::Remove(case.id),
        1 => {
            let name = ["supply.food.days", "env.beta_deg"][chance.below(2)];
            let unit: Unit = scene.profiles[name].unit().clone();
            let start = at(chance.below(DAYS as usize - 2) as i64, 1.0);
            let values = [(scene.span.start(), 50.0), (start, -100.0 + 200.0 * chance.part())];
            Change::Profile(
                Profile::step(name, unit, scene.span, values).expect("the test's own data is sound"),
            )
        }
        2 => {
            let start = at(chance.below(DAYS as usize) as i64, 0.0);
            let day =
                timeline::Interval::new(start, later(start, 24.0)).expect("the test's own data is sound");
            Change::Window("holiday".to_owned(), Window::from(day))
        }
        3 => {
            let other = &scene.cases[chance.below(scene.cases.len())];
            Change::Put(Case { attributes: other.attributes.clone(), ..case })
        }
        4 => Change::Put(Case { id: format!("copy-{}", chance.below(1_000)), ..case }),
        5 => {
            let other = &scene.cases[chance.below(scene.cases.len())];
            Change::Put(Case { kinds: other.kinds.clone(), ..case })
        }
        _ => {
            let start = later(case.start, 30.0 * (chance.part() - 0.5));
            let end = later(start, (case.end - case.start).hours() * (0.5 + chance.part()));
            Change::Put(Case { start, end, ..case })
        }
    }
}

fn apply(scene: &mut Scene, change: &Change) {
    match change.clone() {
        Change::Put(case) => {
            scene.cases.retain(|other| other.id != case.id);
            scene.cases.push(case);
        }
        Change::Remove(id) => scene.cases.retain(|other| other.id != id),
        Change::Profile(profile) => drop(scene.profiles.insert(profile.name().to_owned(), profile)),
        Change::Window(name, window) => drop(scene.windows.insert(name, window)),
    }
}
