use crate::component::Button;
use crate::load::{Load, use_load};
use crate::words::text;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SubjectProps {
    /// Their id.
    pub user: AttrValue,
    pub onall: Callback<()>,
}

/// Whom the list is restricted to, by name, and the way to everybody.
#[component]
pub fn Subject(props: &SubjectProps) -> Html {
    let user = use_load(props.user.clone(), async |api, id| api.user(&id).await);
    html! {
        <div class="subject">
            <p role="status">
                { text::ONLY_EVENTS_OF }
                {
                    match &user.now {
                        Load::Loading => html! { "…" },
                        Load::Ready(user) => html! { <strong><bdi>{ &user.username }</bdi></strong> },
                        Load::Failed(_) => text::UNKNOWN_USER.into(),
                    }
                }
            </p>
            <Button onclick={props.onall.clone()}>{ text::OF_EVERYBODY }</Button>
        </div>
    }
}
