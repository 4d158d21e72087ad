use crate::browser::window;
use crate::session::{use_client, use_session};
use crate::words::text;
use gloo_events::EventListener;
use yew::prelude::*;

/// A banner while the server cannot be reached; the page under it stays as it is.
#[component]
pub fn Connection() -> Html {
    let offline = use_offline();
    let client = use_client();
    let session = use_session();
    let waiting = session.person().is_some_and(|person| person.offline);
    let retry = Callback::from(move |_: MouseEvent| client.wake());
    html! {
        <div class="banner-place" role="status">
            if offline {
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
