//! What the interface may know of the session: no token is in it.

use crate::error::Error;
use crate::sign_out_reason::SignOutReason;
use protocol::client::{Epoch, Phase};
use shared::account::User;
use shared::role::{Permission, Role, has_permission};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// The session at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Where the tab stands.
    pub phase: Phase,
    /// Who is signed in, as far as is known.
    pub user: Option<Rc<User>>,
    /// What the server said, where it rejects the request for a token.
    pub rejection: Option<Error>,
    /// Whether something waits for the server to be reached again ([`crate::ServerWait`]).
    pub waiting_for_server: bool,
    /// Why the last session ended.
    pub sign_out_reason: Option<SignOutReason>,
    /// Whether the server still has to hear of the last sign-out.
    pub pending_logout: bool,
    /// Counts sign-ins and sign-outs; another number is another session.
    pub epoch: Epoch,
    /// Whose place is kept while nobody is signed in.
    pub reauth_user: Option<Rc<User>>,
}

impl Snapshot {
    /// What the person's roles are; none where nobody is known.
    pub fn roles(&self) -> &[Role] {
        self.user.as_ref().map_or(&[], |user| &user.roles)
    }

    /// Whether the person may do that.
    pub fn has_permission(&self, permission: Permission) -> bool {
        has_permission(self.roles(), permission)
    }
}

type Callback = Rc<dyn Fn(Snapshot)>;

/// Everybody who wants to hear of changes.
#[derive(Clone, Default)]
pub(crate) struct Observers(Rc<List>);

#[derive(Default)]
struct List {
    next: Cell<u64>,
    callbacks: RefCell<Vec<(u64, Callback)>>,
}

impl Observers {
    pub(crate) fn add(&self, callback: Callback) -> Subscription {
        let id = self.0.next.get();
        self.0.next.set(id + 1);
        self.0.callbacks.borrow_mut().push((id, callback));
        Subscription {
            id,
            list: Rc::downgrade(&self.0),
        }
    }

    /// Calls everybody. The list is not borrowed meanwhile: a callback may subscribe and leave.
    pub(crate) fn notify(&self, snapshot: &Snapshot) {
        let callbacks = self.0.callbacks.borrow().clone();
        for (_, callback) in callbacks {
            callback(snapshot.clone());
        }
    }
}

/// Ends the subscription when it is dropped.
#[must_use]
pub struct Subscription {
    id: u64,
    list: Weak<List>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(list) = self.list.upgrade() {
            let gone = {
                let mut callbacks = list.callbacks.borrow_mut();
                let at = callbacks.iter().position(|(id, _)| *id == self.id);
                at.map(|at| callbacks.remove(at))
            };
            // What the callback owns may have subscriptions of its own.
            drop(gone);
        }
    }
}
