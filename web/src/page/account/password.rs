use crate::component::{Button, Kind, Secret, Tone, form_alert, notice};
use crate::form::use_form;
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
    let current = use_state(String::new);
    let new = use_state(String::new);
    let form = use_form();
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let advice = words::strength(&new, username.as_deref().unwrap_or_default());
    let onsubmit = {
        let (current, new) = (current.clone(), new.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let change = ChangePassword {
                current_password: Password::new(current.as_str()),
                new_password: Password::new(new.as_str()),
            };
            let api = client.api();
            let (clear_current, clear_new) = (current.setter(), new.setter());
            form.submit(change, at_field, async move |change| {
                api.change_password(&change).await?;
                clear_current.set(String::new());
                clear_new.set(String::new());
                Ok(())
            });
        })
    };
    html! {
        <form ref={node} {onsubmit} novalidate={true}>
            { form_alert(feedback.alert.as_ref()) }
            if feedback.done {
                { notice(Tone::Good, text::PASSWORD_CHANGED) }
            }
            // Password managers file the new password under this name.
            <input class="visually-hidden" type="text" name="username" autocomplete="username"
                value={username} readonly={true} tabindex="-1" aria-hidden="true" />
            <Secret name="current_password" label={text::CURRENT_PASSWORD} autocomplete="current-password"
                text={current} error={feedback.at("current_password")} />
            <Secret name="new_password" label={text::NEW_PASSWORD} autocomplete="new-password" text={new}
                hint={advice}
                error={feedback.at("new_password")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ text::CHANGE_PASSWORD }</Button>
        </form>
    }
}

fn at_field(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    let wrong = text::NOT_CURRENT_PASSWORD;
    (code == ErrorCode::InvalidCredentials).then(|| ("current_password", wrong.say()))
}
