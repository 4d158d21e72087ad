use super::{Button, Field, Kind, Modal, Page, Secret, Tone, form_alert, notice};
use crate::form::use_form;
use crate::session::{Away, use_client};
use crate::words::{self, text};
use client::{Client, Error};
use shared::auth::Login;
use shared::password::Password;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SignInFormProps {
    /// Whose name is there already.
    #[prop_or_default]
    pub username: AttrValue,
}

/// Name and password.
#[component]
pub fn SignInForm(props: &SignInFormProps) -> Html {
    let client = use_client();
    let form = use_form();
    let focus = !props.username.is_empty();
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let (oninput, onchange) = (form.edited(Callback::noop()), form.edited(Callback::noop()));
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let login = Login {
            username: form.value("username"),
            password: Password::new(form.value("password")),
        };
        let auth = client.auth();
        form.submit(login, |_| None, async move |login| auth.login(&login).await);
    });
    html! {
        <form ref={node} {onsubmit} {oninput} {onchange} novalidate={true}>
            <Field name="username" label={text::USERNAME} autocomplete="username"
                initial={props.username.clone()} error={feedback.at("username")} />
            <Secret name="password" label={text::PASSWORD} autocomplete="current-password" {focus}
                error={feedback.at("password")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ text::SIGN_IN }</Button>
            { form_alert(feedback.alert.as_ref()) }
        </form>
    }
}

#[derive(Properties, PartialEq)]
pub struct SignInAgainProps {
    pub username: AttrValue,
    pub away: Away,
}

/// Over the page of somebody whose session ran out. Escape does not take it away: without signing
/// in there is nothing behind it that works.
#[component]
pub fn SignInAgain(props: &SignInAgainProps) -> Html {
    let client = use_client();
    let leave = Callback::from(move |()| client.abandon_reauth());
    html! {
        <Modal title={text::AGAIN}>
            { why(props.away) }
            <p>{ text::AGAIN_KEPT }</p>
            <SignInForm username={props.username.clone()} />
            <div class="actions dialog-aside">
                <Button onclick={leave}>{ text::LEAVE_PAGE }</Button>
            </div>
        </Modal>
    }
}

/// What is shown where the server rejects this browser: what it said, the form, and the other ways
/// on. The client keeps trying meanwhile.
fn rejected(client: &Client, username: String, error: &Error) -> Html {
    let (retry, auth) = (client.clone(), client.auth());
    html! {
        <>
            { notice(Tone::Bad, words::rejection(error)) }
            <p>{ text::REJECTED_TEXT }</p>
            <SignInForm {username} />
            <div class="actions dialog-aside">
                <Button onclick={Callback::from(move |()| retry.on_page_resumed())}>{ text::TRY_AGAIN }</Button>
                <Button onclick={Callback::from(move |()| auth.logout())}>{ text::SIGN_OUT }</Button>
            </div>
        </>
    }
}

/// The page of a browser that the server rejects, where nobody is known yet.
pub fn rejected_page(client: &Client, error: &Error) -> Html {
    html! {
        <Page title={text::AGAIN} class="page page-form">
            <div class="card">{ rejected(client, String::new(), error) }</div>
        </Page>
    }
}

/// The same, over the page of whoever is known.
pub fn rejected_over(client: &Client, username: String, error: &Error) -> Html {
    html! { <Modal title={text::AGAIN}>{ rejected(client, username, error) }</Modal> }
}

/// Why one is asked to sign in.
pub fn why(away: Away) -> Html {
    let pending = text::SIGNED_OUT_PENDING.say();
    let words = match (away.ending, away.leaving) {
        (None, false) => return Html::default(),
        (None, true) => [text::YOU_SIGNED_OUT.say(), " ", pending].concat(),
        (Some(ending), false) => words::ending(ending).say().to_owned(),
        (Some(ending), true) => [words::ending(ending).say(), " ", pending].concat(),
    };
    notice(Tone::Info, words)
}
