use yew::prelude::*;

/// How loud a button is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one thing that the page is for. It sends the form that it stands in.
    Submit,
    /// Everything else.
    Plain,
    /// What cannot be taken back.
    Danger,
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    #[prop_or(Kind::Plain)]
    pub kind: Kind,
    /// It works on what it was last asked for.
    #[prop_or_default]
    pub busy: bool,
    /// Nothing may be asked of it now.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether what it opens is open.
    #[prop_or_default]
    pub expanded: Option<bool>,
    #[prop_or_default]
    pub onclick: Callback<()>,
    /// More than the words say, for whoever cannot see the row that it stands in.
    #[prop_or_default]
    pub about: Option<AttrValue>,
    pub children: Html,
}

/// A button. While it is busy, or waits for another, it does nothing, and keeps the focus and its
/// size.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let (class, kind) = match props.kind {
        Kind::Submit => ("button button-primary", "submit"),
        Kind::Plain => ("button", "button"),
        Kind::Danger => ("button button-danger", "button"),
    };
    let busy = props.busy;
    let rests = busy || props.disabled;
    let clicked = props.onclick.clone();
    let onclick = Callback::from(move |_| {
        if !rests {
            clicked.emit(());
        }
    });
    html! {
        <button
            {class}
            type={kind}
            {onclick}
            aria-busy={busy.then_some("true")}
            aria-expanded={props.expanded.map(|open| if open { "true" } else { "false" })}
            aria-disabled={rests.then_some("true")}
        >
            if busy {
                <span class="spinner" aria-hidden="true"></span>
            }
            <span>{ props.children.clone() }</span>
            if let Some(about) = &props.about {
                <span class="visually-hidden">{ " " }{ about.clone() }</span>
            }
        </button>
    }
}
