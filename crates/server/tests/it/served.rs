//! The server as a whole: it counts, and it stops.

use std::io::Write;

use crate::client::{connect, first_station, get, read, settings, start};

#[test]
fn it_counts_what_it_does() {
    let running = start(first_station(), settings());
    get(running.address, "/api/v1/rules");
    get(running.address, "/api/v1/rules");
    let text = String::from_utf8(get(running.address, "/metrics").body).expect("it is text");
    assert!(text.contains("cupola_answers_total{route=\"/api/v1/rules\",status=\"200\"} 2"), "{text}");
    assert!(text.contains("cupola_computed_total 1"), "asked twice, computed once: {text}");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let number = line.rsplit(' ').next().and_then(|number| number.parse::<f64>().ok());
        assert!(number.is_some(), "{line}");
    }
}

#[test]
fn of_many_who_ask_the_same_one_has_it_made() {
    let running = start(first_station(), settings());
    let address = running.address;
    let bodies: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|_| scope.spawn(move || get(address, "/api/v1/losses").body)).collect();
        all.into_iter().map(|one| one.join().expect("it is answered")).collect()
    });
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    let text = String::from_utf8(get(address, "/metrics").body).expect("it is text");
    assert!(text.contains("cupola_computed_total 1\n"), "{text}");
}

#[test]
fn it_stops_though_connections_are_open() {
    let running = start(first_station(), settings());
    let mut idle = connect(running.address);
    idle.write_all(format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", running.address).as_bytes())
        .expect("it is sent");
    let mut reader = std::io::BufReader::new(idle);
    assert_eq!(read(&mut reader).expect("an answer comes").status, 200);
    let address = running.address;
    running.stop();
    assert!(read(&mut reader).is_err(), "the connection is closed");
    assert!(std::net::TcpStream::connect(address).is_err(), "nobody listens any more");
}
