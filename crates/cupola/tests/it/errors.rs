//! What cannot be done: the exit status, and a message that says what, where and how to mend it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{self, cupola};

/// The station's element set of 2026-05-26 (public catalogue; checksums 8 and 2).
const LINES: [&str; 2] = [
    "1 25544U 98067A   26146.77668714  .00011632  00000+0  21582-3 0  9998",
    "2 25544  51.6334  46.0936 0007421 101.1111 259.0712 15.49400906568432",
];

/// Words that each complaint has to hold.
#[test]
fn what_cannot_be_done_is_said_with_status_2() {
    for (line, words) in [
        // Times.
        ("status --at yesterday", ["`yesterday` is not a time", "2026-05-30T12:00:00Z"]),
        ("status --at 2015-02-29", ["2015-02-29", "day that does not exist"]),
        ("status --at 2017-12-31T23:59:60Z", ["2017-12-31T23:59:60Z", "no leap second"]),
        ("status --at 2026-05-30T24:00Z", ["2026-05-30T24:00Z", "--at"]),
        ("status --at 2292-04-10", ["2292-04-10", "1708 to 2291"]),
        ("presence --at", ["--at", "value is required"]),
        ("presence --at 2026-01-01 --from 2025-01-01", ["--at", "--from"]),
        // Spans.
        (
            "presence --from 2020-01-01 --to 2019-01-01",
            ["ends at 2019-01-01", "not after its beginning 2020-01-01"],
        ),
        ("presence --from 2020-01-01 --to 2020-01-01", ["ends at 2020-01-01", "not after"]),
        (
            "shares --from 2020-01-01 --to 2019-01-01",
            ["ends at 2019-01-01", "before its beginning 2020-01-01"],
        ),
        ("shares --from 2030-01-01", ["ends at 2026-05-30T12:25:00Z", "say --to as well"]),
        ("shares --plan nowhere.json", ["cannot read nowhere.json", "No such file"]),
        ("presence --to 2030-01-01", ["knows what happened until 2026-05-30", "--to"]),
        ("presence --at 2030-01-01", ["knows who was aboard until 2026-05-30", "--at"]),
        (
            "orbit events --from 2026-05-30 --to 2026-05-29",
            ["ends at 2026-05-29", "not after its beginning 2026-05-30"],
        ),
        ("orbit contacts --to 1999-01-01", ["ends at 1999-01-01", "say --from as well"]),
        ("orbit contacts --from 2000-01-01 --to 2020-01-01", ["7305 days", "in parts"]),
        ("export oem --from 2026-01-01 --to 2027-01-01 --step-s 1", ["31536001 states", "--step-s"]),
        // Flights at another time.
        (
            "forecast --slip spx-34+30d",
            ["spx-34` was launched on 2026-05-15", "only flights that are planned"],
        ),
        ("forecast --slip nowhere@2026-10-01", ["no flight `nowhere` is planned", "there are"]),
        ("risk losses --slip spx-35", ["`spx-35` is not FLIGHT@TIME", "FLIGHT+DAYSd"]),
        ("check --slip spx-35@2026-01-01", ["would arrive on 2026-01-01", "all is history"]),
        // Outside what is known.
        ("orbit state --at 1990-01-01", ["the station began on 1998-11-20T06:40:00Z", "no orbit"]),
        ("orbit state --at 1998-11-20T06:39:59Z", ["began on 1998-11-20", "no orbit"]),
        ("orbit contacts --from 1997-01-01 --to 1998-01-01", ["began on 1998-11-20", "no orbit"]),
        ("orbit events --from 2200-01-01", ["2200-01-01", "to 2029"]),
        // Names.
        ("orbit contacts --site nowhere", ["no site `nowhere`", "houston"]),
        ("orbit passes --site nowhere", ["no site `nowhere`", "paris"]),
        ("orbit events --kind eclipse", ["`eclipse` is not a kind", "umbra"]),
        ("export csv --profile crew.aloft", ["no profile is called `crew.aloft`", "crew.aboard"]),
        ("orbit state --frame j2000", ["j2000", "gcrf"]),
        ("export omm --form cbor", ["cbor", "kvn"]),
        ("frobnicate", ["frobnicate", "--help"]),
        ("orbit", ["Usage", "contacts"]),
        // Places.
        ("orbit passes", ["need a place", "--site paris"]),
        ("orbit passes --lat-deg 48", ["--lon-deg", "required"]),
        ("orbit passes --lat-deg 91 --lon-deg 0", ["--lat-deg", "not between -90 and 90"]),
        ("orbit passes --lat-deg 1 --lon-deg 361", ["--lon-deg", "not between"]),
        ("orbit passes --lat-deg 1 --lon-deg 1 --height-m nan", ["--height-m", "not between"]),
        ("orbit passes --site paris --lat-deg 1 --lon-deg 1", ["--site", "cannot be used"]),
        ("orbit contacts --mask-deg 90", ["--mask-deg", "not between 0 and 89"]),
        // Forms.
        ("export oem --form json", ["json", "kvn, xml"]),
        ("export csv --json", ["no JSON form", "--json"]),
        ("export omm --json", ["JSON form", "--form json"]),
        ("export oem --step-s 0", ["--step-s", "1..=86400"]),
        // Books and files.
        ("--book nowhere status", ["no book in nowhere", "book.toml"]),
        ("--book src status", ["no book in src", "--book"]),
        ("book check --book nowhere", ["cannot read nowhere", "No such file"]),
        ("orbit state --oem nowhere.xml", ["cannot read nowhere.xml", "No such file"]),
        ("orbit state --tle src", ["cannot read src", "directory"]),
        ("orbit state --oem a.xml --tle a.tle", ["--oem", "cannot be used with '--tle"]),
        ("orbit state --tle a.tle --omm a.json", ["--tle", "cannot be used with '--omm"]),
    ] {
        check(line, &words);
    }
}

