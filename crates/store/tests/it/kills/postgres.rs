//! The same on PostgreSQL: the writer is killed, and the server with all its processes.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::{KILLS_A_STORE, There, kill_one, look, look_at_signatures};
use crate::chance::Chance;
use crate::places::PostgresPlace;
use crate::victim::{Said, Target, Victim};

#[test]
fn what_postgres_acknowledged_survives() {
    writers(20);
}

#[test]
#[ignore = "takes minutes: cargo xtask kills"]
fn what_postgres_acknowledged_survives_500_kills() {
    writers(500);
}

fn writers(kills: u64) {
    let mut records = 0;
    for first in (0..kills).step_by(KILLS_A_STORE as usize) {
        let Some(place) = PostgresPlace::new() else { return };
        let target = Target::Postgres { address: place.address(), schema: place.schema() };
        let (mut said, mut there) = (Said::default(), There::default());
        for round in first..kills.min(first + KILLS_A_STORE) {
            let chance = &mut Chance::new(round);
            said = kill_one(target, round, said, chance);
            there = look(target, &said, there, round);
        }
        records += there.own + there.other;
        look_at_signatures(&mut *target.open().unwrap());
    }
    println!("{kills} kills of writers on PostgreSQL, {records} records");
}

#[test]
#[ignore = "needs a server of its own, which it kills: cargo xtask kills"]
fn what_postgres_acknowledged_survives_40_kills_of_the_server() {
    let kills = 40;
    let Ok(script) = env::var("CUPOLA_POSTGRES_START") else {
        eprintln!("skipped: CUPOLA_POSTGRES_START names no server to kill; `cargo xtask kills` makes one");
        return;
    };
    let mut server = Server::start(Path::new(&script));
    let place = PostgresPlace::at(env::var("CUPOLA_POSTGRES_MORTAL").unwrap());
    let target = Target::Postgres { address: place.address(), schema: place.schema() };
    let (mut said, mut there) = (Said::default(), There::default());
    for round in 0..kills {
        let chance = &mut Chance::new(round);
        let mut victim = Victim::start(target, round);
        for _ in 0..=chance.below(100) {
            said = victim.next().expect("the victim lives as long as its server");
        }
        std::thread::sleep(Duration::from_micros(chance.below(4_000)));
        server.kill();
        said = victim.end().unwrap_or(said);
        server = Server::start(Path::new(&script));
        there = look(target, &said, there, round);
    }
    look_at_signatures(&mut *target.open().unwrap());
    drop(place);
    server.stop();
    println!("{kills} kills of the PostgreSQL server, {} records", there.own + there.other);
}

/// A server that this test started.
struct Server(Child);

impl Server {
    /// Starts it and waits until it takes connections.
    fn start(script: &Path) -> Self {
        let mut child = Command::new(script).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("ready to accept connections") {
            assert_ne!(log.read_line(&mut said).unwrap(), 0, "the server has stopped: {said}");
        }
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self(child)
    }

    /// SIGKILL to it and to all its processes at once.
    fn kill(mut self) {
        let pids: Vec<u32> = [self.0.id()].into_iter().chain(children(self.0.id())).collect();
        signal("-KILL", &pids);
        self.0.wait().unwrap();
        // The next one will not start while one of them is there: PostgreSQL sees to that, and there is nothing to wait on.
        while pids[1..].iter().any(|pid| lives(*pid)) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn stop(mut self) {
        signal("-INT", &[self.0.id()]);
        self.0.wait().unwrap();
    }
}

fn signal(signal: &str, pids: &[u32]) {
    let pids = pids.iter().map(ToString::to_string);
    // One of them may have ended by itself meanwhile.
    Command::new("kill").arg(signal).args(pids).stderr(Stdio::null()).status().unwrap();
}

fn children(of: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| stat(*pid).is_some_and(|(_, parent)| parent == of)).collect()
}

fn lives(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, _)| state != "Z")
}

/// State and parent, of what follows the name in brackets (proc(5)).
fn stat(pid: u32) -> Option<(String, u32)> {
    let text = std::fs::read_to_string(PathBuf::from(format!("/proc/{pid}/stat"))).ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}
