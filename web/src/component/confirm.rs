use super::{Button, Kind};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is asked before something is done that cannot be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub title: AttrValue,
    pub text: AttrValue,
    /// The words of the button that does it.
    pub action: AttrValue,
}

#[derive(Properties, PartialEq)]
pub struct ConfirmProps {
    pub question: Question,
    /// True to do it.
    pub onanswer: Callback<bool>,
}

/// A dialog over the page. The browser keeps the focus inside, closes it on Escape, and gives the
/// focus back.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
    let node = use_node_ref();
    let dialog = node.clone();
    use_effect_with((), move |()| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            // It fails only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let answer = |yes: bool| {
        let onanswer = props.onanswer.clone();
        let node = node.clone();
        Callback::from(move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
            onanswer.emit(yes);
        })
    };
    let cancel = answer(false);
    let oncancel = Callback::from(move |event: Event| {
        event.prevent_default();
        cancel.emit(());
    });
    html! {
        <dialog class="dialog" ref={node.clone()} {oncancel} aria-labelledby="question">
            <h2 id="question">{ props.question.title.clone() }</h2>
            <p>{ props.question.text.clone() }</p>
            <div class="actions actions-end">
                <Button onclick={answer(false)}>{ "Cancel" }</Button>
                <Button kind={Kind::Danger} onclick={answer(true)}>
                    { props.question.action.clone() }
                </Button>
            </div>
        </dialog>
    }
}
