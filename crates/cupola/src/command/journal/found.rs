//! `cupola journal found`: a node, or one for every centre to try things out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use book::{Book, Files};
use desk::Desk;
use journal::PublicKey;
use record::CentreId;
use serde_json::{Value, json};
use timeline::Time;

use super::seed;
use crate::answer::Answer;
use crate::text::{Align, Ink, table};

/// The nodes that were made.
struct Founded {
    nodes: Vec<(CentreId, PublicKey, PathBuf)>,
    is_trial: bool,
}

/// A node for one centre of the book.
pub(super) fn one(files: &Files, folder: &Path, centre: &str, now: Time) -> Result<Answer> {
    let centre = known(&book::read(files).0, centre)?;
    let desk = found(files, folder, &centre, now)?;
    let key = desk.node().key()?;
    let nodes = vec![(centre, key, folder.to_owned())];
    Ok(Answer::new(Founded { nodes, is_trial: false }, Founded::json, Founded::page))
}

/// A node for every centre that speaks for a partner, each trusting all.
pub(super) fn all(files: &Files, folder: &Path, now: Time) -> Result<Answer> {
    let (book, _) = book::read(files);
    let centres: Vec<CentreId> = book
        .centres
        .iter()
        .map(|centre| centre.id.clone())
        .filter(|id| book.agreed.voices.iter().any(|voice| voice.centre == *id))
        .collect();
    ensure!(
        !centres.is_empty(),
        "no centre of this book speaks for a partner: its agreement.toml has no [[voice]]"
    );
    let mut desks = Vec::new();
    for centre in &centres {
        desks.push(found(files, &folder.join(centre.as_str()), centre, now)?);
    }
    let root = |desk: &Desk| Ok((desk.node().centre().clone(), desk.node().key()?));
    let roots: Vec<(CentreId, PublicKey)> = desks.iter().map(root).collect::<Result<_>>()?;
    for desk in &mut desks {
        for (centre, root) in &roots {
            desk.node_mut().trust(centre, *root)?;
        }
    }
    let nodes = roots.into_iter().map(|(centre, key)| {
        let folder = folder.join(centre.as_str());
        (centre, key, folder)
    });
    let founded = Founded { nodes: nodes.collect(), is_trial: true };
    Ok(Answer::new(founded, Founded::json, Founded::page))
}

fn found(files: &Files, folder: &Path, centre: &CentreId, now: Time) -> Result<Desk> {
    Desk::found(folder, files, centre.clone(), seed()?, now)
        .with_context(|| format!("cannot make a node in {}", folder.display()))
}

/// The centre of that id, or an error that lists those there are.
pub(super) fn known(book: &Book, id: &str) -> Result<CentreId> {
    let centre = book.centres.iter().find(|centre| centre.id.as_str() == id).map(|centre| centre.id.clone());
    centre.with_context(|| {
        let known: Vec<&str> = book.centres.iter().map(|centre| centre.id.as_str()).collect();
        format!("the book has no control centre `{id}`; it has {}", known.join(", "))
    })
}

impl Founded {
    fn json(&self) -> Value {
        let node = |(centre, key, folder): &(CentreId, PublicKey, PathBuf)| json!({"centre": centre.as_str(), "root": key.to_string(), "folder": folder.display().to_string()});
        json!({"founded": self.nodes.iter().map(node).collect::<Vec<_>>()})
    }

    fn page(&self, ink: Ink) -> String {
        let row = |(centre, key, folder): &(CentreId, PublicKey, PathBuf)| {
            vec![centre.to_string(), key.to_string(), folder.display().to_string()]
        };
        let heads = [("centre", Align::Left), ("root key", Align::Left), ("node", Align::Left)];
        let mut text = table(ink, &heads, &self.nodes.iter().map(row).collect::<Vec<_>>());
        text += if self.is_trial {
            "\nThese nodes trust each other, to try things out. In earnest each centre founds its own and keeps its key to itself.\n"
        } else {
            "\nTell this key to the other centres by another way than a journal, and say theirs here:\ncupola journal trust CENTRE KEY\n"
        };
        text
    }
}
