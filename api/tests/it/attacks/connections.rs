//! More connections than anybody needs.

use super::crowd::{
    NEAR, crowd, is_closed, may_open_many, memory, memory_near, registers, signs_in_soon,
};
use crate::server::Server;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use tokio::net::TcpSocket;

const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A connection from another address of this machine.
fn connects_from(address: &str, server: &Server) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        let from: SocketAddr = format!("{address}:0").parse().unwrap();
        socket.bind(from).unwrap();
        let to = server.address.parse().unwrap();
        socket.connect(to).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

fn is_answered(stream: &mut TcpStream) -> bool {
    if stream.write_all(REQUEST).is_err() {
        return false;
    }
    let mut answer = Vec::new();
    let mut part = [0; 1024];
    while !answer.ends_with(br#"{"status":"ok"}"#) {
        match stream.read(&mut part) {
            Ok(length @ 1..) => answer.extend_from_slice(&part[..length]),
            _ => return false,
        }
    }
    true
}

#[test]
fn thousands_of_idle_connections_cost_little_and_it_is_given_back() {
    let limit = ("MAX_CONNECTIONS_PER_ADDRESS", "10000");
    let server = Server::start(&[limit]);
    registers(&server, "alice");
    let before = memory(&server);
    let silent = crowd(&server, 1000, b"");
    // With a buffer of hyper's each, they would take 30 MiB.
    let asked = crowd(&server, 3000, REQUEST);
    signs_in_soon(&server, "alice");
    // Those who asked keep their buffers for a few seconds.
    assert!(memory_near(&server, before) <= before + NEAR);
    drop((silent, asked));
    signs_in_soon(&server, "alice");
    assert!(memory_near(&server, before) <= before + NEAR);
}

#[test]
fn an_address_over_its_limit_loses_its_own_oldest_idle_connection() {
    let server = Server::start(&[("MAX_CONNECTIONS_PER_ADDRESS", "6")]);
    let mut others = connects_from("127.0.0.3", &server);
    let mut mine: Vec<_> = (0..7)
        .map(|_| {
            let mut one = connects_from("127.0.0.2", &server);
            assert!(is_answered(&mut one));
            one
        })
        .collect();
    // The first, unless this machine was busy elsewhere before the server saw that it was idle.
    let alive = mine
        .iter_mut()
        .filter_map(|one| is_answered(one).then_some(()));
    assert_eq!(alive.count(), 6);
    assert!(is_answered(&mut others));
}

#[test]
fn a_trusted_proxy_has_no_limit_of_its_own() {
    let limits = [
        ("MAX_CONNECTIONS_PER_ADDRESS", "6"),
        ("TRUSTED_PROXIES", "127.0.0.2"),
    ];
    let server = Server::start(&limits);
    let mut proxy: Vec<_> = (0..30)
        .map(|_| connects_from("127.0.0.2", &server))
        .collect();
    assert!(proxy.iter_mut().all(is_answered));
}

#[test]
fn over_the_limit_of_all_the_longest_idle_makes_room() {
    may_open_many();
    let server = Server::start(&[("MAX_CONNECTIONS", "16")]);
    let mut crowd: Vec<_> = (2..42)
        .map(|end| connects_from(&format!("127.0.0.{end}"), &server))
        .collect();
    assert!(is_answered(&mut crowd[39]), "the last came in");
    assert!(is_closed(&mut crowd[0]), "the first made room");
    registers(&server, "alice");
}
