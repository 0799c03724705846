//! The files of a node: what it is, whom it trusts. Written whole or not at all, and on the disk before anything builds on them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use journal::{Digest, Head, PublicKey, Terms};
use record::CentreId;
use serde::Deserialize;

use crate::NodeError;

/// What a node is: `node.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The centre whose journal is written here.
    pub centre: CentreId,
    /// The station whose plan it is about: centres of another one are not spoken with.
    pub station: String,
    /// Where the records are when not in `journal.db`: a PostgreSQL address.
    pub database: Option<String>,
    /// How far a partner's clock may be ahead of ours, in seconds.
    pub clock_tolerance_s: u32,
}

/// How far a partner's clock may be ahead when `node.toml` does not say, in seconds: ground clocks are kept to a second, so
/// that five minutes mean a fault.
pub const CLOCK_TOLERANCE_S: u32 = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityText {
    centre: String,
    station: String,
    database: Option<String>,
    clock_tolerance_s: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RootsText {
    quorum: Option<usize>,
    #[serde(default)]
    roots: BTreeMap<String, String>,
}

pub(crate) fn node_file(folder: &Path) -> PathBuf {
    folder.join("node.toml")
}

/// Refuses a folder that is a book, or lies in one: books are handed to others.
pub(crate) fn check_apart(folder: &Path) -> Result<(), NodeError> {
    let absolute = std::path::absolute(folder).map_err(|source| file("find", folder, source))?;
    match absolute.ancestors().find(|above| above.join("book.toml").exists()) {
        Some(book) => Err(NodeError::Book(book.to_owned())),
        None => Ok(()),
    }
}

pub(crate) fn read_identity(folder: &Path) -> Result<Identity, NodeError> {
    let path = node_file(folder);
    if !path.exists() {
        return Err(NodeError::NoNode(folder.to_owned()));
    }
    let text: IdentityText = parse(&path)?;
    Ok(Identity {
        centre: text.centre.parse().map_err(|why| fault(&path, format!("centre: {why}")))?,
        station: checked_station(&path, &text.station)?,
        database: text.database,
        clock_tolerance_s: text.clock_tolerance_s.unwrap_or(CLOCK_TOLERANCE_S),
    })
}

pub(crate) fn write_identity(folder: &Path, identity: &Identity) -> Result<(), NodeError> {
    let path = node_file(folder);
    checked_station(&path, &identity.station)?;
    let mut text = format!(
        "centre = \"{}\"\nstation = \"{}\"\nclock_tolerance_s = {}\n",
        identity.centre, identity.station, identity.clock_tolerance_s
    );
    if let Some(database) = &identity.database {
        if database.contains(|letter: char| letter == '\'' || letter.is_control()) {
            return Err(fault(
                &path,
                "database: an address has no quote and no control character".to_owned(),
            ));
        }
        let _ = writeln!(text, "database = '{database}'");
    }
    write_whole(&path, text.as_bytes(), Reader::Anybody)
}

/// A station's name is part of addresses of messages, so that it has the form of an id.
fn checked_station(path: &Path, station: &str) -> Result<String, NodeError> {
    let id: Result<CentreId, _> = station.parse();
    id.map(|id| id.to_string()).map_err(|why| fault(path, format!("station: {why}")))
}

/// Whose journals count: `roots.toml`. More than half of the centres are a quorum unless it says otherwise.
pub(crate) fn read_terms(folder: &Path) -> Result<Terms, NodeError> {
    let path = folder.join("roots.toml");
    if !path.exists() {
        return Ok(Terms { roots: BTreeMap::new(), quorum: 1 });
    }
    let text: RootsText = parse(&path)?;
    let mut roots = BTreeMap::new();
    for (name, hex) in &text.roots {
        let centre = name.parse().map_err(|why| fault(&path, format!("roots: {why}")))?;
        let root = from_hex(hex)
            .ok_or_else(|| fault(&path, format!("roots.{name}: a public key is 64 hexadecimal digits")))?;
        roots.insert(centre, PublicKey(root));
    }
    let quorum = text.quorum.unwrap_or(roots.len() / 2 + 1);
    if quorum * 2 <= roots.len() {
        return Err(fault(
            &path,
            format!("quorum: {quorum} of {} centres is not more than half of them", roots.len()),
        ));
    }
    Ok(Terms { roots, quorum })
}

pub(crate) fn write_terms(folder: &Path, terms: &Terms, quorum: Option<usize>) -> Result<(), NodeError> {
    let mut text = String::from(
        "# The key with which each centre's journal begins, learnt from the centre itself by another way.\n",
    );
    if let Some(quorum) = quorum {
        let _ = writeln!(text, "quorum = {quorum}");
    }
    text.push_str("\n[roots]\n");
    for (centre, root) in &terms.roots {
        let _ = writeln!(text, "{centre} = \"{root}\"");
    }
    write_whole(&folder.join("roots.toml"), text.as_bytes(), Reader::Anybody)
}

/// The quorum that `roots.toml` names, when it names one.
pub(crate) fn read_quorum(folder: &Path) -> Result<Option<usize>, NodeError> {
    let path = folder.join("roots.toml");
    if path.exists() { Ok(parse::<RootsText>(&path)?.quorum) } else { Ok(None) }
}

/// Heads, one a line: centre, number, digest.
pub(crate) fn read_disregarded(folder: &Path) -> Result<BTreeSet<Head>, NodeError> {
    let path = folder.join("disregarded");
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    let text = fs::read_to_string(&path).map_err(|source| file("read", &path, source))?;
    let head = |line: &str| {
        let mut words = line.split(' ');
        let centre = words.next()?.parse().ok()?;
        let number = words.next()?.parse().ok()?;
        let digest = Digest(from_hex(words.next()?)?);
        Some(Head { centre, number, digest })
    };
    let heads = text.lines().map(|line| {
        head(line).ok_or_else(|| fault(&path, format!("`{line}` is not a centre, a number and a digest")))
    });
    heads.collect()
}

pub(crate) fn write_disregarded(folder: &Path, heads: &BTreeSet<Head>) -> Result<(), NodeError> {
    let mut text = String::new();
    for head in heads {
        let _ = writeln!(text, "{} {} {}", head.centre, head.number, head.digest);
    }
    write_whole(&folder.join("disregarded"), text.as_bytes(), Reader::Anybody)
}

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Anybody,
    Owner,
}

/// Writes a file so that after a crash it is there whole or as it was before, and durable when this returns.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], reader: Reader) -> Result<(), NodeError> {
    let fresh = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    if reader == Reader::Owner {
        owners_only(&mut options);
    }
    let written = options.open(&fresh).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|source| file("write", &fresh, source))?;
    fs::rename(&fresh, path).map_err(|source| file("write", path, source))?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), NodeError> {
    File::open(folder).and_then(|open| open.sync_all()).map_err(|source| file("write", folder, source))
}

#[cfg(unix)]
fn owners_only(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(not(unix))]
fn owners_only(_: &mut OpenOptions) {}

fn parse<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T, NodeError> {
    let text = fs::read_to_string(path).map_err(|source| file("read", path, source))?;
    toml::from_str(&text).map_err(|why| fault(path, why.to_string()))
}

pub(crate) fn file(what: &'static str, path: &Path, source: std::io::Error) -> NodeError {
    NodeError::File { what, path: path.to_owned(), source }
}

pub(crate) fn fault(path: &Path, why: String) -> NodeError {
    NodeError::Text { path: path.to_owned(), why }
}

/// 32 bytes from 64 hexadecimal digits.
pub(crate) fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high * 16 + low) as u8;
    }
    Some(bytes)
}
