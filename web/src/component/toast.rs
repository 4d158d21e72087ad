use super::Tone;
use crate::session::use_address;
use crate::words::{self, text};
use client::Error;
use yew::prelude::*;

/// A short notice over the page: nothing on the page moves for it.
#[derive(Clone, PartialEq)]
pub struct Toast {
    tone: Tone,
    words: AttrValue,
    /// Takes back what it tells of.
    undo: Option<Callback<()>>,
}

/// Shows a toast in place of the one before.
pub type Notify = Callback<Toast>;

#[derive(Clone, PartialEq)]
struct Shown(Notify);

impl Toast {
    /// It worked.
    pub fn done(words: impl Into<AttrValue>) -> Self {
        Self {
            tone: Tone::Good,
            words: words.into(),
            undo: None,
        }
    }

    /// It did not.
    pub fn failed(error: &Error) -> Self {
        Self {
            tone: Tone::Bad,
            words: words::of_error(error),
            undo: None,
        }
    }

    /// And it can be taken back.
    #[must_use]
    pub fn undone_by(mut self, undo: Option<Callback<()>>) -> Self {
        self.undo = undo;
        self
    }
}

#[derive(Properties, PartialEq)]
pub struct ToastsProps {
    pub children: Html,
}

/// Where toasts are shown. One stays until it is closed, replaced, or its page is left; one that
/// only says that something worked also goes by itself (its style sheet says when).
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let shown = use_state(|| (0_u32, None::<Toast>));
    let count = use_mut_ref(|| 0_u32);
    let (set, clear) = (shown.setter(), shown.setter());
    let notify = use_callback((), move |toast, ()| {
        *count.borrow_mut() += 1;
        set.set((*count.borrow(), Some(toast)));
    });
    let left = clear.clone();
    let address = use_address();
    use_effect_with(address.route, move |_| left.set((0, None)));
    let close = Callback::from(move |()| clear.set((0, None)));
    let (number, toast) = &*shown;
    html! {
        <ContextProvider<Shown> context={Shown(notify)}>
            { props.children.clone() }
            <div class="toasts" role="status">
                if let Some(toast) = toast {
                    <div key={*number} class="contents">{ toast_of(toast, &close) }</div>
                }
            </div>
        </ContextProvider<Shown>>
    }
}

fn toast_of(toast: &Toast, close: &Callback<()>) -> Html {
    let class = match (toast.tone, &toast.undo) {
        (Tone::Bad, _) => "toast notice notice-bad",
        (_, Some(_)) => "toast notice notice-good",
        (_, None) => "toast toast-passing notice notice-good",
    };
    let role = (toast.tone == Tone::Bad).then_some("alert");
    let button = |text: text::Text, act: &Callback<()>| {
        let onclick = act.reform(|_: MouseEvent| ());
        html! { <button class="button button-small" type="button" {onclick}>{ text }</button> }
    };
    html! {
        <div {class} {role}>
            <span>{ &toast.words }</span>
            if let Some(undo) = &toast.undo {
                { button(text::UNDO, undo) }
            }
            { button(text::CLOSE, close) }
        </div>
    }
}

/// The way to show one.
#[hook]
pub fn use_notify() -> Notify {
    use_context::<Shown>()
        .expect("BUG: the page is inside Toasts")
        .0
}
