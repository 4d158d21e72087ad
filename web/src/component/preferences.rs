use crate::browser::Theme;
use crate::session::use_language;
use crate::words::{Language, text};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How the app looks, and what it speaks.
#[component]
pub fn Preferences() -> Html {
    let (spoken, speak) = use_language();
    let theme = Theme::chosen();
    let onlanguage = Callback::from(move |event: Event| {
        let tag = event.target_unchecked_into::<HtmlSelectElement>().value();
        speak.emit(Language::of(Some(&tag), std::iter::empty()));
    });
    let ontheme = Callback::from(|event: Event| {
        Theme::choose(&event.target_unchecked_into::<HtmlSelectElement>().value());
    });
    let language = |language: Language| {
        html! {
            <option value={language.tag()} selected={language == spoken}>{ language.name() }</option>
        }
    };
    let themes = [text::THEME_SYSTEM, text::THEME_LIGHT, text::THEME_DARK];
    let option = |(of, text): (Theme, text::Text)| {
        html! { <option value={of.word()} selected={of == theme}>{ text }</option> }
    };
    html! {
        <div class="preferences">
            <label>
                <span>{ text::THEME }</span>
                <select name="theme" onchange={ontheme}>
                    { for Theme::ALL.into_iter().zip(themes).map(option) }
                </select>
            </label>
            <label>
                <span>{ text::LANGUAGE }</span>
                <select name="language" onchange={onlanguage}>
                    { for Language::ALL.into_iter().map(language) }
                </select>
            </label>
        </div>
    }
}
