//! Which page the address bar names, and the ways to another.

use crate::browser::window;
use crate::route::Route;
use crate::session::use_address;
use gloo_events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Event, History};
use yew::prelude::*;

/// What the page tells itself of its own moves; of moves by the person's buttons the browser tells.
const MOVED: &str = "countersign-moved";

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
    let moved = Rc::new(moved);
    ["popstate", MOVED].map(|event| {
        let moved = moved.clone();
        EventListener::new(&window(), event, move |_| moved(Address::now()))
    })
}

/// A move to an address, by one of the ways that the browser's history has.
fn go(to: Route, query: &str, way: fn(&History, &str) -> Result<(), JsValue>) {
    let went = window()
        .history()
        .and_then(|history| way(&history, &[to.path(), query].concat()));
    // A browser may refuse moves that follow each other too fast. Then the page stays where it is.
    if let Ok(told) = went.and_then(|()| Event::new(MOVED)) {
        // Nobody cancels it.
        let _ = window().dispatch_event(&told);
    }
}

/// Goes to a page; the back button returns from it. To where one is already, nobody goes again.
pub fn push(to: Route, query: &str) {
    let here = Address::now();
    if here.route == to && here.query == query {
        return;
    }
    go(to, query, |history, url| {
        history.push_state_with_url(&JsValue::NULL, "", Some(url))
    });
    if here.route != to {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Goes to a page in place of this one.
pub fn replace(to: Route, query: &str) {
    go(to, query, |history, url| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(url))
    });
}

/// What the address of a list asks for. `understood` is what the page makes of it, and what then
/// stands in the address: it never says more than the list shows.
#[hook]
pub fn use_query<F: Fn(&str) -> String>(page: Route, understood: F) -> String {
    let address = use_address();
    let kept = use_mut_ref(String::new);
    // A page that is about to go may see the address of the next.
    let here = address.route == page;
    if here {
        *kept.borrow_mut() = understood(&address.query);
    }
    let plain = kept.borrow().clone();
    let differs = here && plain != address.query;
    use_effect_with((plain.clone(), differs), move |(plain, differs)| {
        if *differs {
            replace(page, plain);
        }
    });
    plain
}
