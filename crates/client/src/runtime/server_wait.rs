//! What waits for the server to be reached again, so that one message tells of all of it.

use super::SessionRuntime;
use std::rc::Rc;

/// While one is held, [`crate::Snapshot::waiting_for_server`] is set.
#[must_use]
pub struct ServerWait(Rc<SessionRuntime>);

impl ServerWait {
    pub(crate) fn new(driver: Rc<SessionRuntime>) -> Self {
        driver.server_waiters.set(driver.server_waiters.get() + 1);
        driver.notify_observers();
        Self(driver)
    }
}

impl Drop for ServerWait {
    fn drop(&mut self) {
        let waiting = &self.0.server_waiters;
        waiting.set(waiting.get().saturating_sub(1));
        self.0.notify_observers();
    }
}
