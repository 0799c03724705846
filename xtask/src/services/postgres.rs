//! A PostgreSQL that listens on a socket in its own folder and nowhere else.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::server::Server;

/// Where Debian puts the versions that are installed.
const VERSIONS: &str = "/usr/lib/postgresql";
/// PostgreSQL refuses to run as root; the package brings this user.
const USER: &str = "postgres";

/// The files of a server.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    is_root: bool,
}

impl Cluster {
    /// Makes the files in a folder that is not there yet.
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        let cluster = Self { programs: programs()?, folder: folder.to_path_buf(), is_root: is_root()? };
        std::fs::create_dir(folder).with_context(|| format!("making {}", folder.display()))?;
        if cluster.is_root {
            let owner = format!("{USER}:");
            let status = Command::new("chown").arg(owner).arg(folder).status().context("starting chown")?;
            ensure!(status.success(), "there is no user `{USER}`: apt-get install postgresql makes it");
        }
        let arguments = ["--username=cupola", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        let mut make = cluster.command("initdb");
        let made =
            make.args(arguments).arg("--pgdata").arg(cluster.data()).output().context("starting initdb")?;
        ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        Ok(cluster)
    }

    pub(crate) fn start(&self) -> Result<Server> {
        let mut command = self.command("postgres");
        command.args(self.arguments());
        // `-INT`: whoever is connected is cut off.
        Ok(Server::start(&mut command, "ready to accept connections", "-INT")?.0)
    }

    /// How clients reach it.
    pub(crate) fn address(&self) -> String {
        format!("host={} user=cupola dbname=postgres", self.folder.display())
    }

    /// A program that becomes this server, for a test that kills it and starts it again.
    pub(crate) fn script(&self) -> Result<PathBuf> {
        let path = self.folder.join("start");
        let user = if self.is_root { format!("{} ", as_user().join(" ")) } else { String::new() };
        let program = self.programs.join("postgres");
        let line = format!("#!/bin/sh\nexec {user}{} {}\n", program.display(), self.arguments().join(" "));
        std::fs::write(&path, line).context("writing the server's script")?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }

    fn arguments(&self) -> [String; 5] {
        let socket = self.folder.display();
        [
            "-D".to_owned(),
            self.data().display().to_string(),
            "--listen_addresses=".to_owned(),
            format!("--unix_socket_directories={socket}"),
            // Its log is waited for in English.
            "--lc_messages=C".to_owned(),
        ]
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.is_root {
            let [setpriv, arguments @ ..] = as_user();
            let mut command = Command::new(setpriv);
            command.args(arguments).arg(program);
            command
        } else {
            Command::new(program)
        };
        // The user may not go where the caller is.
        command.current_dir("/");
        command
    }
}

fn as_user() -> [&'static str; 6] {
    ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"]
}

/// The programs of the latest version that is installed.
fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = versions.map(|entry| entry.path()).filter(|path| path.join("bin/initdb").exists());
    match installed.max_by_key(|path| number(path)) {
        Some(version) => Ok(version.join("bin")),
        None => bail!("PostgreSQL is not installed under {VERSIONS}; on Debian: apt-get install postgresql"),
    }
}

fn is_root() -> Result<bool> {
    let id = Command::new("id").arg("-u").output().context("starting id")?;
    Ok(id.stdout.trim_ascii() == b"0")
}
