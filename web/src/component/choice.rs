use crate::words::text::Text;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What can be chosen: a word that stands for it, and its text.
pub type Choices = Vec<(&'static str, AttrValue)>;

#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    pub name: AttrValue,
    pub label: Text,
    pub choices: Choices,
    /// The word of what is chosen.
    pub chosen: AttrValue,
    pub onchoose: Callback<String>,
}

/// A labelled list of which one is chosen.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let select = use_node_ref();
    let node = select.clone();
    let chosen = props.chosen.clone();
    // What somebody chose in the list itself outlives a change of the options' attributes, and a
    // choice that could not be followed.
    use_effect(move || {
        if let Some(select) = node.cast::<HtmlSelectElement>() {
            select.set_value(&chosen);
        }
    });
    let onchange = props
        .onchoose
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let option = |(word, text): &(&'static str, AttrValue)| {
        html! { <option value={*word} selected={props.chosen == *word}>{ text }</option> }
    };
    html! {
        <label class="choice">
            <span>{ props.label }</span>
            <select ref={select} name={props.name.clone()} {onchange}>
                { for props.choices.iter().map(option) }
            </select>
        </label>
    }
}
