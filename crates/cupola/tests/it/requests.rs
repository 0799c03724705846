//! Change requests from asking to the baseline, between nodes that hand each other files.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{self, Run, list, text};

const TWO_DAYS: &str = "tests/it/plans/two_days.json";
/// An experiment of ESA in ESA's element, done by ESA's astronaut.
const ESAS: &str = "fluid-cell.2026-06-01.1";
/// Something of NASA's, done by ESA's astronaut.
const NASAS: &str = "dose-tracker.2026-06-01.1";

/// Nodes of all centres in a folder of their own.
struct Nodes {
    folder: PathBuf,
    bundles: usize,
}

impl Nodes {
    fn found(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("requests").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).expect("what an earlier test left can be removed");
        }
        let nodes = Self { folder, bundles: 0 };
        let mut command = program::command("journal found --all --json");
        command.arg("--node").arg(&nodes.folder);
        let run = program::run(command);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(list(&program::read(&run.out, "found"), "founded").len(), 6);
        nodes
    }

    /// Runs a command at a centre's node; words with blanks in them come behind it.
    fn run(&self, centre: &str, line: &str, more: &[&str]) -> Run {
        let mut command = program::command(line);
        command.args(more).arg("--node").arg(self.folder.join(centre));
        program::run(command)
    }

    /// The same, which must go well; its JSON.
    fn json(&self, centre: &str, line: &str, more: &[&str]) -> Value {
        let run = self.run(centre, &format!("{line} --json"), more);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{centre}: {line} {more:?}\n{}", run.out);
        program::read(&run.out, line)
    }

    /// What a refusal says.
    fn refusal(&self, centre: &str, line: &str, more: &[&str]) -> String {
        let run = self.run(centre, line, more);
        assert_eq!(run.status, Some(2), "{centre}: {line} {more:?}\n{}", run.out);
        run.err
    }

    /// Everything that `from` holds comes to `to`, as a file.
    fn send(&mut self, from: &str, to: &[&str]) {
        self.bundles += 1;
        let file = self.folder.join(format!("{}.bundle", self.bundles)).to_string_lossy().into_owned();
        self.json(from, "journal export", &[&file]);
        for centre in to {
            self.json(centre, "journal import", &[&file]);
        }
    }

    /// A request of the plan of two days that all have approved and everybody knows of.
    fn agree_on_two_days(&mut self) {
        let asked = self.json(
            "mcc-h",
            &format!("change new --plan {TWO_DAYS} --increment 75"),
            &["--why", "the two days"],
        );
        assert_eq!((text(&asked, "name"), text(&asked, "status")), ("75-0008", "open"));
        let others = ["mcc-m", "col-cc", "ssipc", "msc-csa"];
        self.send("mcc-h", &others);
        for centre in others {
            self.json(centre, "change approve 75-0008", &[]);
            self.send(centre, &["mcc-h"]);
        }
        self.send("poic", &["mcc-h"]);
        self.send("mcc-h", &["mcc-m", "col-cc", "ssipc", "msc-csa", "poic"]);
    }

    fn state(&self, centre: &str) -> String {
        text(&self.json(centre, "journal verify", &[]), "state_digest").to_owned()
    }

    /// When the baseline of a centre has an activity begin.
    fn start(&self, centre: &str, activity: &str) -> String {
        let plan = self.json(centre, "change baseline week-2026-06-01", &[]);
        let found = list(&plan, "activities").iter().find(|one| text(one, "id") == activity);
        text(found.expect("the activity is there"), "start").to_owned()
    }
}

fn mark<'a>(request: &'a Value, centre: &str) -> &'a str {
    let column = list(request, "approvals").iter().find(|column| text(column, "centre") == centre);
    text(column.expect("the centre has a column"), "mark")
}

