//! The worlds that are explored, each small enough to reach its end.

mod deep;
pub use deep::deep;

use crate::config::{CALM, Config, Durations, Fault, NO_TROUBLE};

/// Explored to the end by `cargo test`.
pub fn ordinary() -> Vec<Config> {
    let mut all = tabs().to_vec();
    all.extend(weather());
    all.extend(people());
    all.extend(time());
    all
}

fn tabs() -> [Config; 4] {
    [
        Config {
            name: "two tabs, two reloads, a lost answer",
            tabs: 2,
            open: 2,
            trouble: Fault {
                loads: 2,
                losses: 1,
                ..NO_TROUBLE
            },
            ..CALM
        },
        Config {
            name: "three tabs restored at once",
            tabs: 3,
            open: 0,
            trouble: Fault {
                loads: 3,
                ..NO_TROUBLE
            },
            horizon: 1,
            ..CALM
        },
        Config {
            name: "two tabs race for the attempt key",
            tabs: 2,
            open: 0,
            trouble: Fault {
                loads: 2,
                key_races: 1,
                ..NO_TROUBLE
            },
            ..CALM
        },
        Config {
            name: "calls of two tabs while the access token runs out",
            tabs: 2,
            open: 2,
            trouble: Fault {
                calls: 2,
                losses: 1,
                ..NO_TROUBLE
            },
            lengths: Durations {
                access: 2,
                ..CALM.lengths
            },
            ..CALM
        },
    ]
}

fn weather() -> [Config; 6] {
    [
        Config {
            name: "a server that rejects requests for a while",
            tabs: 2,
            open: 1,
            trouble: Fault {
                rejections: 2,
                loads: 1,
                losses: 1,
                sign_outs: 1,
                ..NO_TROUBLE
            },
            horizon: 2,
            ..CALM
        },
        Config {
            name: "a sign-in over a rejected session",
            tabs: 2,
            open: 1,
            trouble: Fault {
                rejections: 1,
                loads: 1,
                losses: 1,
                sign_ins: 1,
                ..NO_TROUBLE
            },
            horizon: 1,
            sign_in_ends_the_last: true,
            ..CALM
        },
        Config {
            name: "a crash between reading and answering",
            tabs: 2,
            open: 1,
            nodes: 2,
            trouble: Fault {
                crashes: 1,
                loads: 2,
                outages: 1,
                ..NO_TROUBLE
            },
            horizon: 1,
            ..CALM
        },
        Config {
            name: "two lost answers in a row, and a phone that sleeps",
            tabs: 1,
            open: 1,
            trouble: Fault {
                loads: 2,
                losses: 2,
                outages: 1,
                ..NO_TROUBLE
            },
            horizon: 5,
            ..CALM
        },
        Config {
            name: "requests delivered twice, and forged ones",
            tabs: 2,
            open: 1,
            trouble: Fault {
                duplicates: 2,
                loads: 2,
                outages: 1,
                forgeries: 1,
                ..NO_TROUBLE
            },
            horizon: 2,
            ..CALM
        },
        Config {
            name: "a frozen tab misses what its siblings tell",
            tabs: 2,
            open: 2,
            trouble: Fault {
                misses: 2,
                loads: 1,
                sign_outs: 1,
                outages: 1,
                ..NO_TROUBLE
            },
            horizon: 1,
            ..CALM
        },
    ]
}

fn people() -> [Config; 5] {
    [
        Config {
            name: "a sign-out in bad weather",
            tabs: 2,
            open: 2,
            trouble: Fault {
                sign_outs: 1,
                loads: 1,
                losses: 1,
                outages: 1,
                ..NO_TROUBLE
            },
            horizon: 1,
            ..CALM
        },
        Config {
            name: "a sign-out, and another person signs in",
            tabs: 2,
            open: 2,
            trouble: Fault {
                sign_outs: 1,
                sign_ins: 1,
                losses: 1,
                loads: 1,
                ..NO_TROUBLE
            },
            horizon: 1,
            sign_in_ends_the_last: true,
            ..CALM
        },
        Config {
            name: "a sign-out on one of two nodes, calls on both",
            tabs: 2,
            open: 2,
            nodes: 2,
            trouble: Fault {
                sign_outs: 1,
                calls: 2,
                crashes: 1,
                ..NO_TROUBLE
            },
            horizon: 2,
            ..CALM
        },
        Config {
            name: "a sign-out while a refresh is under way",
            tabs: 2,
            open: 2,
            nodes: 2,
            trouble: Fault {
                sign_outs: 1,
                loads: 2,
                calls: 1,
                ..NO_TROUBLE
            },
            horizon: 1,
            ..CALM
        },
        Config {
            name: "a thief with a copy of the cookie",
            tabs: 1,
            open: 1,
            trouble: Fault {
                thefts: 1,
                thief_uses: 2,
                loads: 2,
                ..NO_TROUBLE
            },
            horizon: 5,
            ..CALM
        },
    ]
}

fn time() -> [Config; 4] {
    [
        Config {
            name: "a session that expires between reading and writing",
            tabs: 2,
            open: 2,
            trouble: Fault {
                losses: 1,
                loads: 2,
                ..NO_TROUBLE
            },
            lengths: Durations {
                idle: 2,
                absolute: 3,
                ..CALM.lengths
            },
            ..CALM
        },
        Config {
            name: "a person is disabled",
            tabs: 2,
            open: 2,
            trouble: Fault {
                disables: 1,
                losses: 1,
                loads: 2,
                ..NO_TROUBLE
            },
            horizon: 2,
            ..CALM
        },
        Config {
            name: "a key is taken away, and somebody signs in again",
            tabs: 2,
            open: 2,
            trouble: Fault {
                rekeys: 1,
                losses: 1,
                loads: 1,
                sign_ins: 1,
                ..NO_TROUBLE
            },
            horizon: 2,
            ..CALM
        },
        Config {
            name: "a node whose clock is behind",
            tabs: 2,
            open: 2,
            nodes: 2,
            behind: 1,
            trouble: Fault {
                loads: 3,
                ..NO_TROUBLE
            },
            horizon: 2,
            ..CALM
        },
    ]
}

/// The ordinary configuration of that name.
pub fn named(name: &str) -> Config {
    let mut all = ordinary().into_iter();
    let found = all.find(|config| config.name == name);
    found.unwrap_or_else(|| panic!("BUG: no configuration is called {name:?}"))
}
