//! Slows down guessing: so many tries per ten minutes, by name and by address. A try is counted
//! before anything is hashed, in one statement, so that parallel guesses do not slip through.

mod name;

use super::caller::Caller;
use crate::App;
use crate::db::throttle::{Admission, admit, forget};
use crate::db::{ConnectionTrait, Outage};
use protocol::Millis;
use std::net::IpAddr;

/// The window in which tries are counted.
pub const WINDOW: Millis = Millis::from_secs(600);

/// Too many tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttled {
    /// Seconds until the next try is admitted.
    pub retry_after: u64,
}

/// Counts a try from that address.
pub async fn by_address(app: &App, caller: &Caller) -> Result<Result<(), Throttled>, Outage> {
    let key = format!("address:{}", network(caller.address));
    count(app, &key, app.config.policy.address_limit).await
}

/// Counts a try for that canonical name.
pub async fn by_name(app: &App, username: &str) -> Result<Result<(), Throttled>, Outage> {
    let counter = name::counter(&app.config.refresh_token_secret, username);
    count(app, &counter, app.config.policy.login_limit).await
}

/// Forgets the tries for a name: its person proved who they are.
pub async fn forgive(app: &App, on: &impl ConnectionTrait, username: &str) -> Result<(), Outage> {
    forget(
        on,
        &name::counter(&app.config.refresh_token_secret, username),
    )
    .await
}

async fn count(app: &App, key: &str, limit: u32) -> Result<Result<(), Throttled>, Outage> {
    let now = app.clock.now();
    Ok(match admit(&app.db, (key, limit), WINDOW, now).await? {
        Admission::Admitted => Ok(()),
        Admission::Full { until } => Err(Throttled {
            retry_after: (until - now).as_secs() + 1,
        }),
    })
}

/// One household is one address: all of an IPv6 client's /64 is the client's to choose from.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_client_cannot_hop_within_its_own_network() {
        let network = |text: &str| network(text.parse().expect("it is an address"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
