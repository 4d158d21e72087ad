//! A wire between a node and its database that can be cut.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// How the wire behaves.
#[derive(Clone, Copy, PartialEq)]
pub enum Wire {
    Whole,
    /// Connections end, and no new one begins.
    Cut,
    /// Whoever wants to listen is hung up on.
    Deaf,
}

/// The wire. It ends with the process.
pub struct Relay {
    pub port: u16,
    state: Arc<State>,
}

struct State {
    wire: Mutex<Wire>,
    ends: Mutex<Vec<End>>,
    deafened: AtomicU32,
}

/// One connection's end at the node, and whether nothing passes any more.
struct End {
    stream: TcpStream,
    silent: Arc<Mutex<bool>>,
}

impl Relay {
    /// To the PostgreSQL whose socket lies in that folder.
    pub fn to(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            wire: Mutex::new(Wire::Whole),
            ends: Mutex::default(),
            deafened: AtomicU32::new(0),
        });
        let socket = folder.join(".s.PGSQL.5432");
        let theirs = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                connect(&theirs, stream.unwrap(), &socket);
            }
        });
        Self { port, state }
    }

    pub fn becomes(&self, wire: Wire) {
        *self.state.wire.lock().unwrap() = wire;
        if wire == Wire::Cut {
            for end in self.state.ends.lock().unwrap().drain(..) {
                // It may have ended by itself.
                let _ = end.stream.shutdown(Shutdown::Both);
            }
        }
    }

    /// Nothing passes any more on the connections that there are, and neither end hears of it: what
    /// a firewall does that forgets them. New ones are whole.
    pub fn forgets_connections(&self) {
        for end in self.state.ends.lock().unwrap().iter() {
            *end.silent.lock().unwrap() = true;
        }
    }

    /// How often somebody wanted to listen and was hung up on.
    pub fn deafened(&self) -> u32 {
        self.state.deafened.load(Ordering::Relaxed)
    }
}

fn connect(state: &Arc<State>, node: TcpStream, socket: &PathBuf) {
    if *state.wire.lock().unwrap() == Wire::Cut {
        return;
    }
    // A server that is away is an end, too.
    let Ok(server) = UnixStream::connect(socket) else {
        return;
    };
    let silent = Arc::new(Mutex::new(false));
    state.ends.lock().unwrap().push(End {
        stream: node.try_clone().unwrap(),
        silent: Arc::clone(&silent),
    });
    let (mut asks, mut tells) = (node.try_clone().unwrap(), server.try_clone().unwrap());
    let (theirs, hush) = (Arc::clone(state), Arc::clone(&silent));
    thread::spawn(move || {
        pass(&mut asks, &mut tells, &hush, |bytes| theirs.lets(bytes));
        let _ = (
            asks.shutdown(Shutdown::Both),
            tells.shutdown(Shutdown::Both),
        );
    });
    thread::spawn(move || {
        let (mut from, mut to) = (server, node);
        pass(&mut from, &mut to, &silent, |_| true);
        let _ = to.shutdown(Shutdown::Both);
    });
}

impl State {
    fn lets(&self, bytes: &[u8]) -> bool {
        let listens = bytes.windows(6).any(|word| word == b"LISTEN");
        let deaf = listens && *self.wire.lock().unwrap() == Wire::Deaf;
        self.deafened.fetch_add(u32::from(deaf), Ordering::Relaxed);
        !deaf
    }
}

fn pass(
    from: &mut impl Read,
    to: &mut impl Write,
    silent: &Mutex<bool>,
    lets: impl Fn(&[u8]) -> bool,
) {
    let mut part = [0; 16_384];
    while let Ok(length @ 1..) = from.read(&mut part) {
        if *silent.lock().unwrap() {
            continue;
        }
        if !lets(&part[..length]) || to.write_all(&part[..length]).is_err() {
            return;
        }
    }
}
