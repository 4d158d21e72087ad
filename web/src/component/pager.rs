use super::Button;
use crate::words::text::{self, Text};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The turning of pages.
#[derive(Clone)]
pub struct Turning {
    /// Goes on what holds the list.
    pub list: NodeRef,
    turned: Rc<Cell<bool>>,
}

impl Turning {
    /// The list that comes next is another page.
    pub fn turn(&self) {
        self.turned.set(true);
    }
}

/// A new page starts at its top, and the focus is there. `shown` names the page that is shown.
#[hook]
pub fn use_turning(shown: String) -> Turning {
    let list = use_node_ref();
    let turned = use_memo((), |()| Cell::new(false));
    let (node, came) = (list.clone(), turned.clone());
    use_effect_with(shown, move |_| {
        if let Some(list) = node.cast::<HtmlElement>()
            && came.replace(false)
        {
            list.scroll_into_view();
            // A list that is gone needs no focus.
            let _ = list.focus();
        }
    });
    Turning { list, turned }
}

/// The ways to other pages; `started` where this is not the first.
pub fn pager(
    [first, more]: [Text; 2],
    started: bool,
    next: Option<&String>,
    turn: &Callback<Option<String>>,
) -> Html {
    let to = |cursor: Option<String>| turn.reform(move |()| cursor.clone());
    html! {
        <nav class="actions" aria-label={text::PAGES}>
            if started {
                <Button onclick={to(None)}>{ first }</Button>
            }
            if let Some(next) = next {
                <Button onclick={to(Some(next.clone()))}>{ more }</Button>
            }
        </nav>
    }
}
