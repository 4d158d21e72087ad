use crate::component::{Button, Kind, Secret, Toast, form_alert, use_notify};
use crate::form::{Form, use_form};
use crate::session::{use_client, use_session};
use crate::words::{self, text};
use shared::account::ChangePassword;
use shared::error_code::ErrorCode;
use shared::password::Password;
use yew::prelude::*;

/// A new password, with the current one as proof.
#[component]
pub fn PasswordForm() -> Html {
    let client = use_client();
    let session = use_session();
    let username = session.person().map(|person| person.user.username.clone());
    let form = use_form();
    let notify = use_notify();
    let advice = use_state(|| words::strength("", ""));
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let (set, name) = (advice.setter(), username.clone().unwrap_or_default());
    let advise = Callback::from(move |form: Form| {
        set.set(words::strength(&form.value("new_password"), &name));
    });
    let (oninput, onchange) = (form.edited(advise.clone()), form.edited(advise.clone()));
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let change = ChangePassword {
            current_password: Password::new(form.value("current_password")),
            new_password: Password::new(form.value("new_password")),
        };
        let (api, notify, advise) = (client.api(), notify.clone(), advise.clone());
        let emptied = form.clone();
        form.submit(change, at_field, async move |change| {
            api.change_password(&change).await?;
            for field in ["current_password", "new_password"] {
                emptied.set(field, "");
            }
            advise.emit(emptied);
            notify.emit(Toast::done(text::PASSWORD_CHANGED));
            Ok(())
        });
    });
    html! {
        <form ref={node} {onsubmit} {oninput} {onchange} novalidate={true}>
            // Password managers file the new password under this name.
            <input class="visually-hidden" type="text" name="username" autocomplete="username"
                value={username} readonly={true} tabindex="-1" aria-hidden="true" />
            <Secret name="current_password" label={text::CURRENT_PASSWORD} autocomplete="current-password"
                error={feedback.at("current_password")} />
            <Secret name="new_password" label={text::NEW_PASSWORD} autocomplete="new-password"
                hint={(*advice).clone()}
                error={feedback.at("new_password")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ text::CHANGE_PASSWORD }</Button>
            { form_alert(feedback.alert.as_ref()) }
        </form>
    }
}

fn at_field(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    let wrong = text::NOT_CURRENT_PASSWORD;
    (code == ErrorCode::InvalidCredentials).then(|| ("current_password", wrong.say()))
}
