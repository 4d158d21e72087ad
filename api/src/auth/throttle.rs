//! Slows down guessing: so many tries per ten minutes, by name and by address; and as many by all
//! known browsers of a user together, which no stranger can use up (ADR 14). A try is counted before
//! anything is hashed, in one statement, so that parallel guesses do not slip through.

mod name;
mod pace;

pub use pace::Pace;

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

/// By what a try to sign in was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// By the known browsers of the user, and by the address or what it keeps for known browsers.
    Device,
    /// By name and address.
    Stranger,
}

/// Counts a try to sign in with that canonical name; `known` is the user's id where the browser is a
/// known one. Where those have used up their tries, it is a stranger like all others: showing a
/// cookie is never worse than showing none.
pub async fn sign_in(
    app: &App,
    caller: &Caller,
    name: &str,
    known: Option<&str>,
) -> Result<Result<Counted, Throttled>, Outage> {
    if let Some(id) = known
        && by_known_browser(app, caller, id).await?.is_ok()
    {
        return Ok(Ok(Counted::Device));
    }
    if let Err(throttled) = by_address(app, caller).await? {
        return Ok(Err(throttled));
    }
    let key = name::counter(&app.config.refresh_token_secret, name);
    let counted = count(app, &key, app.config.policy.login_limit).await?;
    Ok(counted.map(|()| Counted::Stranger))
}

/// All known browsers of a user together have the tries of one, and count in the limit of their
/// address like everybody there. Where that is used up, by whomever, all known browsers of the address
/// have as many again together: strangers cannot keep them out, and many accounts give no more.
async fn by_known_browser(
    app: &App,
    caller: &Caller,
    user_id: &str,
) -> Result<Result<(), Throttled>, Outage> {
    let policy = &app.config.policy;
    let browsers = format!("devices:{user_id}");
    if let Err(throttled) = count(app, &browsers, policy.login_limit).await? {
        return Ok(Err(throttled));
    }
    if by_address(app, caller).await?.is_ok() {
        return Ok(Ok(()));
    }
    let kept = format!("devices-of-address:{}", network(caller.address));
    count(app, &kept, policy.address_limit).await
}

/// Counts a try from that address.
pub async fn by_address(app: &App, caller: &Caller) -> Result<Result<(), Throttled>, Outage> {
    let key = format!("address:{}", network(caller.address));
    count(app, &key, app.config.policy.address_limit).await
}

/// Counts a try to change the password of a user who is signed in, apart from those of strangers. It
/// is never forgotten early: a right password is followed by a new one that takes time to judge.
pub async fn by_person(app: &App, id: &str) -> Result<Result<(), Throttled>, Outage> {
    let key = format!("person:{id}");
    count(app, &key, app.config.policy.login_limit).await
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
pub(super) fn network(address: IpAddr) -> String {
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
