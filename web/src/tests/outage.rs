//! The server cannot be reached, or rejects what the browser sends.

use super::stage::{Stage, address, alice_signed_in, page_of_a_proxy, problem, token_facts};
use crate::browser::window;
use shared::error_code::ErrorCode;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_rejected_browser_gets_the_servers_words_the_form_and_a_way_out() {
    for path in ["/account", "/sign-in"] {
        let stage = Stage::open(path, "somebody 3", |_| {
            Some(problem(ErrorCode::OriginForbidden))
        });
        let said = stage.find(".notice-bad").await.inner_text();
        assert!(said.contains("(origin_forbidden)"), "{said}");
        stage.find("#password").await;
        assert_eq!(address(), path, "nobody is led away");
        let buttons = stage.find(".dialog-aside").await.inner_text();
        assert!(buttons.contains("Try again"), "{buttons}");
        stage.find(".dialog-aside button:last-child").await.click();
        stage.gone(".dialog-aside").await;
        let notice = stage.find(".notice").await.inner_text();
        assert!(notice.starts_with("You are signed out."), "{notice}");
    }
}

#[wasm_bindgen_test]
async fn who_cannot_reach_the_server_can_still_sign_out() {
    let stage = Stage::open("/account", "somebody 3", |_| Some(page_of_a_proxy(502)));
    let title = stage.find(".page-head h1").await.inner_text();
    assert_eq!(title, "We cannot reach the server");
    stage.find(".actions button:last-child").await.click();
    let notice = stage.find(".notice").await.inner_text();
    assert!(notice.starts_with("You are signed out."), "{notice}");
}

#[wasm_bindgen_test]
async fn an_outage_has_one_message_and_what_failed_is_read_again_by_itself() {
    static AWAY: AtomicBool = AtomicBool::new(true);
    let stage = Stage::open("/home", "somebody 3", |request| {
        Some(match request.path.as_str() {
            "/api/auth/refresh" => alice_signed_in(),
            _ if AWAY.load(Ordering::Relaxed) => page_of_a_proxy(502),
            _ => token_facts(),
        })
    });
    let banner = stage.find(".banner").await.inner_text();
    assert!(banner.contains("The server cannot be reached."), "{banner}");
    assert!(stage.look(".notice, .load-failed").is_none());
    AWAY.store(false, Ordering::Relaxed);
    let online = web_sys::Event::new("online").expect("BUG: an event can be made");
    window().dispatch_event(&online).expect("BUG: it is heard");
    let facts = stage.find("[aria-live=polite]").await.inner_text();
    assert!(facts.contains("id-of-a-session"), "{facts}");
    stage.gone(".banner").await;
}
