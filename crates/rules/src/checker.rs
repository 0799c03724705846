use std::collections::{BTreeMap, BTreeSet};

use crate::breach::{Breach, Unjudged, sort};
use crate::form::Form;
use crate::judge::{Piece, Prepared, judge, judge_case, pieces, prepare};
use crate::reads::Reads;
use crate::resolve::stands_for;
use crate::rule::Rule;
use crate::scene::{Case, Change, Scene};
use crate::stage::{Stage, is_chosen};

/// Holds rules against a scene, and after an edit again only where the edit matters.
///
/// After any edits it says the same as a new checker of the same scene.
///
/// ```
/// use rules::{Case, Change, Checker, Lexicon, Scene, Written};
/// use timeline::{Duration, Interval, Place, Severity, Time};
///
/// let lexicon = Lexicon::default().kind("docking", &["port"]).kind("undocking", &["port"]);
/// let rule = Written {
///     id: "port-free".to_owned(),
///     title: "A port is free for an hour".to_owned(),
///     severity: Severity::Should,
///     owner: "nasa".to_owned(),
///     source: "an example".to_owned(),
///     rationale: String::new(),
///     text: "gap(undocking, docking, same port) >= 1 h".to_owned(),
///     place: Place { file: "rules/traffic.toml".to_owned(), line: 1, column: 1 },
/// };
/// let (rules, findings) = rules::compile(&[rule], &[], &lexicon);
/// assert!(findings.is_empty());
///
/// let minute = |m| Time::EPOCH + Duration::MINUTE * m;
/// let mut scene = Scene::new(Interval::new(minute(0), minute(1_000)).unwrap());
/// scene.cases.push(Case::instant("a-leaves", "undocking", minute(100)).with("port", "aft"));
/// scene.cases.push(Case::instant("b-comes", "docking", minute(130)).with("port", "aft"));
/// let mut checker = Checker::new(rules, scene);
/// assert_eq!(checker.breaches()[0].value, Some(0.5));
///
/// let later = Case::instant("b-comes", "docking", minute(160)).with("port", "aft");
/// assert_eq!(checker.edit(Change::Put(later)).gone.len(), 1);
/// assert!(checker.breaches().is_empty());
/// ```
pub struct Checker {
    stage: Stage,
    rules: Vec<Judged>,
}

/// What an edit did.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Edited {
    /// Breaches that are mended, or are now others.
    pub gone: Vec<Breach>,
    /// Breaches that are new, or were others.
    pub new: Vec<Breach>,
}

/// A rule and what was found of it.
struct Judged {
    rule: Rule,
    reads: Reads,
    prepared: Option<Prepared>,
    /// Only pieces in which something was found.
    found: BTreeMap<Piece, Vec<Breach>>,
    unjudged: Option<String>,
}

impl Checker {
    /// Holds all rules against all of the scene. Of cases with one id the last counts.
    #[must_use]
    pub fn new(rules: Vec<Rule>, scene: Scene) -> Self {
        let mut shared = BTreeSet::new();
        for rule in &rules {
            if let Some(attribute) = rule.form.group() {
                let kinds = rule.form.chosen().into_iter().flat_map(|chosen| &chosen.kinds);
                shared.extend(kinds.map(|kind| (kind.clone(), attribute.to_owned())));
            }
        }
        let stage = Stage::new(scene, &shared);
        let rules = rules.into_iter().map(|rule| Judged::new(rule, &stage)).collect();
        Self { stage, rules }
    }

    /// The rules, in the order in which they were given.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|judged| &judged.rule)
    }

    /// Every breach: the gravest first, then in order of time.
    #[must_use]
    pub fn breaches(&self) -> Vec<&Breach> {
        let mut all: Vec<&Breach> =
            self.rules.iter().flat_map(|judged| judged.found.values().flatten()).collect();
        sort(&mut all);
        all
    }

    /// The rules on which nothing can be said here, in their order.
    #[must_use]
    pub fn unjudged(&self) -> Vec<Unjudged> {
        let of = |judged: &Judged| {
            judged.unjudged.clone().map(|why| Unjudged { rule: judged.rule.written().id.clone(), why })
        };
        self.rules.iter().filter_map(of).collect()
    }

    /// Changes the scene and looks again at what hangs on it.
    pub fn edit(&mut self, change: Change) -> Edited {
        let mut edited = Edited::default();
        match change {
            Change::Put(case) => {
                let before = self.stage.put(case.clone());
                let touched: Vec<&Case> = before.iter().chain([&case]).collect();
                self.look_again(&touched, &mut edited);
            }
            Change::Remove(id) => {
                if let Some(before) = self.stage.remove(&id) {
                    self.look_again(&[&before], &mut edited);
                }
            }
            Change::Profile(profile) => {
                let name = profile.name().to_owned();
                self.stage.profiles.insert(name.clone(), profile);
                for judged in &mut self.rules {
                    if judged.reads.profiles.iter().any(|read| stands_for(read, &name).is_some()) {
                        judged.judge_all(&self.stage, &mut edited);
                    }
                }
            }
            Change::Window(name, window) => {
                self.stage.windows.insert(name.clone(), window);
                for judged in &mut self.rules {
                    if judged.reads.windows.contains(&name) {
                        judged.judge_all(&self.stage, &mut edited);
                    }
                }
            }
        }
        edited
    }

    fn look_again(&mut self, touched: &[&Case], edited: &mut Edited) {
        for judged in &mut self.rules {
            let decides = |case: &&Case| case.kinds.iter().any(|kind| judged.reads.everywhere.contains(kind));
            if touched.iter().any(decides) {
                judged.judge_all(&self.stage, edited);
                continue;
            }
            for piece in pieces_of(&judged.rule.form, touched) {
                judged.judge_piece(&self.stage, piece, edited);
            }
        }
    }
}

