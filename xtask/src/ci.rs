//! The gate, step by step; each step is also a task of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
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

/// The console driven in a browser as a person would, against the program itself; needs npm and a Chromium (`CHROMIUM` names it).
pub(crate) fn e2e() -> Result<()> {
    cargo(&["build", "--release", "--package", "cupola"])?;
    let web = "crates/console/web";
    for task in [&["ci"][..], &["run", "build"]] {
        run(Command::new("npm").arg("--prefix").arg(web).args(task))?;
    }
    let program = root().join("target/release/cupola");
    let mut served = Command::new(&program)
        .args(["serve", "--quiet", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let mut address = String::new();
    let told = served.stdout.take().map(|out| BufReader::new(out).read_line(&mut address));
    let node = |script: &str| {
        let mut node = Command::new("node");
        node.arg(root().join(web).join(script)).env("CUPOLA", &program).env("API", address.trim());
        // A page with an open stream of events is never idle, for which the scripts wait.
        node.env("STREAM", "none");
        node
    };
    let driven = match told {
        Some(Ok(_)) => run(&mut node("dev/use.mjs")),
        _ => Err(anyhow::anyhow!("{} did not say where it serves", program.display())),
    };
    served.kill().and_then(|()| served.wait()).context("ending the program")?;
    driven?;
    // It founds a room of its own, with a program of its own.
    run(node("dev/partners.mjs").env_remove("API"))
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
