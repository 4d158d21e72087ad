//! Where calls wait for a token.

use super::Driver;
use crate::error::Error;
use futures::channel::oneshot;
use protocol::client::{Event, Gate, Release};
use shared::account::User;

/// The right to send one request.
pub(crate) struct Pass {
    /// Which token it is.
    pub(crate) serial: u32,
    /// The value of the `Authorization` header.
    pub(crate) bearer: String,
}

impl Driver {
    /// Waits until there is a good token. A call that was begun for one person never goes out in
    /// the name of another who signed in meanwhile.
    pub(crate) async fn pass(&self, caller: Option<&User>) -> Result<Pass, Error> {
        loop {
            match self.machine.get().gate(self.now()) {
                Gate::Go(serial) => return self.bearer(serial, caller),
                Gate::SignedOut => return Err(Error::SignedOut),
                Gate::Busy => return Err(self.failure.borrow().clone()),
                Gate::Park => self.park().await?,
            }
        }
    }

    /// Whether that token still is the one to send.
    pub(crate) fn is_newest(&self, pass: &Pass) -> bool {
        self.machine.get().gate(self.now()) == Gate::Go(pass.serial)
    }

    /// Whether that person still is the one who is signed in; who is not known yet is anybody.
    pub(crate) fn is_here(&self, caller: Option<&User>) -> bool {
        caller.is_none_or(|caller| self.user().is_some_and(|user| user.id == caller.id))
    }

    /// Whether an answer still is for whoever looks at the page: they are here, or awaited.
    pub(crate) fn is_still(&self, caller: Option<&User>) -> bool {
        self.is_here(caller) || self.awaits(caller)
    }

    fn bearer(&self, serial: u32, caller: Option<&User>) -> Result<Pass, Error> {
        let granted = self.granted.borrow().clone().ok_or(Error::SignedOut)?;
        if !self.is_here(caller) {
            return Err(Error::SignedOut);
        }
        let bearer = "Bearer ".to_owned() + &granted.access_token.0;
        Ok(Pass { serial, bearer })
    }

    async fn park(&self) -> Result<(), Error> {
        let (call, released) = oneshot::channel();
        self.parked.borrow_mut().push(call);
        self.dispatch(Event::Wanted);
        match released.await {
            Ok(Release::Go) => Ok(()),
            Ok(Release::Fail) => Err(self.failure.borrow().clone()),
            Err(oneshot::Canceled) => Err(Error::SignedOut),
        }
    }
}
