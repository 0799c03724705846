//! What changes is told as it changes.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;

use crate::client::{connect, first_station, read_chunk, read_head, settings, start};

/// Listens, and reads event by event.
pub(crate) struct Listener {
    reader: BufReader<std::net::TcpStream>,
    text: String,
}

impl Listener {
    pub(crate) fn new(address: SocketAddr, header: &str) -> Self {
        let mut stream = connect(address);
        let request = format!("GET /api/v1/stream HTTP/1.1\r\nHost: {address}\r\n{header}\r\n");
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut reader = BufReader::new(stream);
        let (status, headers) = read_head(&mut reader).expect("an answer comes");
        assert_eq!(status, 200);
        assert!(headers.iter().any(|(name, value)| name == "content-type" && value == "text/event-stream"));
        Self { reader, text: String::new() }
    }

    /// The next event and its data; nothing at the end.
    pub(crate) fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|value| value.trim().to_owned())
                };
                let found = field("event:").zip(field("data:"));
                self.text = rest.to_owned();
                if found.is_some() {
                    return found;
                }
                continue;
            }
            let chunk = read_chunk(&mut self.reader).ok()??;
            self.text += &String::from_utf8(chunk).expect("it is text");
        }
    }
}

#[test]
fn a_listener_is_greeted_and_let_go() {
    let running = start(first_station(), settings());
    let mut listener = Listener::new(running.address, "");
    let (event, data) = listener.next().expect("a greeting");
    assert_eq!(event, "hello");
    assert!(data.contains("digest"), "{data}");
    running.stop();
    assert_eq!(listener.next(), None, "the stream ends with the server");
    let mut rest = String::new();
    assert_eq!(listener.reader.read_line(&mut rest).unwrap_or(0), 0);
}

#[test]
fn listeners_are_bounded() {
    let mut settings = settings();
    settings.limits.streams = 1;
    let running = start(first_station(), settings);
    let mut first = Listener::new(running.address, "");
    first.next().expect("a greeting");
    let refused = crate::client::get(running.address, "/api/v1/stream");
    assert_eq!(refused.status, 503);
    assert!(refused.header("retry-after").is_some());
}
