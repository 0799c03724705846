//! Links between centres that can be cut: network namespaces on one bridge, or where those are not allowed, relays on loopback.

use std::io::Read;
use std::io::Write as _;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use crate::server::Place;
use crate::world::CENTRES;

pub(crate) enum Net {
    Namespaces(Namespaces),
    Loopback(Vec<Relay>),
}

impl Net {
    pub(crate) fn new() -> Self {
        match Namespaces::new() {
            Ok(namespaces) => Self::Namespaces(namespaces),
            Err(why) => {
                eprintln!("no network namespaces ({why}): relays on loopback instead");
                Self::Loopback((0..CENTRES.len() * CENTRES.len()).map(|_| Relay::new()).collect())
            }
        }
    }

    pub(crate) fn place(&self, at: usize) -> Place {
        match self {
            Self::Namespaces(namespaces) => Place::Namespace(namespaces.name(at), Namespaces::address(at)),
            Self::Loopback(_) => Place::Loopback,
        }
    }

    /// At which address the centre `from` finds the server of `to`, which listens on `port`.
    pub(crate) fn way(&self, from: usize, to: usize, port: u16) -> String {
        match self {
            Self::Namespaces(_) => format!("nats://{}:{port}", Namespaces::address(to)),
            Self::Loopback(relays) => {
                let relay = &relays[from * CENTRES.len() + to];
                relay.to.store(port, Ordering::SeqCst);
                format!("nats://127.0.0.1:{}", relay.port)
            }
        }
    }

    /// Runs a program where the centre is.
    pub(crate) fn command(&self, at: usize, program: &std::path::Path) -> Command {
        match self {
            Self::Namespaces(namespaces) => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", &namespaces.name(at)]).arg(program);
                command
            }
            Self::Loopback(_) => Command::new(program),
        }
    }

    /// Cuts or mends the link between two centres, for both directions.
    pub(crate) fn set(&self, one: usize, other: usize, link: Link) {
        match self {
            Self::Namespaces(namespaces) => {
                namespaces.set(one, other, link);
                namespaces.set(other, one, link);
            }
            Self::Loopback(relays) => {
                relays[one * CENTRES.len() + other].set(link);
                relays[other * CENTRES.len() + one].set(link);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Link {
    Whole,
    Cut,
}

pub(crate) struct Namespaces {
    tag: String,
}

impl Namespaces {
    fn new() -> Result<Self, String> {
        let new = Self { tag: format!("cu{}", std::process::id() % 1_000_000) };
        let bridge = format!("{}b", new.tag);
        ip(&["link", "add", &bridge, "type", "bridge"])?;
        ip(&["link", "set", &bridge, "up"])?;
        for at in 0..CENTRES.len() {
            let (name, outer) = (new.name(at), format!("{}v{at}", new.tag));
            ip(&["netns", "add", &name])?;
            ip(&["link", "add", &outer, "type", "veth", "peer", "name", "eth0", "netns", &name])?;
            ip(&["link", "set", &outer, "master", &bridge, "up"])?;
            ip(&["-n", &name, "address", "add", &format!("{}/24", Self::address(at)), "dev", "eth0"])?;
            ip(&["-n", &name, "link", "set", "eth0", "up"])?;
            ip(&["-n", &name, "link", "set", "lo", "up"])?;
        }
        Ok(new)
    }

    fn name(&self, at: usize) -> String {
        format!("{}n{at}", self.tag)
    }

    fn address(at: usize) -> String {
        format!("10.77.0.{}", at + 1)
    }

    fn set(&self, from: usize, to: usize, link: Link) {
        let (name, way) = (self.name(from), format!("{}/32", Self::address(to)));
        let what = match link {
            Link::Whole => "del",
            Link::Cut => "add",
        };
        // A link that is cut already, or whole already, stays so.
        let _ = ip(&["-n", &name, "route", what, "blackhole", &way]);
    }
}

impl Drop for Namespaces {
    fn drop(&mut self) {
        for at in 0..CENTRES.len() {
            let _ = ip(&["netns", "del", &self.name(at)]);
        }
        let _ = ip(&["link", "del", &format!("{}b", self.tag)]);
    }
}

fn ip(arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("ip").args(arguments).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// A way from one centre to another's server that can be cut. It lives as long as the tests do.
pub(crate) struct Relay {
    pub(crate) port: u16,
    pub(crate) to: Arc<AtomicU16>,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Relay {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let relay = Self {
            port: listener.local_addr().unwrap().port(),
            to: Arc::default(),
            cut: Arc::default(),
            open: Arc::default(),
        };
        let (to, cut, open) = (relay.to.clone(), relay.cut.clone(), relay.open.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(("127.0.0.1", to.load(Ordering::SeqCst))) else { continue };
                open.lock().unwrap().extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                carry(near.try_clone().unwrap(), far.try_clone().unwrap());
                carry(far, near);
            }
        });
        relay
    }

    pub(crate) fn set(&self, link: Link) {
        self.cut.store(link == Link::Cut, Ordering::SeqCst);
        if link == Link::Cut {
            self.open.lock().unwrap().drain(..).for_each(|stream| drop(stream.shutdown(Shutdown::Both)));
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            if to.write_all(&buffer[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}
