//! How the tables write machines and effects.

use super::{NOW, Tab};
use crate::Millis;
use crate::client::{
    AccessGrant, Broadcast, Effects, Hint, RequestStatus, Resume, State, TokenSource,
};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

pub fn machine(tab: &Tab) -> String {
    let state = match &tab.state {
        State::SignedOut {
            reason,
            pending_logout,
        } => {
            let reason = reason
                .map(|reason| format!(" {reason}"))
                .unwrap_or_default();
            let pending_logout =
                pending_logout.map(|pending_logout| format!(" logout {}", request(pending_logout)));
            format!("out{reason}{}", pending_logout.unwrap_or_default())
        }
        State::Active {
            grant,
            request: status,
        } => {
            let token = grant.map_or("none", token);
            format!("active {token} {}", request(*status))
        }
    };
    format!("{}: {state}", tab.epoch)
}

fn token(grant: AccessGrant) -> &'static str {
    if !grant.is_valid(NOW) {
        "expired"
    } else if grant.refresh_at <= NOW {
        "stale"
    } else {
        "fresh"
    }
}

fn request(request: RequestStatus) -> String {
    match request {
        RequestStatus::Idle => "idle".to_string(),
        RequestStatus::ProbingSiblings => "probing".to_string(),
        RequestStatus::AwaitingSibling { .. } => "awaiting".to_string(),
        RequestStatus::InFlight { failures, rejected } => {
            format!("in-flight/{failures}{}", mark(rejected))
        }
        RequestStatus::Backoff {
            failures, rejected, ..
        } => format!("backoff/{failures}{}", mark(rejected)),
    }
}

/// A `!` stands for a rejection among the failures.
const fn mark(rejected: bool) -> &'static str {
    if rejected { "!" } else { "" }
}

pub fn effects(effects: &Effects<u8>) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut add = |said: bool, word: &str| {
        if said {
            words.push(word.to_string());
        }
    };
    add(effects.store_token, "store");
    add(effects.clear_token, "clear");
    let hint = effects.hint.map(hint);
    add(hint.is_some(), &hint.unwrap_or_default());
    add(effects.clear_attempt_key, "clear-key");
    let sent = effects.broadcast.map(broadcast);
    add(sent.is_some(), &sent.unwrap_or_default());
    add(
        effects.probe_siblings.is_some(),
        &numbered("probe", effects.probe_siblings),
    );
    add(
        effects.start_refresh.is_some(),
        &numbered("refresh", effects.start_refresh),
    );
    add(
        effects.start_logout.is_some(),
        &numbered("logout", effects.start_logout),
    );
    add(effects.resume_queued == Some(Resume::Retry), "resume");
    add(effects.resume_queued == Some(Resume::Fail), "fail");
    add(effects.set_timer.is_some(), &timer(effects.set_timer));
    words.join(" ")
}

fn hint(hint: Hint) -> String {
    match hint {
        Hint::SignedOut(epoch) => format!("hint-signed-out:{epoch}"),
        Hint::SignedIn(epoch) => format!("hint-signed-in:{epoch}"),
        Hint::LogoutPending(epoch) => format!("hint-logout-pending:{epoch}"),
    }
}

fn broadcast(broadcast: Broadcast<u8>) -> String {
    match broadcast {
        Broadcast::TokenRequest(epoch) => format!("tell-request:{epoch}"),
        Broadcast::Token(epoch, TokenSource::SignIn) => format!("tell-sign-in:{epoch}"),
        Broadcast::Token(epoch, TokenSource::Refresh) => format!("tell-refresh:{epoch}"),
        Broadcast::SignedOut(epoch, reason) => format!("tell-signed-out:{epoch}:{reason}"),
    }
}

fn numbered(word: &str, epoch: Option<u64>) -> String {
    epoch
        .map(|epoch| format!("{word}:{epoch}"))
        .unwrap_or_default()
}

/// Seconds from now; the tables use no jitter.
fn timer(at: Option<Millis>) -> String {
    at.map(|at| format!("timer+{}", (at - NOW).as_secs()))
        .unwrap_or_default()
}
