use yew::prelude::*;

/// The mark: a ring that is not closed, and the stroke of a pen that closes it.
pub fn brand() -> Html {
    html! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="brand-ring" d="M25.5 9.2A11.5 11.5 0 1 0 27.5 16" />
            <path class="brand-stroke" d="M10.5 16.5l4.6 4.6L28 6.6" />
        </svg>
    }
}
