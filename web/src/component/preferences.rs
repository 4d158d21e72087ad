use super::{Choice, Choices};
use crate::browser::Theme;
use crate::session::use_language;
use crate::words::{Language, text};
use yew::prelude::*;

/// How the app looks, and what it speaks.
#[component]
pub fn Preferences() -> Html {
    let (spoken, speak) = use_language();
    let theme = Theme::chosen();
    let onlanguage = Callback::from(move |tag: String| {
        speak.emit(Language::of(Some(&tag), std::iter::empty()));
    });
    let ontheme = Callback::from(|word: String| Theme::choose(&word));
    let texts = [text::THEME_SYSTEM, text::THEME_LIGHT, text::THEME_DARK];
    let themes = Theme::ALL.into_iter().zip(texts);
    let themes: Choices = themes.map(|(of, text)| (of.word(), text.into())).collect();
    let languages: Choices = Language::ALL
        .map(|language| (language.tag(), language.name().into()))
        .into();
    html! {
        <div class="preferences">
            <Choice name="theme" label={text::THEME} choices={themes} chosen={theme.word()} onchoose={ontheme} />
            <Choice name="language" label={text::LANGUAGE} choices={languages} chosen={spoken.tag()} onchoose={onlanguage} />
        </div>
    }
}
