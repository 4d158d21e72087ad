//! What must be, in plain Rust: nothing of this is shared with the program.

use std::collections::{BTreeMap, BTreeSet};

pub const SECOND: u64 = 1_000;
pub const RETRY: u64 = 600 * SECOND;
pub const RACE: u64 = 10 * SECOND;
pub const RACES: i32 = 20;
pub const IDLE: u64 = 1_800 * SECOND;
pub const ABSOLUTE: u64 = 3_600 * SECOND;
pub const SESSIONS: usize = 3;

/// Everything, as one order of events leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    pub people: BTreeMap<usize, Person>,
    pub sessions: BTreeMap<String, Session>,
    /// The ended sessions that each node knows of.
    pub denied: [BTreeSet<String>; 2],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub sub: String,
    pub password: usize,
    pub enabled: bool,
    pub admin: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub who: usize,
    pub created_at: u64,
    pub generation: u32,
    pub rotated_at: u64,
    pub attempt: Option<u8>,
    pub races: i32,
    pub idle_end: u64,
    pub ended: Option<Why>,
}

/// The reason of an end; unknown where several ends raced.
pub type Why = Option<&'static str>;

/// When a request is decided, and beside what.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub now: u64,
    /// Before anything of this step happened. A request may have read then what it acts on later.
    pub start: &'a Model,
    pub alone: bool,
    pub node: usize,
}

impl Session {
    pub fn absolute_end(&self) -> u64 {
        self.created_at + ABSOLUTE
    }

    pub fn is_expired(&self, now: u64) -> bool {
        now >= self.idle_end || now >= self.absolute_end()
    }

    pub fn is_unspent(&self, now: u64) -> bool {
        self.ended.is_none() && !self.is_expired(now)
    }
}

impl Model {
    pub fn catches_up(&mut self, node: usize) {
        let ended = self.sessions.iter().filter(|(_, s)| s.ended.is_some());
        self.denied[node] = ended.map(|(sid, _)| sid.clone()).collect();
    }

    /// Ends those of these sessions that have not ended; this node knows at once.
    pub fn end(&mut self, sids: Vec<String>, reason: &'static str, scene: Scene<'_>) {
        for sid in sids {
            let session = self.sessions.get_mut(&sid).expect("it was issued");
            if session.ended.is_none() {
                session.ended = Some(scene.alone.then_some(reason));
                self.denied[scene.node].insert(sid);
            }
        }
    }

    pub fn all_of(&self, who: usize) -> Vec<String> {
        let own = self.sessions.iter().filter(|(_, s)| s.who == who);
        own.map(|(sid, _)| sid.clone()).collect()
    }

    pub fn lives(&self, sid: &str, now: u64) -> bool {
        let session = &self.sessions[sid];
        session.is_unspent(now) && self.people[&session.who].enabled
    }

    /// Starts a session; the oldest make room for it (I-17).
    pub fn start(&mut self, (who, sid): (usize, &str), scene: Scene<'_>) {
        let now = scene.now;
        let mut live: Vec<_> = self.sessions.iter().collect();
        live.retain(|(_, s)| s.who == who && s.is_unspent(now));
        live.sort_by_key(|(sid, s)| std::cmp::Reverse((s.created_at, (*sid).clone())));
        let kept = live.iter().take(SESSIONS - 1);
        let kept: BTreeSet<_> = kept.map(|(sid, _)| (*sid).clone()).collect();
        let mut beyond = self.all_of(who);
        beyond.retain(|sid| !kept.contains(sid));
        self.end(beyond, "limit", scene);
        let session = Session {
            who,
            created_at: now,
            generation: 0,
            rotated_at: now,
            attempt: None,
            races: 0,
            idle_end: now + IDLE,
            ended: None,
        };
        self.sessions.insert(sid.to_owned(), session);
    }
}
