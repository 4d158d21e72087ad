//! Responses to a refresh and to a logout, within their epoch.

use super::session::{accept_grant, on_session_ended};
use crate::Millis;
use crate::client::effect::{Broadcast, Effects, Hint, Resume};
use crate::client::event::{Jitter, ServerResponse, TokenLifetime, TokenSource};
use crate::client::grant::{apply_jitter, backoff};
use crate::client::{Machine, RequestStatus, State};

/// The shortest wait for any `Retry-After`.
const RETRY_AFTER_MIN: Millis = Millis::from_secs(1);
/// The failure from which on a proxy's rejection counts as one: three to four seconds after the
/// first, longer than a proxy takes to reload.
const MIN_PROXY_REJECTIONS: u8 = 3;

pub(super) fn on_refresh_response<R: Copy>(
    machine: Machine<R>,
    response: ServerResponse<R>,
    jitter: Jitter,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let State::Active { grant, request } = machine.state else {
        return (machine, Effects::none());
    };
    match response {
        ServerResponse::Granted { ttl } => {
            let epoch = machine.epoch;
            let (machine, effects) =
                accept_grant(machine, epoch, TokenLifetime { ttl, jitter }, now);
            let effects = Effects {
                clear_attempt_key: true,
                broadcast: Some(Broadcast::Token(epoch, TokenSource::Refresh)),
                ..effects
            };
            (machine, effects)
        }
        ServerResponse::SessionEnded(reason) => on_session_ended(machine, reason),
        // A sibling's token arrived meanwhile; this failure has no effect.
        ServerResponse::Transient { .. } | ServerResponse::Rejected { .. }
            if request == RequestStatus::Idle =>
        {
            (machine, Effects::none())
        }
        ServerResponse::Transient { .. } | ServerResponse::Rejected { .. } => {
            let (request, retry_at) = back_off(request, response, jitter, now);
            let effects = Effects {
                resume_queued: Some(Resume::Fail),
                set_timer: Some(retry_at),
                ..Effects::none()
            };
            let state = State::Active { grant, request };
            (Machine { state, ..machine }, effects)
        }
    }
}

pub(super) fn on_logout_response<R: Copy>(
    machine: Machine<R>,
    response: ServerResponse<R>,
    jitter: Jitter,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let State::SignedOut {
        reason,
        pending_logout: Some(request),
    } = machine.state
    else {
        return (machine, Effects::none());
    };
    let mut effects = Effects::none();
    let pending_logout = match response {
        ServerResponse::Granted { .. } | ServerResponse::SessionEnded(_) => {
            effects.hint = Some(Hint::SignedOut(machine.epoch));
            None
        }
        // A rejected logout revoked nothing at the server.
        ServerResponse::Transient { .. } | ServerResponse::Rejected { .. } => {
            let (request, retry_at) = back_off(request, response, jitter, now);
            effects.set_timer = Some(retry_at);
            Some(request)
        }
    };
    let state = State::SignedOut {
        reason,
        pending_logout,
    };
    (Machine { state, ..machine }, effects)
}

/// The backoff after a failed attempt, and when it ends.
fn back_off<R: Copy>(
    request: RequestStatus,
    response: ServerResponse<R>,
    jitter: Jitter,
    now: Millis,
) -> (RequestStatus, Millis) {
    let (failures, rejected) = request.failures();
    let failures = failures.saturating_add(1);
    let (retry_after, rejected) = match response {
        ServerResponse::Transient { retry_after } => (retry_after, rejected),
        ServerResponse::Rejected { by_api } => {
            let counts = by_api || failures >= MIN_PROXY_REJECTIONS;
            (None, rejected || counts)
        }
        ServerResponse::Granted { .. } | ServerResponse::SessionEnded(_) => (None, rejected),
    };
    let retry_at = match retry_after.map(|asked| asked.max(RETRY_AFTER_MIN)) {
        // Never earlier than requested, with jitter.
        Some(asked) => now + asked + apply_jitter(Millis(asked.0 / 4), jitter),
        None => backoff(failures, now, jitter),
    };
    let request = RequestStatus::Backoff {
        failures,
        rejected,
        retry_at,
        server_requested: retry_after.is_some(),
    };
    (request, retry_at)
}
