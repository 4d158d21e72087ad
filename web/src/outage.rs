//! What on the page waits for the server to be reached again: one list, and one message for all of it.

use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What waits, by number: how to try it again.
type List = Vec<(u32, Callback<()>)>;

/// Everything that waits, with the way to try it again.
#[derive(Clone)]
pub struct Outage {
    waiting: Rc<RefCell<List>>,
    shown: UseStateSetter<bool>,
}

impl PartialEq for Outage {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.waiting, &other.waiting)
    }
}

impl Outage {
    /// Nothing waits; `shown` hears when that changes.
    pub fn new(shown: UseStateSetter<bool>) -> Self {
        Self {
            waiting: Rc::default(),
            shown,
        }
    }

    /// Notes that something waits, until the guard is dropped.
    pub fn wait(&self, retry: Callback<()>) -> Waiting {
        let mut waiting = self.waiting.borrow_mut();
        let id = waiting.last().map_or(0, |(id, _)| id + 1);
        waiting.push((id, retry));
        self.shown.set(true);
        Waiting {
            id,
            outage: self.clone(),
        }
    }

    /// Tries all of it again, now.
    pub fn retry(&self) {
        // Not borrowed meanwhile: what is tried may stop waiting.
        let waiting = self.waiting.borrow().clone();
        for (_, retry) in waiting {
            retry.emit(());
        }
    }
}

/// Waits as long as it is held.
pub struct Waiting {
    id: u32,
    outage: Outage,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut waiting = self.outage.waiting.borrow_mut();
        waiting.retain(|(id, _)| *id != self.id);
        self.outage.shown.set(!waiting.is_empty());
    }
}
