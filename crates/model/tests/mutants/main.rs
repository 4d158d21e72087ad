//! Each rule broken on purpose, and the invariant that the model then sees broken. A proof that
//! cannot fail proves nothing.
//!
//! The number is the length of the shortest run after which fair weather alone does the damage;
//! none means that a calm day is enough.

mod browser;
mod server;

use model::{Config, Invariant, Mutant, configurations, shortest_breach};

/// The mutant breaks that invariant in that configuration, which is whole without it, after so
/// many steps and no sooner.
#[track_caller]
fn caught(mutant: Mutant, name: &str, (invariant, steps): (Invariant, usize)) {
    let config = Config {
        mutant: Some(mutant),
        ..configurations::named(name)
    };
    let way = shortest_breach(&config, invariant);
    assert_eq!(way.as_ref().map(Vec::len), Some(steps), "{way:?}");
}

#[test]
fn every_mutant_has_its_test() {
    let tests = concat!(include_str!("server.rs"), include_str!("browser.rs"));
    for mutant in Mutant::ALL {
        let name = format!("Mutant::{mutant:?},");
        assert!(tests.contains(&name), "nothing catches {mutant:?}");
    }
}
