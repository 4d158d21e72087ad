//! What pages show, and where they send people.

use super::stage::{Stage, address, admin_signed_in, alice_signed_in, problem};
use gloo_timers::future::TimeoutFuture;
use shared::error_code::ErrorCode;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

#[wasm_bindgen_test]
async fn a_private_page_asks_for_a_sign_in_and_remembers_the_way_back() {
    let stage = Stage::open("/account", "nobody 0", |_| None);
    assert_eq!(stage.find(".page-head h1").await.inner_text(), "Sign in");
    assert_eq!(address(), "/sign-in?next=%2Faccount");
    assert!(
        stage.look(".notice").is_none(),
        "there is nothing to explain"
    );
    assert!(stage.sent().is_empty(), "a first visit makes no call");
}

#[wasm_bindgen_test]
async fn the_sign_in_page_says_why_one_is_there() {
    let stage = Stage::open("/home", "somebody 3", |_| {
        Some(problem(ErrorCode::SessionExpired))
    });
    let notice = stage.find(".notice").await;
    assert_eq!(notice.inner_text(), "Your session has expired.");
    assert_eq!(stage.sent(), ["/api/auth/refresh"]);
}

#[wasm_bindgen_test]
async fn a_reload_shows_neither_the_page_nor_the_sign_in_page_before_it_knows() {
    let stage = Stage::open("/account", "somebody 3", |_| None);
    stage.find(".page[aria-busy=true]").await;
    TimeoutFuture::new(100).await;
    assert!(stage.look("form").is_none());
    assert_eq!(address(), "/account");
}

#[wasm_bindgen_test]
async fn what_is_wrong_stands_at_its_field_and_has_the_focus() {
    let stage = Stage::open("/sign-in", "nobody 0", |_| None);
    let submit = stage.find("button[type=submit]").await;
    // A page that is not the first gives its heading the focus once it is shown.
    TimeoutFuture::new(100).await;
    submit.click();
    let error = stage.find("#password-error").await;
    assert_eq!(error.inner_text(), "This is needed.");
    let field = stage.find("#password").await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(
        field.get_attribute("aria-describedby").as_deref(),
        Some("password-error")
    );
    stage.find("#username:focus").await;
    assert!(
        stage.sent().is_empty(),
        "the same rules hold before anything is sent"
    );
}

#[wasm_bindgen_test]
async fn a_field_that_was_filled_in_without_an_event_is_sent_as_it_stands() {
    let stage = Stage::open("/sign-in", "nobody 0", |_| Some(alice_signed_in()));
    for (field, text) in [("#username", "alice"), ("#password", "a phrase of alice's")] {
        let input: HtmlInputElement = stage.find(field).await.unchecked_into();
        input.set_value(text);
    }
    stage.find("button[type=submit]").await.click();
    stage.find(".who").await;
    assert_eq!(stage.sent()[0], "/api/auth/login");
}

#[wasm_bindgen_test]
async fn what_the_app_does_not_understand_goes_from_the_address_of_a_list() {
    let stage = Stage::open("/admin/events?kind=nonsense&x=1", "somebody 3", |request| {
        request.path.ends_with("/refresh").then(admin_signed_in)
    });
    stage.find(".turned").await;
    stage.is_at("/admin/events").await;
    assert!(stage.sent().contains(&"/api/admin/events".to_owned()));
}

#[wasm_bindgen_test]
async fn who_may_not_is_told_so_without_a_call() {
    let stage = Stage::open("/admin/users", "somebody 3", |_| Some(alice_signed_in()));
    stage.find(".page-narrow").await;
    assert_eq!(
        stage.find(".page-head h1").await.inner_text(),
        "Not for you"
    );
    assert_eq!(stage.sent(), ["/api/auth/refresh"]);
    let links = stage.find(".nav").await.inner_text();
    assert!(!links.contains("People"), "{links}");
}

#[wasm_bindgen_test]
async fn no_token_is_on_the_page() {
    let stage = Stage::open("/account", "somebody 3", |_| Some(alice_signed_in()));
    let form = stage.find("#display_name").await;
    let document = form
        .owner_document()
        .and_then(|document| document.document_element());
    let page = document.map(|page| page.outer_html()).unwrap_or_default();
    assert!(page.contains("alice") && !page.contains("tell-nobody"));
}

#[wasm_bindgen_test]
async fn signing_out_leaves_the_page_at_once() {
    let stage = Stage::open("/account", "somebody 3", |request| {
        if request.path.ends_with("/refresh") {
            Some(alice_signed_in())
        } else {
            None
        }
    });
    stage.find("#display_name").await;
    stage.find(".who button").await.click();
    let notice = stage.find(".notice").await.inner_text();
    assert!(notice.starts_with("You are signed out."), "{notice}");
    assert!(
        notice.contains("has not heard"),
        "the server is still silent: {notice}"
    );
    // A sign-out on purpose does not ask to come back.
    stage.is_at("/sign-in").await;
    assert!(stage.look("#display_name").is_none());
}

#[wasm_bindgen_test]
async fn a_password_is_hidden_until_one_asks_and_its_field_says_what_it_is() {
    let stage = Stage::open("/sign-in", "nobody 0", |_| None);
    let hidden = stage.find("#password[type=password]").await;
    let purpose = hidden.get_attribute("autocomplete");
    assert_eq!(purpose.as_deref(), Some("current-password"));
    stage.find(".field-toggle").await.click();
    stage.find("#password[type=text]").await;
    stage.find(".field-toggle").await.click();
    stage.find("#password[type=password]").await;

    let stage = Stage::open("/register", "nobody 0", |_| None);
    let new = stage.find("#password[type=password]").await;
    assert_eq!(
        new.get_attribute("autocomplete").as_deref(),
        Some("new-password")
    );
}
