//! `cupola journal roots` and `trust`: whose journals count.

use anyhow::Result;
use desk::Desk;
use journal::PublicKey;
use record::CentreId;
use serde_json::{Value, json};

use super::found;
use crate::answer::Answer;
use crate::text::{Align, Ink, table};

struct Roots {
    own: CentreId,
    station: String,
    quorum: usize,
    roots: Vec<(CentreId, PublicKey)>,
    /// Centres that speak for a partner and whose root is not known here.
    unknown: Vec<CentreId>,
}

pub(super) fn answer(desk: &Desk) -> Answer {
    let terms = desk.node().terms();
    let voices = desk.book().agreed.voices.iter().map(|voice| voice.centre.clone());
    let mut unknown: Vec<CentreId> = voices.filter(|centre| !terms.roots.contains_key(centre)).collect();
    unknown.dedup();
    let roots = Roots {
        own: desk.node().centre().clone(),
        station: desk.node().identity().station.clone(),
        quorum: terms.quorum,
        roots: terms.roots.iter().map(|(centre, root)| (centre.clone(), *root)).collect(),
        unknown,
    };
    Answer::new(roots, Roots::json, Roots::page)
}

pub(super) fn trust(desk: &mut Desk, centre: &str, root: &str) -> Result<Answer> {
    let centre = found::known(desk.book(), centre)?;
    desk.node_mut().trust(&centre, root.parse()?)?;
    Ok(answer(desk))
}

impl Roots {
    fn json(&self) -> Value {
        let root = |(centre, key): &(CentreId, PublicKey)| json!({"centre": centre.as_str(), "root": key.to_string()});
        json!({
            "centre": self.own.as_str(),
            "station": self.station,
            "quorum": self.quorum,
            "roots": self.roots.iter().map(root).collect::<Vec<_>>(),
            "unknown": self.unknown.iter().map(CentreId::as_str).collect::<Vec<_>>(),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let row = |(centre, key): &(CentreId, PublicKey)| {
            let own = if *centre == self.own { "this node" } else { "" };
            vec![centre.to_string(), key.to_string(), own.to_owned()]
        };
        let heads = [("centre", Align::Left), ("root key", Align::Left), ("", Align::Left)];
        let mut text = table(ink, &heads, &self.roots.iter().map(row).collect::<Vec<_>>());
        text +=
            &format!("\nStation {}: its book, and which edition the journals began from.\n", self.station);
        text += &format!("A checkpoint settles something when {} centres have written it.\n", self.quorum);
        if !self.unknown.is_empty() {
            let names: Vec<&str> = self.unknown.iter().map(CentreId::as_str).collect();
            text += &ink.warning(&format!(
                "Not known here, so that nothing of theirs counts: {}. Say: cupola journal trust CENTRE KEY\n",
                names.join(", ")
            ));
        }
        text
    }
}
