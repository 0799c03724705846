//! The command line: reads a book, asks the engines, prints a page for people or JSON for programs.
//!
//! Exit status: 0 fine, 1 findings, 2 could not run.

mod answer;
mod args;
mod bundled;
mod command;
mod portmap;
mod run;
mod source;
mod text;

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use args::Cli;
use clap::Parser;
use run::Outcome;
use text::Ink;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let (answer, book) = match run::run(&cli) {
        Ok(Outcome::Served) => return ExitCode::SUCCESS,
        Ok(Outcome::Answer(answer)) => (answer, None),
        Ok(Outcome::Page(answer, book)) => (answer, Some(book)),
        Err(error) => {
            complain(&error);
            return ExitCode::from(2);
        }
    };
    if let Some(note) = answer.note() {
        say(&format!("cupola: {note}\n"));
    }
    let out = if cli.json { answer.json() } else { answer.page(ink()) };
    if let Err(error) = print(&out) {
        complain(&anyhow::Error::new(error).context("cannot write the answer"));
        return ExitCode::from(2);
    }
    // Whoever reads the page with a program wants its end; whoever watches it wants the console.
    let watched = book.filter(|_| !cli.json && std::io::stdout().is_terminal());
    if let Some(Err(error)) = watched.map(|book| command::serve::after_page(book.0, &book.1)) {
        complain(&error);
        return ExitCode::from(2);
    }
    ExitCode::from(u8::from(answer.has_findings()))
}

/// A reader that has seen enough (`| head`) closes the pipe; that is not an error.
fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn ink() -> Ink {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && std::io::stdout().is_terminal() { Ink::Colour } else { Ink::Plain }
}

fn complain(error: &anyhow::Error) {
    let mut text = format!("cupola: {error}\n");
    for cause in error.chain().skip(1) {
        text += &format!("  because {cause}\n");
    }
    say(&text);
}

/// To the people who watch, beside what a program may be reading.
fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text::harmless(text).as_bytes());
}
