use crate::component::{Button, Field};
use crate::words::text::{self, Text};
use client::UserSearch;
use shared::admin::UserSort;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SearchProps {
    pub onsearch: Callback<UserSearch>,
}

/// Finds people by their name, and puts them in order.
#[component]
pub fn Search(props: &SearchProps) -> Html {
    let text = use_state(String::new);
    let order = use_state(UserSort::default);
    let search = {
        let (text, onsearch) = (text.clone(), props.onsearch.clone());
        Callback::from(move |order: UserSort| {
            onsearch.emit(UserSearch {
                search: text.trim().to_owned(),
                order,
                ..UserSearch::default()
            });
        })
    };
    let chosen = *order;
    let onclick = search.reform(move |()| chosen);
    let onsubmit = search.reform(move |event: SubmitEvent| {
        event.prevent_default();
        chosen
    });
    let onchange = Callback::from(move |event: Event| {
        let word = event.target_unchecked_into::<HtmlSelectElement>().value();
        let chosen = UserSort::parse(&word).unwrap_or_default();
        order.set(chosen);
        search.emit(chosen);
    });
    html! {
        <form class="search" role="search" {onsubmit}>
            <Field name="search" label={text::SEARCH_BY_NAME} kind="search" autocomplete="off" {text} />
            <Button {onclick}>{ text::SEARCH }</Button>
            <label class="choice">
                <span>{ text::SORT_BY }</span>
                <select name="sort" {onchange}>
                    { for UserSort::ALL.into_iter().map(|order| option(order, chosen)) }
                </select>
            </label>
        </form>
    }
}

fn option(order: UserSort, chosen: UserSort) -> Html {
    html! {
        <option value={order.as_str()} selected={order == chosen}>{ words(order) }</option>
    }
}

const fn words(order: UserSort) -> Text {
    match order {
        UserSort::Username => text::BY_NAME,
        UserSort::UsernameDesc => text::BY_NAME_DOWN,
        UserSort::Newest => text::BY_NEWEST,
        UserSort::Oldest => text::BY_OLDEST,
    }
}
