//! The books that travel inside the program.

use book::Files;
use include_dir::{Dir, include_dir};

static ISS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../books/iss");

static FIRST_STATION: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../books/first-station");

/// The files of the bundled ISS book.
pub(crate) fn iss() -> Files {
    contents(&ISS).into_iter().collect()
}

/// Paths and contents of the small invented book that people start their own from, in order of path.
pub(crate) fn first_station() -> Vec<(String, Vec<u8>)> {
    let mut files = contents(&FIRST_STATION);
    files.sort_unstable();
    files
}

fn contents(folder: &Dir<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    for file in folder.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec()));
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}
