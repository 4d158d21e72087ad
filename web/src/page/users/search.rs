use crate::component::{Button, Choice, Choices, Field};
use crate::form::use_form;
use crate::words::text::{self, Text};
use client::UserSearch;
use shared::admin::UserSort;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SearchProps {
    /// What is searched for now.
    pub search: UserSearch,
    pub onsearch: Callback<UserSearch>,
}

/// Finds people by their name, and puts them in order.
#[component]
pub fn Search(props: &SearchProps) -> Html {
    let form = use_form();
    let node = form.node.clone();
    let field = form.clone();
    // Back and forward bring another search, which then stands in the field.
    use_effect_with(props.search.search.clone(), move |name| {
        field.set("search", name);
    });
    let search = props.onsearch.reform(move |order| UserSearch {
        search: form.value("search").trim().to_owned(),
        order,
        ..UserSearch::default()
    });
    let chosen = props.search.order;
    let onclick = search.reform(move |()| chosen);
    let onsubmit = search.reform(move |event: SubmitEvent| {
        event.prevent_default();
        chosen
    });
    let onchoose = search.reform(|word: String| UserSort::parse(&word).unwrap_or_default());
    html! {
        <form class="search" role="search" ref={node} {onsubmit}>
            <Field name="search" label={text::SEARCH_BY_NAME} kind="search" autocomplete="off" />
            <Button {onclick}>{ text::SEARCH }</Button>
            <Choice name="sort" label={text::SORT_BY} choices={orders()} chosen={chosen.as_str()} {onchoose} />
        </form>
    }
}

fn orders() -> Choices {
    let order = |order: UserSort| (order.as_str(), words(order).into());
    UserSort::ALL.map(order).into()
}

const fn words(order: UserSort) -> Text {
    match order {
        UserSort::Username => text::BY_NAME,
        UserSort::UsernameDesc => text::BY_NAME_DOWN,
        UserSort::Newest => text::BY_NEWEST,
        UserSort::Oldest => text::BY_OLDEST,
    }
}
