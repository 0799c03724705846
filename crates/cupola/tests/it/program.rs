//! Runs the program as a shell would, and reads its answers.

use std::process::{Command, Stdio};

use serde_json::Value;

/// What one run of the program left behind.
pub(crate) struct Run {
    /// Exit status; none when a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `cupola` with the words of `line`. A time with a blank in it is written with `T`.
pub(crate) fn cupola(line: &str) -> Run {
    run(command(line))
}

/// The command, for those who want to change how it is started.
pub(crate) fn command(line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cupola"));
    command.args(line.split_whitespace()).env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub(crate) fn run(mut command: Command) -> Run {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let run = Run { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    assert!(!run.err.contains("panicked"), "{command:?}\n{}", run.err);
    run
}

/// The page or file that `line` prints when all is well.
pub(crate) fn page(line: &str) -> String {
    let run = cupola(line);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "cupola {line}");
    run.out
}

/// The JSON that `line` prints when all is well.
pub(crate) fn json(line: &str) -> Value {
    read(&page(&format!("{line} --json")), line)
}

/// `text` as JSON.
pub(crate) fn read(text: &str, line: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("cupola {line}: {error}\n{text}"))
}

/// Text at a field of an object.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("`{field}` is text in {value}"))
}

/// The list at a field of an object.
pub(crate) fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().unwrap_or_else(|| panic!("`{field}` is a list in {value}"))
}
