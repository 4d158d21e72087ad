use crate::browser::window;
use crate::words::text;
use std::sync::atomic::{AtomicBool, Ordering};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Whether a page was shown before. The first one leaves the focus where the browser put it.
static ARRIVED: AtomicBool = AtomicBool::new(false);

#[derive(Properties, PartialEq)]
pub struct PageProps {
    pub title: AttrValue,
    /// What the tab is called, where that is not the title.
    #[prop_or_default]
    pub tab: Option<AttrValue>,
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
    let tab = props.tab.clone().unwrap_or_else(|| props.title.clone());
    use_effect_with(tab, move |tab| {
        if let Some(document) = window().document() {
            document.set_title(&[tab.as_str(), " · ", text::BRAND.say()].concat());
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
