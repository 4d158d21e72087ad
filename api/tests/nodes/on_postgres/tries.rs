//! Limits are everybody's.

use crate::fleet::Fleet;
use crate::tab::Tab;

#[test]
fn a_guesser_gains_nothing_by_asking_other_nodes() {
    let fleet = Fleet::fresh();
    let addresses = fleet.addresses();
    let mut mallory = Tab::registers(addresses[0], "alice");
    let mut guesses = addresses.into_iter().cycle();
    let mut guess = || {
        let node = guesses.next().unwrap();
        let guess = mallory.enters(node, "login", "none of my business");
        guess.unwrap()
    };
    for _ in 0..5 {
        guess().refused_as(401, "invalid_credentials");
    }
    for _ in addresses {
        guess().refused_as(429, "rate_limited");
    }
}

#[test]
fn sessions_beyond_the_limit_end_on_whichever_node_they_began() {
    let fleet = Fleet::fresh();
    let addresses = fleet.addresses();
    let mut first = Tab::registers(addresses[0], "alice");
    for round in 0..10 {
        let mut next = first.clone();
        let entered = next.enters(addresses[round % 3], "login", crate::constants::PASSWORD);
        assert_eq!(entered.unwrap().status, 200);
    }
    for address in addresses {
        let refused = first.refreshes(address).unwrap();
        refused.refused_as(401, "session_revoked");
    }
}
