use crate::browser::window;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// Also what the dialog is called.
    pub title: AttrValue,
    /// Escape asks for this; without it, the dialog stays until its reason is gone.
    #[prop_or_default]
    pub on_escape: Option<Callback<()>>,
    pub children: Html,
}

/// A dialog over the page. The browser makes the page behind it inert and keeps the focus inside;
/// when it goes, the focus returns to where it was.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    let shown = node.clone();
    use_effect_with((), move |()| {
        let before = focused();
        show(&shown);
        move || {
            if let Some(dialog) = shown.cast::<HtmlDialogElement>() {
                dialog.close();
            }
            // An element that is gone needs no focus.
            let _ = before.map(|element| element.focus());
        }
    });
    let escape = props.on_escape.clone();
    let stays = escape.is_none();
    let oncancel = Callback::from(move |event: Event| {
        event.prevent_default();
        if let Some(escape) = &escape {
            escape.emit(());
        }
    });
    // One that does not know `closedby` closes a dialog on a second Escape, whatever the first was
    // answered.
    let onclose = Callback::from({
        let node = node.clone();
        move |_: Event| {
            if stays {
                show(&node);
            }
        }
    });
    let closedby = if stays { "none" } else { "closerequest" };
    html! {
        <dialog class="dialog" ref={node} {closedby} {oncancel} {onclose} aria-labelledby="dialog-title">
            <h2 id="dialog-title">{ props.title.clone() }</h2>
            { props.children.clone() }
        </dialog>
    }
}

fn focused() -> Option<HtmlElement> {
    window().document()?.active_element()?.dyn_into().ok()
}

fn show(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        // It fails only where it is open already, or gone.
        let _ = dialog.show_modal();
    }
}
