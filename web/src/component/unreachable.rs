use super::{Button, Page};
use crate::session::use_client;
use yew::prelude::*;

/// Somebody may be signed in, but the server cannot be asked: not the sign-in page.
#[component]
pub fn Unreachable() -> Html {
    let client = use_client();
    html! {
        <Page title="We cannot reach the server" class="page page-narrow">
            <p>
                { "You are not signed out. As soon as the server answers, you will find yourself where you were." }
            </p>
            <div class="actions">
                <Button onclick={Callback::from(move |()| client.wake())}>{ "Try now" }</Button>
            </div>
        </Page>
    }
}
