//! The server: one database, a node or two, and the deny map of each.

mod auth;
mod decide;
mod refresh;
mod row;

pub use row::Row;

use crate::config::Config;
use crate::network::{Exchange, Request, Stage};
use crate::time::Tick;
use crate::token::{Person, SessionId};
use crate::world::World;

/// The database and the processes on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    /// The table of sessions.
    pub rows: Vec<Row>,
    /// What each process has in memory.
    pub nodes: Vec<Node>,
    /// Whether Alice may not be signed in any more.
    pub alice_disabled: bool,
}

/// What a process has in memory: no truth, only the deny map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Node {
    /// The sessions that it knows to be over, as bits.
    pub denied: u8,
}

impl Server {
    /// The row of that session.
    pub fn row(&mut self, id: SessionId) -> &mut Row {
        &mut self.rows[usize::from(id)]
    }

    /// Whether the person of that session may be signed in.
    pub fn enabled(&self, id: SessionId) -> bool {
        self.rows[usize::from(id)].person != Person::Alice || !self.alice_disabled
    }

    /// Ends a session, once.
    pub fn end(&mut self, id: SessionId, at: Tick) {
        self.row(id).ended_at.get_or_insert(at);
    }

    /// A node learns what ended on any.
    pub fn catch_up(&mut self, node: usize) {
        self.nodes[node].denied = self.ended();
    }

    /// The sessions that are over, as bits.
    pub fn ended(&self) -> u8 {
        let over = self.rows.iter().enumerate();
        over.filter(|(_, row)| row.ended_at.is_some())
            .fold(0, |bits, (id, _)| bits | 1 << id)
    }

    /// A node learns that a session is over.
    pub fn deny(&mut self, node: u8, id: SessionId) {
        self.nodes[usize::from(node)].denied |= 1 << id;
    }
}

impl World {
    /// A node takes the request up: reads, decides, and does what needs no second statement.
    pub(crate) fn serve(&mut self, config: &Config, exchange: &Exchange, node: u8) -> Stage {
        match exchange.request {
            Request::Refresh { token, key, .. } => {
                self.read(config, exchange.by, (token, key), node)
            }
            Request::Leave { token, .. } => self.leave(config, token, node),
            Request::SignIn { person, token } => self.sign_in(config, person, token),
            Request::Call { access, .. } => self.call(access, node),
        }
    }

    /// What that node's clock says.
    pub(crate) fn clock(&self, config: &Config, node: u8) -> Tick {
        let behind = if node == 1 { config.behind } else { 0 };
        self.now.saturating_sub(behind)
    }
}
