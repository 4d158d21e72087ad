//! The decision, as `api` asks for it, or as one of the mutants does.

use crate::config::Config;
use crate::mutant::Mutant;
use crate::time::{NEVER, Tick, millis};
use protocol::server::{AttemptKeyHash, Decision, ReissueReason, Session, decide, reject_reason};

/// What a node decides on the row that it read.
pub(super) fn decide_with(
    config: &Config,
    session: &Session,
    (presented, attempt): (u8, Option<AttemptKeyHash>),
    at: Tick,
) -> Decision {
    let windows = config.lengths.windows();
    let presented = u32::from(presented);
    let previous = presented.checked_add(1) == Some(session.generation);
    let right = |session: &Session, attempt: Option<&AttemptKeyHash>| {
        decide(session, presented, attempt, millis(at), &windows)
    };
    let alive = reject_reason(session, millis(at)).is_none();
    let racing = millis(at) - session.rotated_at <= windows.grace_period;
    match config.mutant {
        Some(Mutant::PreviousForEver) if previous && alive => {
            Decision::Reissue(ReissueReason::GracePeriod)
        }
        Some(Mutant::TwoBackInRace)
            if presented.checked_add(2) == Some(session.generation) && alive && racing =>
        {
            Decision::Reissue(ReissueReason::GracePeriod)
        }
        Some(Mutant::RetryForAnyKey) => right(session, session.attempt_key.as_ref()),
        Some(Mutant::NoRetryWindow) => right(session, None),
        Some(Mutant::NoRaceWindow) => match right(session, attempt.as_ref()) {
            Decision::Reissue(ReissueReason::GracePeriod) => Decision::Revoke,
            decision => decision,
        },
        Some(mutant) if previous => right(&blinded(mutant, session), attempt.as_ref()),
        _ => right(session, attempt.as_ref()),
    }
}

/// The row, as a repeat sees it that does not look closely.
fn blinded(mutant: Mutant, session: &Session) -> Session {
    let mut seen = *session;
    match mutant {
        Mutant::GraceBeatsExpiry => seen.idle_expires_at = millis(NEVER),
        Mutant::RepeatForgetsRevocation => seen.revoked = false,
        Mutant::RepeatForgetsDisabled => seen.user_enabled = true,
        _ => {}
    }
    seen
}
