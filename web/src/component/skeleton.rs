use crate::words::text;
use yew::prelude::*;

/// The shape of a page whose content is not decided yet: neither the app nor the sign-in page.
pub fn page_skeleton() -> Html {
    html! {
        <div class="page" aria-busy="true">
            <h1 class="visually-hidden">{ text::LOADING }</h1>
            <div class="bone bone-title"></div>
            <div class="card">{ lines(4) }</div>
        </div>
    }
}

/// Lines of text that are on their way.
pub fn lines(count: usize) -> Html {
    html! {
        <div class="bones" aria-hidden="true">
            { for (0..count).map(|_| html! { <div class="bone"></div> }) }
        </div>
    }
}
