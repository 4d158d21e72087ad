use yew::prelude::*;

/// The shape of a page whose content is not decided yet: neither the app nor the sign-in page.
#[component]
pub fn PageSkeleton() -> Html {
    html! {
        <div class="page" aria-busy="true">
            <p class="visually-hidden" role="status">{ "Loading" }</p>
            <div class="bone bone-title"></div>
            <div class="card"><Lines count={4} /></div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct LinesProps {
    pub count: usize,
}

/// Lines of text that are on their way.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    html! {
        <div class="bones" aria-hidden="true">
            { for (0..props.count).map(|_| html! { <div class="bone"></div> }) }
        </div>
    }
}
