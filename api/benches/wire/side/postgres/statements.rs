//! The statements of a refresh as the application really sends them, read from the log of the server
//! and written as a script for pgbench.

use super::cluster::Cluster;
use super::{CONNECTIONS, DATABASE, query};
use crate::client::{Script, once};
use crate::ready::CORE;
use crate::scripts::Tab;
use crate::server::Server;
use std::fs;

/// The name of the script, in the cluster's folder.
pub const SCRIPT: &str = "refresh.sql";
/// The session of each of pgbench's clients.
const ID: &str = "lpad(CAST(:client_id AS text), 32, '0')";
/// What the first statement is given: the row of the cutoff, and the session.
const FOUND: [&str; 2] = ["1", ID];
/// What the second statement is given, from the first on.
const GIVEN: [&str; 9] = [
    ID,
    "CAST(:row_A_generation AS bigint) + 1",
    "CAST(:row_A_rotated_at AS bigint) + 1",
    "decode(repeat('ab', 32), 'hex')",
    "0",
    "CAST(:row_A_idle_expires_at AS bigint) + 1",
    "CAST(:row_A_rotated_at AS bigint)",
    "1",
    "1",
];

/// A name that nobody else has.
const OVERHEARD: usize = 1_000;

/// Lets one browser refresh, looks at what the database was told, and writes that down.
pub async fn write(cluster: &Cluster, given: &[(&str, &str)]) {
    let told = overheard(cluster, given).await;
    let find = filled(statement(&told, "SELECT \"sessions\".\"id\" AS"), &FOUND);
    let rotate = filled(
        statement(&told, "UPDATE \"sessions\" SET \"generation\""),
        &GIVEN,
    );
    let script = format!("{find} \\gset row_\n{rotate};\n");
    fs::write(cluster.folder.join(SCRIPT), script).expect("there is room");
    let copies = format!(
        "INSERT INTO sessions (id, user_id, created_at, salt, generation, rotated_at, race_uses, \
         idle_expires_at, absolute_expires_at, user_agent, ip) \
         SELECT lpad(CAST(number AS text), 32, '0'), user_id, created_at, salt, 0, rotated_at, 0, \
         idle_expires_at, absolute_expires_at, user_agent, ip \
         FROM sessions, generate_series(0, {CONNECTIONS} - 1) AS number"
    );
    query(cluster, &copies);
}

/// What the database is told while a browser refreshes.
async fn overheard(cluster: &Cluster, given: &[(&str, &str)]) -> String {
    let logging = |what: &str| query(cluster, &format!("ALTER DATABASE {DATABASE} {what}"));
    let server = Server::api_with(Some(CORE), given);
    let mut tab = Tab::registers(&server.address, OVERHEARD).await;
    drop(server);
    // Connections that are open do not hear of it.
    logging("SET log_statement = 'all'");
    let server = Server::api_with(Some(CORE), given);
    let (head, _) = once(&server.address, &tab.ask()).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    drop(server);
    logging("RESET log_statement");
    fs::read_to_string(cluster.folder.join("log")).expect("there is a log")
}

/// The statement that begins so.
fn statement<'a>(told: &'a str, begin: &str) -> &'a str {
    let mut lines = told.lines().filter(|line| line.contains(" execute "));
    let found = lines.find_map(|line| line.find(begin).map(|at| &line[at..]));
    found.expect("a refresh finds its session and moves it")
}

/// With its parameters, the last first: `$1` is how `$10` begins.
fn filled(statement: &str, given: &[&str]) -> String {
    let numbered = given.iter().enumerate().rev();
    let filled = numbered.fold(statement.to_owned(), |text, (index, value)| {
        text.replace(&format!("${}", index + 1), value)
    });
    assert!(
        !filled.contains('$'),
        "it has other parameters now: {filled}"
    );
    filled
}
