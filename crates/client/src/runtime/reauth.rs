//! Somebody's place on the page, kept while their session is over and they sign in again.

use super::SessionRuntime;
use futures::channel::oneshot;
use protocol::client::State;
use shared::account::User;
use std::rc::Rc;

/// While one is held, a session that ran out may be followed by another of the same person: their
/// calls wait for it.
#[must_use]
pub struct PageHold(Rc<SessionRuntime>);

impl PageHold {
    pub(crate) fn new(driver: Rc<SessionRuntime>) -> Self {
        driver.page_holds.set(driver.page_holds.get() + 1);
        Self(driver)
    }
}

impl Drop for PageHold {
    fn drop(&mut self) {
        let driver = &self.0;
        driver
            .page_holds
            .set(driver.page_holds.get().saturating_sub(1));
        if driver.page_holds.get() == 0 {
            driver.abandon_reauth();
        }
    }
}

impl SessionRuntime {
    /// Whose place is kept while nobody is signed in.
    pub(crate) fn reauth_user(&self) -> Option<Rc<User>> {
        self.reauth_user.borrow().clone()
    }

    /// Nobody is awaited any more: what waited for them fails.
    pub(crate) fn abandon_reauth(&self) {
        self.set_reauth_user(None);
        self.notify_observers();
    }

    /// Whether that person's calls wait for them to sign in again.
    pub(crate) fn is_awaiting(&self, caller: Option<&User>) -> bool {
        let awaited = self.reauth_user.borrow();
        caller.is_some_and(|caller| awaited.as_ref().is_some_and(|user| user.id == caller.id))
    }

    /// Waits until it is known whether the person comes back.
    pub(crate) async fn wait_for_reauth(&self) {
        let (waits, decided) = oneshot::channel();
        self.reauth_waiters.borrow_mut().push(waits);
        // A client that is gone decides nothing any more, and its callers are gone with it.
        let _ = decided.await;
    }

    /// After a step: whoever was here before it, and is not now, may come back.
    pub(super) fn update_reauth_user(&self, before: Option<Rc<User>>) {
        let may_return = match self.machine.get().state {
            State::SignedOut { reason, .. } => {
                reason.is_some_and(super::SignOutReason::allows_reauth)
            }
            // The page missed a sign-in of a sibling and asks whose it is.
            State::Active { grant: None, .. } => true,
            State::Active { grant: Some(_), .. } => false,
        };
        if !may_return || self.page_holds.get() == 0 {
            self.set_reauth_user(None);
        } else if before.is_some() {
            self.set_reauth_user(before);
        }
    }

    fn set_reauth_user(&self, user: Option<Rc<User>>) {
        let nobody = user.is_none();
        self.reauth_user.replace(user);
        if nobody {
            for call in self.reauth_waiters.take() {
                // Nobody listens any more where the page that asked is gone.
                let _ = call.send(());
            }
        }
    }
}
