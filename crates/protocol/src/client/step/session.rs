//! Start and end of a session.

use super::next_epoch;
use crate::Millis;
use crate::client::effect::{Broadcast, Effects, Hint, Resume};
use crate::client::event::{TokenLifetime, TokenSource};
use crate::client::grant::AccessGrant;
use crate::client::{Epoch, Machine, RequestStatus, State};

const FIRST_ATTEMPT: RequestStatus = RequestStatus::InFlight {
    failures: 0,
    rejected: false,
};

pub(super) fn on_page_loaded<R: Copy>(machine: Machine<R>, hint: Hint) -> (Machine<R>, Effects<R>) {
    let epoch = machine.epoch.max(hint.epoch());
    let mut effects = Effects::none();
    let state = match hint {
        Hint::SignedOut(_) => signed_out(None),
        Hint::SignedIn(_) => {
            effects.probe_siblings = Some(epoch);
            State::Active {
                grant: None,
                request: RequestStatus::ProbingSiblings,
            }
        }
        Hint::LogoutPending(_) => {
            effects.start_logout = Some(epoch);
            State::SignedOut {
                reason: None,
                pending_logout: Some(FIRST_ATTEMPT),
            }
        }
    };
    let machine = Machine {
        epoch,
        state,
        ..machine
    };
    (machine, effects)
}

pub(super) fn on_signed_in<R: Copy>(
    machine: Machine<R>,
    lifetime: TokenLifetime,
    known: Epoch,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let epoch = next_epoch(&machine, known);
    let (machine, effects) = accept_grant(machine, epoch, lifetime, now);
    let effects = Effects {
        hint: Some(Hint::SignedIn(epoch)),
        clear_attempt_key: true,
        broadcast: Some(Broadcast::Token(epoch, TokenSource::SignIn)),
        ..effects
    };
    (machine, effects)
}

/// Accepts a token of that epoch from any source.
pub(super) fn accept_grant<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    lifetime: TokenLifetime,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let serial = machine.serial.saturating_add(1);
    let grant = AccessGrant::new(serial, now, lifetime);
    let machine = Machine {
        epoch,
        state: State::Active {
            grant: Some(grant),
            request: RequestStatus::Idle,
        },
        serial,
    };
    let effects = Effects {
        store_token: true,
        resume_queued: Some(Resume::Retry),
        set_timer: Some(grant.refresh_at),
        ..Effects::none()
    };
    (machine, effects)
}

/// The user signs out: the tab clears its token at once, the server is notified when reachable.
pub(super) fn on_sign_out<R: Copy>(
    machine: Machine<R>,
    reason: R,
    known: Epoch,
) -> (Machine<R>, Effects<R>) {
    let epoch = next_epoch(&machine, known);
    let (machine, effects) = become_signed_out(machine, epoch, reason);
    let state = State::SignedOut {
        reason: Some(reason),
        pending_logout: Some(FIRST_ATTEMPT),
    };
    let effects = Effects {
        hint: Some(Hint::LogoutPending(epoch)),
        clear_attempt_key: true,
        broadcast: Some(Broadcast::SignedOut(epoch, reason)),
        start_logout: Some(epoch),
        ..effects
    };
    (Machine { state, ..machine }, effects)
}

/// A call was rejected because the session ended; only the newest token's call counts.
pub(super) fn on_call_session_ended<R: Copy>(
    machine: Machine<R>,
    serial: u32,
    reason: R,
) -> (Machine<R>, Effects<R>) {
    match machine.state {
        State::Active {
            grant: Some(grant), ..
        } if grant.serial == serial => on_session_ended(machine, reason),
        _ => (machine, Effects::none()),
    }
}

/// The server reports that the session ended.
pub(super) fn on_session_ended<R: Copy>(
    machine: Machine<R>,
    reason: R,
) -> (Machine<R>, Effects<R>) {
    let epoch = machine.epoch.saturating_add(1);
    let (machine, effects) = become_signed_out(machine, epoch, reason);
    let effects = Effects {
        hint: Some(Hint::SignedOut(epoch)),
        clear_attempt_key: true,
        broadcast: Some(Broadcast::SignedOut(epoch, reason)),
        ..effects
    };
    (machine, effects)
}

/// Clears the session in this tab. Queued calls resume and fail as signed out.
pub(super) fn become_signed_out<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    reason: R,
) -> (Machine<R>, Effects<R>) {
    let machine = Machine {
        epoch,
        state: signed_out(Some(reason)),
        ..machine
    };
    let effects = Effects {
        clear_token: true,
        resume_queued: Some(Resume::Retry),
        ..Effects::none()
    };
    (machine, effects)
}

pub(super) fn signed_out<R>(reason: Option<R>) -> State<R> {
    State::SignedOut {
        reason,
        pending_logout: None,
    }
}
