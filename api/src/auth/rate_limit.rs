//! Slows down guessing: so many tries per ten minutes, by name and by address; and as many by all
//! known browsers of a user together, which no stranger can use up (ADR 14). A try is counted before
//! anything is hashed, in one statement, so that parallel guesses do not slip through.

mod name_key;
mod refresh;

pub use refresh::RefreshLimiter;

use super::client_info::ClientInfo;
use crate::AppState;
use crate::db::throttle::{self, Admission, try_count};
use crate::db::{ConnectionTrait, DbError};
use protocol::Millis;
use std::net::IpAddr;

/// The window in which tries are counted.
pub const WINDOW: Millis = Millis::from_secs(600);

/// Too many tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimited {
    /// Seconds until the next try is admitted.
    pub retry_after: u64,
}

/// By what a try to sign in was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// By the known browsers of the user, and by the address or what it keeps for known browsers.
    Device,
    /// By name and address.
    Address,
}

/// Counts a try to sign in with that canonical name; `known` is the user's id where the browser is a
/// known one. Where those have used up their tries, it is a stranger like all others: showing a
/// cookie is never worse than showing none.
pub async fn check_sign_in(
    app: &AppState,
    caller: &ClientInfo,
    name: &str,
    known: Option<&str>,
) -> Result<Result<Bucket, RateLimited>, DbError> {
    if let Some(id) = known
        && check_known_device(app, caller, id).await?.is_ok()
    {
        return Ok(Ok(Bucket::Device));
    }
    if let Err(throttled) = check_ip(app, caller).await? {
        return Ok(Err(throttled));
    }
    let key = name_key::key(&app.config.refresh_token_secret, name);
    let counted = count(app, &key, app.config.policy.login_limit).await?;
    Ok(counted.map(|()| Bucket::Address))
}

/// All known browsers of a user together have the tries of one, and count in the limit of their
/// address like everybody there. Where that is used up, by whomever, all known browsers of the address
/// have as many again together: strangers cannot keep them out, and many accounts give no more.
async fn check_known_device(
    app: &AppState,
    caller: &ClientInfo,
    user_id: &str,
) -> Result<Result<(), RateLimited>, DbError> {
    let policy = &app.config.policy;
    let browsers = format!("devices:{user_id}");
    if let Err(throttled) = count(app, &browsers, policy.login_limit).await? {
        return Ok(Err(throttled));
    }
    if check_ip(app, caller).await?.is_ok() {
        return Ok(Ok(()));
    }
    let kept = format!("devices-of-address:{}", ip_prefix(caller.address));
    count(app, &kept, policy.address_limit).await
}

/// Counts a try from that address.
pub async fn check_ip(
    app: &AppState,
    caller: &ClientInfo,
) -> Result<Result<(), RateLimited>, DbError> {
    let key = format!("address:{}", ip_prefix(caller.address));
    count(app, &key, app.config.policy.address_limit).await
}

/// Counts a try to change the password of a user who is signed in, apart from those of strangers. It
/// is never forgotten early: a right password is followed by a new one that takes time to judge.
pub async fn check_user(app: &AppState, id: &str) -> Result<Result<(), RateLimited>, DbError> {
    let key = format!("person:{id}");
    count(app, &key, app.config.policy.login_limit).await
}

/// Forgets the tries for a name: its person proved who they are.
pub async fn reset(
    app: &AppState,
    on: &impl ConnectionTrait,
    username: &str,
) -> Result<(), DbError> {
    throttle::reset(
        on,
        &name_key::key(&app.config.refresh_token_secret, username),
    )
    .await
}

async fn count(app: &AppState, key: &str, limit: u32) -> Result<Result<(), RateLimited>, DbError> {
    let now = app.clock.now();
    Ok(match try_count(&app.db, (key, limit), WINDOW, now).await? {
        Admission::Admitted => Ok(()),
        Admission::Full { until } => Err(RateLimited {
            retry_after: (until - now).as_secs() + 1,
        }),
    })
}

/// One household is one address: all of an IPv6 client's /64 is the client's to choose from.
pub(super) fn ip_prefix(address: IpAddr) -> String {
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
        let network = |text: &str| ip_prefix(text.parse().expect("it is an address"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
