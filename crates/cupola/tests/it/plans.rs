//! Plans that are edited, merged, checked and flown: what is printed, the exit status, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::program::{self, Run, command};

/// The week that most cases start from: made once, and put where no test writes.
static WEEK: LazyLock<(PathBuf, Value)> = LazyLock::new(|| {
    let text = program::page("plan week --iterations 50 --json");
    let path = folder("week").join("week.json");
    fs::write(&path, &text).expect("the folder can be written to");
    (path, program::read(&text, "plan week"))
});

/// A new folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plans").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

/// Runs `cupola plan` with these words; `WEEK` stands for the plan.
fn plan(words: &[&str]) -> Run {
    let mut command = command("plan");
    command
        .args(words.iter().map(|word| if *word == "WEEK" { WEEK.0.as_os_str() } else { (*word).as_ref() }));
    program::run(command)
}

/// The JSON of a run that ends with `status`.
fn answer(words: &[&str], status: i32) -> Value {
    let run = plan(&[words, &["--json"]].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(status), ""), "{words:?}\n{}", run.out);
    program::read(&run.out, &words.join(" "))
}

fn activities(plan: &Value) -> &[Value] {
    program::list(plan, "activities")
}

/// An activity of the plan that a test looks for, by what is in it.
fn found(is_wanted: impl Fn(&Value) -> bool) -> &'static Value {
    activities(&WEEK.1).iter().find(|one| is_wanted(one)).expect("the week has such an activity")
}

/// A night in the middle of the week, and work of the same person on the day after it.
fn night_and_work() -> (&'static Value, &'static Value) {
    let night = found(|one| one["kind"] == "sleep" && program::text(one, "start") > "2026-06-02T12");
    let work = found(|one| {
        one["crew"] == night["crew"]
            && one["kind"] == "experiment"
            && one["start"].as_str() > night["end"].as_str()
            && minutes(one) >= 20
            && id(one).contains('e')
    });
    (night, work)
}

/// How long an activity is planned to last.
fn minutes(activity: &Value) -> i64 {
    let time = |name: &str| program::text(activity, name).parse::<timeline::Time>().expect("a time");
    (time("end") - time("start")).whole_minutes()
}

fn id(activity: &Value) -> &str {
    program::text(activity, "id")
}

/// The activity with this id in a plan.
fn named<'a>(plan: &'a Value, id: &str) -> &'a Value {
    activities(plan).iter().find(|one| one["id"] == id).unwrap_or(&Value::Null)
}

/// Work moved into somebody's sleep: at once it is said which rules that breaks, and by whom; status 1 as one of them must be kept.
#[test]
fn an_edit_that_breaks_a_rule() {
    let (night, work) = night_and_work();
    let into_the_night = format!("move {} {}", id(work), program::text(night, "start"));
    let told = answer(&["edit", "WEEK", &into_the_night], 1);

    assert_eq!(told["verdict"]["breaks_must"], true);
    let newly = program::list(&told["verdict"], "newly_broken");
    let of = |rule: &str| {
        newly.iter().find(|one| one["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {newly:?}"))
    };
    let twice = of("one-thing-at-a-time");
    assert_eq!(twice["severity"], "must");
    for both in [night, work] {
        assert!(twice["subjects"].as_array().is_some_and(|all| all.contains(&both["id"])), "{twice}");
    }
    for field in ["start", "end", "message", "mend"] {
        assert!(twice[field].is_string(), "{field} in {twice}");
    }

    let [step] = program::list(&told, "steps") else { panic!("{}", told["steps"]) };
    assert_eq!(step["edit"], json!({"do": "move", "id": work["id"], "to": night["start"]}));
    assert_eq!(&step["before"][id(work)], work);
    assert_eq!(&step["after"][id(work)], named(&told["plan"], id(work)));
    assert_eq!(named(&told["plan"], id(work))["start"], night["start"]);

    // And back: what was broken is mended, and the plan is as it was.
    let there = folder("and-back").join("moved.json");
    let there = there.to_str().expect("a path in UTF-8");
    assert_eq!(answer(&["edit", "WEEK", &into_the_night, "--out", there], 1)["plan"], Value::Null);
    // What was told edit by edit is what a check of the whole says.
    let whole = answer(&["check", there], 1);
    let (all, mended) = (program::list(&whole, "breaches"), program::list(&told["verdict"], "mended"));
    assert!(newly.iter().all(|one| all.contains(one)), "{all:?}");
    assert_eq!(all.len(), program::list(&WEEK.1, "breaches").len() + newly.len() - mended.len());
    let back = answer(&["edit", there, &format!("move {} {}", id(work), program::text(work, "start"))], 0);
    let mended = program::list(&back["verdict"], "mended");
    assert!(mended.contains(twice), "{mended:?}");
    assert!(program::list(&back["verdict"], "newly_broken").is_empty());
    assert_eq!(back["plan"]["activities"], WEEK.1["activities"]);
}

