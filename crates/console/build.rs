//! Builds the web console into `OUT_DIR` and lists its files for `src/lib.rs`.
//!
//! Where there is no npm, no connection to fetch packages, or a build that fails, one page that says how to get the console
//! takes its place: a station's server must build without a JavaScript tool.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

/// What the console is made of, relative to `web/`; the rest (what development needs, installed packages) is not needed.
const SOURCES: [&str; 10] = [
    "package.json",
    "package-lock.json",
    ".npmrc",
    "index.html",
    "vite.config.js",
    "svelte.config.js",
    "tsconfig.json",
    "scripts",
    "src",
    "public",
];

/// A folder of files built elsewhere, for packagers without a connection.
const PREBUILT: &str = "CUPOLA_CONSOLE_DIST";

/// Set to leave the console out of a build that does not need it.
const LEFT_OUT: &str = "CUPOLA_CONSOLE_SKIP";

fn main() -> io::Result<()> {
    let web = PathBuf::from(env_var("CARGO_MANIFEST_DIR")).join("web");
    let out = PathBuf::from(env_var("OUT_DIR"));
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", web.join(source).display());
    }
    println!("cargo::rerun-if-env-changed={PREBUILT}");
    println!("cargo::rerun-if-env-changed={LEFT_OUT}");

    let built = match env::var_os(PREBUILT) {
        Some(dist) => Ok(PathBuf::from(dist)),
        None if env::var_os(LEFT_OUT).is_some() => Err(format!("{LEFT_OUT} is set")),
        None => build(&web, &out.join("web")),
    };
    let list = match built.and_then(|dist| listed(&dist).map_err(|e| format!("{}: {e}", dist.display()))) {
        Ok(list) => list,
        Err(why) => {
            println!("cargo::warning=the web console is left out: {why}");
            "/// The files of the console: none were built.\nstatic FILES: [Asset; 0] = [];\n".to_owned()
        }
    };
    fs::write(out.join("files.rs"), list)
}

fn env_var(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

/// Builds in a copy, so that the sources stay as they are and two builds at once do not meet.
fn build(web: &Path, work: &Path) -> Result<PathBuf, String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    Command::new(npm)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|_| "npm is not installed".to_owned())?;
    copy_sources(web, work).map_err(|e| format!("copying its sources: {e}"))?;
    install(npm, work)?;
    run(Command::new(npm).args(["run", "build"]).current_dir(work), "npm run build")?;
    Ok(work.join("dist"))
}

fn copy_sources(web: &Path, work: &Path) -> io::Result<()> {
    for source in SOURCES {
        let (from, to) = (web.join(source), work.join(source));
        // A file that is gone from the sources must be gone from the copy.
        if to.is_dir() {
            fs::remove_dir_all(&to)?;
        }
        copy(&from, &to)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// Installs what the build needs, once for each state of the lock file.
fn install(npm: &str, work: &Path) -> Result<(), String> {
    let lock = fs::read(work.join("package-lock.json")).map_err(|e| format!("package-lock.json: {e}"))?;
    let stamp = work.join("installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) && work.join("node_modules").is_dir() {
        return Ok(());
    }
    // Without a connection it should say so soon, and not after minutes of trying.
    let quick = [
        "--omit=dev",
        "--prefer-offline",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=4000",
        "--fetch-timeout=30000",
    ];
    run(Command::new(npm).arg("ci").args(quick).current_dir(work), "npm ci")?;
    fs::write(stamp, lock).map_err(|e| format!("marking the install: {e}"))
}

fn run(command: &mut Command, name: &str) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{name}: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let reason = text
        .lines()
        .find(|l| l.contains("rror") && !l.contains("complete log") && !l.trim_end().ends_with(':'))
        .unwrap_or("no reason given");
    Err(format!("{name} failed ({}): {}", output.status, reason.trim()))
}

/// The files as Rust: path, kind, digest, bytes.
fn listed(dist: &Path) -> io::Result<String> {
    let mut paths = Vec::new();
    gather(dist, dist, &mut paths)?;
    paths.sort();
    if !paths.iter().any(|p| p == "index.html") {
        return Err(io::Error::other("no index.html"));
    }
    let mut text =
        format!("/// The files of the console, by path.\nstatic FILES: [Asset; {}] = [\n", paths.len());
    for path in &paths {
        let file = fs::canonicalize(dist.join(path))?;
        let digest = fnv1a(&fs::read(&file)?);
        let _ = writeln!(
            text,
            "    Asset {{ path: {path:?}, etag: \"\\\"{digest:016x}\\\"\", bytes: include_bytes!({:?}) }},",
            file.display().to_string()
        );
    }
    text.push_str("];\n");
    Ok(text)
}

fn gather(folder: &Path, root: &Path, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, root, paths)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            let parts: Vec<_> = relative.iter().map(|p| p.to_string_lossy()).collect();
            paths.push(parts.join("/"));
        }
    }
    Ok(())
}

/// FNV-1a, 64 bits: tells versions of a file apart for a cache; it is no protection against anybody.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
