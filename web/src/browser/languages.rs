//! The language that was chosen here, or that the browser asks for.

use super::store::LocalStore;
use super::window;
use crate::transport::FetchTransport;
use crate::words::{Language, speak, spoken};
use client::{Request, Storage, Transport};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use shared::endpoint::Method;
use wasm_bindgen_futures::spawn_local;

const KEY: &str = "countersign.language";

/// How long a page waits for the file of its language before it is shown in English, in milliseconds.
const TIMEOUT: u32 = 4000;

/// What the browser asks for, the most wanted first.
fn wished() -> Vec<String> {
    let wished = window().navigator().languages();
    wished.iter().filter_map(|tag| tag.as_string()).collect()
}

/// The tag for dates and numbers: the language of the page as it is written where the person is,
/// so that English has a British date in Britain.
pub fn locale() -> String {
    let mut wished = wished().into_iter();
    let language = spoken();
    let regional = wished.find(|tag| language.is_of(tag));
    regional.unwrap_or_else(|| language.tag().to_owned())
}

/// The language to begin with.
fn first() -> Language {
    let wished = wished();
    let chosen = LocalStore.read(KEY);
    Language::of(chosen.as_deref(), wished.iter().map(String::as_str))
}

/// Shows the page in the language to begin with, in English where that does not come.
pub fn begin(show: impl FnOnce() + 'static) {
    let first = first();
    with(first, move |known| {
        apply(if known { first } else { Language::English });
        show();
    });
}

/// Fetches what is said in that language, at once where it is there already; then tells whether it
/// can be spoken.
pub fn with(language: Language, then: impl FnOnce(bool) + 'static) {
    if language.is_known() {
        then(true);
        return;
    }
    spawn_local(async move {
        let file = FetchTransport.send(Request {
            method: Method::Get,
            path: language.path(),
            headers: Vec::new(),
            body: None,
        });
        let came = match select(file, TimeoutFuture::new(TIMEOUT)).await {
            Either::Left((Ok(file), _)) => language.learn(file.body),
            _ => false,
        };
        then(came);
    });
}

/// Keeps the choice of a language that can be spoken.
pub fn choose(language: Language) {
    LocalStore.write(KEY, language.tag());
    apply(language);
}

/// Tells the page and whoever reads it out.
pub fn apply(language: Language) {
    speak(language);
    let root = window()
        .document()
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // An attribute of that name is never refused.
        let _ = root.set_attribute("lang", language.tag());
    }
}