/// Files that are no orbit, each refused by name, and by line where a line is at fault.
#[test]
fn damaged_files_are_refused_by_line() {
    let good = format!("ISS\n{}\n{}\n", LINES[0], LINES[1]);
    let weather_satellite =
        good.replace("25544", "33591").replace("9998", "9990").replace("568432", "568434");
    let kvn = program::page("export oem --from 2026-05-30 --to 2026-05-31");
    let states = kvn.lines().position(|line| line.starts_with("2026-05-30T00:04")).expect("a second state");
    let damaged = |line: usize, text: &str| {
        let mut lines: Vec<&str> = kvn.lines().collect();
        lines[line] = text;
        lines.join("\n") + "\n"
    };
    let no_number = damaged(states, "2026-05-30T00:04:00 1 2 three 4 5 6");
    let backwards = damaged(states, "2026-05-29T00:04:00 1 2 3 4 5 6");
    let at_state = format!(":{}", states + 1);
    for (name, content, option, words) in [
        ("empty.tle", "", "tle", ["empty.tle", "nothing that could be read"]),
        ("empty.json", "", "omm", ["empty.json", "nothing that could be read"]),
        ("empty.xml", "", "oem", ["empty.xml:1", "expected a message"]),
        ("checksum.tle", &good.replace("51.6334", "51.6335"), "tle", ["checksum.tle:3", "checksum"]),
        ("letter.tle", &good.replace("51.6334", "51.x334"), "tle", ["letter.tle:3", "must"]),
        ("cut.tle", &good[..100], "tle", ["cut.tle:3", "must"]),
        ("one.tle", &format!("{}\n", LINES[0]), "tle", ["one.tle:1", "must"]),
        ("two.tle", &format!("{good}NOAA 19\n{weather_satellite}"), "tle", ["two.tle", "must"]),
        ("text.oem", "Dear reader,\n", "oem", ["text.oem:1", "CCSDS_OEM_VERS"]),
        ("set.oem", &good, "oem", ["set.oem:1", "CCSDS_OEM_VERS"]),
        ("number.oem", &no_number, "oem", [&at_state, "three"]),
        ("backwards.oem", &backwards, "oem", [&at_state, "2026-05-29"]),
    ] {
        let path = write(name, content);
        check(&format!("orbit state --at 2026-05-30T12:00Z --{option} {}", path.display()), &words);
    }
}

