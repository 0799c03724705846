//! `cupola book new`: writes a small invented book to a folder, for people who start their own station.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::bundled;
use crate::text::{Ink, WIDTH, ends, rule, width, wrap};

/// The title of the book inside the program, as its `book.toml` has it.
const TITLE: &str = "First Station";

/// A title stands at the head of every page, beside times.
const WIDEST_TITLE: usize = 40;

struct Facts {
    title: String,
    folder: String,
    files: Vec<String>,
}

/// Writes every file of the bundled book to `folder`, under `title` when there is one.
///
/// # Errors
///
/// The title cannot stand on a page, the folder holds something or cannot be written. What was there before is never touched.
pub(crate) fn answer(folder: &Path, title: Option<&str>) -> Result<Answer> {
    let title = title.unwrap_or(TITLE).trim();
    let files = entitled(bundled::first_station(), title)?;
    ensure_empty(folder)?;
    for (path, content) in &files {
        write(&folder.join(path), content)?;
    }
    let facts = Facts {
        title: title.to_owned(),
        folder: folder.display().to_string(),
        files: files.into_iter().map(|(path, _)| path).collect(),
    };
    Ok(Answer::new(facts, Facts::json, Facts::page))
}

/// The files, `book.toml` with another title.
fn entitled(mut files: Vec<(String, Vec<u8>)>, title: &str) -> Result<Vec<(String, Vec<u8>)>> {
    ensure!(!title.is_empty(), "the title is empty: say --title \"My Station\", or leave it out");
    ensure!(!title.contains(char::is_control), "the title {title:?} has characters that cannot be shown");
    ensure!(
        width(title) <= WIDEST_TITLE,
        "the title is {} columns wide, more than {WIDEST_TITLE}: pages have no room for it",
        width(title)
    );
    let about = files.iter_mut().find(|(path, _)| path == "book.toml");
    let (_, content) = about.context("the book inside the program has no book.toml")?;
    let text = std::str::from_utf8(content).context("reading book.toml inside the program")?;
    let line = |title: &str| format!("\ntitle = \"{title}\"\n");
    ensure!(text.contains(&line(TITLE)), "the book inside the program is not called {TITLE}");
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    *content = text.replacen(&line(TITLE), &line(&quoted), 1).into_bytes();
    Ok(files)
}

fn ensure_empty(folder: &Path) -> Result<()> {
    let name = folder.display();
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            ensure!(
                entries.next().is_none(),
                "{name} is not empty, and a new book is not mixed with what is there: name a folder that is empty or not there yet"
            );
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot write a book to {name}")),
    }
}

/// Makes a file that is not there yet, and the folders above it.
fn write(path: &Path, content: &[u8]) -> Result<()> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| File::create_new(path))
        .and_then(|mut file| file.write_all(content))
        .with_context(|| format!("cannot write {}", path.display()))
}

impl Facts {
    fn json(&self) -> Value {
        json!({ "title": self.title, "folder": self.folder, "files": self.files })
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = ends(&ink.bold(&format!("NEW BOOK · {}", self.title)), &self.folder) + &rule(ink);
        let said = format!(
            "{} files written. The station in them is invented, and they say so; README.md says in which order to make it yours.",
            self.files.len()
        );
        text += &wrap(&said, WIDTH, 0);
        let folder = shell_word(&self.folder);
        for command in ["book check", "status", "forecast", "plan week"] {
            text += &format!("\n  cupola {command} --book {folder}");
        }
        text + "\n"
    }
}

/// `text` as one word for a shell, so that the commands of the page can be copied.
fn shell_word(text: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || "-_./:".contains(sign);
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
