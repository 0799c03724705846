//! The layers of ARCHITECTURE.md, held against what Cargo says and what the sources name.
//!
//! Cargo itself accepts a circle through development dependencies, so those count here as well.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A crate may use only crates of lower layers.
const LAYERS: &[(&str, u8)] = &[
    ("timeline", 0),
    ("record", 1),
    ("orbit", 1),
    ("formats", 2),
    ("station", 2),
    ("people", 2),
    ("partnership", 2),
    ("plan", 3),
    ("traffic", 3),
    ("book", 4),
    ("rules", 4),
    ("forecast", 5),
    ("planner", 6),
    ("journal", 6),
    ("ledger", 6),
    ("risk", 6),
    ("schedule", 7),
    ("scene", 6),
    ("sky", 7),
    ("change", 8),
    ("impact", 8),
    ("store", 8),
    ("node", 9),
    ("console", 9),
    ("desk", 10),
    ("facts", 10),
    ("sync", 10),
    ("server", 11),
    ("cupola", 12),
    ("xtask", 12),
];

/// Crates that may touch the world outside; in `book` only the one file that reads a folder.
const IMPURE: &[&str] =
    &["store", "node", "desk", "sync", "server", "console", "cupola", "xtask", "book/src/files.rs"];

/// Names that betray a clock, a file, a socket, the environment or chance.
const OUTSIDE: [&str; 8] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "std::time::Instant",
    "thread_rng",
    "async fn",
];

#[test]
fn every_dependency_points_to_a_lower_layer() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("cargo metadata lists packages");
    for package in packages {
        let name = package["name"].as_str().expect("a package has a name");
        let layer = layer(name).unwrap_or_else(|| panic!("crate `{name}` has no layer: add it to LAYERS"));
        for dependency in package["dependencies"].as_array().expect("a package lists dependencies") {
            let used = dependency["name"].as_str().expect("a dependency has a name");
            if let Some(below) = self::layer(used) {
                assert!(
                    below < layer,
                    "`{name}` (layer {layer}) must not depend on `{used}` (layer {below})"
                );
            }
        }
    }
    assert_eq!(packages.len(), LAYERS.len(), "LAYERS names a crate that is gone");
}

#[test]
fn crates_live_in_a_folder_of_their_name() {
    for package in metadata()["packages"].as_array().expect("cargo metadata lists packages") {
        let name = package["name"].as_str().expect("a package has a name");
        let manifest = Path::new(package["manifest_path"].as_str().expect("a package has a manifest"));
        assert_eq!(manifest.parent().and_then(Path::file_name), Some(name.as_ref()));
    }
}

#[test]
fn pure_crates_name_nothing_outside() {
    let mut read = 0;
    for source in sources(&root().join("crates")) {
        let path =
            source.strip_prefix(root().join("crates")).expect("sources are below crates/").to_string_lossy();
        if IMPURE.iter().any(|allowed| path.starts_with(allowed)) || !path.contains("/src/") {
            continue;
        }
        let text = std::fs::read_to_string(&source).expect("a source is readable text");
        for name in OUTSIDE {
            assert!(!text.contains(name), "{path} names `{name}`: layers 0 to 7 are pure");
        }
        read += 1;
    }
    assert!(read >= 10, "only {read} sources were found");
}

fn layer(name: &str) -> Option<u8> {
    LAYERS.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, layer)| *layer)
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace root exists")
}
