//! The sibling tabs of this origin, by `BroadcastChannel`: its messages stay in memory.

use client::TabChannel;
use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "countersign";

/// The channel; a browser without one has tabs that refresh for themselves.
#[derive(Clone)]
pub struct Channel(Option<BroadcastChannel>);

impl Channel {
    pub fn open() -> Self {
        Self(BroadcastChannel::new(NAME).ok())
    }

    /// Listens as long as the page lives.
    pub fn listen(&self, hear: impl Fn(&str) + 'static) {
        let Some(channel) = &self.0 else {
            return;
        };
        EventListener::new(channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some(text) = message.and_then(|data| data.as_string()) {
                hear(&text);
            }
        })
        .forget();
    }
}

impl TabChannel for Channel {
    fn broadcast(&self, message: &str) {
        if let Some(channel) = &self.0 {
            // A string can always be cloned, and the channel is never closed.
            let _ = channel.post_message(&JsValue::from_str(message));
        }
    }
}
