//! Which page the address bar names, and the ways to another.

use crate::browser::window;
use crate::route::Route;
use yew_router::history::{BrowserHistory, History};

/// Where the person is.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub route: Route,
    pub query: String,
}

impl Address {
    /// What the address bar says now.
    pub fn now() -> Self {
        let location = window().location();
        Self {
            route: Route::of(&location.pathname().unwrap_or_default()),
            query: location.search().unwrap_or_default(),
        }
    }
}

/// Calls back after every move, until it is dropped.
pub fn listen(moved: impl Fn(Address) + 'static) -> impl Sized + 'static {
    BrowserHistory::new().listen(move || moved(Address::now()))
}

/// Goes to a page; the back button returns from it.
pub fn push(to: Route, query: &str) {
    BrowserHistory::new().push([to.path(), query].concat());
}

/// Goes to a page in place of this one.
pub fn replace(to: Route, query: &str) {
    BrowserHistory::new().replace([to.path(), query].concat());
}
