use crate::browser::window;
use std::sync::atomic::{AtomicBool, Ordering};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Whether a page was shown before. The first one leaves the focus where the browser put it.
static ARRIVED: AtomicBool = AtomicBool::new(false);

#[derive(Properties, PartialEq)]
pub struct PageProps {
    pub title: AttrValue,
    /// A line under the title.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// How the page is laid out.
    #[prop_or(AttrValue::Static("page"))]
    pub class: AttrValue,
    pub children: Html,
}

/// A page: it names the tab, and moves the focus to its heading when one comes to it from another.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let heading = use_node_ref();
    let node = heading.clone();
    use_effect_with(props.title.clone(), move |title| {
        if let Some(document) = window().document() {
            document.set_title(&[title.as_str(), " · Countersign"].concat());
        }
        let heading = node.cast::<HtmlElement>();
        if ARRIVED.swap(true, Ordering::Relaxed)
            && let Some(heading) = heading
        {
            // A heading that is gone needs no focus.
            let _ = heading.focus();
        }
    });
    html! {
        <div class={props.class.clone()}>
            <div class="page-head">
                <h1 ref={heading} tabindex="-1">{ props.title.clone() }</h1>
                if let Some(lead) = &props.lead {
                    <p class="lead">{ lead.clone() }</p>
                }
            </div>
            { props.children.clone() }
        </div>
    }
}
