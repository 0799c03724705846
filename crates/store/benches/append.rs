//! How long it takes to keep a record, and to read many.

use divan::Bencher;
use journal::{Digest, Entry, Key, Signed, Writer};
use store::{Sqlite, Store, StoreError, for_each};
use timeline::{Duration, Time};

fn main() {
    divan::main();
}

const RECORDS: i64 = 20_000;

/// A folder that is gone afterwards, on the file system of the build: the system's own for such files is often in memory.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn open(&self) -> Sqlite {
        Sqlite::open(&self.0.join("journal.db")).expect("a store")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn journal() -> (Writer, Signed) {
    let centre = "east".parse().expect("an id");
    Writer::found(&centre, Key::from_seed(&[1; 32]), Time::EPOCH).expect("a journal begins")
}

fn comment() -> Entry {
    Entry::Comment { about: Digest::NONE, text: "seen by the flight director, no objection".to_owned() }
}

fn records() -> Vec<Signed> {
    let (mut writer, first) = journal();
    let next = |at| writer.append(Time::EPOCH + Duration::SECOND * at, comment()).expect("a record");
    [first].into_iter().chain((1..RECORDS).map(next)).collect()
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn append_one_record(bencher: Bencher) {
    let folder = Folder::new("append");
    let mut store = folder.open();
    let (mut writer, first) = journal();
    store.append(&first).expect("it is kept");
    bencher
        .with_inputs(|| writer.append(Time::EPOCH, comment()).expect("a record"))
        .bench_local_values(|signed| store.append(&signed).expect("it is kept"));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn put_20_000_records(bencher: Bencher) {
    let records = records();
    let folder = Folder::new("put");
    bencher
        .with_inputs(|| {
            let _ = std::fs::remove_file(folder.0.join("journal.db"));
            folder.open()
        })
        .bench_local_values(|mut store| store.put(&records).expect("they are kept"));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_20_000_records(bencher: Bencher) {
    let folder = Folder::new("read");
    let mut store = folder.open();
    store.put(&records()).expect("they are kept");
    let centre = "east".parse().expect("an id");
    bencher.bench_local(|| {
        let mut bytes = 0;
        for_each(&mut store, &centre, 1, |kept| {
            bytes += kept.bytes.len();
            Ok::<(), StoreError>(())
        })
        .expect("they are there");
        bytes
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn open_after_a_crash_with_20_000_records(bencher: Bencher) {
    let folder = Folder::new("open");
    folder.open().put(&records()).expect("they are kept");
    let log = folder.0.join("journal.db-wal");
    bencher
        .with_inputs(|| std::fs::write(&log, "cut off").expect("it is written"))
        .bench_local_values(|()| folder.open());
}
