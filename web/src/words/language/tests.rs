use super::*;

#[test]
fn a_choice_beats_the_browser() {
    let wished = || ["fr-CH", "de-AT", "en"].into_iter();
    assert_eq!(Language::of(Some("en"), wished()), Language::English);
    assert_eq!(Language::of(None, wished()), Language::German);
    assert_eq!(Language::of(Some("nonsense"), wished()), Language::German);
    assert_eq!(Language::of(None, ["fr"].into_iter()), Language::English);
}

#[test]
fn every_file_has_every_text_by_its_name_with_the_same_gaps() {
    let english: Vec<_> = text::ENGLISH.iter().flat_map(|part| part.lines()).collect();
    let names = text::names();
    assert_eq!(english.len(), names.len());
    for language in Language::ALL {
        let Some(file) = language.file() else {
            continue;
        };
        let rows: Vec<_> = file.lines().filter(|line| line.contains(" = ")).collect();
        let theirs: Vec<_> = rows
            .iter()
            .filter_map(|row| row.split(' ').next())
            .collect();
        assert_eq!(theirs, names, "{language:?}");
        let said: Vec<_> = texts(file).collect();
        assert_eq!(
            said.len(),
            names.len(),
            "a text of {language:?} is not in quotes"
        );
        for ((name, english), said) in names.iter().zip(&english).zip(said) {
            assert!(!said.is_empty(), "{name} is missing in {language:?}");
            let gaps = |said: &str| said.matches("{}").count();
            assert_eq!(gaps(english), gaps(said), "{name} in {language:?}");
            let edges = |said: &str| [said.starts_with(' '), said.ends_with(' ')];
            assert_eq!(edges(english), edges(said), "{name} in {language:?}");
            let words = english.len() > 8 && english.contains(' ');
            assert!(
                !words || *english != said,
                "{name} was not translated to {language:?}"
            );
        }
    }
}

#[test]
fn every_file_has_a_language() {
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/i18n");
    for file in std::fs::read_dir(files).expect("BUG: the folder is there") {
        let name = file.expect("BUG: it can be listed").file_name();
        let tag = name.to_str().and_then(|name| name.strip_suffix(".txt"));
        let of_it = Language::ALL
            .iter()
            .find(|language| Some(language.tag()) == tag);
        assert!(
            of_it.is_some_and(|language| language.file().is_some()),
            "{name:?}"
        );
    }
}

#[test]
fn a_language_is_spoken_once_the_file_of_this_app_has_come() {
    let file = Language::German.file().expect("BUG: German has a file");
    assert_eq!(Language::English.path(), "/i18n/en.txt?0");
    assert!(!Language::German.is_known());
    let other = file.replace("Anmelden", "Einloggen");
    for wrong in [String::new(), "<!doctype html>".to_owned(), other] {
        assert!(!Language::German.learn(wrong));
        assert!(!Language::German.is_known());
    }
    assert!(Language::German.learn(file.to_owned()));
    speak(Language::German);
    assert_eq!(text::SIGN_IN.say(), "Anmelden");
    assert_eq!(text::NOTE_LEFT.say(), "Der Server weiß von der Abmeldung");
    speak(Language::English);
    assert_eq!(text::SIGN_IN.say(), "Sign in");
    assert_eq!(text::SOME_SESSIONS.fill(&["3"]), "3 sessions");
}
