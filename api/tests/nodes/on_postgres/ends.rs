//! What ends on one node ends on all.

use crate::fleet::{Fleet, refuses};
use crate::relay::Wire;
use crate::tab::Tab;
use crate::wait::until;
use std::thread;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
/// Nodes that only look each half second take longer than this, in the middle of many times.
const TOLD: Duration = Duration::from_millis(100);
const TIMES: usize = 11;
const LISTENERS: &str = "FROM pg_stat_activity WHERE datname = current_database() \
                         AND query LIKE 'LISTEN%'";

/// Somebody signs in and out at the first node; how long until each feels it.
fn felt(fleet: &Fleet, name: &str, before: impl Fn()) -> [Duration; 3] {
    let addresses = fleet.addresses();
    let bob = Tab::registers(addresses[0], name);
    for address in addresses {
        assert_eq!(bob.calls(address).unwrap().status, 200);
    }
    before();
    assert_eq!(bob.leaves(addresses[0]).unwrap().status, 204);
    thread::scope(|scope| {
        let bob = &bob;
        let nodes = addresses.map(|address| scope.spawn(move || refuses(address, bob)));
        nodes.map(|node| node.join().unwrap())
    })
}

/// How long until all felt it, each time.
fn often(fleet: &Fleet) -> Vec<[Duration; 3]> {
    let times = (0..TIMES).map(|time| felt(fleet, &format!("bob-{time}"), || {}));
    times.collect()
}

fn middle(felt: impl Iterator<Item = Duration>) -> Duration {
    let mut felt: Vec<_> = felt.collect();
    felt.sort();
    felt[felt.len() / 2]
}

fn listeners(fleet: &Fleet) -> String {
    fleet.sql(&format!("SELECT count(*) {LISTENERS}"))
}

#[test]
fn nodes_are_told_at_once() {
    let fleet = Fleet::fresh();
    until("all listen", || listeners(&fleet) == "3");
    let felt = often(&fleet);
    let slowest = felt.iter().map(|nodes| *nodes.iter().max().unwrap());
    assert!(slowest.clone().max().unwrap() < SECOND, "{felt:?}");
    assert!(middle(slowest) < TOLD, "{felt:?}");
}

/// Nobody tells the last node anything, ever.
#[test]
fn a_node_that_is_told_nothing_feels_it_within_a_second_all_the_same() {
    let mut fleet = Fleet::fresh();
    fleet.drains(2);
    fleet.relay.becomes(Wire::Deaf);
    fleet.starts(2);
    until("it wanted to listen", || fleet.relay.deafened() > 0);
    let felt = often(&fleet);
    let deaf = || felt.iter().map(|nodes| nodes[2]);
    assert!(deaf().max().unwrap() < SECOND, "{felt:?}");
    assert!(middle(deaf()) > TOLD, "it was told: {felt:?}");
}

#[test]
fn listeners_that_were_cut_miss_nothing_and_come_back() {
    let fleet = Fleet::fresh();
    until("all listen", || listeners(&fleet) == "3");
    let cut = || {
        let ended = format!("SELECT count(pg_terminate_backend(pid)) {LISTENERS}");
        assert_eq!(fleet.sql(&ended), "3");
    };
    for time in 0..3 {
        let felt = felt(&fleet, &format!("bob-{time}"), cut);
        assert!(*felt.iter().max().unwrap() < SECOND, "{felt:?}");
        until("all listen again", || listeners(&fleet) == "3");
    }
}
