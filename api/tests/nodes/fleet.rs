//! Three nodes on one database.

use crate::port;
use crate::postgres::{Cluster, Scratch, programs};
use crate::program::api;
use crate::proxy::Proxy;
use crate::relay::Relay;
use crate::server::Server;
use crate::tab::{Tab, get};
use crate::wait::until;
use rustix::process::{Pid, Signal, kill_process};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// Everybody here has one address.
const VARIABLES: [(&str, &str); 3] = [
    ("ADDRESS_LIMIT", "1000000"),
    ("LOGIN_LIMIT", "5"),
    ("TRUSTED_PROXIES", "127.0.0.1"),
];

/// A database of a story's own, migrated.
pub fn database() -> Scratch {
    assert!(programs().is_some(), "PostgreSQL's programs are installed");
    let scratch = Cluster::shared().database();
    let migrated = migrate(&scratch.url());
    assert!(migrated.status.success(), "{migrated:?}");
    scratch
}

pub fn migrate(url: &str) -> std::process::Output {
    api(
        &TempDir::new().unwrap(),
        &["migrate"],
        &[("DATABASE_URL", url)],
    )
}

/// Nodes that are to be hurt.
pub struct Fleet {
    nodes: [Node; 3],
    /// The wire of the last node.
    pub relay: Relay,
    pub database: Scratch,
}

struct Node {
    url: String,
    address: String,
    server: Option<Server>,
}

impl Fleet {
    pub fn fresh() -> Self {
        let database = database();
        let relay = Relay::to(&Cluster::shared().folder);
        let name = name(&database.url());
        let through = format!(
            "postgres://postgres@127.0.0.1:{}/{name}?sslmode=disable",
            relay.port
        );
        let urls = [database.url(), database.url(), through];
        let nodes = urls.map(|url| Node {
            url,
            address: format!("127.0.0.1:{}", port::fresh()),
            server: None,
        });
        let mut fleet = Self {
            nodes,
            relay,
            database,
        };
        for node in 0..3 {
            fleet.starts(node);
        }
        fleet
    }

    pub fn addresses(&self) -> [&str; 3] {
        self.nodes.each_ref().map(|node| &*node.address)
    }

    pub fn haproxy(&self) -> Proxy {
        Proxy::haproxy(self.addresses())
    }

    /// Starts a node where it was before, and waits until it is ready.
    pub fn starts(&mut self, node: usize) {
        let node = &mut self.nodes[node];
        let mut all = VARIABLES.to_vec();
        all.extend([("DATABASE_URL", &*node.url), ("LISTEN", &*node.address)]);
        node.server = Some(Server::start_in(TempDir::new().unwrap(), &all));
        is_ready(&node.address);
    }

    /// `kill -9`.
    pub fn dies(&mut self, node: usize) {
        let server = self.nodes[node].server.take().unwrap();
        kill_process(Pid::from_child(&server.child), Signal::KILL).unwrap();
        server.ends();
    }

    /// Asks a node to stop and waits until it has.
    pub fn drains(&mut self, node: usize) {
        let server = self.nodes[node].server.take().unwrap();
        server.is_asked_to_stop();
        let (status, log) = server.ends();
        assert!(status.success(), "{log}");
    }

    /// Runs a statement, and says what it answers.
    pub fn sql(&self, statement: &str) -> String {
        let cluster = Cluster::shared();
        let mut psql = Command::new(cluster.programs.join("psql"));
        psql.args(["-U", "postgres", "-qtA", "-h"])
            .arg(&cluster.folder)
            .args(["-d", &name(&self.database.url()), "-c", statement]);
        let output = psql.env_clear().output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

fn name(url: &str) -> String {
    let (_, rest) = url.split_once("localhost/").unwrap();
    rest.split('?').next().unwrap().to_owned()
}

#[track_caller]
pub fn is_ready(address: &str) -> Duration {
    until("the node is ready", || {
        get(address, "/readyz", "").is_some_and(|answer| answer.status == 200)
    })
}

/// How long it takes until that node refuses somebody's access token.
#[track_caller]
pub fn refuses(address: &str, tab: &Tab) -> Duration {
    until("the end is felt", || {
        tab.calls(address).unwrap().status == 401
    })
}
