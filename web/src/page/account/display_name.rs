use crate::component::{Button, Field, Kind, Tone, form_alert, notice};
use crate::form::use_form;
use crate::session::{use_client, use_session};
use crate::words::text;
use shared::account::UpdateProfile;
use yew::prelude::*;

/// What the person wants to be called.
#[component]
pub fn DisplayNameForm() -> Html {
    let client = use_client();
    let session = use_session();
    let known = session
        .person()
        .and_then(|person| person.user.display_name.clone());
    let name = use_state(|| known.unwrap_or_default());
    let form = use_form();
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let onsubmit = {
        let name = name.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let change = UpdateProfile {
                display_name: Some(name.trim().to_owned()),
            };
            let api = client.api();
            form.submit(
                change,
                |_| None,
                async move |change| api.update_me(&change).await.map(drop),
            );
        })
    };
    html! {
        <form ref={node} {onsubmit} novalidate={true}>
            { form_alert(feedback.alert.as_ref()) }
            if feedback.done {
                { notice(Tone::Good, text::SAVED) }
            }
            <Field name="display_name" label={text::DISPLAY_NAME} autocomplete="name" text={name}
                hint={text::DISPLAY_NAME_HINT}
                error={feedback.at("display_name")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ text::SAVE }</Button>
        </form>
    }
}
