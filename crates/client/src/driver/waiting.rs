//! What waits for the server to be reached again, so that one message tells of all of it.

use super::Driver;
use std::rc::Rc;

/// While one is held, [`crate::Snapshot::waiting`] is set.
#[must_use]
pub struct Waiting(Rc<Driver>);

impl Waiting {
    pub(crate) fn begin(driver: Rc<Driver>) -> Self {
        driver.waiting.set(driver.waiting.get() + 1);
        driver.tell_observers();
        Self(driver)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let waiting = &self.0.waiting;
        waiting.set(waiting.get().saturating_sub(1));
        self.0.tell_observers();
    }
}
