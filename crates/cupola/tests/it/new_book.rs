//! `cupola book new`: what it writes, what it refuses, and that every command works on the book it writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{self, Run};

const BOOK: &str = "../../books/first-station";

/// Runs `cupola book new FOLDER` with more words, which may have blanks in them.
fn book_new(folder: &Path, more: &[&str]) -> Run {
    let mut command = program::command("book new");
    command.arg(folder).args(more);
    program::run(command)
}

/// A path in the folder for temporary files at which nothing is.
fn unused(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).expect("what an earlier test left can be removed");
    }
    path
}

/// Paths below `folder`, with `/`, and contents.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read(&path).expect("a file can be read"));
        }
    }
    found
}

#[test]
fn the_new_book_is_the_bundled_one() {
    let folder = unused("new/as-it-is");
    let run = book_new(&folder, &["--json"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let (written, shipped) = (files(&folder), files(Path::new(BOOK)));
    assert!(written == shipped, "{:?}\n{:?}", written.keys(), shipped.keys());

    let said = program::read(&run.out, "book new");
    assert_eq!(program::text(&said, "title"), "First Station");
    assert_eq!(program::text(&said, "folder"), folder.to_string_lossy());
    let listed: Vec<&str> = program::list(&said, "files").iter().filter_map(Value::as_str).collect();
    assert_eq!(listed, written.keys().map(String::as_str).collect::<Vec<&str>>());
}

/// An empty folder is as good as none; a title may have whatever a page can show.
#[test]
fn a_title_changes_one_line_and_leaves_a_sound_book() {
    for (name, title, shown) in [
        ("new/plain", "Meadow Station", "Meadow Station"),
        ("new/with blanks and 'signs'", r#" The "Æther" \o/ "#, r#"The "Æther" \o/"#),
    ] {
        let folder = unused(name);
        fs::create_dir_all(&folder).expect("a folder can be made");
        let run = book_new(&folder, &["--title", title]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{title}");
        assert!(run.out.starts_with(&format!("NEW BOOK · {shown}")), "{}", run.out);

        let (mut written, mut shipped) = (files(&folder), files(Path::new(BOOK)));
        let text =
            |bytes: Option<Vec<u8>>| String::from_utf8(bytes.expect("it is there")).expect("it is text");
        let (mine, theirs) = (text(written.remove("book.toml")), text(shipped.remove("book.toml")));
        let changed = mine.lines().zip(theirs.lines()).filter(|(mine, theirs)| mine != theirs).count();
        assert_eq!((mine.lines().count(), changed), (theirs.lines().count(), 1), "{mine}");
        assert!(written == shipped, "{title}");

        let mut check = program::command("book check --book");
        check.arg(&folder);
        let check = program::run(check);
        assert_eq!((check.status, check.err.as_str()), (Some(0), ""), "{}", check.out);
        assert!(check.out.starts_with(&format!("BOOK · {shown}")), "{}", check.out);
    }
}

/// What is refused leaves everything as it was.
#[test]
fn what_cannot_become_a_book_is_refused() {
    let full = unused("new/full");
    fs::create_dir_all(&full).expect("a folder can be made");
    fs::write(full.join("mine.txt"), "mine").expect("a file can be written");
    let (file, free) = (full.join("mine.txt"), unused("new/free"));
    let wide = "w".repeat(41);
    for (folder, more, words) in [
        (&full, vec![], vec!["full is not empty", "name a folder"]),
        (&file, vec![], vec!["cannot write a book to", "mine.txt"]),
        (&file.join("below"), vec![], vec!["cannot write", "below"]),
        (&PathBuf::new(), vec![], vec!["value is required", "<DIR>"]),
        (&free, vec!["--book", BOOK], vec!["leave --book out", "copy"]),
        (&free, vec!["--title", "  "], vec!["title is empty"]),
        (&free, vec!["--title", "a\nb"], vec![r#""a\nb""#, "cannot be shown"]),
        (&free, vec!["--title", &wide], vec!["41 columns", "more than 40"]),
    ] {
        let run = book_new(folder, &more);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{}", run.err);
        for word in words {
            assert!(run.err.contains(word), "`{word}` is not in\n{}", run.err);
        }
    }
    assert!(!free.exists());
    assert_eq!(files(&full), BTreeMap::from([("mine.txt".to_owned(), b"mine".to_vec())]));
}

/// Every command answers on the new book without a finding, and every page fits.
#[test]
fn every_command_works_on_it() {
    for command in [
        "status",
        "status --at 2026-05-07",
        "presence",
        "presence --at 2026-05-07",
        "forecast",
        "forecast --as-of 2026-05-25",
        "check",
        "risk losses",
        "book check",
        "orbit state",
        "orbit events",
        "orbit contacts",
        "orbit passes --site home",
        "plan week --iterations 100",
        "plan increment --weeks 4 --iterations 100",
    ] {
        let page = program::page(&format!("{command} --book {BOOK}"));
        for row in page.lines() {
            assert!(row.chars().count() <= 100, "{command}: {} columns\n{row}", row.chars().count());
        }
        program::json(&format!("{command} --book {BOOK}"));
    }
    for export in ["oem", "omm", "csv"] {
        program::page(&format!("export {export} --book {BOOK}"));
    }
}

/// The station is sound: its rules are judged and kept, without any loss nothing runs short, and no lost machine, channel or loop ends it.
#[test]
fn it_stands_what_a_station_should() {
    assert_eq!(program::json(&format!("check --book {BOOK}")), Value::Array(Vec::new()));
    let page = program::page(&format!("check --book {BOOK}"));
    assert!(page.contains("15 rules: 0 broken in 0 places, 15 kept, 0 not judged"), "{page}");
    let page = program::page(&format!("forecast --book {BOOK}"));
    assert!(page.contains("Nobody goes short in this span."), "{page}");
    let page = program::page(&format!("risk losses --book {BOOK}"));
    assert!(page.contains("Without any loss the plan breaks no rule."), "{page}");
    for machine in ["oxygen-generator fails 10 d", "channel a dark", "cooling loop-a lost"] {
        // `·` stands between what is secure; a broken rule has a sign before the next `·`.
        let after = page.split(machine).nth(1).unwrap_or_else(|| panic!("{machine} is not in\n{page}"));
        let sign = after.split_whitespace().next();
        assert!(sign.is_none_or(|sign| sign == "·" || sign == "WHAT"), "{machine} {sign:?}");
    }
}

/// All that must be done has a place in the first week and in one without cargo, and the shares of crew time are nearly kept.
#[test]
fn its_weeks_can_be_planned() {
    for week in ["", " --from 2026-06-08"] {
        let plan = program::json(&format!("plan week --iterations 500{week} --book {BOOK}"));
        assert_eq!(plan["mandatory_placed"], plan["mandatory_total"]);
        assert!(
            plan["mandatory_total"].as_u64().is_some_and(|total| total > 90),
            "{}",
            plan["mandatory_total"]
        );
        assert_eq!(program::list(&plan, "breaches"), [] as [Value; 0]);
        let shares = program::list(&plan, "shares");
        assert_eq!(shares.len(), 3);
        for share in shares {
            let off = share["off_points"].as_f64().expect("the share is measured");
            assert!(off.abs() < 3.0, "{week}: {share}");
        }
    }
}
