//! What is done to the rows of a list: one thing at a time, asked before, and told over the page.

use crate::browser::window;
use crate::component::{Question, Toast, confirm, use_notify};
use client::{Error, LocalFuture};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Something that can be done.
#[derive(Clone)]
pub struct Act {
    /// Names the button that it is asked for with.
    pub button: AttrValue,
    /// The row, from 0, where the focus goes if that button is gone afterwards.
    pub row: usize,
    pub question: Question,
    /// Does it, and says what is then told.
    pub work: Rc<dyn Fn() -> LocalFuture<Result<Toast, Error>>>,
}

/// What is going on in a list.
pub struct ListActions {
    /// Goes on the list, whose children are its rows.
    pub list: NodeRef,
    /// Asks whether to do it.
    pub ask: Callback<Act>,
    /// Does it without asking.
    pub run: Callback<Act>,
    /// The button whose work is under way. No other may be pressed meanwhile.
    pub running: Option<AttrValue>,
    /// What is asked now.
    pub question: Html,
}

/// The actions of a list of that content; `changed` reads it anew.
#[hook]
pub fn use_list_actions<T: PartialEq + 'static>(
    content: Rc<T>,
    changed: Callback<()>,
) -> ListActions {
    let asked = use_state(|| None::<Act>);
    let running = use_state(|| None::<AttrValue>);
    let list = use_node_ref();
    let row = use_memo((), |()| Cell::new(None));
    let (node, at) = (list.clone(), row.clone());
    use_effect_with(content, move |_| {
        if let Some(row) = at.take() {
            keep_focus(&node, row);
        }
    });
    let notify = use_notify();
    let set = running.setter();
    let acting = use_memo((), |()| Cell::new(false));
    let run = Callback::from(move |act: Act| {
        if acting.replace(true) {
            return;
        }
        set.set(Some(act.button.clone()));
        let (set, notify, changed) = (set.clone(), notify.clone(), changed.clone());
        let (acting, row) = (acting.clone(), row.clone());
        spawn_local(async move {
            let came = (act.work)().await;
            acting.set(false);
            row.set(Some(act.row));
            set.set(None);
            notify.emit(came.unwrap_or_else(|error| Toast::failed(&error)));
            changed.emit(());
        });
    });
    let ask = asked.setter();
    ListActions {
        list,
        ask: Callback::from(move |act| ask.set(Some(act))),
        running: (*running).clone(),
        question: question(&asked, &run),
        run,
    }
}

impl ListActions {
    /// What the button of that name is now: at work, or waiting for another.
    pub fn state_of(&self, button: &str) -> (bool, bool) {
        let running = self.running.as_deref();
        let busy = running == Some(button);
        (busy, running.is_some() && !busy)
    }
}

fn question(asked: &UseStateHandle<Option<Act>>, run: &Callback<Act>) -> Html {
    let Some(act) = (**asked).clone() else {
        return Html::default();
    };
    let question = act.question.clone();
    let (set, run) = (asked.setter(), run.clone());
    let onanswer = Callback::from(move |yes: bool| {
        set.set(None);
        if yes {
            run.emit(act.clone());
        }
    });
    confirm(&question, &onanswer)
}

/// Where what had the focus is gone with its row, the row in its place has it.
fn keep_focus(list: &NodeRef, row: usize) {
    let document = window().document();
    let focused = document.and_then(|document| document.active_element());
    if focused.is_some_and(|element| element.tag_name() != "BODY") {
        return;
    }
    let number = (row + 1).to_string();
    let nth = ["li:nth-child(", number.as_str(), ") :is(a, button)"].concat();
    let control = list.cast::<Element>().and_then(|list| {
        let first = |selector: &str| list.query_selector(selector).ok().flatten();
        first(&nth).or_else(|| first("li:last-child :is(a, button)"))
    });
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        // A control that is gone needs no focus.
        let _ = control.focus();
    }
}
