use crate::words::text;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The field's name in the contract; also its id on the page.
    pub name: AttrValue,
    pub label: AttrValue,
    /// What password managers and phones call it.
    pub autocomplete: AttrValue,
    /// What stands in it at first. From then on only the document knows.
    #[prop_or_default]
    pub initial: AttrValue,
    /// What helps to fill it in.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// Where the focus begins, in a dialog.
    #[prop_or_default]
    pub focus: bool,
    #[prop_or_default]
    pub onkeyup: Callback<KeyboardEvent>,
    /// Stands at the end of the input.
    #[prop_or_default]
    pub children: Html,
}

/// A labelled input whose hint and error are read out with it.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps {
        name, hint, error, ..
    } = props;
    let hint_id = [name.as_str(), "-hint"].concat();
    let error_id = [name.as_str(), "-error"].concat();
    let described = match (hint, error) {
        (None, None) => None,
        (Some(_), None) => Some(hint_id.clone()),
        (None, Some(_)) => Some(error_id.clone()),
        (Some(_), Some(_)) => Some([error_id.as_str(), " ", hint_id.as_str()].concat()),
    };
    let input = use_node_ref();
    let (node, initial) = (input.clone(), props.initial.clone());
    use_effect_with((), move |()| {
        if let Some(input) = node.cast::<HtmlInputElement>()
            && !initial.is_empty()
        {
            input.set_value(&initial);
        }
    });
    html! {
        <div class={classes!("field", error.is_some().then_some("field-wrong"))}>
            <label for={name.clone()}>{ props.label.clone() }</label>
            <div class="field-box">
                <input
                    ref={input}
                    id={name.clone()}
                    name={name.clone()}
                    type={props.kind.clone()}
                    autocomplete={props.autocomplete.clone()}
                    autocapitalize="none"
                    spellcheck="false"
                    autofocus={props.focus}
                    onkeyup={props.onkeyup.clone()}
                    aria-invalid={error.is_some().then_some("true")}
                    aria-describedby={described}
                />
                { props.children.clone() }
            </div>
            if let Some(error) = error {
                <p class="field-error" id={error_id} role="alert">{ error.clone() }</p>
            }
            if let Some(hint) = hint {
                <p class="field-hint" id={hint_id} aria-live="polite">{ hint.clone() }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct SecretProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub autocomplete: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub focus: bool,
}

/// A field for a password, which can be shown; it says when Caps Lock is on.
#[component]
pub fn Secret(props: &SecretProps) -> Html {
    let shown = use_state(|| false);
    let caps = use_state(|| false);
    let set = caps.setter();
    let onkeyup = Callback::from(move |event: KeyboardEvent| {
        set.set(event.get_modifier_state("CapsLock"));
    });
    let (kind, verb) = if *shown {
        ("text", text::HIDE.say())
    } else {
        ("password", text::SHOW.say())
    };
    let about = [verb, ": ", props.label.as_str()].concat();
    let onclick = Callback::from(move |_: MouseEvent| shown.set(!*shown));
    html! {
        <>
        <Field
            name={props.name.clone()}
            label={props.label.clone()}
            autocomplete={props.autocomplete.clone()}
            hint={props.hint.clone()}
            error={props.error.clone()}
            {kind}
            focus={props.focus}
            {onkeyup}
        >
            <button class="field-toggle" type="button" aria-label={about} {onclick}>{ verb }</button>
        </Field>
        <div class="field-note" role="status">
            if *caps {
                <p>{ text::CAPS_LOCK }</p>
            }
        </div>
        </>
    }
}
