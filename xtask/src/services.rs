//! Servers that some tests need: in a throw-away folder, reached by nobody else, stopped when the tests are over.

mod nats;
mod postgres;
mod server;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::ci::run;

/// The tests that need a server.
pub(crate) fn test() -> Result<()> {
    let folder = Folder::new()?;
    let tests = [("store", "postgres"), ("node", "postgres"), ("sync", "nats")];
    let postgres = postgres::Cluster::new(&folder.0.join("postgres"))?;
    let _server = postgres.start()?;
    let (_nats, nats_address) = nats::start(&folder.0.join("nats"))?;
    for (package, feature) in tests {
        let mut cargo = Command::new("cargo");
        cargo.args(["test", "--package", package, "--features", feature]);
        run(cargo.env("CUPOLA_POSTGRES", postgres.address()).env("CUPOLA_NATS", &nats_address))?;
    }
    oidc()
}

/// Signing in at an identity provider, which the tests bring along; and what holds for every address, with those two.
fn oidc() -> Result<()> {
    let mut cargo = Command::new("cargo");
    run(cargo.args([
        "test",
        "--package",
        "server",
        "--features",
        "oidc",
        "--",
        "oidc",
        "openapi",
        "access",
        "accounts",
    ]))
}

/// Writers, and a server, killed again and again.
pub(crate) fn kills() -> Result<()> {
    let folder = Folder::new()?;
    let lasting = postgres::Cluster::new(&folder.0.join("lasting"))?;
    let _server = lasting.start()?;
    let mortal = postgres::Cluster::new(&folder.0.join("mortal"))?;
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--release", "--package", "store", "--features", "postgres", "--test", "it", "--"]);
    cargo.args(["--ignored", "--nocapture", "--test-threads", "1", "kills::"]);
    cargo.env("CUPOLA_POSTGRES", lasting.address());
    cargo.env("CUPOLA_POSTGRES_MORTAL", mortal.address());
    run(cargo.env("CUPOLA_POSTGRES_START", mortal.script()?))
}

/// Five centres, each with its node, server and agent in a network of its own, through a month of cut links.
pub(crate) fn centres() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--release", "--package", "sync", "--features", "nats", "--test", "it", "--"]);
    run(cargo.args(["--ignored", "--nocapture", "centres::thirty_days"]))
}

/// A folder that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("cupola-services-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the system's folder for such files harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
