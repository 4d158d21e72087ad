use super::{Button, Page};
use crate::session::use_client;
use crate::words::text;
use yew::prelude::*;

/// Somebody may be signed in, but the server cannot be asked: not the sign-in page.
#[component]
pub fn Unreachable() -> Html {
    let client = use_client();
    let retry = client.clone();
    let leave = Callback::from(move |()| client.auth().logout());
    html! {
        <Page title={text::UNREACHABLE} class="page page-narrow">
            <p>
                { text::UNREACHABLE_TEXT }
            </p>
            <div class="actions">
                <Button onclick={Callback::from(move |()| retry.on_page_resumed())}>{ text::TRY_NOW }</Button>
                <Button onclick={leave}>{ text::SIGN_OUT }</Button>
            </div>
        </Page>
    }
}