/// The pieces that hang on these cases.
fn pieces_of(form: &Form, touched: &[&Case]) -> BTreeSet<Piece> {
    let chosen = form.chosen();
    let speaks_of = |case: &&&Case| chosen.iter().any(|chosen| is_chosen(case, chosen));
    let mut pieces = BTreeSet::new();
    for case in touched.iter().filter(speaks_of) {
        if form.each_case().is_some() {
            pieces.insert(Piece::Case(case.id.clone()));
        } else if let Some(attribute) = form.group() {
            pieces.extend(case.words(attribute).iter().cloned().map(Piece::Group));
        } else {
            pieces.insert(Piece::Whole);
        }
    }
    pieces
}

impl Judged {
    fn new(rule: Rule, stage: &Stage) -> Self {
        let reads = Reads::of(&rule);
        let mut judged = Self { rule, reads, prepared: None, found: BTreeMap::new(), unjudged: None };
        judged.judge_all(stage, &mut Edited::default());
        judged
    }

    /// Judges every piece anew.
    fn judge_all(&mut self, stage: &Stage, edited: &mut Edited) {
        let before = std::mem::take(&mut self.found);
        (self.prepared, self.unjudged) = match prepare(&self.rule, stage) {
            Ok(prepared) => (Some(prepared), None),
            Err(why) => (None, Some(why)),
        };
        if let Some(prepared) = &self.prepared {
            match all_pieces(&self.rule, stage, prepared) {
                Ok(found) => self.found = found,
                Err(why) => self.unjudged = Some(why),
            }
        }
        let all =
            |found: &BTreeMap<Piece, Vec<Breach>>| found.values().flatten().cloned().collect::<Vec<_>>();
        compare(all(&before), &all(&self.found), edited);
    }

    fn judge_piece(&mut self, stage: &Stage, piece: Piece, edited: &mut Edited) {
        let Some(prepared) = self.prepared.as_ref().filter(|_| self.unjudged.is_none()) else { return };
        // A case that is no longer chosen is one that no longer exists for the rule.
        let is_there = match (&piece, self.rule.form.each_case()) {
            (Piece::Case(id), Some(chosen)) => stage.case(id).is_some_and(|case| is_chosen(case, chosen)),
            _ => true,
        };
        let found = if is_there { judge(&self.rule, stage, prepared, &piece) } else { Ok(Vec::new()) };
        match found {
            Ok(found) => {
                let before = self.found.remove(&piece).unwrap_or_default();
                compare(before, &found, edited);
                if !found.is_empty() {
                    self.found.insert(piece, found);
                }
            }
            Err(_) => self.judge_all(stage, edited),
        }
    }
}

fn all_pieces(
    rule: &Rule,
    stage: &Stage,
    prepared: &Prepared,
) -> Result<BTreeMap<Piece, Vec<Breach>>, String> {
    let mut all = BTreeMap::new();
    // Most cases are in order: their ids are copied only when something is found.
    if let Some(chosen) = rule.form.each_case() {
        for case in stage.chosen(chosen, None) {
            let found = judge_case(rule, stage, prepared, case)?;
            if !found.is_empty() {
                all.insert(Piece::Case(case.id.clone()), found);
            }
        }
        return Ok(all);
    }
    for piece in pieces(rule, stage)? {
        let found = judge(rule, stage, prepared, &piece)?;
        if !found.is_empty() {
            all.insert(piece, found);
        }
    }
    Ok(all)
}

/// Adds what is in only one of two lists.
fn compare(before: Vec<Breach>, now: &[Breach], edited: &mut Edited) {
    edited.new.extend(now.iter().filter(|breach| !before.contains(breach)).cloned());
    edited.gone.extend(before.into_iter().filter(|breach| !now.contains(breach)));
}
