use super::{Button, Kind, Modal};
use crate::words::text;
use yew::prelude::*;

/// What is asked before something is done that cannot be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub title: AttrValue,
    pub text: AttrValue,
    /// The words of the button that does it.
    pub action: AttrValue,
}

/// Asks; true to do it.
pub fn confirm(question: &Question, onanswer: &Callback<bool>) -> Html {
    let answer = |yes: bool| onanswer.reform(move |()| yes);
    html! {
        <Modal title={question.title.clone()} on_escape={answer(false)}>
            <p>{ question.text.clone() }</p>
            <div class="actions actions-end">
                <Button onclick={answer(false)}>{ text::CANCEL }</Button>
                <Button kind={Kind::Danger} onclick={answer(true)}>
                    { question.action.clone() }
                </Button>
            </div>
        </Modal>
    }
}
