//! Nodes that go away and come back.

use crate::crowd::Crowd;
use crate::fleet::Fleet;
use crate::proxy::Proxy;

#[test]
fn a_rolling_restart_behind_haproxy_is_noticed_by_nobody() {
    let mut fleet = Fleet::fresh();
    let proxy = fleet.haproxy();
    let mut crowd = Crowd::at(&proxy.address);
    let unanswered = crowd.goes_on_while(|sight| {
        for node in 0..3 {
            fleet.drains(node);
            sight.sees_progress();
            fleet.starts(node);
            proxy.thinks(node, "UP");
        }
    });
    assert!(unanswered.is_empty(), "{unanswered:?}");
}

#[test]
fn kill_9_of_each_node_behind_haproxy_signs_nobody_out() {
    let mut fleet = Fleet::fresh();
    let proxy = fleet.haproxy();
    let mut crowd = Crowd::at(&proxy.address);
    crowd.goes_on_while(|sight| {
        for node in 0..3 {
            fleet.dies(node);
            proxy.thinks(node, "DOWN");
            sight.sees_progress();
            fleet.starts(node);
            proxy.thinks(node, "UP");
        }
    });
}

#[test]
fn nginx_signs_nobody_out_either() {
    let mut fleet = Fleet::fresh();
    let proxy = Proxy::nginx(fleet.addresses());
    let mut crowd = Crowd::at(&proxy.address);
    let unanswered = crowd.goes_on_while(|sight| {
        for node in 0..3 {
            fleet.drains(node);
            sight.sees_progress();
            fleet.starts(node);
            sight.sees_progress();
        }
    });
    assert!(unanswered.is_empty(), "{unanswered:?}");
    crowd.goes_on_while(|sight| {
        for node in 0..3 {
            fleet.dies(node);
            sight.sees_progress();
            fleet.starts(node);
            sight.sees_progress();
        }
    });
}
