use super::{Button, lines};
use crate::load::is_outage;
use crate::words::{self, text};
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

/// A sentence that stands out; a bad one is read out at once.
pub fn notice(tone: Tone, words: impl Into<Html>) -> Html {
    let (class, role) = match tone {
        Tone::Info => ("notice", "status"),
        Tone::Good => ("notice notice-good", "status"),
        Tone::Bad => ("notice notice-bad", "alert"),
    };
    html! { <div {class} {role}>{ words.into() }</div> }
}

/// What is wrong with all of a form, above its fields.
pub fn form_alert(text: Option<&AttrValue>) -> Html {
    text.map(|text| notice(Tone::Bad, text.clone()))
        .unwrap_or_default()
}

/// What was to be read could not be. In an outage the banner says so, and the page tries again.
pub fn load_failed(error: &Error, again: &Callback<()>) -> Html {
    if is_outage(error) {
        return lines(4);
    }
    html! {
        <div class="load-failed">
            { notice(Tone::Bad, words::of_error(error)) }
            <Button onclick={again.clone()}>{ text::TRY_AGAIN }</Button>
        </div>
    }
}
