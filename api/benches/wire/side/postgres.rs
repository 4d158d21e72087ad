//! Refreshes on PostgreSQL, and what pgbench reaches with the statements of a refresh over as many
//! connections.

#[path = "../../../tests/it/postgres.rs"]
#[expect(
    clippy::unwrap_used,
    dead_code,
    unused_imports,
    reason = "the tests' own, which use more of it"
)]
mod cluster;
mod statements;

use super::refreshes::Place;
use super::{Found, Plan};
use crate::ready::{CORE, pinned};
use crate::server::Server;
use cluster::{Cluster, Durability};
use std::process::{Command, Output};

/// As many as the application has; pgbench is given the same.
const CONNECTIONS: &str = "16";
const DATABASE: &str = "bench";

/// In turn, on one cluster whose commits wait for the disk.
pub async fn measure(plan: &Plan, found: &mut Found) {
    let cluster = Cluster::start(Durability::Full);
    run(&mut program(
        &cluster,
        Command::new(cluster.programs.join("createdb")),
    ));
    let url = format!(
        "postgres://postgres@localhost/{DATABASE}?host={}",
        cluster.folder.display()
    );
    let given = [("DATABASE_URL", url.as_str())];
    statements::write(&cluster, &given).await;
    let mut place = Place::fill("postgres", Server::api_with(Some(CORE), &given)).await;
    for round in 0..=plan.rounds {
        place = place.round(round, plan, found).await;
        let said = pgbench(&cluster, plan);
        let rate = value(&said, "tps = ").expect("it says how often");
        eprintln!("pgbench: {rate:.0} transactions/s");
        if round == 0 {
            continue;
        }
        found.add("pgbench calls/s", rate);
        let latency = value(&said, "latency average = ").expect("it says how long");
        found.add("pgbench mean µs", latency * 1e3);
    }
}

fn pgbench(cluster: &Cluster, plan: &Plan) -> String {
    let seconds = plan.length.as_secs().max(1).to_string();
    // Debian has a wrapper on the PATH; the program itself lies beside the server's.
    let mut pgbench = pinned(Some(CORE), cluster.programs.join("pgbench"));
    pgbench
        .args([
            "-n",
            "-M",
            "prepared",
            "-j",
            "1",
            "-c",
            CONNECTIONS,
            "-T",
            &seconds,
            "-f",
        ])
        .arg(cluster.folder.join(statements::SCRIPT));
    let output = run(&mut program(cluster, pgbench));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A program of PostgreSQL's, on that cluster's database.
fn program(cluster: &Cluster, mut command: Command) -> Command {
    command
        .arg("-h")
        .arg(&cluster.folder)
        .args(["-U", "postgres", DATABASE]);
    command
}

/// What a statement answers with.
fn query(cluster: &Cluster, sql: &str) -> String {
    let mut psql = Command::new(cluster.programs.join("psql"));
    psql.args(["-v", "ON_ERROR_STOP=1", "-At", "-c", sql]);
    let output = run(&mut program(cluster, psql));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn run(command: &mut Command) -> Output {
    let output = command.output().expect("PostgreSQL's programs are there");
    assert!(output.status.success(), "{output:?}");
    output
}

fn value(text: &str, label: &str) -> Option<f64> {
    let (_, rest) = text.split_once(label)?;
    rest.split_whitespace().next()?.parse().ok()
}
