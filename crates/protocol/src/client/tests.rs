//! Transitions in short notation, and what holds after any of them.
//!
//! A machine reads `epoch: state`; its token is `fresh`, `stale` (the early refresh is due) or
//! `expired`. `R` is a number here.

mod notation;
mod properties;
mod rejections;
mod requests;
mod siblings;
mod transitions;
mod views;

use super::{AccessGrant, Hint, Machine, RequestStatus, State};
use crate::Millis;

/// The time at which every table is read.
const NOW: Millis = Millis::from_secs(10_000);
const TTL: Millis = Millis::from_secs(900);

type Tab = Machine<u8>;

fn out(reason: Option<u8>, pending_logout: Option<RequestStatus>) -> Tab {
    Machine {
        epoch: 5,
        state: State::SignedOut {
            reason,
            pending_logout,
        },
        serial: 3,
    }
}

fn active(grant: Option<AccessGrant>, request: RequestStatus) -> Tab {
    Machine {
        epoch: 5,
        state: State::Active { grant, request },
        serial: 3,
    }
}

const IN_FLIGHT: RequestStatus = RequestStatus::InFlight {
    failures: 0,
    rejected: false,
};
const RETRYING: RequestStatus = RequestStatus::InFlight {
    failures: 2,
    rejected: false,
};
const REJECTED: RequestStatus = RequestStatus::InFlight {
    failures: 2,
    rejected: true,
};

/// Waits for one more second.
const fn backing_off(server_requested: bool) -> RequestStatus {
    RequestStatus::Backoff {
        failures: 2,
        rejected: false,
        retry_at: Millis(NOW.0 + 1000),
        server_requested,
    }
}

/// Its next try is due.
const DUE: RequestStatus = RequestStatus::Backoff {
    failures: 2,
    rejected: false,
    retry_at: NOW,
    server_requested: true,
};

const fn grant(refresh_at: u64, expires_at: u64) -> AccessGrant {
    AccessGrant {
        serial: 3,
        refresh_at: Millis::from_secs(refresh_at),
        expires_at: Millis::from_secs(expires_at),
    }
}

const FRESH: AccessGrant = grant(10_700, 10_900);
const STALE: AccessGrant = grant(9_900, 10_100);
const EXPIRED: AccessGrant = grant(9_000, 9_500);

fn hint(text: &str) -> Hint {
    let (word, epoch) = text.split_once(' ').expect("BUG: a word and an epoch");
    let epoch = epoch.parse().expect("BUG: an epoch is a number");
    match word {
        "signed-out" => Hint::SignedOut(epoch),
        "signed-in" => Hint::SignedIn(epoch),
        "logout-pending" => Hint::LogoutPending(epoch),
        _ => panic!("no such hint: {word}"),
    }
}
