use super::Button;
use crate::words;
use client::Error;
use yew::prelude::*;

/// What a notice is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It worked.
    Good,
    /// It did not, or needs care.
    Bad,
}

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    pub tone: Tone,
    pub children: Html,
}

/// A sentence that stands out; a bad one is read out at once.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let (class, role) = match props.tone {
        Tone::Info => ("notice", "status"),
        Tone::Good => ("notice notice-good", "status"),
        Tone::Bad => ("notice notice-bad", "alert"),
    };
    html! { <div {class} {role}>{ props.children.clone() }</div> }
}

#[derive(Properties, PartialEq)]
pub struct FormAlertProps {
    pub text: Option<AttrValue>,
}

/// What is wrong with all of a form, above its fields.
#[component]
pub fn FormAlert(props: &FormAlertProps) -> Html {
    let notice = |text: &AttrValue| html! { <Notice tone={Tone::Bad}>{ text.clone() }</Notice> };
    props.text.as_ref().map(notice).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub struct LoadFailedProps {
    pub error: Error,
    pub again: Callback<()>,
}

/// What was to be read could not be; it can be tried again.
#[component]
pub fn LoadFailed(props: &LoadFailedProps) -> Html {
    html! {
        <div class="load-failed">
            <FormAlert text={Some(words::of_error(&props.error))} />
            <Button onclick={props.again.clone()}>{ "Try again" }</Button>
        </div>
    }
}
