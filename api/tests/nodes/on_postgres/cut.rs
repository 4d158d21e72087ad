//! A node whose way to the database is cut, while the others' is not.

use crate::crowd::Crowd;
use crate::fleet::{Fleet, is_ready, refuses};
use crate::relay::Wire;
use crate::tab::Tab;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_node_that_is_cut_off_gets_no_calls_and_catches_up_when_it_is_back() {
    let fleet = Fleet::fresh();
    let proxy = fleet.haproxy();
    let mut crowd = Crowd::at(&proxy.address);
    let bob = Tab::registers(&proxy.address, "bob");
    let [first, second, cut_off] = fleet.addresses();
    let unanswered = crowd.goes_on_while(|sight| {
        fleet.relay.becomes(Wire::Cut);
        proxy.thinks(2, "DOWN");
        assert_eq!(bob.leaves(&proxy.address).unwrap().status, 204);
        for told in [first, second] {
            let felt = refuses(told, &bob);
            assert!(felt < SECOND, "{felt:?}");
        }
        // Nobody told this one, and it could not look; this is why nobody is sent there.
        assert_eq!(bob.calls(cut_off).unwrap().status, 200);
        assert_eq!(bob.calls(&proxy.address).unwrap().status, 401);
        sight.sees_progress();
        fleet.relay.becomes(Wire::Whole);
        is_ready(cut_off);
        let felt = refuses(cut_off, &bob);
        assert!(felt < SECOND, "{felt:?}");
        proxy.thinks(2, "UP");
    });
    assert!(unanswered.is_empty(), "{unanswered:?}");
}

/// Nothing fails on such a connection, everything waits.
#[test]
fn a_node_whose_connections_are_dead_without_knowing_takes_others() {
    let fleet = Fleet::fresh();
    let proxy = fleet.haproxy();
    let mut crowd = Crowd::at(&proxy.address);
    let [first, _, forgotten] = fleet.addresses();
    let bob = Tab::registers(first, "bob");
    crowd.goes_on_while(|sight| {
        fleet.relay.forgets_connections();
        assert_eq!(bob.leaves(first).unwrap().status, 204);
        refuses(forgotten, &bob);
        is_ready(forgotten);
        proxy.thinks(2, "UP");
        sight.sees_progress();
    });
}
