//! What a run of the model may contain. Each run is finite because each kind of trouble is.

use crate::mutant::Mutant;
use crate::time::{NEVER, Tick, millis};
use protocol::server::RefreshPolicy;

/// A small world to explore to its end.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// What is being shown.
    pub name: &'static str,
    /// How many tabs the browser can have.
    pub tabs: u8,
    /// How many of them are signed in at the start; the others are closed.
    pub open: u8,
    /// How many server processes share the database.
    pub nodes: u8,
    /// How far the clock of the second node is behind.
    pub behind: Tick,
    /// How often each kind of trouble may happen.
    pub trouble: Fault,
    /// When the run ends.
    pub horizon: Tick,
    /// The lengths of time.
    pub lengths: Durations,
    /// Whether a refusal that is final clears the cookie.
    pub refusals_clear: bool,
    /// Whether what was overtaken still arrives: a request after the successor of its token was
    /// spent too, a cookie after a newer one. Without, it counts as given up.
    pub stragglers: bool,
    /// Whether a sign-in ends the session whose cookie it replaces.
    pub sign_in_ends_the_last: bool,
    /// The rule that is broken on purpose, if any.
    pub mutant: Option<Mutant>,
}

/// The lengths of time, in ticks. They keep the order that the real ones have.
#[derive(Clone, Copy, Debug)]
pub struct Durations {
    /// The race window (10 s).
    pub race: Tick,
    /// How long a tab waits for an answer (30 s).
    pub patience: Tick,
    /// The retry window (10 min).
    pub retry: Tick,
    /// How long an access token lives (15 min).
    pub access: Tick,
    /// How long an unused session lives (7 d).
    pub idle: Tick,
    /// How long a session lives (30 d).
    pub absolute: Tick,
}

impl Durations {
    /// As the protocol wants them.
    pub fn windows(&self) -> RefreshPolicy {
        RefreshPolicy {
            retry_window: millis(self.retry),
            grace_period: millis(self.race),
            idle_timeout: millis(self.idle),
        }
    }
}

/// How often each kind of trouble may still happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fault {
    /// A page is loaded or reloaded.
    pub loads: u8,
    /// An answer never comes, or its body does not; the cookie may have arrived.
    pub losses: u8,
    /// The network delivers a request twice.
    pub duplicates: u8,
    /// The server answers 503.
    pub outages: u8,
    /// The server, or a proxy before it, rejects a request as such: 400, 403, 404, 405, 415, 431.
    pub rejections: u8,
    /// A node dies and starts again.
    pub crashes: u8,
    /// A person signs out.
    pub sign_outs: u8,
    /// A person signs in.
    pub sign_ins: u8,
    /// A call of the API.
    pub calls: u8,
    /// The cookie is copied.
    pub thefts: u8,
    /// The thief presents what they have.
    pub thief_uses: u8,
    /// Somebody presents a token with a tag of their own.
    pub forgeries: u8,
    /// Two tabs make an attempt key in the same instant.
    pub key_races: u8,
    /// A frozen page misses what a sibling tells.
    pub misses: u8,
    /// An administrator disables Alice.
    pub disables: u8,
    /// The key of refresh tokens is replaced, and every node started again with the new one.
    pub rekeys: u8,
}

/// A calm world with one tab.
pub const CALM: Config = Config {
    name: "calm",
    tabs: 1,
    open: 1,
    nodes: 1,
    behind: 0,
    trouble: NO_TROUBLE,
    horizon: 3,
    lengths: Durations {
        race: 2,
        patience: 1,
        retry: 5,
        access: 6,
        idle: NEVER,
        absolute: NEVER,
    },
    refusals_clear: false,
    stragglers: false,
    sign_in_ends_the_last: false,
    mutant: None,
};

/// No trouble at all.
pub const NO_TROUBLE: Fault = Fault {
    loads: 0,
    losses: 0,
    duplicates: 0,
    outages: 0,
    rejections: 0,
    crashes: 0,
    sign_outs: 0,
    sign_ins: 0,
    calls: 0,
    thefts: 0,
    thief_uses: 0,
    forgeries: 0,
    key_races: 0,
    misses: 0,
    disables: 0,
    rekeys: 0,
};
