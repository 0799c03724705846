//! A program that appends as fast as it can and says each number that was acknowledged, until it is killed.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use journal::{Digest, Entry, Key, Record, Signed, Writer};
use store::{Sqlite, Start, Store, StoreError};

use crate::chance::Chance;
use crate::journals::{centre, second};

/// Whose journal it appends to, and whose records it puts in, [`BATCH`] at a time.
pub(crate) const OWN: &str = "east";
pub(crate) const OTHER: &str = "north";
pub(crate) const BATCH: u64 = 3;

const NAME: &str = "victim::appends_until_it_is_killed";
const KIND: &str = "CUPOLA_VICTIM";
const PLACE: &str = "CUPOLA_VICTIM_PLACE";
const SCHEMA: &str = "CUPOLA_VICTIM_SCHEMA";
const SEED: &str = "CUPOLA_VICTIM_SEED";

/// Where the victim writes.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    Sqlite(&'a Path),
    #[cfg(feature = "postgres")]
    Postgres {
        address: &'a str,
        schema: &'a str,
    },
}

impl Target<'_> {
    pub(crate) fn open(self) -> Result<Box<dyn Store>, StoreError> {
        Ok(match self {
            Target::Sqlite(path) => Box::new(Sqlite::open(path)?),
            #[cfg(feature = "postgres")]
            Target::Postgres { address, schema } => Box::new(store::Postgres::open(address, schema)?),
        })
    }
}

/// The last that the victim said: numbers acknowledged, and how far the log was then.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Said {
    pub(crate) own: u64,
    pub(crate) other: u64,
    /// Frames of SQLite's write-ahead log that are committed, and the salts of that log.
    pub(crate) frames: u64,
    pub(crate) salts: [u8; 8],
}

pub(crate) struct Victim {
    pub(crate) child: Child,
    lines: BufReader<ChildStdout>,
}

impl Victim {
    /// This very test binary, with the one test that is a victim.
    pub(crate) fn start(target: Target<'_>, seed: u64) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", NAME, "--ignored", "--nocapture", "--test-threads", "1"]);
        command.env(SEED, seed.to_string());
        match target {
            Target::Sqlite(path) => command.env(KIND, "sqlite").env(PLACE, path),
            #[cfg(feature = "postgres")]
            Target::Postgres { address, schema } => {
                command.env(KIND, "postgres").env(PLACE, address).env(SCHEMA, schema)
            }
        };
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next that it says; none when it is dead.
    pub(crate) fn next(&mut self) -> Option<Said> {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(said) = line.strip_suffix('\n').and_then(|line| line.strip_prefix("kept ")) {
                return Some(Said::read(said));
            }
        }
    }

    /// SIGKILL; what it had still said before.
    pub(crate) fn kill(mut self) -> Option<Said> {
        self.child.kill().unwrap();
        self.end()
    }

    /// The last that it says, when it ends.
    pub(crate) fn end(mut self) -> Option<Said> {
        let last = std::iter::from_fn(|| self.next()).last();
        self.child.wait().unwrap();
        last
    }
}

impl Said {
    fn read(text: &str) -> Self {
        let numbers: Vec<u64> = text.split(' ').map(|number| number.parse().unwrap()).collect();
        let [own, other, frames, salts] = numbers[..] else { panic!("`{text}` is not what a victim says") };
        Self { own, other, frames, salts: salts.to_be_bytes() }
    }

    fn tell(&self) {
        let salts = u64::from_be_bytes(self.salts);
        let mut out = std::io::stdout().lock();
        writeln!(out, "kept {} {} {} {salts}", self.own, self.other, self.frames).unwrap();
        out.flush().unwrap();
    }
}

#[test]
#[ignore = "it is what the tests of `kills` start and kill"]
fn appends_until_it_is_killed() {
    let Ok(kind) = env::var(KIND) else { return };
    let place = env::var(PLACE).unwrap();
    let schema = env::var(SCHEMA).unwrap_or_default();
    let target = match kind.as_str() {
        "sqlite" => Target::Sqlite(Path::new(&place)),
        #[cfg(feature = "postgres")]
        "postgres" => Target::Postgres { address: &place, schema: &schema },
        _ => panic!("no such store: {kind} {schema}"),
    };
    // A line of its own for what follows.
    println!();
    let mut chance = Chance::new(env::var(SEED).unwrap().parse().unwrap());
    // It ends by itself only when its server is killed.
    write_on(target, &mut chance).unwrap_err();
}

fn write_on(target: Target<'_>, chance: &mut Chance) -> Result<(), StoreError> {
    let mut store = target.open()?;
    let (mut own, mut other) = (Pen::new(&mut *store, OWN)?, Pen::new(&mut *store, OTHER)?);
    // What it has read it may tell others: from here on it must stay.
    tell(target, &own, &other);
    loop {
        let next = own.next(chance);
        match store.append(&next) {
            Ok(()) => own.keep(&next),
            // What a killed one had sent before was committed only now.
            Err(StoreError::Moved { .. }) => own = Pen::new(&mut *store, OWN)?,
            Err(error) => return Err(error),
        }
        tell(target, &own, &other);
        if chance.below(4) == 0 {
            let batch: Vec<Signed> = (0..BATCH).map(|_| other.write(chance)).collect();
            store.put(&batch)?;
            tell(target, &own, &other);
        }
    }
}

/// The end of a journal, and who writes it.
struct Pen {
    name: &'static str,
    last: u64,
    digest: Digest,
}

impl Pen {
    fn new(store: &mut dyn Store, name: &'static str) -> Result<Self, StoreError> {
        let last = store.extents()?.get(&centre(name)).map_or(0, |extent| extent.last);
        let kept = store.records(&centre(name), Start::Number(last), 1)?;
        Ok(Self { name, last, digest: kept.first().map_or(Digest::NONE, |kept| kept.digest) })
    }

    /// The record after the last, of a few bytes or of many pages.
    fn next(&self, chance: &mut Chance) -> Signed {
        let key = Key::from_seed(&[self.name.len() as u8; 32]);
        if self.last == 0 {
            return Writer::found(&centre(self.name), key, second(0)).unwrap().1;
        }
        let length = if chance.below(8) == 0 { 60_000 } else { 3_000 };
        let text = "x".repeat(chance.below(length) as usize);
        let record = Record {
            centre: centre(self.name),
            number: self.last + 1,
            previous: self.digest,
            time: second(self.last),
            key: key.public(),
            entry: Entry::Comment { about: Digest::NONE, text },
        };
        record.sign(&key).unwrap()
    }

    fn keep(&mut self, signed: &Signed) {
        (self.last, self.digest) = (signed.record().number, signed.digest());
    }

    fn write(&mut self, chance: &mut Chance) -> Signed {
        let signed = self.next(chance);
        self.keep(&signed);
        signed
    }
}

fn tell(target: Target<'_>, own: &Pen, other: &Pen) {
    let mut said = Said { own: own.last, other: other.last, ..Said::default() };
    #[cfg_attr(not(feature = "postgres"), expect(irrefutable_let_patterns))]
    if let Target::Sqlite(path) = target {
        // Of the index to the log (https://sqlite.org/walformat.html): the frames committed, in the machine's order, and the salts.
        let index = fs::read(format!("{}-shm", path.display())).unwrap();
        said.frames = u32::from_ne_bytes(index[16..20].try_into().unwrap()).into();
        said.salts = index[32..40].try_into().unwrap();
    }
    said.tell();
}
