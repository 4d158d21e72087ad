//! `localStorage`, where it is allowed: a browser may forbid it, and then it forgets.

use super::window;
use client::Storage;

pub struct LocalStore;

fn local() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

impl Storage for LocalStore {
    fn read(&self, key: &str) -> Option<String> {
        local()?.get_item(key).ok().flatten()
    }

    fn write(&self, key: &str, value: &str) {
        if let Some(storage) = local() {
            let _ = storage.set_item(key, value);
        }
    }

    fn remove(&self, key: &str) {
        if let Some(storage) = local() {
            let _ = storage.remove_item(key);
        }
    }
}
