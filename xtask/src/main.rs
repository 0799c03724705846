//! `cargo xtask`: everything that is neither `cargo run` nor `cargo test`.

mod api;
mod ci;
mod data;
mod services;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask COMMAND

  ci       what the gate runs after the tests: lint, deny, docs, the bundled books, the console
  lint     rustfmt and clippy, warnings are errors
  deny     licences and sources of all dependencies (installs cargo-deny when it is missing)
  console  the web console's types, tests and weight
  e2e      the console driven in a browser as a person would, looked at by axe, and pictures of it; needs npm and a Chromium
  api      the API against its OpenAPI by schemathesis, as the book and in a training room; needs Python 3.9; fetches schemathesis the first time
  bench    every benchmark, release build
  speed    the console's speed in a browser and the server's for fifty clients; needs a Chromium
  plans    a thousand plans of every book, each held against all its rules, release build
  services tests that need a PostgreSQL and a NATS server: starts both in a throw-away folder, stops them; and of signing in at an identity provider
  kills    500 writers killed on SQLite and on PostgreSQL, and the server with them, release build
  centres  five centres with nodes and NATS servers in five networks: 25,000 records while links are cut, release build
  data     condense space weather and Earth orientation into the bundled book; `data --help` says from where
";

#[expect(clippy::print_stdout, reason = "the list of tasks is the output")]
fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ci"] => ci::all(),
        ["lint"] => ci::lint(),
        ["deny"] => ci::deny(),
        ["console"] => ci::console(),
        ["api"] => api::test(),
        ["e2e"] => ci::e2e(),
        ["bench"] => ci::bench(),
        ["speed"] => ci::speed(),
        ["plans"] => ci::plans(),
        ["services"] => services::test(),
        ["kills"] => services::kills(),
        ["centres"] => services::centres(),
        ["data", "help" | "--help" | "-h"] => {
            print!("{}", data::HELP);
            Ok(())
        }
        ["data", arguments @ ..] => data::condense(arguments),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        [unknown, ..] => bail!("`{unknown}` is not a task\n\n{HELP}"),
    }
}
