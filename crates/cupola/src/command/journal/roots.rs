//! `cupola journal roots` and `trust`: whose journals count.

use anyhow::Result;
use book::Book;
use journal::PublicKey;
use node::Node;
use record::CentreId;
use serde_json::{Value, json};

use super::found;
use crate::answer::Answer;
use crate::text::{Align, Ink, table};

struct Roots {
    own: CentreId,
    quorum: usize,
    roots: Vec<(CentreId, PublicKey)>,
    /// Centres that speak for a partner and whose root is not known here.
    unknown: Vec<CentreId>,
}

pub(super) fn answer(book: &Book, node: &Node) -> Result<Answer> {
    let terms = node.terms();
    let voices = book.agreement.voices.iter().map(|voice| voice.centre.clone());
    let mut unknown: Vec<CentreId> = voices.filter(|centre| !terms.roots.contains_key(centre)).collect();
    unknown.dedup();
    let roots = Roots {
        own: node.centre().clone(),
        quorum: terms.quorum,
        roots: terms.roots.iter().map(|(centre, root)| (centre.clone(), *root)).collect(),
        unknown,
    };
    Ok(Answer::new(roots, Roots::json, Roots::page))
}

pub(super) fn trust(book: &Book, node: &mut Node, centre: &str, root: &str) -> Result<Answer> {
    node.trust(&found::known(book, centre)?, root.parse()?)?;
    answer(book, node)
}

impl Roots {
    fn json(&self) -> Value {
        let root = |(centre, key): &(CentreId, PublicKey)| {
            json!({"centre": centre.as_str(), "root": key.to_string()})
        };
        json!({
            "centre": self.own.as_str(),
            "quorum": self.quorum,
            "roots": self.roots.iter().map(root).collect::<Vec<_>>(),
            "unknown": self.unknown.iter().map(|centre| centre.as_str()).collect::<Vec<_>>(),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let row = |(centre, key): &(CentreId, PublicKey)| {
            let own = if *centre == self.own { "this node" } else { "" };
            vec![centre.to_string(), key.to_string(), own.to_owned()]
        };
        let heads = [("centre", Align::Left), ("root key", Align::Left), ("", Align::Left)];
        let mut text = table(ink, &heads, &self.roots.iter().map(row).collect::<Vec<_>>());
        text += &format!("\nA checkpoint settles something when {} centres have written it.\n", self.quorum);
        if !self.unknown.is_empty() {
            let names: Vec<&str> = self.unknown.iter().map(|centre| centre.as_str()).collect();
            text += &ink.warning(&format!(
                "Not known here, so that nothing of theirs counts: {}. Say: cupola journal trust CENTRE KEY\n",
                names.join(", ")
            ));
        }
        text
    }
}
