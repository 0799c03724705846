//! `cupola risk losses`: what comes of the loss of any one flight, machine, power channel or cooling loop.

mod page;

use std::io::{IsTerminal, Write};
use std::ops::Deref;

use anyhow::Result;
use book::Book;
use facts::losses::LossFacts;
use risk::Question;

use crate::answer::Answer;

/// Single losses, and every pair of them where somebody says on how many threads.
pub(crate) fn losses(book: &Book, question: &Question, pair_threads: Option<usize>) -> Result<Answer> {
    let twice = pair_threads.map(|threads| (threads, &progress as &(dyn Fn(usize, usize) + Sync)));
    let facts = facts::losses::losses(book, question, twice)?;
    Ok(Answer::new(facts, LossFacts::json, |facts, ink| Page(facts).page(ink)))
}

/// How far it is, on a terminal only; the line is wiped in the end.
fn progress(done: usize, of: usize) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        let line = if done == of { " ".repeat(40) } else { format!("pairs: {done} of {of} losses") };
        // Nothing is lost when a terminal does not take it.
        let _ = write!(terminal, "\r{line:<40}\r");
    }
}

/// The page of the facts.
struct Page<'a>(&'a LossFacts);

impl Deref for Page<'_> {
    type Target = LossFacts;
    fn deref(&self) -> &LossFacts {
        self.0
    }
}
