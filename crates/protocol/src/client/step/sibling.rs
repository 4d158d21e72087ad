//! What the other tabs of this browser tell.

use super::demand::send;
use super::passage::{self, signed_out};
use crate::Millis;
use crate::client::effect::{Effects, Hint, Release, Telling};
use crate::client::event::{Grantor, Life};
use crate::client::{Effort, Epoch, Machine, State};

/// How long a page that was just loaded waits for what a sibling is getting. Long for a busy
/// machine, on which it matters; where nobody answers the page only comes that much later.
const ASKING: Millis = Millis::from_secs(1);

/// A page that was just loaded asks the sibling that set out before it, or sets out itself.
pub(super) fn looked<R: Copy>(
    machine: Machine<R>,
    sibling: bool,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let State::Live {
        grant,
        effort: Effort::Looking,
    } = machine.state
    else {
        return (machine, Effects::none());
    };
    if !sibling {
        return send(machine);
    }
    let until = now + ASKING;
    let effort = Effort::Asking { until };
    let effects = Effects {
        tell: Some(Telling::Asked(machine.epoch)),
        wake_at: Some(until),
        ..Effects::none()
    };
    let state = State::Live { grant, effort };
    (Machine { state, ..machine }, effects)
}

/// A sibling gets what we have. If that is on its way, it will hear of it like all others.
pub(super) fn asked<R: Copy>(
    machine: Machine<R>,
    epoch: Epoch,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let mut effects = Effects::none();
    let good = match machine.state {
        State::Live { grant, .. } => grant.is_some_and(|grant| grant.is_good(now)),
        State::SignedOut { .. } => false,
    };
    if good && epoch == machine.epoch {
        effects.tell = Some(Telling::Granted(epoch, Grantor::Refresh));
    }
    (machine, effects)
}

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
pub(super) fn missed<R: Copy>(
    machine: Machine<R>,
    hint: Hint,
    reason: Option<R>,
) -> (Machine<R>, Effects<R>) {
    let somebody = matches!(hint, Hint::Somebody(_));
    let (machine, effects) = if somebody {
        passage::start(machine, hint)
    } else {
        let machine = Machine {
            epoch: hint.epoch(),
            state: signed_out(reason),
            ..machine
        };
        (machine, Effects::none())
    };
    let effects = Effects {
        drop_token: true,
        // Where somebody else signed in, the parked calls wait for the token that is looked for now.
        release: (!somebody).then_some(Release::Go),
        ..effects
    };
    (machine, effects)
}
