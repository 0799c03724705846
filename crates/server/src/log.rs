//! A line for each request, written by a thread of its own: whoever reads slowly holds no request up.

use std::io::Write;
use std::sync::mpsc::{SyncSender, sync_channel};

/// What is told on standard error.
#[derive(Clone, Debug, Default)]
pub struct Log {
    lines: Option<SyncSender<String>>,
}

/// Lines that wait to be written; beyond, lines are lost rather than requests.
const MOST_WAITING: usize = 1_024;

impl Log {
    /// Nothing but faults of the server's own.
    #[must_use]
    pub fn quiet() -> Self {
        Self::default()
    }

    /// A line for each request.
    #[must_use]
    pub fn lines() -> Self {
        let (sender, receiver) = sync_channel::<String>(MOST_WAITING);
        let write = move || {
            for line in receiver {
                put(&line);
            }
        };
        // Without a thread there is no log, and the server serves.
        let thread = std::thread::Builder::new().name("log".to_owned()).spawn(write);
        Self { lines: thread.ok().map(|_| sender) }
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.lines.is_none()
    }

    pub(crate) fn line(&self, line: String) {
        if let Some(lines) = &self.lines {
            // When it is full the line is lost.
            let _ = lines.try_send(line);
        }
    }

    pub(crate) fn fault(&self, id: &str) {
        let line = format!("level=error msg=\"an answer panicked\" id={id}");
        if self.is_quiet() { put(&line) } else { self.line(line) }
    }
}

fn put(line: &str) {
    let mut text = line.to_owned();
    text.push('\n');
    // Nobody may be there to read it.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
