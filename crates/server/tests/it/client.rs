//! A small HTTP client, and servers to ask.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use book::{Book, Files};
use serde_json::Value;
use server::{Clock, Limits, Rate, Running, Settings};

/// What came back.
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// All headers of a name.
    #[cfg(feature = "oidc")]
    pub(crate) fn headers_named(&self, name: &str) -> Vec<&str> {
        let of = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers.iter().filter(of).map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// What is wrong, where, how to mend it: none may be empty.
    pub(crate) fn problem(&self) -> (String, String, String) {
        let json = self.json();
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let all = (text("what"), text("where"), text("mend"));
        assert!(![&all.0, &all.1, &all.2].iter().any(|text| text.is_empty()), "{json}");
        all
    }
}

/// Sends a whole request and reads the whole response.
pub(crate) fn raw(address: SocketAddr, request: &[u8]) -> Response {
    let mut stream = connect(address);
    // A server that has read enough closes before all is sent.
    let _ = stream.write_all(request);
    read(&mut BufReader::new(stream)).expect("a response comes")
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a socket has a time-out");
    stream
}

pub(crate) fn ask(address: SocketAddr, verb: &str, path: &str, headers: &[&str], body: &str) -> Response {
    let mut request = format!("{verb} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for header in headers {
        request += &format!("{header}\r\n");
    }
    if verb != "GET" {
        request += &format!("Content-Length: {}\r\n", body.len());
    }
    raw(address, format!("{request}\r\n{body}").as_bytes())
}

pub(crate) fn get(address: SocketAddr, path: &str) -> Response {
    ask(address, "GET", path, &[], "")
}

/// What the console sends to change something.
pub(crate) fn post(address: SocketAddr, path: &str, body: &str) -> Response {
    ask(address, "POST", path, &["X-Cupola: 1", "Content-Type: application/json"], body)
}

pub(crate) fn read(reader: &mut impl BufRead) -> std::io::Result<Response> {
    let (status, headers) = read_head(reader)?;
    let of = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let mut body = Vec::new();
    if let Some((_, length)) = of("content-length") {
        body.resize(length.parse().expect("a length is a number"), 0);
        reader.read_exact(&mut body)?;
    } else if of("transfer-encoding").is_some() {
        while let Some(chunk) = read_chunk(reader)? {
            body.extend(chunk);
        }
    }
    Ok(Response { status, headers, body })
}

pub(crate) fn read_head(reader: &mut impl BufRead) -> std::io::Result<(u16, Vec<(String, String)>)> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| std::io::Error::other(format!("`{line}` is no status")))?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None => return Ok((status, headers)),
        }
    }
}

/// The next part of a body that comes in parts; nothing at its end.
pub(crate) fn read_chunk(reader: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let length = usize::from_str_radix(line.trim(), 16).map_err(std::io::Error::other)?;
    let mut chunk = vec![0; length + 2];
    reader.read_exact(&mut chunk)?;
    chunk.truncate(length);
    Ok((length > 0).then_some(chunk))
}

pub(crate) fn books() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books")
}

fn read_book(name: &str) -> (Arc<Book>, String) {
    let files = Files::from_dir(books().join(name)).expect("the book is readable");
    (Arc::new(book::read(&files).0), facts::about::digest(&files))
}

/// The ISS book, read once for all tests.
pub(crate) fn iss() -> (Arc<Book>, String) {
    static ISS: OnceLock<(Arc<Book>, String)> = OnceLock::new();
    ISS.get_or_init(|| read_book("iss")).clone()
}

pub(crate) fn first_station() -> (Arc<Book>, String) {
    read_book("first-station")
}

/// As tests want it: a clock that stands, and no limit that they would meet by accident.
pub(crate) fn settings() -> Settings {
    Settings {
        clock: Clock::Stopped("2026-06-01T00:00:00Z".parse().expect("it is a time")),
        limits: Limits {
            rate: Rate { per_s: 1e6, burst: 1e6 },
            time: Duration::from_secs(110),
            iterations: 20,
            ..Limits::default()
        },
        ..Settings::default()
    }
}

pub(crate) fn start((book, digest): (Arc<Book>, String), settings: Settings) -> Running {
    server::start(book, digest, settings).expect("the server starts")
}

/// One server of the ISS book for all tests that change nothing.
pub(crate) fn of_iss() -> SocketAddr {
    static SERVER: OnceLock<Running> = OnceLock::new();
    SERVER.get_or_init(|| start(iss(), settings())).address
}
