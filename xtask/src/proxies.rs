//! The proxies that the tests put in front of several nodes.

use crate::environment;

const PROXIES: [&str; 2] = ["haproxy", "nginx"];

/// Whether both are there, or one line that says how to get them.
pub fn find() -> Result<(), String> {
    let missing = |name: &&str| environment::program(name).is_none();
    match PROXIES.into_iter().find(missing) {
        None => Ok(()),
        Some(missing) => Err(format!(
            "{missing} is not there; `apt-get install haproxy nginx-light` installs both"
        )),
    }
}
