//! Nodes that exchange by NATS servers on loopback.

use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use journal::{Digest, Entry, Head, Record, Why};
use node::Node;
use sync::nats::{Event, Links, Next, Peer, run};
use tempfile::TempDir;

use crate::server::{Place, Server, program};
use crate::world::{CENTRES, World, centre, key, minute};

/// An agent in a thread, for one node; ends when its node holds `until`, and gives the node back and what was told.
struct Agent {
    thread: JoinHandle<(Node, Vec<String>)>,
    stop: mpsc::Sender<()>,
}

fn links(own: &Server, peers: &[(usize, &Server)]) -> Links {
    let peer = |(at, server): &(usize, &Server)| Peer { centre: centre(*at), address: server.address() };
    Links { own: own.address(), peers: peers.iter().map(peer).collect(), every: Duration::from_millis(20) }
}

impl Agent {
    fn start(mut node: Node, links: Links) -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut told = Vec::new();
            run(&mut node, &links, &|| minute(9999), &mut |event| {
                if let Event::Received(_, received) = &event {
                    told.extend(received.faults.iter().map(ToString::to_string));
                }
                match stopped.try_recv() {
                    Err(mpsc::TryRecvError::Empty) => Next::GoOn,
                    _ => Next::Stop,
                }
            })
            .unwrap();
            (node, told)
        });
        Self { thread, stop }
    }

    fn end(self) -> (Node, Vec<String>) {
        self.stop.send(()).unwrap();
        self.thread.join().unwrap()
    }
}

/// Runs an agent until its node holds all of `until`.
fn pull(node: &mut Node, links: &Links, until: &[Head]) -> Vec<String> {
    let mut told = Vec::new();
    run(node, links, &|| minute(9999), &mut |event| {
        if let Event::Received(_, received) = &event {
            told.extend(received.faults.iter().map(ToString::to_string));
        }
        match event {
            Event::Tick(node) if until.iter().all(|head| node.journals().contains(head)) => Next::Stop,
            _ => Next::GoOn,
        }
    })
    .unwrap();
    told
}

/// Runs an agent until the own server has all that its node holds.
fn feed(node: &mut Node, own: &Server) {
    let (mut left, links) = (node.journals().len(), links(own, &[]));
    run(node, &links, &|| minute(9999), &mut |event| {
        if let Event::Published(count) = event {
            left = left.saturating_sub(count);
        }
        if left == 0 { Next::Stop } else { Next::GoOn }
    })
    .unwrap();
}

fn servers(folder: &TempDir, count: usize) -> Vec<Server> {
    let start =
        |at: usize| Server::start(&folder.path().join(format!("nats-{at}")), CENTRES[at], &Place::Loopback);
    (0..count).map(start).collect()
}

fn talk(node: &mut Node, count: i64) {
    (0..count).for_each(|number| {
        drop(
            node.write(Entry::Comment { about: Digest::NONE, text: "on line".to_owned() }, minute(number))
                .unwrap(),
        );
    });
}

fn two_of(world: World) -> (TempDir, Vec<Node>) {
    (world.folder, world.nodes)
}

#[test]
fn what_one_has_heard_reaches_the_next_by_way_of_it() {
    if program().is_none() {
        return;
    }
    let (folder, nodes) = two_of(World::new());
    let servers = servers(&folder, 3);
    let mut nodes = nodes.into_iter();
    let (mut east, north, mut south) = (nodes.next().unwrap(), nodes.next().unwrap(), nodes.next().unwrap());
    talk(&mut east, 30);
    let heads = east.heads();
    let south_first = south.heads();
    // East and south never have a link.
    let east = Agent::start(east, links(&servers[0], &[(1, &servers[1])]));
    let north = Agent::start(north, links(&servers[1], &[(0, &servers[0]), (2, &servers[2])]));
    let told = pull(&mut south, &links(&servers[2], &[(1, &servers[1])]), &heads);
    let ((east, _), (mut north, _)) = (east.end(), north.end());
    // A node opened twice sees what its other agent took.
    pull(&mut north, &links(&servers[1], &[(2, &servers[2])]), &south_first);
    assert_eq!((told, east.heads()[0].clone()), (vec![], heads[0].clone()));
    assert!(south.verify_all().unwrap().is_sound());
}

#[test]
fn a_server_that_lost_its_streams_is_filled_again() {
    if program().is_none() {
        return;
    }
    let (folder, nodes) = two_of(World::new());
    let mut servers = servers(&folder, 2);
    let mut nodes = nodes.into_iter();
    let (mut east, mut north) = (nodes.next().unwrap(), nodes.next().unwrap());
    talk(&mut east, 40);
    feed(&mut east, &servers[0]);
    pull(&mut north, &links(&servers[1], &[(0, &servers[0])]), &east.heads());
    let agent = Agent::start(east, links(&servers[0], &[]));
    servers[0].wipe();
    servers[0].restart();
    let mut south = nodes.next().unwrap();
    let heads: Vec<Head> = north.heads().into_iter().filter(|head| head.centre == centre(0)).collect();
    pull(&mut south, &links(&servers[1], &[(0, &servers[0])]), &heads);
    agent.end();
}

