//! What a server costs that nobody asks anything, and how soon a new one answers.

use super::{Found, Plan};
use crate::ready::{CORE, prepared};
use crate::server::Server;
use std::time::Instant;

const TIMES: usize = 5;

/// A server as it is shipped, left alone while the others work.
pub fn begin(plan: &Plan) -> Server {
    let web = plan.web.as_ref().map(|web| web.display().to_string());
    let given: Vec<_> = web.iter().map(|web| ("STATIC_DIR", web.as_str())).collect();
    Server::api_with(Some(CORE), &given)
}

/// What it holds by now.
pub fn end(resting: &Server, found: &mut Found) {
    for (name, line) in [
        ("rest memory MiB", "VmRSS"),
        ("rest memory of its own MiB", "RssAnon"),
    ] {
        if let Some(bytes) = resting.memory(line) {
            found.add(name, bytes / 1_048_576.0);
        }
    }
}

/// From the start of the process to its first answer, on a database that is up to date.
pub fn starts(plan: &Plan, found: &mut Found) {
    for _ in 0..plan.rounds.min(TIMES) {
        let (serve, folder) = prepared(Some(CORE), &[]);
        let began = Instant::now();
        let _server = Server::begin(serve, folder);
        let took = began.elapsed();
        found.add("start ms", took.as_secs_f64() * 1e3);
    }
}
