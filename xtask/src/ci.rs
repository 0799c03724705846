//! The gate, step by step; each step is also a task of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// All that the gate runs after the tests.
pub(crate) fn all() -> Result<()> {
    lint()?;
    docs()?;
    books()?;
    benches_compile()?;
    console()?;
    cargo(&["test", "--package", "xtask"])?;
    deny()
}

/// Format and lints; a warning is an error.
pub(crate) fn lint() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&[
        "clippy",
        "--package",
        "cupola",
        "--package",
        "server",
        "--all-targets",
        "--features",
        "cupola/oidc",
        "--",
        "-D",
        "warnings",
    ])
}

/// Licences, sources and wildcards of everything we link. The advisory database is left to those who have a network.
pub(crate) fn deny() -> Result<()> {
    let installed =
        Command::new("cargo").args(["deny", "--version"]).output().is_ok_and(|o| o.status.success());
    if !installed {
        cargo(&["install", "cargo-deny", "--locked", "--no-default-features"])?;
    }
    cargo(&["deny", "--workspace", "check", "bans", "licenses", "sources"])
}

/// Every benchmark.
pub(crate) fn bench() -> Result<()> {
    cargo(&["bench", "--workspace"])
}

/// A thousand plans of every book.
pub(crate) fn plans() -> Result<()> {
    cargo(&["test", "--release", "-p", "schedule", "--test", "it", "--", "--ignored", "a_thousand_seeds"])
}

/// The API documentation, broken links are errors.
fn docs() -> Result<()> {
    run(Command::new("cargo").args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The bundled books have no fault.
fn books() -> Result<()> {
    for entry in std::fs::read_dir(root().join("books")).context("reading books/")? {
        let book = entry?.path();
        let folder = book.to_string_lossy();
        cargo(&["run", "--quiet", "--release", "--", "book", "check", "--book", &folder])
            .with_context(|| format!("the book {folder} has faults"))?;
    }
    Ok(())
}

/// The console's types, tests and weight; without npm there is none to look at.
#[expect(clippy::print_stderr, reason = "a task tells what it leaves out")]
pub(crate) fn console() -> Result<()> {
    if !Command::new("npm").arg("--version").output().is_ok_and(|o| o.status.success()) {
        eprintln!("npm is not installed: the console is not looked at");
        return Ok(());
    }
    for task in [&["ci"][..], &["run", "check"], &["test"], &["run", "build"], &["run", "size"]] {
        run(Command::new("npm").arg("--prefix").arg("crates/console/web").args(task))?;
    }
    Ok(())
}

/// The console driven in a browser as a person would, against the program itself. Pictures of every page stay under `target/e2e/`.
pub(crate) fn e2e() -> Result<()> {
    in_browser("playwright.config.ts")
}

/// How fast the console is in a browser, and the server for fifty clients. Figures for people: nothing fails for being slow.
pub(crate) fn speed() -> Result<()> {
    in_browser("speed.config.ts")?;
    cargo(&["bench", "--package", "server"])
}

/// Runs what a configuration of Playwright names, against the release program.
fn in_browser(config: &str) -> Result<()> {
    let npm = Command::new("npm").arg("--version").output().is_ok_and(|o| o.status.success());
    ensure!(npm, "the browser tests need npm (Debian: `apt-get install npm`)");
    let chromium =
        std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    ensure!(
        chromium.is_file(),
        "{} is not there: the browser tests need a Chromium (Debian: `apt-get install chromium`), or CHROMIUM naming one",
        chromium.display()
    );
    cargo(&["build", "--release", "--package", "cupola"])?;
    let web = root().join("crates/console/web");
    run(Command::new("npm").arg("--prefix").arg(&web).arg("ci"))?;
    // In its own words: npm would stand between us and the browsers it is to end when it is stopped.
    let mut playwright = Command::new("node");
    playwright
        .arg(web.join("node_modules/@playwright/test/cli.js"))
        .arg("test")
        .arg("--config")
        .arg(web.join(config));
    run(playwright.env("CUPOLA", root().join("target/release/cupola")).env("CHROMIUM", chromium))
}

/// Benchmarks must build; their figures are for people.
fn benches_compile() -> Result<()> {
    cargo(&["check", "--workspace", "--benches"])
}

fn cargo(arguments: &[&str]) -> Result<()> {
    run(Command::new("cargo").args(arguments))
}

#[expect(clippy::print_stderr, reason = "a task tells what it runs")]
pub(crate) fn run(command: &mut Command) -> Result<()> {
    eprintln!("$ {command:?}");
    let status = command.current_dir(root()).status().with_context(|| format!("starting {command:?}"))?;
    ensure!(status.success(), "{command:?} failed: {status}");
    Ok(())
}

pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.to_path_buf(), Path::to_path_buf)
}