/// Every operation, typed and as JSON, does the same.
#[test]
fn operations_typed_and_listed() {
    let (night, work) = night_and_work();
    let (one, start) = (id(work), program::text(work, "start"));
    let other = id(found(|other| other["kind"] == "experiment" && other["id"] != work["id"]));
    let person = program::text(&WEEK.1["crew"][0], "person");
    let new = json!({"id": "photo", "title": "Photo", "partner": null, "kind": "experiment", "start": "2026-06-04T15:00:00Z",
        "end": "2026-06-04T15:30:00Z", "crew": [person], "element": null, "uses": [], "hold": "free",
        "progress": {"state": "planned"}, "notes": ""});
    let rows = [
        (format!("lock {one}"), json!({"do": "lock", "id": one})),
        (format!("unlock {one}"), json!({"do": "unlock", "id": one})),
        (
            format!("move {one} 2026/154 10:00"),
            json!({"do": "move", "id": one, "to": "2026-06-03T10:00:00Z"}),
        ),
        (format!("move {one} +1h30min"), json!({"do": "move", "id": one, "to": "2026-06-03T11:30:00Z"})),
        (format!("split {one} +10min"), json!({"do": "split", "id": one, "at": "2026-06-03T11:40:00Z"})),
        (format!("assign {one} {person}"), json!({"do": "assign", "id": one, "crew": [person]})),
        (format!("swap {one} {other}"), json!({"do": "swap", "id": one, "with": other})),
        (
            format!("shift-after 2026-06-07T20:00Z -30min {person}"),
            json!({"do": "shift-after", "from": "2026-06-07T20:00:00Z", "by_min": -30.0, "crew": [person]}),
        ),
        (format!("add {new}"), json!({"do": "add", "activity": new})),
        ("remove photo".to_owned(), json!({"do": "remove", "id": "photo"})),
        (
            format!("start {} 2026-06-02T21:40Z", id(night)),
            json!({"do": "start", "id": night["id"], "at": "2026-06-02T21:40:00Z"}),
        ),
        (
            format!("finish {} 2026-06-03T06:10Z", id(night)),
            json!({"do": "finish", "id": night["id"], "start": "2026-06-02T21:40:00Z", "end": "2026-06-03T06:10:00Z"}),
        ),
        (format!("skip {other} no Ku-band"), json!({"do": "skip", "id": other, "reason": "no Ku-band"})),
    ];
    assert!(start > "2026-06-03T06", "the work is after the night");
    let typed: Vec<&str> = rows.iter().map(|(text, _)| text.as_str()).collect();
    let run = plan(&[&["edit", "WEEK"], &typed[..], &["--json"]].concat());
    let told = program::read(&run.out, &run.err);
    let done: Vec<&Value> = program::list(&told, "steps").iter().map(|step| &step["edit"]).collect();
    let listed: Vec<&Value> = rows.iter().map(|(_, edit)| edit).collect();
    assert_eq!(done, listed);

    let file = folder("listed").join("edits.json");
    fs::write(&file, json!(listed).to_string()).expect("it can be written");
    let again = plan(&["edit", "WEEK", "--edits", file.to_str().expect("UTF-8"), "--json"]);
    assert_eq!((again.status, again.out), (run.status, run.out), "{}", again.err);
}

/// One operation may go without quotes.
#[test]
fn one_operation_in_words() {
    let (_, work) = night_and_work();
    let told = answer(&["edit", "WEEK", "lock", id(work)], 0);
    assert_eq!(named(&told["plan"], id(work))["hold"], "locked");
    for pool in program::list(&told, "shares") {
        assert_eq!((&pool["before_pct"], &pool["moved_points"]), (&pool["after_pct"], &json!(0.0)), "{pool}");
    }
}

