//! Rate limits against guessing: a number of attempts per ten minutes, by username and by address;
//! and as many by all known browsers of a user together, which no other client can use up (ADR 14).
//! An attempt is counted before a password is hashed, in one statement, so that parallel attempts
//! cannot bypass the limit.

mod name_key;
mod refresh;

pub use refresh::RefreshLimiter;

use super::client_info::ClientInfo;
use crate::AppState;
use crate::db::throttle::{self, Admission, try_count};
use crate::db::{ConnectionTrait, DbError};
use protocol::Millis;
use std::net::IpAddr;

/// The window in which attempts are counted.
pub const WINDOW: Millis = Millis::from_secs(600);

/// The rate limit was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimited {
    /// Seconds until the next attempt is accepted.
    pub retry_after: u64,
}

/// The bucket in which a login attempt was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// The user's known browsers, and the address or the address's reserve for known browsers.
    Device,
    /// The username and the address.
    Address,
}

/// Counts a login attempt with this canonical username. `known` is the user's id if the browser is
/// a known one. If the bucket of known browsers is full, the attempt counts like one of an unknown
/// browser: a device cookie is never a disadvantage.
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

/// All known browsers of a user share the limit of one user, and count in the limit of their
/// address like other clients. If the address's limit is used up, all known browsers of the address
/// share a reserve of the same size: other clients cannot lock them out, and many accounts give no
/// more attempts.
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

/// Counts an attempt from this address.
pub async fn check_ip(
    app: &AppState,
    caller: &ClientInfo,
) -> Result<Result<(), RateLimited>, DbError> {
    let key = format!("address:{}", ip_prefix(caller.address));
    count(app, &key, app.config.policy.address_limit).await
}

/// Counts an attempt to change the password of a signed-in user, apart from login attempts. It is
/// never reset early: after a correct password the check of the new one takes CPU time.
pub async fn check_user(app: &AppState, id: &str) -> Result<Result<(), RateLimited>, DbError> {
    let key = format!("person:{id}");
    count(app, &key, app.config.policy.login_limit).await
}

/// Resets the attempts of a username after a successful sign-in.
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

/// An IPv6 client can choose any address of its /64, so the whole prefix counts as one address.
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
