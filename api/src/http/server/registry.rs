//! All open connections of a listener, and how many there may be.
//!
//! Room is made by ending the connection that has been idle the longest; where none is idle, the
//! new one is closed. So whoever opens connections and does nothing with them keeps nobody out.

use super::connection::{CloseRequest, Connection, Phase};
use crate::config::{ConnectionLimits, IpNet};
use crate::metrics::{ConnectionCounts, DropReason};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How many connections are looked at to find the one that was idle the longest.
const LOOKED_AT: usize = 64;
/// How many handshakes and request heads may be incomplete at once; they hold buffers. The oldest goes first.
const INCOMPLETE_MAX: usize = 512;
/// How many connections keep their buffers for a while after an answer.
const BUFFERED_MAX: usize = 256;

/// The open connections of a listener.
pub(super) struct Registry {
    limits: ConnectionLimits,
    /// Who may open as many connections from one address as it likes.
    exempt: Vec<IpNet>,
    counts: Arc<ConnectionCounts>,
    open: Mutex<Open>,
    incomplete: Mutex<Incomplete>,
    buffered: AtomicUsize,
    closed: Notify,
}

#[derive(Default)]
struct Open {
    by_id: BTreeMap<u64, Arc<Connection>>,
    by_address: HashMap<u128, Vec<Arc<Connection>>>,
    last_id: u64,
    /// Where the next search for an idle connection begins.
    hand: u64,
}

#[derive(Default)]
struct Incomplete {
    oldest_first: BTreeMap<u64, Arc<Connection>>,
    last: u64,
}

/// A connection that holds buffers; it is counted until this is dropped.
pub(super) struct Buffered(Arc<Registry>);

/// An open connection; it is counted until this is dropped.
pub(super) struct Registered {
    pub(super) connection: Arc<Connection>,
    registry: Arc<Registry>,
    address: Option<u128>,
}

impl Registry {
    pub(super) fn new(
        limits: ConnectionLimits,
        exempt: Vec<IpNet>,
        counts: Arc<ConnectionCounts>,
    ) -> Self {
        Self {
            limits,
            exempt,
            counts,
            open: Mutex::default(),
            incomplete: Mutex::default(),
            buffered: AtomicUsize::new(0),
            closed: Notify::new(),
        }
    }

    /// Lets a connection in, if there is room or room can be made.
    pub(super) fn register(self: &Arc<Self>, peer: IpAddr) -> Option<Registered> {
        let is_exempt = self.exempt.iter().any(|network| network.contains(peer));
        let address = (!is_exempt).then(|| client_key(peer));
        let mut open = self.open();
        let has_room = self.has_room_for(&mut open, address) && self.has_room(&mut open);
        if !has_room {
            return None;
        }
        open.last_id += 1;
        let connection = Arc::new(Connection::new(open.last_id));
        open.by_id.insert(connection.id, Arc::clone(&connection));
        if let Some(address) = address {
            let of_address = open.by_address.entry(address).or_default();
            of_address.push(Arc::clone(&connection));
        }
        drop(open);
        self.counts.opened();
        Some(Registered {
            connection,
            registry: Arc::clone(self),
            address,
        })
    }

    fn has_room_for(&self, open: &mut Open, address: Option<u128>) -> bool {
        let Some(of_address) = address.and_then(|address| open.by_address.get(&address)) else {
            return true;
        };
        if of_address.len() < self.limits.per_address {
            return true;
        }
        self.counts.dropped.count(DropReason::AddressLimit);
        let idle = longest_idle(of_address.iter());
        idle.is_some_and(|idle| open.end(&idle, address))
    }

    fn has_room(&self, open: &mut Open) -> bool {
        if open.by_id.len() < self.limits.total {
            return true;
        }
        self.counts.dropped.count(DropReason::TotalLimit);
        open.end_idle()
    }

    /// The system has no room: an idle connection gives its descriptor back.
    pub(super) fn make_room(&self) {
        self.counts.accept_errors.fetch_add(1, Relaxed);
        self.open().end_idle();
    }

