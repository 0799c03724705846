//! The books that travel inside the program.

use book::Files;
use include_dir::{Dir, include_dir};

static ISS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../books/iss");

/// The files of the bundled ISS book.
pub(crate) fn iss() -> Files {
    let mut files = Vec::new();
    collect(&ISS, &mut files);
    files.into_iter().collect()
}

fn collect(folder: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    for file in folder.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec()));
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}
