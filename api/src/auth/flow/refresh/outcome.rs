//! The metric label of a refresh.

use super::RefreshError;
use crate::metrics::RefreshOutcome;
use shared::event::EventKind;

pub(super) fn outcome<T>(done: &Result<(T, EventKind), RefreshError>) -> RefreshOutcome {
    match done {
        Ok((_, EventKind::RefreshRetried)) => RefreshOutcome::Retried,
        Ok((_, EventKind::RefreshRaced)) => RefreshOutcome::Concurrent,
        Ok(_) => RefreshOutcome::Rotated,
        Err(RefreshError::Invalid) => RefreshOutcome::Invalid,
        Err(RefreshError::GenerationAhead) => RefreshOutcome::GenerationAhead,
        Err(RefreshError::Expired) => RefreshOutcome::Expired,
        Err(RefreshError::Revoked(_)) => RefreshOutcome::Revoked,
        Err(RefreshError::Reused) => RefreshOutcome::Reused,
        Err(RefreshError::Throttled(_)) => RefreshOutcome::Throttled,
        Err(RefreshError::Contention) => RefreshOutcome::Overloaded,
        Err(RefreshError::Outage(_)) => RefreshOutcome::Unavailable,
    }
}
