use crate::component::{Button, Field};
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
            <Field name="search" label="Search by name" kind="search" autocomplete="off" {text} />
            <Button onclick={submit}>{ "Search" }</Button>
        </form>
    }
}