#[test]
fn a_plan_that_all_approve_is_the_baseline_of_all() {
    let mut nodes = Nodes::found("agreed");
    nodes.agree_on_two_days();
    let shown = nodes.json("poic", "change show 75-0008", &[]);
    assert_eq!(text(&shown, "status"), "approved");
    assert_eq!(
        (mark(&shown, "mcc-h"), mark(&shown, "ssipc"), mark(&shown, "poic")),
        ("author", "approved", "information only")
    );
    let digests: Vec<String> = ["mcc-h", "mcc-m", "col-cc", "ssipc", "msc-csa", "poic"]
        .iter()
        .map(|centre| nodes.state(centre))
        .collect();
    assert!(digests.iter().all(|digest| *digest == digests[0]), "{digests:?}");
    assert_eq!(nodes.start("ssipc", ESAS), "2026-06-01T08:15:00Z");
}

#[test]
fn ones_own_needs_nobody_and_anothers_needs_them() {
    let mut nodes = Nodes::found("touched");
    nodes.agree_on_two_days();

    let own = nodes.json(
        "col-cc",
        "change new",
        &[
            "--edit",
            &format!("unlock {ESAS}"),
            "--edit",
            &format!("move {ESAS} +30min"),
            "--why",
            "the cell warms up slowly",
        ],
    );
    assert_eq!(text(&own, "status"), "approved");
    assert_eq!(nodes.start("col-cc", ESAS), "2026-06-01T08:45:00Z");

    nodes.send("col-cc", &["mcc-h"]);
    let edit = format!("move {NASAS} +1h");
    let tried = nodes.json("mcc-h", "change new --dry-run", &["--edit", &edit, "--why", "room"]);
    assert_eq!((mark(&tried, "col-cc"), mark(&tried, "mcc-m")), ("in review", "information only"));
    let asked = nodes.json("mcc-h", "change new", &["--edit", &edit, "--why", "room"]);
    let name = text(&asked, "name").to_owned();
    assert_eq!(text(&asked, "status"), "open");
    assert_eq!(list(&asked, "impact").len(), 1, "{asked}");
    assert_eq!(nodes.start("mcc-h", NASAS), "2026-06-01T08:05:00Z");

    nodes.send("mcc-h", &["col-cc", "mcc-m"]);
    let refused = nodes.refusal("mcc-m", &format!("change approve {name}"), &[]);
    assert!(refused.contains("does not ask mcc-m to decide"), "{refused}");
    let said = nodes.json("col-cc", &format!("change approve {name}"), &["--comment", "before lunch"]);
    assert!(text(&said, "done").contains("the request is approved"), "{said}");
    assert_eq!(nodes.start("col-cc", NASAS), "2026-06-01T09:05:00Z");
    nodes.json("col-cc", &format!("change implement {name}"), &[]);
    nodes.send("col-cc", &["mcc-h"]);
    assert_eq!(nodes.start("mcc-h", NASAS), "2026-06-01T09:05:00Z");
}

#[test]
fn what_moved_meanwhile_is_made_anew_or_said() {
    let mut nodes = Nodes::found("rebased");
    nodes.agree_on_two_days();
    // Cut off from one another: ESA moves its own, and Houston asks for another time of the same and of one of its own.
    let unlock = format!("unlock {ESAS}");
    let edits = [format!("move {ESAS} +2h"), format!("move {NASAS} +1h")];
    let asked = nodes.json(
        "mcc-h",
        "change new",
        &["--edit", &unlock, "--edit", &edits[0], "--edit", &edits[1], "--why", "comm"],
    );
    let name = text(&asked, "name").to_owned();
    nodes.json(
        "col-cc",
        "change new",
        &["--edit", &unlock, "--edit", &format!("move {ESAS} +30min"), "--why", "own"],
    );
    nodes.send("col-cc", &["mcc-h"]);
    let rebased = nodes.run("mcc-h", &format!("change rebase {name} --json"), &[]);
    assert_eq!(rebased.status, Some(1), "{}", rebased.out);
    let conflicts = program::read(&rebased.out, "rebase")["conflicts"].to_string();
    assert!(conflicts.contains(ESAS) && !conflicts.contains(NASAS), "{conflicts}");

    nodes.json("mcc-h", &format!("change withdraw {name}"), &["--why", "ESA moved it"]);
    let list = nodes.json("mcc-h", "change list --status withdrawn", &[]);
    assert_eq!(list[0]["name"], name.as_str());
}

