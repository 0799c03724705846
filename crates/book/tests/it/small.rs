//! The small invented book, whole and with one fault at a time.

use std::path::Path;

use book::{Book, Files};
use timeline::Finding;

/// Paths and what stands there.
pub(crate) type Contents = Vec<(String, Vec<u8>)>;

/// The small book, without a fault.
pub(crate) fn files() -> Contents {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
    let files = Files::from_dir(folder).expect("the small book is there");
    files.paths().map(|path| (path.to_owned(), files.get(path).unwrap_or_default().to_vec())).collect()
}

/// A book and all its findings.
pub(crate) fn read_and_check(files: Contents) -> (Book, Vec<Finding>) {
    let (book, mut findings) = book::read(&Files::from_iter(files));
    findings.extend(book::check(&book));
    (book, findings)
}

/// What is found in the small book when `from`, which stands once in `file`, is replaced by `to`.
#[track_caller]
pub(crate) fn with(file: &str, from: &str, to: &str) -> Vec<Finding> {
    let mut files = files();
    let (_, bytes) = files.iter_mut().find(|(path, _)| path == file).expect("the small book has the file");
    let text = String::from_utf8(bytes.clone()).expect("the file is text");
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in {file}");
    *bytes = text.replace(from, to).into_bytes();
    read_and_check(files).1
}

#[test]
fn the_small_book_is_faultless() {
    let (_, findings) = read_and_check(files());
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