    /// Counts a connection that ended for that reason.
    pub(super) fn dropped(&self, reason: DropReason) {
        self.counts.dropped.count(reason);
    }

    /// Its handshake or the head of its request is incomplete, and it holds buffers for it.
    pub(super) fn is_incomplete(&self, connection: &Arc<Connection>) {
        if connection.incomplete.load(Relaxed) != 0 {
            return;
        }
        let mut incomplete = self.incomplete();
        incomplete.last += 1;
        let place = incomplete.last;
        connection.incomplete.store(place, Relaxed);
        let map = &mut incomplete.oldest_first;
        map.insert(place, Arc::clone(connection));
        if map.len() > INCOMPLETE_MAX
            && let Some((_, oldest)) = map.pop_first()
        {
            oldest.request_close(CloseRequest::Abort);
            self.counts.dropped.count(DropReason::IncompleteLimit);
        }
    }

    /// It is complete, or over.
    pub(super) fn is_complete(&self, connection: &Connection) {
        // Seldom anything else: a head comes in one piece.
        if connection.incomplete.load(Relaxed) != 0 {
            let place = connection.incomplete.swap(0, Relaxed);
            self.incomplete().oldest_first.remove(&place);
        }
    }

    /// A connection has buffers from now on.
    pub(super) fn buffered(self: &Arc<Self>) -> Buffered {
        self.buffered.fetch_add(1, Relaxed);
        Buffered(Arc::clone(self))
    }

    /// Whether a connection should give its buffers back as soon as it is idle.
    pub(super) fn has_many_buffers(&self) -> bool {
        self.buffered.load(Relaxed) > BUFFERED_MAX
    }

    /// Tells all of them.
    pub(super) fn close_all(&self, order: CloseRequest) {
        let all: Vec<_> = self.open().by_id.values().cloned().collect();
        for connection in all {
            connection.request_close(order);
        }
    }

    /// Waits until the last has ended.
    pub(super) async fn all_closed(&self) {
        loop {
            let closed = self.closed.notified();
            if self.counts.open() == 0 {
                return;
            }
            closed.await;
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn incomplete(&self) -> MutexGuard<'_, Incomplete> {
        self.incomplete
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Ends one idle connection; `false` where none was found.
    fn end_idle(&mut self) -> bool {
        let after = self.by_id.range(self.hand..);
        let candidates = after.chain(self.by_id.range(..self.hand)).take(LOOKED_AT);
        let candidates: Vec<_> = candidates.map(|(_, one)| Arc::clone(one)).collect();
        self.hand = candidates.last().map_or(0, |last| last.id + 1);
        longest_idle(candidates.iter()).is_some_and(|idle| self.end(&idle, None))
    }

    /// Tells a connection to end. It no longer takes a place, although it ends a moment later.
    fn end(&mut self, connection: &Arc<Connection>, address: Option<u128>) -> bool {
        connection.request_close(CloseRequest::Finish);
        self.remove(connection, address);
        true
    }

    fn remove(&mut self, connection: &Connection, address: Option<u128>) {
        self.by_id.remove(&connection.id);
        let Some(address) = address else { return };
        if let Some(of_address) = self.by_address.get_mut(&address) {
            of_address.retain(|one| one.id != connection.id);
            if of_address.is_empty() {
                self.by_address.remove(&address);
            }
        }
    }
}

impl Drop for Buffered {
    fn drop(&mut self) {
        self.0.buffered.fetch_sub(1, Relaxed);
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.registry.is_complete(&self.connection);
        self.registry.open().remove(&self.connection, self.address);
        if self.registry.counts.closed() == 0 {
            self.registry.closed.notify_waiters();
        }
    }
}

fn longest_idle<'a>(among: impl Iterator<Item = &'a Arc<Connection>>) -> Option<Arc<Connection>> {
    let idle =
        among.filter(|one| one.phase() == Phase::Idle && one.close_request() == CloseRequest::None);
    idle.min_by_key(|one| one.active_at()).cloned()
}

/// Who shares a limit: an IPv4 address, or the /64 that is one customer's in IPv6.
fn client_key(peer: IpAddr) -> u128 {
    match peer.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests;
