//! The schema, while releases change.

use crate::crowd::Crowd;
use crate::fleet::{Fleet, is_ready, migrate};
use crate::postgres::Cluster;
use std::sync::Barrier;
use std::thread;

#[test]
fn of_nodes_that_all_migrate_at_once_one_does_and_the_others_wait() {
    const NODES: usize = 4;
    for _ in 0..4 {
        let scratch = Cluster::shared().database();
        let (url, ready) = (scratch.url(), Barrier::new(NODES));
        thread::scope(|scope| {
            for _ in 0..NODES {
                scope.spawn(|| {
                    ready.wait();
                    let migrated = migrate(&url);
                    assert!(migrated.status.success(), "{migrated:?}");
                });
            }
        });
    }
}

/// What a newer release adds, the one before does not know; it goes on until it is replaced.
#[test]
fn a_newer_schema_neither_stops_nor_hinders_the_nodes_of_the_release_before() {
    let mut fleet = Fleet::fresh();
    let proxy = fleet.haproxy();
    let mut crowd = Crowd::at(&proxy.address);
    let unanswered = crowd.goes_on_while(|sight| {
        fleet.sql("INSERT INTO seaql_migrations VALUES ('m9999_later', 0)");
        fleet.sql("ALTER TABLE sessions ADD COLUMN later TEXT");
        sight.sees_progress();
        for address in fleet.addresses() {
            is_ready(address);
        }
        fleet.drains(0);
        assert!(migrate(&fleet.database.url()).status.success());
        fleet.starts(0);
        proxy.thinks(0, "UP");
    });
    assert!(unanswered.is_empty(), "{unanswered:?}");
}
