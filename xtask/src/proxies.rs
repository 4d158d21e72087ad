//! The proxies that the tests put in front of several nodes.

use crate::environment;
use std::path::Path;

/// Debian puts daemons here, which is on the `PATH` of root alone.
const DEBIAN: &str = "/usr/sbin";
const PROXIES: [&str; 2] = ["haproxy", "nginx"];

/// Whether both are there, or one line that says how to get them.
pub fn find() -> Result<(), String> {
    let is_there = |name: &str| {
        !environment::on_path(name).is_empty() || Path::new(DEBIAN).join(name).is_file()
    };
    match PROXIES.into_iter().find(|name| !is_there(name)) {
        None => Ok(()),
        Some(missing) => Err(format!(
            "{missing} is not there; `apt-get install haproxy nginx-light` installs both"
        )),
    }
}