#[test]
fn bad_words_are_refused_and_change_nothing() {
    let mut nodes = Nodes::found("refused");
    nodes.agree_on_two_days();
    let before = nodes.state("col-cc");
    for (line, more, what) in [
        ("change approve 75-9999", vec![], "no change request `75-9999`"),
        ("change new", vec!["--why", "nothing"], "say what is to change"),
        ("change new", vec!["--why", " ", "--edit", "lock x"], "--why says nothing"),
        ("change new", vec!["--why", "x", "--edit", "lock no-such"], "no-such"),
        ("change withdraw 75-0008", vec!["--why", "x"], "only its author"),
        ("change decide 75-0008 approve", vec!["--why", "x"], "approved already"),
        ("journal trust col-cc", vec!["00"], "no public key"),
        ("journal trust nowhere", vec!["00"], "no control centre"),
        ("journal import", vec!["Cargo.toml"], "no whole bundle"),
    ] {
        let said = nodes.refusal("col-cc", line, &more);
        assert!(said.contains(what), "{line} {more:?}: {said}");
    }
    assert_eq!(nodes.state("col-cc"), before);
    let without = program::run(program::command("change list"));
    assert!(without.err.contains("--node DIR"), "{}", without.err);
}

#[test]
fn nodes_of_other_books_do_not_speak() {
    let nodes = Nodes::found("strangers");
    let mut command = program::command("journal found --centre control --book ../../books/first-station");
    command.arg("--node").arg(nodes.folder.join("other"));
    assert_eq!(program::run(command).status, Some(0));
    let file = nodes.folder.join("own.bundle").to_string_lossy().into_owned();
    nodes.json("other", "journal export", &[&file]);
    let said = nodes.refusal("col-cc", "journal import", &[&file]);
    assert!(said.contains("is about the station first-station-"), "{said}");
}

#[test]
fn a_founding_book_that_was_changed_is_found_out() {
    let nodes = Nodes::found("changed");
    let file = nodes.folder.join("col-cc/founding/agreement.toml");
    let text = std::fs::read_to_string(&file).expect("the book lies in the node");
    std::fs::write(&file, text.replacen("decides = \"owner\"", "decides = \"lead\"", 1))
        .expect("it can be written");
    let said = nodes.refusal("col-cc", "journal verify", &[]);
    assert!(said.contains("is not the book on which this journal began"), "{said}");
}

/// A copy of the book as a centre's baseline has it, in which one text stands in another's place.
fn changed_book(nodes: &Nodes, centre: &str, file: &str, [from, to]: [&str; 2]) -> String {
    let folder =
        nodes.folder.join(format!("book-{}", std::fs::read_dir(&nodes.folder).expect("it is there").count()));
    nodes.json(centre, "change baseline", &["--files", &folder.to_string_lossy()]);
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).expect("the book has the file");
    assert!(text.contains(from), "{file} has no `{from}`");
    std::fs::write(&path, text.replacen(from, to, 1)).expect("it can be written");
    folder.to_string_lossy().into_owned()
}

#[test]
fn a_book_with_a_fault_is_not_asked_for() {
    let nodes = Nodes::found("faulty");
    let folder = changed_book(
        &nodes,
        "col-cc",
        "requests/esa.toml",
        ["element = \"columbus\"", "element = \"columbuss\""],
    );
    for line in ["change new --dry-run", "change new"] {
        let said = nodes.refusal("col-cc", line, &["--files", &folder, "--why", "x"]);
        assert!(said.contains("columbuss"), "{said}");
    }
    assert_eq!(nodes.json("col-cc", "change list", &[]), serde_json::json!([]));
}

#[test]
fn a_changed_rule_is_shown_with_what_it_breaks() {
    let nodes = Nodes::found("rule");
    let folder = changed_book(&nodes, "mcc-m", "rules/crew.toml", ["crew.aboard <= 13", "crew.aboard <= 6"]);
    let asked = nodes.json("mcc-m", "change new", &["--files", &folder, "--why", "x"]);
    assert_eq!((text(&asked, "status"), list(&asked, "edits").len()), ("open", 1));
    let fields = asked["edits"][0]["fields"].to_string();
    assert!(fields.contains("<= 13") && fields.contains("<= 6"), "{fields}");
    let impact = &asked["impact"][0]["impact"];
    assert_eq!(list(impact, "rules").len(), 1);
    assert!(!list(&impact["station"], "newly_broken").is_empty(), "seven are aboard: {impact}");
}

