//! `cupola serve`: one line says where; it stops when it is asked; accounts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::program::{command, cupola};

/// A server that is killed when a test ends without having stopped it.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(line: &str) -> (Serving, String) {
    let mut command = command(line);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut first = String::new();
    let out = child.stdout.take().expect("it writes");
    BufReader::new(out).read_line(&mut first).expect("it says where");
    let address = first.trim().strip_prefix("http://").expect("it is an address").to_owned();
    (Serving(child), address)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer comes");
    text
}

#[cfg(unix)]
#[test]
fn it_serves_until_it_is_asked_to_stop() {
    let (mut serving, address) = start("serve");
    let answer = get(&address, "/api/v1/status?at=2010-01-01");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).expect("it has a body");
    let served: serde_json::Value = serde_json::from_str(body).expect("it is JSON");
    let printed = crate::program::json("status --at 2010-01-01");
    assert_eq!((&served["aboard"], &served["docked"]), (&printed["aboard"], &printed["docked"]));
    let pid = serving.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill is there").success());
    let ended = serving.0.wait().expect("it ends");
    assert_eq!(ended.code(), Some(0));
    let mut log = String::new();
    serving.0.stderr.take().expect("it logs").read_to_string(&mut log).expect("it is text");
    assert!(log.contains("method=GET path=\"/api/v1/status?at=2010-01-01\" status=200"), "{log}");
}

#[test]
fn others_are_not_served_without_accounts() {
    let run = cupola("serve --listen 0.0.0.0:0");
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("127.0.0.1") && run.err.contains("--accounts"), "{}", run.err);
}

fn add(file: &std::path::Path, name: &str, more: &str, password: &str) -> (Option<i32>, String) {
    let line = format!("serve account add {name} {more} --accounts {}", file.display());
    let mut command = command(&line);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it reads");
    // It may refuse before it has read.
    let _ = input.write_all(format!("{password}\n").as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn accounts_are_added_and_kept_private() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("accounts");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let file = folder.join("accounts.json");
    let good = "a long enough password";
    assert_eq!(add(&file, "lena", "--partner esa --role planner", good), (Some(0), String::new()));
    let text = std::fs::read_to_string(&file).expect("it is there");
    assert!(text.contains("$argon2id$") && !text.contains(good), "{text}");
    for (name, more, password, told) in [
        ("lena", "--partner esa --role viewer", good, "already"),
        ("max", "--partner nobody --role viewer", good, "it has nasa"),
        ("max", "--partner esa --role king", good, "flight-director"),
        ("max", "--partner esa --role viewer", "short", "12 to 256"),
        ("max", "--partner esa --role viewer", "", "standard input"),
    ] {
        let (status, said) = add(&file, name, more, password);
        assert_eq!(status, Some(2), "{name} {more}: {said}");
        assert!(said.contains(told), "{name} {more}: {said}");
    }
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), text, "what is refused changes nothing");
    let (_serving, address) = start(&format!("serve --quiet --accounts {}", file.display()));
    assert!(get(&address, "/api/v1/rules").starts_with("HTTP/1.1 401"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).expect("it is ours");
        let run = cupola(&format!("serve --accounts {}", file.display()));
        assert_eq!(run.status, Some(2));
        assert!(run.err.contains("chmod 600"), "{}", run.err);
    }
}
