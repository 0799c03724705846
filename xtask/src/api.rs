//! The API against its own OpenAPI document, by a stranger: schemathesis asks the program itself, with good questions and bad ones.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::ci::{root, run};

/// Of the one version that this was tried with.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// What must hold of every answer, also of one to a question that the document does not allow.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,negative_data_rejection";

/// Chance begins here, so that what is found is found again.
const SEED: &str = "1";

/// Questions of each kind to each address.
const EXAMPLES: &str = "8";

/// A server of the book, and one of a training room in which changes are asked for.
pub(crate) fn test() -> Result<()> {
    let cargo = ["build", "--release", "--package", "cupola"];
    run(Command::new("cargo").args(cargo))?;
    let program = root().join("target/release/cupola");
    let folder = root().join("target/api");
    let schemathesis = installed(&folder)?;

    let book = Served::start(&program, &[])?;
    ask(&schemathesis, &book, "book")?;
    drop(book);

    let room = folder.join("room");
    if room.exists() {
        std::fs::remove_dir_all(&room).with_context(|| format!("clearing {}", room.display()))?;
    }
    let node = room.to_string_lossy();
    run(Command::new(&program).args(["journal", "found", "--all", "--node", &node]).stdout(Stdio::null()))?;
    let training = Served::start(&program, &["--nodes", &node, "--training"])?;
    ask(&schemathesis, &training, "training room")
}

/// One pass over all addresses but the stream, which never ends.
fn ask(schemathesis: &Path, served: &Served, what: &str) -> Result<()> {
    let mut command = Command::new(schemathesis);
    command.args(["run", &format!("{}/api/v1/openapi.json", served.address)]);
    command.args(["--checks", CHECKS, "--seed", SEED, "--max-examples", EXAMPLES, "--max-time", "40"]);
    command.args(["--phases", "examples,coverage,fuzzing", "--exclude-path", "/api/v1/stream"]);
    command.args([
        "--continue-on-failure",
        "--generation-database",
        "none",
        "--warnings",
        "off",
        "--no-color",
    ]);
    command.args(["--rate-limit", "90/s", "--request-timeout", "30"]);
    run(&mut command).with_context(|| format!("the server of the {what} is not as its document says"))
}

/// The program of a virtual environment, which is made once.
fn installed(folder: &Path) -> Result<PathBuf> {
    let venv = folder.join("venv");
    let program = venv.join("bin/schemathesis");
    let marker = venv.join(SCHEMATHESIS);
    if !marker.exists() {
        let venv = venv.to_string_lossy();
        run(Command::new("python3").args(["-m", "venv", "--clear", &venv]))?;
        run(Command::new(format!("{venv}/bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))?;
        std::fs::write(&marker, "").with_context(|| format!("writing {}", marker.display()))?;
    }
    ensure!(program.exists(), "{} is not there", program.display());
    Ok(program)
}

/// A server on a port that was free; it ends with this.
struct Served {
    address: String,
    process: Child,
}

impl Served {
    fn start(program: &Path, more: &[&str]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["serve", "--quiet", "--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let mut address = String::new();
        let told = process.stdout.take().map(|out| BufReader::new(out).read_line(&mut address));
        let served = Self { address: address.trim().to_owned(), process };
        match told {
            Some(Ok(_)) if served.address.starts_with("http") => Ok(served),
            _ => bail!("{} did not say where it serves", program.display()),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that has ended by itself is as good.
        let _ = self.process.kill().and_then(|()| self.process.wait().map(drop));
    }
}
