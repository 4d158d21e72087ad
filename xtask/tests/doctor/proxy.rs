//! A proxy that passes everything on but one thing, which it writes differently.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A port of its own, and nobody behind it yet.
pub struct Proxy(TcpListener);

/// What is written instead of what.
type Rule = Arc<Mutex<(Vec<u8>, Vec<u8>)>>;

/// A proxy at work.
pub struct Running(Rule);

impl Proxy {
    pub fn bind() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").expect("a port is free"))
    }

    pub fn url(&self) -> String {
        let address = self.0.local_addr().expect("it is bound");
        format!("http://{address}")
    }

    /// Passes everything on.
    pub fn before(self, backend: &str) -> Running {
        let rule = Rule::default();
        let (backend, spoils) = (backend.to_owned(), Arc::clone(&rule));
        self.each(move |asked| {
            let (from, to) = spoils.lock().expect("nobody panicked").clone();
            let mut stream = TcpStream::connect(&backend).expect("it listens");
            // The end of the connection is the end of the answer.
            let asked = replaced(asked, b"\r\n", b"\r\nConnection: close\r\n", 1);
            let asked = replaced(&asked, &from, &to, usize::MAX);
            stream.write_all(&asked).expect("it reads");
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            replaced(&answer, &from, &to, usize::MAX)
        });
        Running(rule)
    }

    /// Says always the same.
    pub fn answers(self, answer: &'static str) -> Running {
        self.each(move |_| answer.as_bytes().to_vec());
        Running(Rule::default())
    }

    fn each(self, answer: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) {
        thread::spawn(move || {
            for stream in self.0.incoming().filter_map(Result::ok) {
                let mut stream = stream;
                let asked = read(&mut stream);
                let _ = stream.write_all(&answer(&asked));
            }
        });
    }
}

impl Running {
    /// From now on it writes one thing differently, wherever it stands.
    pub fn spoils(&self, from: &str, to: &str) {
        let rule = (from.into(), to.into());
        *self.0.lock().expect("nobody panicked") = rule;
    }
}

/// A whole request.
fn read(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut part) {
        bytes.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .split_once("Content-Length: ")
                .map_or("0", |(_, rest)| rest);
            let length = length.lines().next().unwrap_or_default();
            if body.len() >= length.parse().expect("curl writes a number") {
                break;
            }
        }
    }
    bytes
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8], most: usize) -> Vec<u8> {
    let mut done = Vec::new();
    let (mut rest, mut times) = (bytes, 0);
    while let Some((first, others)) = rest.split_first() {
        if times < most && !from.is_empty() && rest.starts_with(from) {
            done.extend_from_slice(to);
            rest = &rest[from.len()..];
            times += 1;
        } else {
            done.push(*first);
            rest = others;
        }
    }
    done
}
