//! What was issued, and what must be true of it whatever the order of events was.

use super::deed::{Access, Deed, Entered, Presented, Seen};
use super::model::ABSOLUTE;
use std::collections::{BTreeMap, BTreeSet};

/// What everybody together holds.
#[derive(Default)]
pub struct Ledger {
    sessions: Vec<String>,
    ends: BTreeMap<String, u64>,
    refresh: BTreeMap<(String, u32), String>,
    access: BTreeMap<String, Vec<Access>>,
    subs: BTreeMap<usize, String>,
    over: BTreeSet<String>,
    pub story: Vec<String>,
}

/// The one that many back, or the first.
fn back(length: usize, steps: usize) -> Option<usize> {
    Some(length.checked_sub(1)?.saturating_sub(steps))
}

impl Ledger {
    pub fn session(&self, index: usize) -> Option<String> {
        let count = self.sessions.len();
        (count > 0).then(|| self.sessions[index % count].clone())
    }

    pub fn sessions(&self) -> &[String] {
        &self.sessions
    }

    pub fn sub(&self, who: usize) -> Option<&str> {
        self.subs.get(&who).map(String::as_str)
    }

    /// A refresh token of a session, that many generations old.
    pub fn presented(&self, index: usize, steps: usize) -> Option<Presented> {
        let sid = self.session(index)?;
        let mut own = self.refresh.iter().filter(|((of, _), _)| *of == sid);
        let own: Vec<_> = own.by_ref().collect();
        let ((_, generation), token) = own[back(own.len(), steps)?];
        Some(Presented {
            generation: *generation,
            token: token.clone(),
            sid,
        })
    }

    /// An access token of a session, that many younger ones before it.
    pub fn access(&self, index: usize, steps: usize) -> Option<Access> {
        let own = self.access.get(&self.session(index)?)?;
        Some(own[back(own.len(), steps)?].clone())
    }

    /// Takes in what came back; says which invariant it breaks.
    pub fn learn(&mut self, deed: &Deed, seen: &Seen, now: u64) -> Result<(), String> {
        self.story.push(format!("{deed} -> {seen}"));
        match seen {
            Seen::Entered(entered) => self.issued(entered, now),
            // Everything here waits its turn for a moment at most.
            Seen::Refused { status, .. } if *status >= 500 => Err("I-15: an outage".to_owned()),
            _ => Ok(()),
        }
    }

    pub fn registered(&mut self, who: usize, entered: &Entered) -> Result<(), String> {
        match self.subs.insert(who, entered.sub.clone()) {
            Some(sub) if sub != entered.sub => Err("I-14, I-19: somebody else".to_owned()),
            _ => Ok(()),
        }
    }

    fn issued(&mut self, entered: &Entered, now: u64) -> Result<(), String> {
        let sid = &entered.sid;
        if self.over.contains(sid) {
            return Err("I-04: tokens of a session that had ended".to_owned());
        }
        if !self.ends.contains_key(sid) {
            self.sessions.push(sid.clone());
            self.ends.insert(sid.clone(), now + ABSOLUTE);
        }
        let end = self.ends[sid];
        if entered.ends > end || now + entered.max_age > end {
            return Err("I-11: a token outlives its session".to_owned());
        }
        let key = (sid.clone(), entered.generation);
        let token = self.refresh.entry(key).or_insert(entered.refresh.clone());
        if *token != entered.refresh {
            return Err("I-02: two successors of one token".to_owned());
        }
        self.access.entry(sid.clone()).or_default().push(Access {
            sid: sid.clone(),
            token: entered.access.clone(),
            ends: entered.ends,
            admin: entered.admin,
        });
        Ok(())
    }

    /// The session is over, and stays it.
    pub fn ended(&mut self, sid: &str, over: bool) -> Result<(), String> {
        if over {
            self.over.insert(sid.to_owned());
        } else if self.over.contains(sid) {
            return Err("I-04: a session came back to life".to_owned());
        }
        Ok(())
    }
}
