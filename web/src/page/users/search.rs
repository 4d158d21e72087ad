use crate::component::{Button, Field};
use crate::words::text;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SearchProps {
    pub onsearch: Callback<String>,
}

/// Finds people by their name.
#[component]
pub fn Search(props: &SearchProps) -> Html {
    let text = use_state(String::new);
    let onsubmit = {
        let (text, onsearch) = (text.clone(), props.onsearch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onsearch.emit(text.trim().to_owned());
        })
    };
    let submit = {
        let (text, onsearch) = (text.clone(), props.onsearch.clone());
        Callback::from(move |()| onsearch.emit(text.trim().to_owned()))
    };
    html! {
        <form class="search" role="search" {onsubmit}>
            <Field name="search" label={text::SEARCH_BY_NAME} kind="search" autocomplete="off" {text} />
            <Button onclick={submit}>{ text::SEARCH }</Button>
        </form>
    }
}
