use crate::browser::window;
use crate::session::{Session, use_session};
use crate::words::text;
use gloo_events::EventListener;
use yew::prelude::*;

/// A banner while the server cannot be reached; the page under it stays as it is.
#[component]
pub fn Connection() -> Html {
    let offline = use_offline();
    let session = use_session();
    let waiting = session.person().is_some_and(|person| person.offline);
    let retry = Callback::from(|_: MouseEvent| try_now());
    // Pages that are about nothing else tell it themselves.
    let told = matches!(session, Session::Unreachable | Session::Rejected(..));
    html! {
        <div class="banner-place" role="status">
            if told {
            } else if offline {
                <p class="banner">
                    { if session.person().is_some() { text::OFFLINE_SIGNED_IN } else { text::OFFLINE_AWAY } }
                </p>
            } else if waiting {
                <p class="banner">
                    { text::SERVER_AWAY }
                    <button class="link" type="button" onclick={retry}>{ text::TRY_NOW }</button>
                </p>
            }
        </div>
    }
}

/// The same as when the network returns: the client wakes, and what failed is read again.
fn try_now() {
    if let Ok(online) = web_sys::Event::new("online") {
        // Whoever hears it cannot take it away.
        let _ = window().dispatch_event(&online);
    }
}

/// Whether the browser knows that it has no network.
#[hook]
fn use_offline() -> bool {
    let offline = use_state(|| !window().navigator().on_line());
    let set = offline.setter();
    use_effect_with((), move |()| {
        let listeners = [("online", false), ("offline", true)].map(|(event, now)| {
            let set = set.clone();
            EventListener::new(&window(), event, move |_| set.set(now))
        });
        move || drop(listeners)
    });
    *offline
}