/// Puts messages into a stream as somebody would who has got hold of a server.
fn put_in(server: &Server, at: usize, messages: &[Vec<u8>]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = async_nats::connect(server.address()).await.unwrap();
        let streams = async_nats::jetstream::new(client);
        for message in messages {
            let subject = format!("cupola.iss.journal.{}", CENTRES[at]);
            streams.publish(subject, message.clone().into()).await.unwrap().await.unwrap();
        }
    });
}

#[test]
fn what_a_forger_puts_into_a_stream_is_named_and_the_rest_taken() {
    if program().is_none() {
        return;
    }
    let (folder, nodes) = two_of(World::new());
    let servers = servers(&folder, 2);
    let mut nodes = nodes.into_iter();
    let (mut east, mut north) = (nodes.next().unwrap(), nodes.next().unwrap());
    talk(&mut east, 30);
    feed(&mut east, &servers[0]);
    let last = east.journals().of(&centre(0)).last().unwrap().clone();
    let next = |seed: u8, text: &str| {
        let entry = Entry::Comment { about: Digest::NONE, text: text.to_owned() };
        let record = Record { number: 32, previous: last.digest(), entry, ..last.record().clone() };
        record.sign(&key(seed)).unwrap().bytes().to_vec()
    };
    let mut changed = next(1, "changed");
    changed[150] ^= 1;
    let own = Record { centre: centre(1), ..last.record().clone() }.sign(&key(2)).unwrap();
    put_in(
        &servers[0],
        0,
        &[changed, next(99, "nobody's"), next(2, "a partner's"), own.bytes().to_vec(), vec![7; 50]],
    );
    put_in(&servers[0], 0, &[east.journals().of(&centre(0)).nth(4).unwrap().bytes().to_vec()]);
    talk(&mut east, 3);
    feed_rest(&mut east, &servers[0]);
    let told = pull(&mut north, &links(&servers[1], &[(0, &servers[0])]), &east.heads());
    // What does not say a number that can be believed is named by its place.
    let expected = [
        (32, Why::Signature),
        (32, Why::UnknownKey),
        (32, Why::PartnersKey(centre(1))),
        (33, Why::OtherCentre(centre(1))),
        (34, Why::Unreadable(journal::ReadError::Tag)),
    ];
    for (number, why) in expected {
        assert!(told.contains(&format!("record {number} of east: {why}")), "{why}: {told:#?}");
    }
    assert_eq!(north.journals().of(&centre(0)).count(), 34);
}

#[test]
fn every_byte_of_a_record_changed_in_a_stream_is_told() {
    if program().is_none() {
        return;
    }
    let (folder, nodes) = two_of(World::new());
    let servers = servers(&folder, 2);
    let mut nodes = nodes.into_iter();
    let (mut east, mut north) = (nodes.next().unwrap(), nodes.next().unwrap());
    talk(&mut east, 5);
    let heads = east.heads();
    feed(&mut east, &servers[0]);
    let last = east.journals().of(&centre(0)).last().unwrap().clone();
    let changed = |(place, bit): (usize, u8)| {
        let mut bytes = last.bytes().to_vec();
        bytes[place] ^= 1 << bit;
        bytes
    };
    let places =
        (0..last.bytes().len()).flat_map(|place| [(place, place as u8 % 8), (place, 7 - place as u8 % 8)]);
    let forged: Vec<Vec<u8>> = places.map(changed).collect();
    put_in(&servers[0], 0, &forged);
    talk(&mut east, 3);
    feed_rest(&mut east, &servers[0]);
    let told = pull(&mut north, &links(&servers[1], &[(0, &servers[0])]), &east.heads());
    assert_eq!((told.len(), forged.len() > 300), (forged.len(), true));
    let named = told.iter().filter(|told| told.starts_with("record 6 of east: the signature")).count();
    assert!(named > 200, "{named}: {told:#?}");
    assert!(told.iter().all(|told| told.starts_with("record ")));
    assert!(north.journals().contains(&heads[0]));
    assert_eq!(north.journals().of(&centre(0)).count(), 9);
}

/// Feeds until all is there: what was there before is known by its digest.
fn feed_rest(node: &mut Node, own: &Server) {
    let links = links(own, &[]);
    run(node, &links, &|| minute(9999), &mut |event| {
        if matches!(event, Event::Published(3)) { Next::Stop } else { Next::GoOn }
    })
    .unwrap();
}
