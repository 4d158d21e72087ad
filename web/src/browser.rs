//! What the client needs of the browser, and what the browser tells the client.

mod channel;
mod clock;
pub mod languages;
mod store;
mod theme;

pub use clock::PageClock;
pub use theme::Theme;

use crate::transport::FetchTransport;
use channel::Channel;
use client::{Client, LocalFuture, Platform, Rng, Spawn};
use gloo_events::EventListener;
use std::rc::Rc;
use store::LocalStore;
use wasm_bindgen_futures::spawn_local;
use web_sys::{VisibilityState, Window};

/// The client of this page, which hears its siblings and wakes with the page.
pub fn start() -> Client {
    let channel = Channel::open();
    let client = Client::start(Platform {
        transport: Rc::new(FetchTransport),
        storage: Rc::new(LocalStore),
        tab_channel: Rc::new(channel.clone()),
        clock: Rc::new(PageClock),
        rng: Rc::new(Crypto),
        spawn: Rc::new(Microtasks),
    });
    let hears = client.clone();
    channel.listen(move |message| hears.on_sibling_message(message));
    wake_with_the_page(&client);
    client
}

pub fn window() -> Window {
    web_sys::window().expect("BUG: the app runs in a page")
}

/// Timers stand still in a hidden or sleeping page, and a page that comes back from the
/// back-forward cache missed what its siblings told. These listeners live as long as the page.
fn wake_with_the_page(client: &Client) {
    let window = window();
    for event in ["pageshow", "online"] {
        let client = client.clone();
        EventListener::new(&window, event, move |_| client.on_page_resumed()).forget();
    }
    let hides = client.clone();
    EventListener::new(&window, "pagehide", move |_| hides.on_page_hidden()).forget();
    if let Some(document) = window.document() {
        let client = client.clone();
        let seen = document.clone();
        EventListener::new(&document, "visibilitychange", move |_| {
            if seen.visibility_state() == VisibilityState::Visible {
                client.on_page_resumed();
            }
        })
        .forget();
    }
}

struct Crypto;

impl Rng for Crypto {
    fn next_u64(&self) -> u64 {
        let mut bytes = [0; 8];
        if let Ok(crypto) = window().crypto() {
            // It only fails for more than 65,536 bytes.
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        u64::from_le_bytes(bytes)
    }
}

struct Microtasks;

impl Spawn for Microtasks {
    fn spawn(&self, work: LocalFuture<()>) {
        spawn_local(work);
    }
}
