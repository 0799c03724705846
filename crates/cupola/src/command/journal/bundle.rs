//! `cupola journal export` and `import`: records in files.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use desk::Desk;
use journal::{Fault, Why};
use serde_json::{Value, json};
use sync::Bundle;
use timeline::Time;

use crate::answer::Answer;
use crate::text::{Align, Ink, table};

/// A bundle that was written.
struct Exported {
    file: PathBuf,
    records: usize,
    bytes: usize,
    /// More is to be exported after it.
    is_cut: bool,
}

pub(super) fn export(desk: &Desk, file: &Path, since: Option<&Path>) -> Result<Answer> {
    let theirs = since.map(|path| read(path).map(|bundle| bundle.heads)).transpose()?;
    let bundled = sync::bundle(desk.node(), &theirs.unwrap_or_default())?;
    ensure!(!file.exists(), "{} is there already: name a file that is not", file.display());
    let mut out = File::create_new(file).with_context(|| format!("cannot make {}", file.display()))?;
    out.write_all(&bundled.bytes)
        .and_then(|()| out.sync_all())
        .with_context(|| format!("cannot write {}", file.display()))?;
    let exported = Exported {
        file: file.to_owned(),
        records: bundled.records,
        bytes: bundled.bytes.len(),
        is_cut: bundled.next.is_some(),
    };
    Ok(Answer::new(exported, Exported::json, Exported::page))
}

fn read(path: &Path) -> Result<Bundle> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Bundle::read(&bytes).with_context(|| format!("{} is no whole bundle", path.display()))
}

impl Exported {
    fn json(&self) -> Value {
        json!({
            "file": self.file.display().to_string(),
            "records": self.records,
            "bytes": self.bytes,
            "is_cut": self.is_cut,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let mut text =
            format!("{} records, {} bytes, in {}\n", self.records, self.bytes, self.file.display());
        if self.is_cut {
            text += &ink.warning(
                "A bundle holds no more; when it has arrived, export the rest with --since a bundle of theirs.\n",
            );
        }
        text
    }
}

/// What came of each file.
struct Imported {
    files: Vec<FileTaken>,
    /// Files of which nothing was taken, and why.
    failed: Vec<String>,
    gaps: Vec<String>,
}

struct FileTaken {
    file: PathBuf,
    sender: String,
    new: usize,
    known: usize,
    faults: Vec<String>,
}

pub(super) fn import(desk: &mut Desk, paths: &[PathBuf], now: Time) -> Result<Answer> {
    let (mut files, mut failed) = (Vec::new(), Vec::new());
    let mut gaps = Vec::new();
    // One file that is no bundle does not keep the others out.
    for path in paths {
        match one(desk, path, now) {
            Ok((taken, still)) => {
                gaps = still;
                files.push(taken);
            }
            Err(error) => failed.push(format!("{error:#}")),
        }
    }
    if let (true, [first, ..]) = (files.is_empty(), failed.as_slice()) {
        bail!("{first}");
    }
    let imported = Imported { files, failed, gaps };
    let is_sound = imported.failed.is_empty() && imported.files.iter().all(|file| file.faults.is_empty());
    let answer = Answer::new(imported, Imported::json, Imported::page);
    Ok(if is_sound { answer } else { answer.with_findings() })
}

fn one(desk: &mut Desk, path: &Path, now: Time) -> Result<(FileTaken, Vec<String>)> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let sender = read(path)?.sender.to_string();
    let taken = sync::take(desk.node_mut(), &bytes, now)
        .with_context(|| format!("cannot take {}", path.display()))?
        .received;
    let trusts = |centre: &record::CentreId| desk.node().terms().roots.contains_key(centre);
    let told = |fault: &Fault| match fault.why {
        Why::UnknownKey if !trusts(&fault.centre) => {
            format!("{fault}; its root is not known here: cupola journal trust {} KEY", fault.centre)
        }
        _ => fault.to_string(),
    };
    let file = FileTaken {
        file: path.to_owned(),
        sender,
        new: taken.new.len(),
        known: taken.known,
        faults: taken.faults.iter().map(told).collect(),
    };
    Ok((file, taken.gaps.iter().map(ToString::to_string).collect()))
}

impl Imported {
    fn json(&self) -> Value {
        let file = |taken: &FileTaken| {
            json!({
                "file": taken.file.display().to_string(),
                "sender": taken.sender,
                "new": taken.new,
                "known": taken.known,
                "faults": taken.faults,
            })
        };
        json!({
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "failed": self.failed,
            "gaps": self.gaps,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let row = |taken: &FileTaken| {
            vec![
                taken.file.display().to_string(),
                taken.sender.clone(),
                taken.new.to_string(),
                taken.known.to_string(),
                taken.faults.len().to_string(),
            ]
        };
        let heads = [
            ("file", Align::Left),
            ("from", Align::Left),
            ("new", Align::Right),
            ("known", Align::Right),
            ("refused", Align::Right),
        ];
        let mut text = table(ink, &heads, &self.files.iter().map(row).collect::<Vec<_>>());
        for fault in self.files.iter().flat_map(|file| &file.faults) {
            text += &ink.warning(&format!("▲ {fault}\n"));
        }
        for failed in &self.failed {
            text += &ink.warning(&format!("▲ {failed}\n"));
        }
        for gap in &self.gaps {
            text += &format!("◆ still to come: {gap}\n");
        }
        text
    }
}
