//! The system has no descriptor left for another connection.

use super::crowd::metric;
use crate::server::Server;
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use std::net::TcpStream;
use std::time::Instant;

#[test]
fn out_of_descriptors_it_pauses_says_so_once_and_goes_on_later() {
    let server = Server::start(&[("METRICS_LISTEN", "127.0.0.1:0")]);
    let mut metrics = TcpStream::connect(server.metrics.as_ref().unwrap()).unwrap();
    let name = "countersign_accept_errors_total";
    assert_eq!(metric(&mut metrics, name), 0);
    let pid = Pid::from_child(&server.child);
    let limit = |current| Rlimit {
        current: Some(current),
        maximum: getrlimit(Resource::Nofile).maximum,
    };
    let before = prlimit(Some(pid), Resource::Nofile, limit(3)).unwrap();

    let began = Instant::now();
    let crowd: Vec<_> = (0..10).map(|_| server.connects().unwrap()).collect();
    let mut errors = 0;
    while errors < 4 {
        errors = metric(&mut metrics, name);
    }
    let most = began.elapsed().as_millis() / 200 + 2;
    assert!(u128::from(errors) <= most, "{errors} of {most}");

    prlimit(Some(pid), Resource::Nofile, before).unwrap();
    let answer =
        server.says(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    drop(crowd);
    server.is_asked_to_stop();
    let (_, log) = server.ends();
    let warnings = log.matches("no connection can be accepted").count();
    assert_eq!(warnings, 1, "{log}");
}
