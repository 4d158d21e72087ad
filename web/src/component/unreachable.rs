use super::{Button, Page};
use crate::session::use_client;
use crate::words::text;
use yew::prelude::*;

/// Somebody may be signed in, but the server cannot be asked: not the sign-in page.
#[component]
pub fn Unreachable() -> Html {
    let client = use_client();
    html! {
        <Page title={text::UNREACHABLE} class="page page-narrow">
            <p>
                { text::UNREACHABLE_TEXT }
            </p>
            <div class="actions">
                <Button onclick={Callback::from(move |()| client.wake())}>{ text::TRY_NOW }</Button>
            </div>
        </Page>
    }
}
