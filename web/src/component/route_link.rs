use crate::route::Route;
use crate::router;
use crate::session::use_address;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RouteLinkProps {
    pub to: Route,
    /// What follows the path, with its question mark.
    #[prop_or_default]
    pub query: AttrValue,
    #[prop_or_default]
    pub class: Option<AttrValue>,
    pub children: Html,
}

/// A link to a page, which says whether it is the one that is shown.
#[component]
pub fn RouteLink(props: &RouteLinkProps) -> Html {
    let here = use_address().route == props.to;
    let to = props.to;
    let query = props.query.clone();
    let href = [to.path(), &query].concat();
    let onclick = Callback::from(move |event: MouseEvent| {
        // With a modifier the browser opens a tab or a window.
        if event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
            return;
        }
        event.prevent_default();
        router::push(to, &query);
    });
    html! {
        <a
            class={props.class.clone()}
            {href}
            {onclick}
            aria-current={here.then_some("page")}
        >
            { props.children.clone() }
        </a>
    }
}
