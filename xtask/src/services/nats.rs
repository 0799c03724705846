//! A NATS server with JetStream on the loopback address.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::server::Server;

/// Where Debian puts it, besides the search path.
const PLACES: [&str; 2] = ["nats-server", "/usr/sbin/nats-server"];

/// Starts one on a port that is free, with its store in `folder`; gives its address.
pub(crate) fn start(folder: &Path) -> Result<(Server, String)> {
    let is_there = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    let Some(program) = PLACES.into_iter().find(is_there) else {
        bail!("nats-server is not installed; on Debian: apt-get install nats-server");
    };
    let mut command = Command::new(program);
    command.args(["--addr", "127.0.0.1", "--port", "-1", "--jetstream", "--store_dir"]).arg(folder);
    let (server, said) = Server::start(&mut command, "Server is ready", "-TERM")?;
    let listening = said.iter().find_map(|line| line.split_once("Listening for client connections on "));
    let (_, address) = listening.with_context(|| format!("no address in:\n{}", said.concat()))?;
    Ok((server, format!("nats://{}", address.trim())))
}