/// A partner that loses crew time loses points, and the others gain them.
#[test]
fn shares_move() {
    let asked =
        found(|one| one["partner"] == "jaxa" && one["kind"] == "experiment" && one["crew"] != json!([]));
    let told = answer(&["edit", "WEEK", &format!("remove {}", id(asked))], 0);
    let moved: Vec<(&Value, f64)> = program::list(&told, "shares")
        .iter()
        .map(|one| (&one["partner"], one["moved_points"].as_f64().unwrap_or(0.0)))
        .filter(|(_, points)| *points != 0.0)
        .collect();
    assert!(moved.iter().any(|(partner, points)| *partner == "jaxa" && *points < 0.0), "{moved:?}");
    let sum: f64 = moved.iter().map(|(_, points)| points).sum();
    assert!(sum.abs() < 1e-4, "what one loses others gain: {moved:?}");
}

/// Words that each complaint has to hold. Status 2, nothing on the page, and nothing written.
#[test]
fn edits_that_cannot_be_done() {
    let (night, work) = night_and_work();
    let (night, one) = (id(night), id(work));
    let slip = one.replacen('e', "", 1);
    let request = program::text(work, "request");
    let new = |kind: &str| {
        format!(
            r#"add {{"id": "x", "title": "X", "kind": "{kind}", "start": "2026-06-04T15:00Z", "end": "2026-06-04T16:00Z", "crew": []}}"#
        )
    };
    let out = folder("refused").join("never.json");
    for (operations, words) in [
        (vec![format!("move {slip} +1h")], ["no activity", one]),
        (vec![format!("move {request} +1h")], [request, "did you mean"]),
        (vec![format!("mvoe {one} +1h")], ["`mvoe` is no operation", "`move`"]),
        (vec![format!("move {one} tomorrow")], ["move ID TIME", "`tomorrow` is not a time"]),
        (vec![format!("move {one} +1month")], ["+1month", "+30min"]),
        (vec![format!("move {one} +300d")], [one, "leave the time that is planned"]),
        (vec![format!("assign {one} adenot-sophi")], ["adenot-sophi", "`adenot-sophie`"]),
        (vec![format!("skip {one}")], ["reason is missing", "skip ID REASON"]),
        (vec!["lock".to_owned()], ["an id is missing", "lock ID"]),
        (vec!["shift-after 2026-06-03".to_owned()], ["a length is missing", "shift-after TIME"]),
        (vec![format!("lock {one}"), format!("move {one} +1h")], ["operation 2", "is locked"]),
        (vec![format!("swap {one} {night}x")], ["no activity", night]),
        (vec![new("experimant")], ["experimant", "`experiment`"]),
        (vec!["add {".to_owned()], ["operation 1", "add JSON"]),
        (vec![], ["nothing to do", "move ID TIME"]),
    ] {
        let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
        let out = ["--out", out.to_str().expect("UTF-8")];
        let run = plan(&[&["edit", "WEEK"], &operations[..], &out].concat());
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{operations:?}");
        for word in words {
            assert!(run.err.contains(word), "{operations:?}: `{word}` in\n{}", run.err);
        }
    }
    assert!(!out.exists(), "a refused edit wrote something");
}

