use crate::component::{Button, Field, Kind, Toast, form_alert, use_notify};
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
    let form = use_form();
    let notify = use_notify();
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let (oninput, onchange) = (form.edited(Callback::noop()), form.edited(Callback::noop()));
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let change = UpdateProfile {
            display_name: Some(form.value("display_name").trim().to_owned()),
        };
        let (api, notify) = (client.api(), notify.clone());
        form.submit(
            change,
            |_| None,
            async move |change| {
                api.update_me(&change).await?;
                notify.emit(Toast::done(text::SAVED));
                Ok(())
            },
        );
    });
    html! {
        <form ref={node} {onsubmit} {oninput} {onchange} novalidate={true}>
            <Field name="display_name" label={text::DISPLAY_NAME} autocomplete="name"
                initial={known.unwrap_or_default()}
                hint={text::DISPLAY_NAME_HINT}
                error={feedback.at("display_name")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ text::SAVE }</Button>
            { form_alert(feedback.alert.as_ref()) }
        </form>
    }
}
