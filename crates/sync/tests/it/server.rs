//! NATS servers of the tests: each in a throw-away folder, stopped when dropped.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where Debian puts it, besides the search path.
const PLACES: [&str; 2] = ["nats-server", "/usr/sbin/nats-server"];

/// The program, when it is installed; a test that needs it says so and passes over without.
pub(crate) fn program() -> Option<&'static str> {
    let found = PLACES.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    if found.is_none() {
        eprintln!("passed over: nats-server is not installed (on Debian: apt-get install nats-server)");
    }
    found
}

pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    domain: String,
    place: Place,
    pub(crate) port: u16,
}

/// Where a server runs.
#[derive(Clone)]
pub(crate) enum Place {
    /// On the loopback address.
    Loopback,
    /// In a network namespace, at an address of it.
    Namespace(String, String),
}

impl Server {
    /// Starts a server on a port that is free.
    pub(crate) fn start(folder: &Path, domain: &str, place: &Place) -> Self {
        let mut server = Self {
            child: Command::new("true").spawn().unwrap(),
            folder: folder.to_owned(),
            domain: domain.to_owned(),
            place: place.clone(),
            port: 0,
        };
        server.restart();
        server
    }

    pub(crate) fn address(&self) -> String {
        let host = match &self.place {
            Place::Loopback => "127.0.0.1",
            Place::Namespace(_, address) => address,
        };
        format!("nats://{host}:{}", self.port)
    }

    pub(crate) fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Loses every stream.
    pub(crate) fn wipe(&mut self) {
        self.stop();
        std::fs::remove_dir_all(&self.folder).unwrap();
    }

    /// Starts it again, at its address.
    pub(crate) fn restart(&mut self) {
        self.stop();
        std::fs::create_dir_all(&self.folder).unwrap();
        let config = self.folder.join("server.conf");
        let text = format!(
            "max_payload: 2MB\njetstream {{ store_dir: \"{}\", domain: \"{}\" }}\n",
            self.folder.display(),
            self.domain
        );
        std::fs::write(&config, text).unwrap();
        let program = program().unwrap();
        let (mut command, host) = match &self.place {
            Place::Loopback => (Command::new(program), "127.0.0.1"),
            Place::Namespace(name, address) => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", name, program]);
                (command, address.as_str())
            }
        };
        let port = if self.port == 0 { "-1".to_owned() } else { self.port.to_string() };
        command.args(["--addr", host, "--port", &port, "--config"]).arg(&config);
        self.child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(self.child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("Server is ready") {
            assert!(log.read_line(&mut said).unwrap() > 0, "it stopped:\n{said}");
        }
        let (_, address) = said.split_once("Listening for client connections on ").unwrap();
        self.port = address.lines().next().unwrap().rsplit(':').next().unwrap().trim().parse().unwrap();
        // What comes later is read and dropped, so that the server never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
