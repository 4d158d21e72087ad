//! What `Intl` makes of times and numbers, in both languages.

use crate::browser::languages;
use crate::words::{self, Language};
use wasm_bindgen_test::wasm_bindgen_test;

/// What is said in German, then in English, which the other tests expect.
fn in_both(say: impl Fn() -> String) -> [String; 2] {
    let file = Language::German.file().expect("BUG: German has a file");
    assert!(Language::German.learn(file.to_owned()));
    let [german, english] = [Language::German, Language::English].map(|language| {
        languages::apply(language);
        say()
    });
    [english, german]
}

#[wasm_bindgen_test]
fn ages_are_whole_phrases() {
    const DAY: u64 = 24 * 60 * 60;
    for (seconds, phrases) in [
        (5, ["just now", "gerade eben"]),
        (60, ["1 minute ago", "vor 1 Minute"]),
        (240, ["4 minutes ago", "vor 4 Minuten"]),
        (2 * DAY, ["2 days ago", "vor 2 Tagen"]),
        (40 * DAY, ["1 month ago", "vor 1 Monat"]),
        (800 * DAY, ["2 years ago", "vor 2 Jahren"]),
    ] {
        assert_eq!(in_both(|| words::ago(seconds)), phrases);
    }
    assert_eq!(
        in_both(|| words::ahead(840)),
        ["in 14 minutes", "in 14 Minuten"]
    );
    assert_eq!(
        in_both(|| words::seconds_ago(1)),
        ["1 second ago", "vor 1 Sekunde"]
    );
}

#[wasm_bindgen_test]
fn counts_have_their_languages_plural_and_separators() {
    let said = |count| in_both(|| words::sessions(count));
    assert_eq!(said(1), ["1 session", "1 Sitzung"]);
    assert_eq!(said(0), ["0 sessions", "0 Sitzungen"]);
    assert_eq!(said(2500), ["2,500 sessions", "2.500 Sitzungen"]);
    assert_eq!(in_both(|| words::span(1)), ["1 second", "1 Sekunde"]);
    assert_eq!(in_both(|| words::span(840)), ["14 minutes", "14 Minuten"]);
}
