//! Where calls wait for a token.

use super::SessionRuntime;
use crate::error::Error;
use futures::channel::oneshot;
use protocol::client::{Event, Gate, Resume};
use shared::account::User;

/// The right to send one request.
pub(crate) struct BearerPermit {
    /// Which token it is.
    pub(crate) serial: u32,
    /// The value of the `Authorization` header.
    pub(crate) bearer: String,
}

impl SessionRuntime {
    /// Waits until there is a good token. A call that was begun for one person never goes out in
    /// the name of another who signed in meanwhile.
    pub(crate) async fn acquire_token(&self, caller: Option<&User>) -> Result<BearerPermit, Error> {
        loop {
            match self.machine.get().gate(self.now()) {
                Gate::Proceed(serial) => return self.bearer(serial, caller),
                Gate::SignedOut => return Err(Error::SignedOut),
                Gate::Unavailable => return Err(self.last_error.borrow().clone()),
                Gate::Wait => self.wait_for_token().await?,
            }
        }
    }

    /// Whether that token still is the one to send.
    pub(crate) fn is_current(&self, pass: &BearerPermit) -> bool {
        self.machine.get().gate(self.now()) == Gate::Proceed(pass.serial)
    }

    /// Whether that person still is the one who is signed in; who is not known yet is anybody.
    pub(crate) fn is_signed_in_as(&self, caller: Option<&User>) -> bool {
        caller.is_none_or(|caller| self.user().is_some_and(|user| user.id == caller.id))
    }

    /// Whether an answer still is for whoever looks at the page: they are here, or awaited.
    pub(crate) fn may_deliver_to(&self, caller: Option<&User>) -> bool {
        self.is_signed_in_as(caller) || self.is_awaiting(caller)
    }

    fn bearer(&self, serial: u32, caller: Option<&User>) -> Result<BearerPermit, Error> {
        let granted = self.granted.borrow().clone().ok_or(Error::SignedOut)?;
        if !self.is_signed_in_as(caller) {
            return Err(Error::SignedOut);
        }
        let bearer = "Bearer ".to_owned() + &granted.access_token.0;
        Ok(BearerPermit { serial, bearer })
    }

    async fn wait_for_token(&self) -> Result<(), Error> {
        let (call, released) = oneshot::channel();
        self.queued_calls.borrow_mut().push(call);
        self.dispatch(Event::TokenRequested);
        match released.await {
            Ok(Resume::Retry) => Ok(()),
            Ok(Resume::Fail) => Err(self.last_error.borrow().clone()),
            Err(oneshot::Canceled) => Err(Error::SignedOut),
        }
    }
}
