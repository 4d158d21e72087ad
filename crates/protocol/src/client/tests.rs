//! Transitions in short notation, and what holds after any of them.
//!
//! A machine reads `epoch: state`; its token is `fresh`, `stale` (the early refresh is due) or
//! `over`. `R` is a number here.

mod demands;
mod notation;
mod properties;
mod rejections;
mod transitions;
mod views;

use super::{Effort, Grant, Hint, Machine, State};
use crate::Millis;

/// The moment at which every table is read.
const NOW: Millis = Millis::from_secs(10_000);
const TTL: Millis = Millis::from_secs(900);

type Tab = Machine<u8>;

fn out(reason: Option<u8>, leaving: Option<Effort>) -> Tab {
    Machine {
        epoch: 5,
        state: State::SignedOut { reason, leaving },
        serial: 3,
    }
}

fn live(grant: Option<Grant>, effort: Effort) -> Tab {
    Machine {
        epoch: 5,
        state: State::Live { grant, effort },
        serial: 3,
    }
}

const FLYING: Effort = Effort::InFlight {
    failures: 0,
    rejected: false,
};
const RETRYING: Effort = Effort::InFlight {
    failures: 2,
    rejected: false,
};
const REJECTED: Effort = Effort::InFlight {
    failures: 2,
    rejected: true,
};

/// Waits for one more second.
const fn waiting(asked: bool) -> Effort {
    Effort::Waiting {
        failures: 2,
        rejected: false,
        retry_at: Millis(NOW.0 + 1000),
        asked,
    }
}

/// Its next try is due.
const RESTED: Effort = Effort::Waiting {
    failures: 2,
    rejected: false,
    retry_at: NOW,
    asked: true,
};

const fn grant(refresh_at: u64, expires_at: u64) -> Grant {
    Grant {
        serial: 3,
        refresh_at: Millis::from_secs(refresh_at),
        expires_at: Millis::from_secs(expires_at),
    }
}

const FRESH: Grant = grant(10_700, 10_900);
const STALE: Grant = grant(9_900, 10_100);
const OVER: Grant = grant(9_000, 9_500);

fn hint(text: &str) -> Hint {
    let (word, epoch) = text.split_once(' ').expect("BUG: a word and an epoch");
    let epoch = epoch.parse().expect("BUG: an epoch is a number");
    match word {
        "nobody" => Hint::Nobody(epoch),
        "somebody" => Hint::Somebody(epoch),
        "leaving" => Hint::Leaving(epoch),
        _ => panic!("no such hint: {word}"),
    }
}
