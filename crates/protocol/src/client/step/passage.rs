//! The ways into a session and out of it.

use super::next_epoch;
use crate::Millis;
use crate::client::effect::{Effects, Hint, Release, Telling};
use crate::client::event::{Grantor, Life};
use crate::client::grant::Grant;
use crate::client::{Effort, Epoch, Machine, State};

const FIRST_TRY: Effort = Effort::InFlight {
    failures: 0,
    rejected: false,
};

pub(super) fn start<R: Copy>(machine: Machine<R>, hint: Hint) -> (Machine<R>, Effects<R>) {
    let epoch = machine.epoch.max(hint.epoch());
    let mut effects = Effects::none();
    let state = match hint {
        Hint::Nobody(_) => signed_out(None),
        Hint::Somebody(_) => {
            effects.look = Some(epoch);
            State::Live {
                grant: None,
                effort: Effort::Looking,
            }
        }
        Hint::Leaving(_) => {
            effects.leave = Some(epoch);
            State::SignedOut {
                reason: None,
                leaving: Some(FIRST_TRY),
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

pub(super) fn signed_in<R: Copy>(
    machine: Machine<R>,
    life: Life,
    known: Epoch,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let epoch = next_epoch(&machine, known);
    let (machine, effects) = granted(machine, epoch, life, now);
    let effects = Effects {
        hint: Some(Hint::Somebody(epoch)),
        forget_attempt: true,
        tell: Some(Telling::Granted(epoch, Grantor::SignIn)),
        ..effects
    };
    (machine, effects)
}

/// A token arrived in that epoch, from wherever.
pub(super) fn granted<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    life: Life,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let serial = machine.serial.saturating_add(1);
    let grant = Grant::new(serial, now, life);
    let machine = Machine {
        epoch,
        state: State::Live {
            grant: Some(grant),
            effort: Effort::Idle,
        },
        serial,
    };
    let effects = Effects {
        keep_token: true,
        release: Some(Release::Go),
        wake_at: Some(grant.refresh_at),
        ..Effects::none()
    };
    (machine, effects)
}

/// The person asked to leave: the tab forgets at once, the server hears as soon as it can.
pub(super) fn sign_out<R: Copy>(
    machine: Machine<R>,
    reason: R,
    known: Epoch,
) -> (Machine<R>, Effects<R>) {
    let epoch = next_epoch(&machine, known);
    let (machine, effects) = left(machine, epoch, reason);
    let state = State::SignedOut {
        reason: Some(reason),
        leaving: Some(FIRST_TRY),
    };
    let effects = Effects {
        hint: Some(Hint::Leaving(epoch)),
        forget_attempt: true,
        tell: Some(Telling::Left(epoch, reason)),
        leave: Some(epoch),
        ..effects
    };
    (Machine { state, ..machine }, effects)
}

/// A call was told that the session is over; an older token's call may be told so in vain.
pub(super) fn call_ended<R: Copy>(
    machine: Machine<R>,
    serial: u32,
    reason: R,
) -> (Machine<R>, Effects<R>) {
    match machine.state {
        State::Live {
            grant: Some(grant), ..
        } if grant.serial == serial => ended(machine, reason),
        _ => (machine, Effects::none()),
    }
}

/// The server says that the session is over.
pub(super) fn ended<R: Copy>(machine: Machine<R>, reason: R) -> (Machine<R>, Effects<R>) {
    let epoch = machine.epoch.saturating_add(1);
    let (machine, effects) = left(machine, epoch, reason);
    let effects = Effects {
        hint: Some(Hint::Nobody(epoch)),
        forget_attempt: true,
        tell: Some(Telling::Left(epoch, reason)),
        ..effects
    };
    (machine, effects)
}

/// This tab forgets the session. Parked calls go on to find that nobody is signed in.
pub(super) fn left<R: Copy>(
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
        drop_token: true,
        release: Some(Release::Go),
        ..Effects::none()
    };
    (machine, effects)
}

pub(super) fn signed_out<R>(reason: Option<R>) -> State<R> {
    State::SignedOut {
        reason,
        leaving: None,
    }
}
