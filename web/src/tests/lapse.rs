//! A session that runs out over a page, with a call on its way.

use super::stage::{Stage, alice_again, alice_herself, alice_signed_in, person_signed_in, problem};
use client::{Request, Response};
use shared::error_code::ErrorCode;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

/// The first token is over; the one of the next sign-in is good.
fn runs_out(request: &Request) -> Response {
    let old = request.header_value("Authorization") == Some("Bearer tell-nobody");
    match request.path.as_str() {
        "/api/auth/refresh" => alice_signed_in(),
        "/api/auth/login" => alice_again(),
        _ if old => problem(ErrorCode::SessionExpired),
        _ => alice_herself(),
    }
}

async fn types(stage: &Stage, field: &str, text: &str) {
    let input: HtmlInputElement = stage.find(field).await.unchecked_into();
    input.set_value(text);
    let bubbling = web_sys::EventInit::new();
    bubbling.set_bubbles(true);
    let typed = web_sys::Event::new_with_event_init_dict("input", &bubbling);
    let typed = typed.expect("BUG: an event can be made");
    input.dispatch_event(&typed).expect("BUG: it is heard");
}

#[wasm_bindgen_test]
async fn a_parked_call_goes_on_after_the_sign_in() {
    let stage = Stage::open("/account", "somebody 3", |request| Some(runs_out(request)));
    types(&stage, "#display_name", "Alice the unsaved").await;
    stage.find("form button[type=submit]").await.click();
    let dialog = stage.find("dialog[open]").await.inner_text();
    assert!(dialog.contains("Your session has expired."), "{dialog}");
    stage.find("#display_name").await;
    stage.find(".lapsed[inert]").await;

    types(&stage, "dialog #password", "a phrase of alice's").await;
    stage.find("dialog button[type=submit]").await.click();
    stage.gone(".lapsed").await;
    stage.find(".notice-good").await;
    assert!(stage.look("dialog").is_none());
    let saves = stage
        .sent()
        .into_iter()
        .filter(|path| path == "/api/me")
        .count();
    assert_eq!(saves, 2, "refused once, then done once: {:?}", stage.sent());
    let name: HtmlInputElement = stage.find("#display_name").await.unchecked_into();
    assert_eq!(name.value(), "Alice the unsaved");
}

#[wasm_bindgen_test]
async fn another_person_gets_a_page_of_their_own() {
    let stage = Stage::open("/account", "somebody 3", |request| {
        if request.path == "/api/auth/login" {
            return Some(person_signed_in("b", "bob"));
        }
        Some(runs_out(request))
    });
    types(&stage, "#display_name", "Alice the unsaved").await;
    stage.find("form button[type=submit]").await.click();
    types(&stage, "dialog #username", "bob").await;
    types(&stage, "dialog #password", "a phrase of bob's").await;
    stage.find("dialog button[type=submit]").await.click();
    stage.gone(".lapsed").await;
    let name: HtmlInputElement = stage.find("#display_name").await.unchecked_into();
    assert_eq!(name.value(), "");
    let saves = stage
        .sent()
        .into_iter()
        .filter(|path| path == "/api/me")
        .count();
    assert_eq!(saves, 1, "alice's change does not go out in bob's name");
}