/// A trajectory answers only for the time it covers.
#[test]
fn a_trajectory_is_not_drawn_out() {
    let path = write("day.oem", &program::page("export oem --from 2026-05-29 --to 2026-05-30"));
    let path = path.display();
    for what in
        ["state --at 2026-05-30T00:00:01Z", "state --at 2026-05-28T23:59:59Z", "events --from 2026-06-01"]
    {
        check(
            &format!("orbit {what} --oem {path}"),
            &["covers 2026-05-29T00:00:00Z", "to 2026-05-30T00:00:00Z"],
        );
    }
    check(&format!("export omm --oem {path} --at 2026-05-29T12:00Z"), &["no element set", "--tle"]);
    // A span that is covered in part is answered in part, and says so.
    let page = program::page(&format!("orbit events --oem {path} --from 2026-05-29T12:00Z --to 2026-05-31"));
    assert!(page.contains("says nothing from 2026/150 00:00 to 2026/151 00:00 GMT"), "{page}");
}

/// A book with a fault is told by `book check` with status 1, and answers nothing else.
#[test]
fn a_broken_book_is_told_with_status_1() {
    let folder = copy_of_the_book("broken");
    let argument = format!("--book {}", folder.display());
    for (file, from, to, words) in [
        ("flights.csv", "Soyuz MS-22,soyuz-ms,", "Soyuz MS-22,soyuz-mz,", "soyuz-mz"),
        ("dockings.csv", "2022-09-21T17:06Z,2023-", "2022-09-21T17:06Z,2021-", "soyuz-ms-22"),
        ("dockings.csv", "ng-24,unity-nadir,", "ng-24,zvezda-aft,", "zvezda-aft"),
        ("sites.toml", "height_m = ", "height = ", "height"),
        ("book.toml", "began = ", "began == ", "book.toml"),
    ] {
        let whole = fs::read_to_string(folder.join(file)).expect("the copy is there");
        let at = whole.find(from).unwrap_or_else(|| panic!("{file} holds `{from}`"));
        let line = whole[..at].lines().count().max(1) + usize::from(whole[..at].ends_with('\n'));
        fs::write(folder.join(file), whole.replacen(from, to, 1)).expect("the copy can be changed");

        let run = cupola(&format!("book check {argument}"));
        assert_eq!(run.status, Some(1), "{file}: {to}\n{}{}", run.out, run.err);
        assert!(
            run.out.contains(&format!("{file}:")) && run.out.contains(words),
            "{file}:{line}: {}",
            run.out
        );
        let run = cupola(&format!("book check --json {argument}"));
        let findings = program::read(&run.out, "book check");
        let found =
            findings.as_array().expect("a list").iter().any(|one| one["file"] == file && one["line"] == line);
        assert!(found && run.status == Some(1), "{file}:{line}: {findings:#}");

        check(&format!("{argument} status"), &["must be mended", "book check", file]);
        fs::write(folder.join(file), whole).expect("the copy can be mended");
    }
    assert_eq!(cupola(&format!("book check {argument}")).status, Some(0), "mended again");
}

/// A reader that has seen enough ends the program quietly; a full disk does not.
#[test]
fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
    // Far more than a pipe holds.
    let mut command = program::command("export oem --from 2026-05-20 --to 2026-05-30 --step-s 60");
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), [].as_slice()));

    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: this system has no /dev/full");
        return;
    };
    let mut command = program::command("status");
    command.stdout(full);
    let output =
        command.stderr(std::process::Stdio::piped()).spawn().and_then(std::process::Child::wait_with_output);
    let output = output.expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write the answer"));
}

/// Holds a line that must fail against the words its complaint must have.
fn check(line: &str, words: &[&str]) {
    let run = cupola(line);
    assert_eq!(run.status, Some(2), "cupola {line}\n{}{}", run.out, run.err);
    assert_eq!(run.out, "", "cupola {line}: a refusal prints no answer");
    for word in words {
        assert!(run.err.contains(word), "cupola {line}: `{word}` is not in\n{}", run.err);
    }
}

fn write(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the folder for temporary files is writable");
    path
}

fn copy_of_the_book(name: &str) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss"), &to);
    to
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the book is there") {
        let path = entry.expect("the book can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}
