//! Slows down guessing: so many tries per ten minutes, by name and by address, or by the browser,
//! if the person signed in by it before. A try is counted before anything is hashed, in one
//! statement, so that parallel guesses do not slip through.

mod name;
mod pace;

pub use pace::Pace;

use super::caller::Caller;
use super::device::Device;
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

/// By what a try to sign in was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// By a browser that is known, and by nothing that a stranger could use up.
    Device,
    /// By name and address.
    Stranger,
}

/// Counts a try to sign in with that canonical name. Where a browser has used up its tries, it is a
/// stranger like all others: showing a cookie is never worse than showing none.
pub async fn sign_in(
    app: &App,
    caller: &Caller,
    name: &str,
    device: Option<&Device>,
) -> Result<Result<Counted, Throttled>, Outage> {
    let limit = app.config.policy.login_limit;
    if let Some(device) = device
        && count(app, &device.counter(), limit).await?.is_ok()
    {
        return Ok(Ok(Counted::Device));
    }
    if let Err(throttled) = by_address(app, caller).await? {
        return Ok(Err(throttled));
    }
    let counted = count(
        app,
        &name::counter(&app.config.refresh_token_secret, name),
        limit,
    )
    .await?;
    Ok(counted.map(|()| Counted::Stranger))
}

/// Counts a try from that address.
pub async fn by_address(app: &App, caller: &Caller) -> Result<Result<(), Throttled>, Outage> {
    let key = format!("address:{}", network(caller.address));
    count(app, &key, app.config.policy.address_limit).await
}

/// Counts a try for the password of somebody who is signed in, apart from those of strangers.
pub async fn by_person(app: &App, id: &str) -> Result<Result<(), Throttled>, Outage> {
    count(app, &person_key(id), app.config.policy.login_limit).await
}

/// Forgets the tries of somebody who is signed in and knew the password.
pub async fn forgive_person(on: &impl ConnectionTrait, id: &str) -> Result<(), Outage> {
    forget(on, &person_key(id)).await
}

/// Forgets the tries for a name: its person proved who they are.
pub async fn forgive(app: &App, on: &impl ConnectionTrait, username: &str) -> Result<(), Outage> {
    forget(
        on,
        &name::counter(&app.config.refresh_token_secret, username),
    )
    .await
}

fn person_key(id: &str) -> String {
    format!("person:{id}")
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
