//! A session's row, and what the model remembers about it to judge the rules.

use crate::config::Durations;
use crate::network::Sender;
use crate::time::{Tick, millis, ticks};
use crate::token::{Key, Person, SessionId, Token};
use protocol::server;

/// A session's row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    pub person: Person,
    pub generation: u8,
    pub rotated_at: Tick,
    pub attempt: Option<Key>,
    pub race_uses: u8,
    pub idle_ends: Tick,
    pub absolute_ends: Tick,
    pub ended_at: Option<Tick>,
    /// No column: what the judge of the model keeps in mind.
    pub memory: Memory,
}

/// What the judge of the model keeps in mind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Memory {
    /// The generations that were swapped, as bits.
    pub swapped: u32,
    /// The successor that each generation's token was answered with.
    pub answered: [Option<(u8, u8)>; 8],
    /// The branches of the newest generation that were handed out, as bits.
    pub branches: u8,
    /// Whether the newest token was made for a thief.
    pub by_thief: bool,
    /// The node that ended the session on a person's word.
    pub left_on: Option<u8>,
    /// Whether the key of its tokens is gone: no tag of theirs verifies any more.
    pub key_gone: bool,
}

impl Row {
    /// A session that starts now.
    pub fn started(person: Person, now: Tick, lengths: Durations) -> Self {
        let absolute_ends = now + lengths.absolute;
        Self {
            person,
            generation: 0,
            rotated_at: now,
            attempt: None,
            race_uses: 0,
            idle_ends: absolute_ends.min(now + lengths.idle),
            absolute_ends,
            ended_at: None,
            memory: Memory {
                branches: 1,
                ..Memory::default()
            },
        }
    }

    /// As the protocol reads it.
    pub fn facts(&self, user_enabled: bool) -> server::Session {
        server::Session {
            generation: u32::from(self.generation),
            rotated_at: millis(self.rotated_at),
            attempt_key: self.attempt.map(Key::hash),
            grace_reuses: u16::from(self.race_uses),
            idle_expires_at: millis(self.idle_ends),
            absolute_expires_at: millis(self.absolute_ends),
            revoked: self.ended_at.is_some(),
            user_enabled,
        }
    }

    /// Writes what a rotation changes.
    pub fn rotate(&mut self, next: &server::Session, key: Option<Key>, by: Sender) {
        self.memory.branches = 0;
        self.memory.by_thief = by == Sender::Thief;
        self.generation = u8::try_from(next.generation).expect("BUG: runs are short");
        self.rotated_at = ticks(next.rotated_at);
        self.attempt = key;
        self.race_uses = 0;
        self.idle_ends = ticks(next.idle_expires_at);
    }

    /// The token of the newest generation.
    pub fn token(&self, id: SessionId, branch: u8) -> Token {
        Token {
            branch,
            ..Token::genuine(id, self.generation)
        }
    }
}
