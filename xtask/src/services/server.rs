//! A server as a child process.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

use anyhow::{Context, Result, bail};

/// A running server; it is told to stop, and waited for, when this is dropped.
pub(crate) struct Server {
    child: Child,
    signal: &'static str,
}

impl Server {
    /// Starts a server and waits for the line of its log that has `ready` in it; `signal` is what it stops for. Gives also the log
    /// until then.
    pub(crate) fn start(
        command: &mut Command,
        ready: &str,
        signal: &'static str,
    ) -> Result<(Self, Vec<String>)> {
        let mut child = command
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {command:?}"))?;
        let log = child.stderr.take().context("the server has a log")?;
        let server = Self { child, signal };
        let said = await_line(log, ready).with_context(|| format!("starting {command:?}"))?;
        Ok((server, said))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args([self.signal, &pid]).status();
        if !told.is_ok_and(|status| status.success()) {
            // Nobody hears an error here; a server that is gone already needs no more.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// The lines up to the one with `ready`. What comes later is read and dropped, so that the server never waits for a reader.
fn await_line(log: ChildStderr, ready: &str) -> Result<Vec<String>> {
    let mut log = BufReader::new(log);
    let mut said = Vec::new();
    loop {
        let mut line = String::new();
        if log.read_line(&mut line).context("reading the server's log")? == 0 {
            bail!("it stopped:\n{}", said.concat());
        }
        let is_ready = line.contains(ready);
        said.push(line);
        if is_ready {
            break;
        }
    }
    std::thread::spawn(move || std::io::copy(&mut log.by_ref(), &mut std::io::sink()));
    Ok(said)
}