/// Edits that a program asks for, and files that are none.
#[test]
fn files_that_cannot_be_used() {
    let folder = folder("unusable");
    let file = |name: &str, text: &str| {
        fs::write(folder.join(name), text).expect("it can be written");
        folder.join(name).to_str().expect("UTF-8").to_owned()
    };
    let unknown_verb = file("verb.json", r#"[{"do": "lok", "id": "x"}]"#);
    let no_list = file("list.json", "{}");
    let no_json = file("json.json", "[");
    let no_plan = file("plan.json", "{}");
    let absent = folder.join("absent.json").to_str().expect("UTF-8").to_owned();
    for (words, said) in [
        (vec!["edit", "WEEK", "--edits", &unknown_verb], ["edits[0].do", "\"lok\""]),
        (vec!["edit", "WEEK", "--edits", &no_list], ["no list", &no_list]),
        (vec!["edit", "WEEK", "--edits", &no_json], ["no JSON", &no_json]),
        (vec!["edit", "WEEK", "--edits", &absent], ["cannot read", &absent]),
        (vec!["edit", &no_plan, "lock", "x"], ["is no plan", &no_plan]),
        (vec!["check", &absent], ["cannot read", &absent]),
        (vec!["merge", "WEEK", "WEEK", "--base", &no_plan], ["is no plan", &no_plan]),
        (vec!["merge", "WEEK", "WEEK"], ["--base", "required"]),
        (vec!["check", "WEEK", "--book", "../../books/mars-transit"], ["does not have", "--book"]),
        (vec!["flown", "WEEK", "--report", &no_json], ["is no report", "id,state,start,end,reason"]),
        (vec!["bench", "psplib", &no_json], ["no project", &no_json]),
        (vec!["bench", "crewweek", &no_json], ["no crew week", &no_json]),
    ] {
        let run = plan(&words);
        assert_eq!(run.status, Some(2), "{words:?}\n{}", run.err);
        for word in said {
            assert!(run.err.contains(word), "{words:?}: `{word}` in\n{}", run.err);
        }
    }
}

/// Two sides edit apart: what does not touch comes together, what does is named with what each side says.
#[test]
fn two_sides_become_one() {
    let folder = folder("merge");
    let side = |name: &str, operations: &[String]| {
        let path = folder.join(name).to_str().expect("UTF-8").to_owned();
        let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
        let run = plan(&[&["edit", "WEEK"], &operations[..], &["--out", &path]].concat());
        assert!(run.status.is_some_and(|status| status < 2), "{}", run.err);
        path
    };
    let (night, work) = night_and_work();
    let (night, one) = (id(night), id(work));
    let a = side("a.json", &[format!("move {one} 2026-06-04T09:00Z")]);
    let b = side("b.json", &[format!("unlock {night}")]);
    let c = side("c.json", &[format!("move {one} 2026-06-04T10:00Z")]);

    let merged = folder.join("merged.json").to_str().expect("UTF-8").to_owned();
    let run = plan(&["merge", &a, &b, "--base", WEEK.0.to_str().expect("UTF-8"), "--out", &merged, "--json"]);
    let told = program::read(&run.out, &run.err);
    assert_eq!(
        (&told["conflicts"], &told["changed_by_ours"], &told["changed_by_theirs"]),
        (&json!([]), &json!(1), &json!(1))
    );
    assert_eq!(
        (run.status, &told["verdict"]["breaks_must"]),
        (Some(0), &json!(false)),
        "neither side adds to what the other broke"
    );
    let both = program::read(&fs::read_to_string(&merged).expect("it was written"), "merged");
    assert_eq!(named(&both, one)["start"], "2026-06-04T09:00:00Z");
    assert_eq!(named(&both, night)["hold"], "free");

    let told = answer(&["merge", &a, &c, "--base", WEEK.0.to_str().expect("UTF-8")], 1);
    let [conflict] = program::list(&told, "conflicts") else { panic!("{}", told["conflicts"]) };
    assert_eq!((&conflict["id"], &conflict["what"]), (&json!(one), &json!("time")));
    assert_eq!(conflict["base"]["start"], work["start"]);
    assert_eq!(conflict["ours"]["start"], "2026-06-04T09:00:00Z");
    assert_eq!(conflict["theirs"]["start"], "2026-06-04T10:00:00Z");
    assert_eq!(named(&told["plan"], one)["start"], "2026-06-04T09:00:00Z", "ours stands");
    assert!(told["breaches"].is_array());
    let page = plan(&["merge", &a, &c, "--base", WEEK.0.to_str().expect("UTF-8")]).out;
    for word in ["CONFLICT  time", "2026/155 09:00", "2026/155 10:00", one] {
        assert!(page.contains(word), "{word} on\n{page}");
    }
}

/// Each side keeps all rules, both together do not: two sides give one person something to do at one time.
#[test]
fn a_merge_that_breaks_what_both_kept() {
    let folder = folder("clash");
    let person = program::text(&WEEK.1["crew"][0], "person");
    let bare = folder.join("bare.json").to_str().expect("UTF-8").to_owned();
    let mut week = WEEK.1.clone();
    week["activities"] = json!([]);
    fs::write(&bare, week.to_string()).expect("it can be written");
    let [a, b] = ["a", "b"].map(|name| {
        let path = folder.join(format!("{name}.json")).to_str().expect("UTF-8").to_owned();
        let new = json!({"id": name, "title": name, "partner": "nasa", "kind": "experiment", "start": "2026-06-03T10:00Z", "end": "2026-06-03T11:00Z",
            "crew": [person]});
        let told = answer(&["edit", &bare, &format!("add {new}"), "--out", &path], 0);
        assert_eq!(told["verdict"]["breaks_must"], false, "{told}");
        path
    });
    let told = answer(&["merge", &a, &b, "--base", &bare], 1);
    assert_eq!((&told["conflicts"], &told["verdict"]["breaks_must"]), (&json!([]), &json!(true)));
    let newly = program::list(&told["verdict"], "newly_broken");
    assert!(newly.iter().any(|one| one["rule"] == "one-thing-at-a-time"), "{newly:?}");
}

/// What a plan breaks, and where it leaves the plan above it.
#[test]
fn a_plan_is_checked() {
    // What the planner prints breaks nothing that must be kept.
    let run = plan(&["check", "WEEK", "--json"]);
    let told = program::read(&run.out, &run.err);
    let breaches = program::list(&told, "breaches");
    let is_broken = breaches.iter().any(|one| one["severity"] != "info");
    assert_eq!(run.status, Some(i32::from(is_broken)));
    assert!(breaches.iter().all(|one| one["severity"] != "must"), "{breaches:?}");
    assert_eq!(breaches.len(), program::list(&WEEK.1, "breaches").len(), "as the planner said");
    assert_eq!(told["departures"], Value::Null);
    assert!(
        program::list(&told, "unjudged").iter().all(|one| one["rule"].is_string() && one["why"].is_string())
    );

    let (_, work) = night_and_work();
    let lower = folder("above").join("lower.json").to_str().expect("UTF-8").to_owned();
    let moved = format!("move {} 2026-06-06T09:00Z", id(work));
    let removed = found(|one| one["partner"] == "csa" || one["partner"] == "jaxa");
    let run = plan(&["edit", "WEEK", &moved, &format!("remove {}", id(removed)), "--out", &lower]);
    assert!(run.status.is_some_and(|status| status < 2), "{}", run.err);
    let told = answer(&["check", &lower, "--above", WEEK.0.to_str().expect("UTF-8")], 1);
    let departures: Vec<(&Value, &Value)> =
        program::list(&told, "departures").iter().map(|one| (&one["what"], &one["id"])).collect();
    assert_eq!(departures.len(), 2, "{departures:?}");
    assert!(departures.contains(&(&json!("moved"), &work["id"])), "{departures:?}");
    assert!(departures.contains(&(&json!("dropped"), &removed["id"])), "{departures:?}");
    let page = plan(&["check", &lower, "--above", WEEK.0.to_str().expect("UTF-8")]).out;
    assert!(
        page.contains("AGAINST THE PLAN ABOVE") && page.contains(&format!("dropped {}", id(removed))),
        "{page}"
    );
}

/// What was done is taken in line by line; what cannot be is named by its line, and the rest is done.
#[test]
fn what_was_flown() {
    let (night, work) = night_and_work();
    let folder = folder("flown");
    let report = folder.join("report.csv").to_str().expect("UTF-8").to_owned();
    let lines = [
        "# from the timeline viewer".to_owned(),
        "id,state,start,end,reason".to_owned(),
        format!("{},done,2026-06-02T21:40Z,2026/154 06:10,", id(night)),
        format!("{},skipped,,,\"no Ku-band, asked again\"", id(work)),
        "nobodys,done,2026-06-02T21:40Z,2026-06-02T22:40Z,".to_owned(),
        format!("{},started,2026-06-02T21:40Z,,", id(night)),
    ];
    fs::write(&report, lines.join("\n")).expect("it can be written");
    let told = answer(&["flown", "WEEK", "--report", &report], 1);
    assert_eq!(program::list(&told, "steps").len(), 2);
    let done = json!({"state": "done", "start": "2026-06-02T21:40:00Z", "end": "2026-06-03T06:10:00Z"});
    assert_eq!(named(&told["plan"], id(night))["progress"], done);
    let skipped = json!({"state": "skipped", "reason": "no Ku-band, asked again"});
    assert_eq!(named(&told["plan"], id(work))["progress"], skipped);
    let findings: Vec<(&Value, &str)> = program::list(&told, "findings")
        .iter()
        .map(|one| (&one["line"], program::text(one, "message")))
        .collect();
    let [(unknown, who), (twice, again)] = findings[..] else { panic!("{findings:?}") };
    assert_eq!((unknown, twice), (&json!(5), &json!(6)));
    assert!(who.contains("`nobodys`") && again.contains("line 3 already"), "{findings:?}");

    for (row, message) in [
        ("ID,done,,2026-06-02T22:40Z,", "its start is not said"),
        ("ID,done,2026-06-02T22:40Z,,", "its end is not said"),
        ("ID,done,2026-06-02T22:40Z,2026-06-02T22:40Z,", "not after it began"),
        ("ID,done,noon,2026-06-02T22:40Z,", "`noon` is not a time"),
        ("ID,skipped,,,", "not said why"),
        ("ID,doing,,,", "`doing` is no state"),
    ] {
        fs::write(&report, format!("id,state,start,end,reason\n{}", row.replace("ID", id(work))))
            .expect("it can be written");
        let told = answer(&["flown", "WEEK", "--report", &report], 1);
        let [finding] = program::list(&told, "findings") else { panic!("{row}: {}", told["findings"]) };
        assert!(program::text(finding, "message").contains(message), "{row}: {finding}");
        assert_eq!(told["plan"]["activities"], WEEK.1["activities"], "{row}");
    }
}

/// Three jobs after one another on one resource: 2 + 3 + 4 periods, in the form of the library.
const PROJECT: &str = "\
jobs (incl. supersource/sink ):  5
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           5
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     2       2
  3      1     3       2
  4      1     4       2
  5      1     0       0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
   3
";

/// Two people, three mandatory hours, and more optional work than fits: on a grid of 36 slots.
const WEEK_FILE: &str = "\
T 36 C 2
R 1
A 0 1 1 12 1 0 0 0 36 nasa W 0,1
A 1 0 3 24 1 - 0 0 36 esa W 0
A 2 0 2 24 1 - 0 0 36 esa W 1
A 3 0 1 24 1 - 0 0 36 esa W 1
";

#[test]
fn the_planner_on_public_problems() {
    let folder = folder("bench");
    let file = |name: &str, text: &str| {
        fs::write(folder.join(name), text).expect("it can be written");
        folder.join(name).to_str().expect("UTF-8").to_owned()
    };
    let project = file("j301_1.sm", PROJECT);
    let best = file("best.sm", "solutionlist data/j30hrs.sm\nPar Inst Makespan\n1 1 9 somebody\n");
    let told = answer(&["bench", "psplib", &project, "--iterations", "20", "--best", &best], 0);
    let expected = json!({"kind": "psplib", "makespan": 9, "best_known": 9, "gap_to_best": 0.0, "violations": [], "seed": 1});
    for (field, value) in expected.as_object().expect("an object") {
        assert_eq!(&told[field], value, "{field} in {told}");
    }
    for field in ["file", "bound", "gap", "first_plan_s", "seconds", "iterations"] {
        assert!(told[field].is_string() || told[field].is_number(), "{field} in {told}");
    }
    assert_eq!(program::list(&told, "starts").len(), 5);
    let several = answer(&["bench", "psplib", &project, &project, "--iterations", "20"], 0);
    let runs = several.as_array().expect("several files: a list");
    assert!(runs.len() == 2 && runs.iter().all(|run| run["best_known"].is_null()), "{several}");

    let other = file("other.sm", "solutionlist data/j60hrs.sm\n1 1 77 somebody\n");
    let run = plan(&["bench", "psplib", &project, "--best", &other]);
    assert!(run.status == Some(2) && run.err.contains("of j30") && run.err.contains("of j60"), "{}", run.err);

    let week = file("week.txt", WEEK_FILE);
    let told =
        answer(&["bench", "crewweek", &week, "--iterations", "200", "--seed", "3", "--threads", "2"], 0);
    // By hand: the mandatory hour beside one of two optional ones for each person, the dearest: 12 + 3·24 + 2·24.
    let expected = json!({"kind": "crewweek", "value": 132, "mandatory_placed": 1, "mandatory_total": 1, "seed": 3, "violations": []});
    for (field, value) in expected.as_object().expect("an object") {
        assert_eq!(&told[field], value, "{field} in {told}");
    }
    assert!(told["bound"].as_i64().is_some_and(|bound| bound >= 132), "{told}");
    assert!(
        ["gap", "first_plan_s", "seconds", "iterations"].iter().all(|field| told[*field].is_number()),
        "{told}"
    );
    let placed = program::list(&told, "activities");
    assert_eq!(placed.len(), 3);
    assert!(placed.iter().all(|one| one["end"].as_u64() <= Some(36) && one["crew"].is_array()), "{placed:?}");
}

/// No page is wider than a page.
#[test]
fn pages_fit() {
    let (night, work) = night_and_work();
    let into_the_night = format!("move {} {}", id(work), program::text(night, "start"));
    for words in [&["check", "WEEK"][..], &["edit", "WEEK", &into_the_night]] {
        for row in plan(words).out.lines() {
            assert!(row.chars().count() <= 100, "{words:?}: {} columns\n{row}", row.chars().count());
        }
    }
}
