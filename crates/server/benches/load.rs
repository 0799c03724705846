//! Fifty clients who ask what a console asks, and how long they wait.
//!
//! `cargo bench -p server` starts a server of the ISS book on this machine, in a process of its own, and prints a row for each kind of question;
//! then what the server holds in memory.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use book::Files;
use server::{Limits, Rate, Settings};

const CLIENTS: usize = 50;

/// Of each client, for each path.
const REQUESTS: usize = 40;

/// What a console asks again and again; `{n}` makes a question that nobody asked before.
const PATHS: [&str; 9] = [
    "/api/v1/book",
    "/api/v1/status?at=2026-05-30T12:00:00Z",
    "/api/v1/status?at=2026-05-{d}T{h}:{n}:00Z",
    "/api/v1/track?from=2026-05-30&to=2026-05-31&step_s=30",
    "/api/v1/profiles?name=supply.water.days,power.1a.charge_low&from=2001-01-01&to=2027-01-01&pixels=1000",
    "/api/v1/profiles?name=supply.water.days,power.1a.charge_low&from=2001-01-01&to=2026-01-01T00:{n}:00Z&pixels=1{n}",
    "/api/v1/forecast",
    "/api/v1/history",
    "/api/v1/plans/week/verdict",
];

/// The argument with which this program is the server: clients apart, so that memory and time are the server's own.
const SERVE: &str = "serve";

fn main() -> std::io::Result<()> {
    if std::env::args().nth(1).as_deref() == Some(SERVE) {
        return serve();
    }
    let mut server = Command::new(std::env::current_exe()?).arg(SERVE).stdout(Stdio::piped()).spawn()?;
    let told = server.stdout.take().map(BufReader::new).and_then(|out| out.lines().next());
    let measured = match told.transpose()?.map(|line| line.parse::<SocketAddr>()) {
        Some(Ok(address)) => measure(address, server.id()),
        _ => Err(std::io::Error::other("the server did not say where it is")),
    };
    server.kill()?;
    server.wait()?;
    measured
}

/// The server of the ISS book on a free port, until it is ended. As in the program, what is slow is made at its start.
fn serve() -> std::io::Result<()> {
    let files = Files::from_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss"));
    let files = files.map_err(std::io::Error::other)?;
    let (book, digest) = (Arc::new(book::read(&files).0), facts::about::digest(&files));
    drop(files);
    let settings = Settings {
        limits: Limits { rate: Rate { per_s: 1e9, burst: 1e9 }, ..Limits::default() },
        ..Settings::default()
    };
    let ready = |address| {
        // Nobody who does not hear it needs it.
        let _ = writeln!(std::io::stdout(), "{address}");
    };
    server::serve(book, digest, settings, ready).map_err(std::io::Error::other)
}

fn measure(address: SocketAddr, server: u32) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let heads = ["p50 ms", "p99 ms", "max ms", "per s", "wrong"];
    writeln!(
        out,
        "{:<112} {:>8} {:>8} {:>8} {:>9} {:>6}",
        "path", heads[0], heads[1], heads[2], heads[3], heads[4]
    )?;
    let began = Instant::now();
    for slow in ["/api/v1/history", "/api/v1/forecast", "/api/v1/losses"] {
        get(address, slow)?;
    }
    let edit = edit(address)?;
    writeln!(out, "what is made at the start is there after {:.1} s", began.elapsed().as_secs_f64())?;
    for path in PATHS {
        let body = path.ends_with("verdict").then_some(edit.as_str());
        let began = Instant::now();
        let (mut waits, wrong) = load(address, path, body);
        let rate = waits.len() as f64 / began.elapsed().as_secs_f64();
        waits.sort_unstable();
        let ms = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
        let (half, most, all) = (ms(0.5), ms(0.99), ms(1.0));
        writeln!(out, "{path:<112} {half:>8.2} {most:>8.2} {all:>8.2} {rate:>9.0} {wrong:>6}")?;
    }
    // Where there is no such file nobody knows.
    let status = std::fs::read_to_string(format!("/proc/{server}/status")).unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// How long each request took, and how many were not answered well.
fn load(address: SocketAddr, path: &str, body: Option<&str>) -> (Vec<Duration>, usize) {
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| scope.spawn(move || one_client(address, path, body, client).unwrap_or_default()))
            .collect();
        let mut all = (Vec::new(), 0);
        for client in clients {
            let (waits, wrong) = client.join().unwrap_or_default();
            all.1 += wrong + (REQUESTS - waits.len());
            all.0.extend(waits);
        }
        all
    })
}

fn one_client(
    address: SocketAddr,
    path: &str,
    body: Option<&str>,
    client: usize,
) -> std::io::Result<(Vec<Duration>, usize)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut waits, mut wrong) = (Vec::with_capacity(REQUESTS), 0);
    for request in 0..REQUESTS {
        let number = client * REQUESTS + request;
        let path = path
            .replace("{n}", &format!("{:02}", number % 60))
            .replace("{h}", &format!("{:02}", number / 60 % 24))
            .replace("{d}", &format!("{:02}", 10 + number / 1_440));
        let text = match body {
            None => format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\n\r\n"),
            Some(body) => format!(
                "POST {path} HTTP/1.1\r\nHost: {address}\r\nX-Cupola: 1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        };
        let began = Instant::now();
        stream.write_all(text.as_bytes())?;
        let (status, _) = response(&mut reader)?;
        waits.push(began.elapsed());
        wrong += usize::from(status != 200);
    }
    Ok((waits, wrong))
}

fn response(reader: &mut impl BufRead) -> std::io::Result<(u16, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap_or(0);
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((status, body))
}

/// An edit of the plan of the week that can be done.
fn edit(address: SocketAddr) -> std::io::Result<String> {
    let body = get(address, "/api/v1/plans/week")?;
    let plan: serde_json::Value = serde_json::from_slice(&body)?;
    let all = plan["activities"].as_array().cloned().unwrap_or_default();
    let free = all.iter().find(|one| one["hold"] == "free" && one["kind"] == "experiment");
    let id = free.map(|one| one["id"].clone()).unwrap_or_default();
    let edit = serde_json::json!({"edits": [{"do": "move", "id": id, "to": "2026-06-03T02:00:00Z"}]});
    Ok(edit.to_string())
}

fn get(address: SocketAddr, path: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())?;
    Ok(response(&mut BufReader::new(stream))?.1)
}
