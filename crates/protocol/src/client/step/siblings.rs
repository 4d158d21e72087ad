//! Messages from the other tabs of this browser.

use super::refresh::start_request;
use super::session::{self, signed_out};
use crate::Millis;
use crate::client::effect::{Broadcast, Effects, Hint, Resume};
use crate::client::event::{TokenLifetime, TokenSource};
use crate::client::{Epoch, Machine, RequestStatus, State};

/// How long a page that was just loaded waits for the token of a sibling that is refreshing.
const SIBLING_TIMEOUT: Millis = Millis::from_secs(1);

/// A page that was just loaded requests the token of a refreshing sibling, or refreshes itself.
pub(super) fn on_probe_result<R: Copy>(
    machine: Machine<R>,
    sibling: bool,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let State::Active {
        grant,
        request: RequestStatus::ProbingSiblings,
    } = machine.state
    else {
        return (machine, Effects::none());
    };
    if !sibling {
        return start_request(machine);
    }
    let until = now + SIBLING_TIMEOUT;
    let request = RequestStatus::AwaitingSibling { until };
    let effects = Effects {
        broadcast: Some(Broadcast::TokenRequest(machine.epoch)),
        set_timer: Some(until),
        ..Effects::none()
    };
    let state = State::Active { grant, request };
    (Machine { state, ..machine }, effects)
}

/// Sends a valid token to the sibling. A token in flight is broadcast when it arrives.
pub(super) fn on_token_request<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let mut effects = Effects::none();
    let good = match machine.state {
        State::Active { grant, .. } => grant.is_some_and(|grant| grant.is_valid(now)),
        State::SignedOut { .. } => false,
    };
    if good && epoch == machine.epoch {
        effects.broadcast = Some(Broadcast::Token(epoch, TokenSource::Refresh));
    }
    (machine, effects)
}

/// Accepts a sibling's token of this epoch or a newer one.
pub(super) fn on_sibling_token<R: Copy>(
    machine: Machine<R>,
    (epoch, source): (Epoch, TokenSource),
    lifetime: TokenLifetime,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let signed_in = matches!(machine.state, State::Active { .. });
    // A refresh of this epoch does not sign in a tab that signed out in it. A sign-in does: two
    // tabs that sign in at the same time share an epoch, and the later message wins until the next
    // refresh shows whose cookie the browser kept.
    let same = epoch == machine.epoch && (signed_in || source == TokenSource::SignIn);
    if epoch > machine.epoch || same {
        session::accept_grant(machine, epoch, lifetime, now)
    } else {
        (machine, Effects::none())
    }
}

/// A sibling signed out or learnt that the session ended. It also wrote the hint.
pub(super) fn on_sibling_signed_out<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    reason: R,
) -> (Machine<R>, Effects<R>) {
    if epoch > machine.epoch {
        session::become_signed_out(machine, epoch, reason)
    } else {
        (machine, Effects::none())
    }
}

/// Applies the hint of a newer epoch whose broadcasts this page missed.
pub(super) fn on_missed_messages<R: Copy>(
    machine: Machine<R>,
    hint: Hint,
    reason: Option<R>,
) -> (Machine<R>, Effects<R>) {
    let signed_in = matches!(hint, Hint::SignedIn(_));
    let (machine, effects) = if signed_in {
        session::on_page_loaded(machine, hint)
    } else {
        let machine = Machine {
            epoch: hint.epoch(),
            state: signed_out(reason),
            ..machine
        };
        (machine, Effects::none())
    };
    let effects = Effects {
        clear_token: true,
        // After another sign-in, queued calls wait for its token.
        resume_queued: (!signed_in).then_some(Resume::Retry),
        ..effects
    };
    (machine, effects)
}
