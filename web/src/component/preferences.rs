use super::{Choice, Choices};
use crate::browser::{Theme, languages};
use crate::session::use_language;
use crate::words::{Language, text};
use yew::prelude::*;

/// How the app looks, and what it speaks.
#[component]
pub fn Preferences() -> Html {
    let (spoken, speak) = use_language();
    let theme = Theme::chosen();
    let failed = use_state(|| false);
    let missed = failed.setter();
    let latest = use_mut_ref(|| spoken);
    let onlanguage = Callback::from(move |tag: String| {
        let language = Language::of(Some(&tag), std::iter::empty());
        latest.replace(language);
        let (speak, missed, latest) = (speak.clone(), missed.clone(), latest.clone());
        languages::with(language, move |known| {
            // Somebody may have chosen another before this one came.
            if *latest.borrow() != language {
                return;
            }
            if known {
                speak.emit(language);
            }
            missed.set(!known);
        });
    });
    let ontheme = Callback::from(|word: String| Theme::choose(&word));
    let texts = [text::THEME_SYSTEM, text::THEME_LIGHT, text::THEME_DARK];
    let themes = Theme::ALL.into_iter().zip(texts);
    let themes: Choices = themes.map(|(of, text)| (of.word(), text.into())).collect();
    let languages: Choices = Language::ALL
        .iter()
        .map(|language| (language.tag(), language.name().into()))
        .collect();
    html! {
        <div class="preferences">
            <Choice name="theme" label={text::THEME} choices={themes} chosen={theme.word()} onchoose={ontheme} />
            <Choice name="language" label={text::LANGUAGE} choices={languages} chosen={spoken.tag()} onchoose={onlanguage} />
            if *failed {
                <p class="field-error" role="alert">{ text::NETWORK }</p>
            }
        </div>
    }
}
