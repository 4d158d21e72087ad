//! `cargo bench -p api --bench wire -- names`: whether the time of an answer tells a name that
//! somebody has from one that nobody has. Both are tried in turn, each name once, and the medians
//! must be as near as they are for two halves of the same.

use super::client::once;
use super::server::Server;
use std::time::{Duration, Instant};

const TRIES: usize = 300;
/// The medians differ by less.
const TOLD: f64 = 0.05;
const PASSWORD: &str = "correct zebra battery plum";
const WRONG: &str = "seven quiet harbour lamps";
const WEAK: &str = "qwertyuiop12";

/// What is asked, and which answer both get.
struct Case {
    what: &'static str,
    path: &'static str,
    password: &'static str,
    status: &'static str,
}

const CASES: [Case; 2] = [
    Case {
        what: "a sign-in with a wrong password",
        path: "/api/auth/login",
        password: WRONG,
        status: "401",
    },
    Case {
        what: "a registration with a weak password",
        path: "/api/auth/register",
        password: WEAK,
        status: "422",
    },
];

/// Asked once everybody who is known was disabled.
const DISABLED: Case = Case {
    what: "the right password of who is disabled",
    path: "/api/auth/login",
    password: PASSWORD,
    status: "401",
};

/// Measures, and says whether no name is told.
pub async fn measure() -> bool {
    let server = Server::api("HS256");
    for number in 0..TRIES {
        let name = format!("known-{number}");
        let (status, _) = timed(&server, "/api/auth/register", &name, PASSWORD).await;
        assert_eq!(status, "201");
    }
    println!("{:<40}{:>10}{:>10}{:>8}", "", "known", "unknown", "ratio");
    let mut kept = true;
    for case in &CASES {
        kept &= keeps(&server, case).await;
    }
    for number in 0..TRIES {
        server.command(&["user", "disable", &format!("known-{number}")]);
    }
    kept & keeps(&server, &DISABLED).await
}

/// Prints the medians, and says whether they are near each other.
async fn keeps(server: &Server, case: &Case) -> bool {
    let [known, unknown] = halves(server, case).await.map(median);
    let ratio = known.div_duration_f64(unknown);
    let what = case.what;
    println!("{what:<40}{known:>10.1?}{unknown:>10.1?}{ratio:>8.3}");
    (ratio - 1.0).abs() < TOLD
}

/// The times of known names and of unknown ones, tried in turn; who is first changes too.
async fn halves(server: &Server, case: &Case) -> [Vec<Duration>; 2] {
    let mut halves = [Vec::new(), Vec::new()];
    for number in 0..TRIES {
        for turn in 0..2 {
            let half = (number + turn) % 2;
            let name = format!("{}-{number}", ["known", "other"][half]);
            let (status, time) = timed(server, case.path, &name, case.password).await;
            assert_eq!(status, case.status, "{name}: {}", case.what);
            halves[half].push(time);
        }
    }
    halves
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The status of an answer, and how long it took.
async fn timed(server: &Server, path: &str, name: &str, password: &str) -> (String, Duration) {
    let body = format!(r#"{{"username":"{name}","password":"{password}"}}"#);
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let asked = Instant::now();
    let (head, _) = once(&server.address, &request).await;
    let time = asked.elapsed();
    let status = head.split(' ').nth(1).unwrap_or_default();
    (status.to_owned(), time)
}
