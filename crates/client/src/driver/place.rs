//! Somebody's place on the page, kept while their session is over and they sign in again.

use super::Driver;
use futures::channel::oneshot;
use protocol::client::State;
use shared::account::User;
use std::rc::Rc;

/// While one is held, a session that ran out may be followed by another of the same person: their
/// calls wait for it.
#[must_use]
pub struct Place(Rc<Driver>);

impl Place {
    pub(crate) fn keep(driver: Rc<Driver>) -> Self {
        driver.places.set(driver.places.get() + 1);
        Self(driver)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let driver = &self.0;
        driver.places.set(driver.places.get().saturating_sub(1));
        if driver.places.get() == 0 {
            driver.give_place_up();
        }
    }
}

impl Driver {
    /// Whose place is kept while nobody is signed in.
    pub(crate) fn awaited(&self) -> Option<Rc<User>> {
        self.awaited.borrow().clone()
    }

    /// Nobody is awaited any more: what waited for them fails.
    pub(crate) fn give_place_up(&self) {
        self.expect_back(None);
        self.tell_observers();
    }

    /// Whether that person's calls wait for them to sign in again.
    pub(crate) fn awaits(&self, caller: Option<&User>) -> bool {
        let awaited = self.awaited.borrow();
        caller.is_some_and(|caller| awaited.as_ref().is_some_and(|user| user.id == caller.id))
    }

    /// Waits until it is known whether the person comes back.
    pub(crate) async fn return_of_the_awaited(&self) {
        let (waits, decided) = oneshot::channel();
        self.returns.borrow_mut().push(waits);
        // A client that is gone decides nothing any more, and its callers are gone with it.
        let _ = decided.await;
    }

    /// After a step: whoever was here before it, and is not now, may come back.
    pub(super) fn look_who_left(&self, before: Option<Rc<User>>) {
        let may_return = match self.machine.get().state {
            State::SignedOut { reason, .. } => reason.is_some_and(super::Ending::may_return),
            // The page missed a sign-in of a sibling and asks whose it is.
            State::Live { grant: None, .. } => true,
            State::Live { grant: Some(_), .. } => false,
        };
        if !may_return || self.places.get() == 0 {
            self.expect_back(None);
        } else if before.is_some() {
            self.expect_back(before);
        }
    }

    fn expect_back(&self, user: Option<Rc<User>>) {
        let nobody = user.is_none();
        self.awaited.replace(user);
        if nobody {
            for call in self.returns.take() {
                // Nobody listens any more where the page that asked is gone.
                let _ = call.send(());
            }
        }
    }
}
