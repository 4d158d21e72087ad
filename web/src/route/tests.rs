use super::*;
use shared::endpoint::Guard;
use std::fs;
use std::path::{Path, PathBuf};

/// The calls of the client, as pages write them.
const CALLS: &[(&str, Endpoint)] = &[
    (".session(", endpoint::SESSION),
    (".me(", endpoint::ME),
    (".update_me(", endpoint::UPDATE_ME),
    (".change_password(", endpoint::CHANGE_PASSWORD),
    (".sessions(", endpoint::SESSIONS),
    (".end_session(", endpoint::END_SESSION),
    (".session_events(", endpoint::SESSION_EVENTS),
    (".users(", endpoint::USERS),
    (".user(", endpoint::USER),
    (".update_user(", endpoint::UPDATE_USER),
    (".end_user_sessions(", endpoint::END_USER_SESSIONS),
    (".events(", endpoint::EVENTS),
    (".activity(", endpoint::ACTIVITY),
];

fn lets_through(access: Access, guard: Guard) -> bool {
    match guard {
        Guard::Anyone | Guard::Cookie | Guard::CookieOrBearer => true,
        Guard::Bearer | Guard::Requires(Permission::OwnAccount) => access != Access::Open,
        Guard::Requires(permission) => access == Access::May(permission),
    }
}

#[test]
fn every_guard_satisfies_what_its_page_calls() {
    for route in Route::ALL {
        for endpoint in route.calls() {
            assert!(
                lets_through(route.access(), endpoint.guard),
                "{route:?} {endpoint:?}"
            );
        }
    }
}

#[test]
fn a_guard_that_is_too_weak_is_seen() {
    assert!(!lets_through(Access::Session, endpoint::USERS.guard));
    assert!(!lets_through(Access::Open, endpoint::ME.guard));
}

/// What a page calls is read in its sources, so that the table cannot lag behind.
#[test]
fn every_page_calls_what_its_route_says() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
    for route in Route::ALL.iter().filter(|route| route.is_private()) {
        let name = format!("{route:?}").to_lowercase();
        let source = sources(&pages, &name);
        assert!(!source.is_empty(), "{route:?} has no file {name}.rs");
        for &(call, endpoint) in CALLS {
            let says = route.calls().contains(&endpoint);
            let does = source.contains(&format!("api{call}"));
            assert_eq!(does, says, "{route:?} and {call}");
        }
    }
}

fn sources(pages: &Path, name: &str) -> String {
    let mut files: Vec<PathBuf> = vec![pages.join(format!("{name}.rs"))];
    let inside = fs::read_dir(pages.join(name)).into_iter().flatten();
    files.extend(inside.flatten().map(|entry| entry.path()));
    let texts = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok());
    texts.collect()
}

#[test]
fn an_address_leads_to_its_page_and_no_other() {
    for &route in Route::ALL {
        assert_eq!(Route::of(route.path()), route);
    }
    assert_eq!(Route::of("/account/"), Route::NotFound);
    assert_eq!(Route::of(""), Route::NotFound);
}

/// The server that serves the app knows its pages by the contract's list.
#[test]
fn every_page_is_in_the_contract() {
    let paths = Route::ALL.iter().map(|route| route.path());
    let routed: Vec<_> = paths.filter(|path| *path != page::NOT_FOUND).collect();
    assert_eq!(routed, page::ALL);
}
