//! Reading and checking a whole book.

use std::path::Path;

use book::{Book, Files};

fn main() {
    divan::main();
}

fn files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    Files::from_dir(folder).expect("the book is there")
}

#[divan::bench]
fn read(bencher: divan::Bencher) {
    let files = files();
    bencher.bench(|| book::read(&files));
}

#[divan::bench]
fn check(bencher: divan::Bencher) {
    let (book, _) = book::read(&files());
    bencher.bench(|| book::check(&book));
}

#[divan::bench]
fn crew_aboard_since_the_beginning(bencher: divan::Bencher) {
    let (book, _): (Book, _) = book::read(&files());
    let history = book.history().expect("the book has a history");
    bencher.bench(|| book.crew_profile(history));
}
