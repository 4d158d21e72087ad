//! Which page the address bar names, and the ways to another.

use crate::browser::window;
use crate::route::Route;
use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::{Event, History};

/// Where the person is.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub route: Route,
    pub query: String,
}

/// What the browser says when its address changed, and what we say to ourselves.
const MOVED: &str = "popstate";

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
pub fn listen(moved: impl Fn(Address) + 'static) -> EventListener {
    EventListener::new(&window(), MOVED, move |_| moved(Address::now()))
}

/// Goes to a page; the back button returns from it.
pub fn push(to: Route) {
    go(to.path(), History::push_state_with_url);
}

/// Goes to a page in place of this one.
pub fn replace(to: Route, query: &str) {
    go(
        &[to.path(), query].concat(),
        History::replace_state_with_url,
    );
}

type Step = fn(&History, &JsValue, &str, Option<&str>) -> Result<(), JsValue>;

fn go(path: &str, step: Step) {
    if let Ok(history) = window().history() {
        // A path of our own is never refused.
        let _ = step(&history, &JsValue::NULL, "", Some(path));
    }
    if let Ok(event) = Event::new(MOVED) {
        let _ = window().dispatch_event(&event);
    }
}