#[test]
fn what_was_approved_is_replaced_by_another() {
    let mut nodes = Nodes::found("replaced");
    nodes.agree_on_two_days();
    let edit = format!("move {NASAS} +30min");
    let first = nodes.json("mcc-h", "change new --urgency safety", &["--edit", &edit, "--why", "now"]);
    assert_eq!(text(&first, "status"), "approved");
    let other = nodes.json("col-cc", "change new", &["--edit", &format!("unlock {ESAS}"), "--why", "own"]);
    nodes.send("col-cc", &["mcc-h"]);
    nodes.send("mcc-h", &["col-cc"]);
    let name = text(&first, "name").to_owned();
    // The lead acted; whoever is asked to look at it after says so.
    let said = nodes.json("col-cc", &format!("change approve {name}"), &[]);
    assert!(text(&said, "done").contains("is approved"), "{said}");
    assert_eq!(text(&other, "status"), "approved");
    let instead = nodes.json(
        "mcc-h",
        "change new --urgency safety",
        &["--replaces", &name, "--edit", &format!("move {NASAS} +1h"), "--why", "later still"],
    );
    assert_eq!(
        (text(&instead, "status"), instead["replaces"][0].as_str()),
        ("approved", Some(name.as_str()))
    );
    assert_eq!(nodes.start("mcc-h", NASAS), "2026-06-01T09:05:00Z");
    let old = nodes.json("mcc-h", &format!("change show {name}"), &[]);
    assert_eq!(text(&old, "status"), "replaced");
}

#[test]
fn a_forked_journal_goes_on_when_a_quorum_says_which_record_counts() {
    let mut nodes = Nodes::found("forked");
    nodes.send("col-cc", &["mcc-h"]);
    // An old copy of the node writes on, beside the node itself.
    let (own, copy) = (nodes.folder.join("col-cc"), nodes.folder.join("copy"));
    copy_folder(&own, &copy);
    for centre in ["col-cc", "copy"] {
        nodes.json(centre, "change new", &["--why", centre, "--plan", TWO_DAYS]);
        nodes.bundles += 1;
        let file = nodes.folder.join(format!("{}.bundle", nodes.bundles)).to_string_lossy().into_owned();
        nodes.json(centre, "journal export", &[&file]);
        for other in ["mcc-h", "mcc-m", "ssipc", "msc-csa"] {
            nodes.run(other, "journal import", &[&file]);
        }
        nodes.run("col-cc", "journal import", &[&file]);
    }
    let said = nodes.refusal("col-cc", "change new", &["--why", "more", "--plan", TWO_DAYS]);
    assert!(said.contains("two records 2 of col-cc"), "{said}");
    let log = nodes.json("mcc-h", "journal log --centre col-cc", &[]);
    let kept = list(&log, "records")
        .iter()
        .find(|one| text(one, "about").contains("col-cc"))
        .expect("both are kept");
    let digest = text(kept, "digest").to_owned();
    for centre in ["mcc-h", "mcc-m", "ssipc", "msc-csa"] {
        nodes.json(centre, &format!("journal settle {}", &digest[..12]), &[]);
        nodes.bundles += 1;
        let file = nodes.folder.join(format!("{}.bundle", nodes.bundles)).to_string_lossy().into_owned();
        nodes.json(centre, "journal export", &[&file]);
        nodes.run("col-cc", "journal import", &[&file]);
    }
    let asked = nodes.run("col-cc", "change new --json", &["--why", "more", "--edit", "x"]);
    assert!(asked.err.contains("no plan yet"), "{}", asked.err);
    nodes.json("col-cc", "journal new-key", &[]);
}

fn copy_folder(from: &Path, to: &Path) {
    let done = std::process::Command::new("cp").arg("-a").args([from, to]).status().expect("cp runs");
    assert!(done.success());
}
