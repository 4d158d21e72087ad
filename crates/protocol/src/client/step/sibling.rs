//! What the other tabs of this browser tell.

use super::passage::{self, signed_out};
use crate::Millis;
use crate::client::effect::{Effects, Hint, Release};
use crate::client::event::{Grantor, Life};
use crate::client::{Epoch, Machine, State};

/// Adopts a sibling's token: of this epoch, or of a newer one; never of an older.
pub(super) fn granted<R: Copy>(
    machine: Machine<R>,
    (epoch, by): (Epoch, Grantor),
    life: Life,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let signed_in = matches!(machine.state, State::Live { .. });
    // A refresh of this epoch is no news to a tab that left in it. A sign-in is: two people who
    // act in the same instant in two tabs share an epoch, and the later message wins until the
    // next refresh shows whose cookie the browser kept.
    let same = epoch == machine.epoch && (signed_in || by == Grantor::SignIn);
    if epoch > machine.epoch || same {
        passage::granted(machine, epoch, life, now)
    } else {
        (machine, Effects::none())
    }
}

/// A sibling left, or learnt that the session is over. It also wrote the hint.
pub(super) fn left<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    reason: R,
) -> (Machine<R>, Effects<R>) {
    if epoch > machine.epoch {
        passage::left(machine, epoch, reason)
    } else {
        (machine, Effects::none())
    }
}

/// The page wakes and finds that its siblings moved on while it could not hear them.
pub(super) fn missed<R: Copy>(machine: Machine<R>, hint: Hint) -> (Machine<R>, Effects<R>) {
    let (machine, effects) = if matches!(hint, Hint::Somebody(_)) {
        passage::start(machine, hint)
    } else {
        let machine = Machine {
            epoch: hint.epoch(),
            state: signed_out(None),
            ..machine
        };
        (machine, Effects::none())
    };
    let effects = Effects {
        drop_token: true,
        // Where somebody else signed in, the parked calls wait for the refresh that starts now.
        release: effects.refresh.is_none().then_some(Release::Go),
        ..effects
    };
    (machine, effects)
}
