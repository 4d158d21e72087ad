//! The typed calls, against the list of endpoints.

use crate::world::{Browser, problem};
use client::{ApiClient, EventSearch, LocalFuture, UserSearch};
use shared::account::{ChangePassword, UpdateProfile};
use shared::admin::UpdateUser;
use shared::endpoint::{self, Endpoint, Guard};
use shared::error_code::ErrorCode;
use shared::password::Password;

type Call = fn(ApiClient) -> LocalFuture<bool>;

const CALLS: [(Endpoint, Call); 13] = [
    (endpoint::SESSION, |api| {
        Box::pin(async move { api.session().await.is_ok() })
    }),
    (endpoint::ME, |api| {
        Box::pin(async move { api.me().await.is_ok() })
    }),
    (endpoint::UPDATE_ME, |api| {
        Box::pin(async move { api.update_me(&UpdateProfile::default()).await.is_ok() })
    }),
    (endpoint::CHANGE_PASSWORD, |api| {
        Box::pin(async move {
            let change = ChangePassword {
                current_password: Password::default(),
                new_password: Password::default(),
            };
            api.change_password(&change).await.is_ok()
        })
    }),
    (endpoint::SESSIONS, |api| {
        Box::pin(async move { api.sessions().await.is_ok() })
    }),
    (endpoint::END_SESSION, |api| {
        Box::pin(async move { api.end_session("7f").await.is_ok() })
    }),
    (endpoint::SESSION_EVENTS, |api| {
        Box::pin(async move { api.session_events("7f").await.is_ok() })
    }),
    (endpoint::EVENTS, |api| {
        Box::pin(async move { api.events(&EventSearch::default()).await.is_ok() })
    }),
    (endpoint::ACTIVITY, |api| {
        Box::pin(async move { api.activity().await.is_ok() })
    }),
    (endpoint::USERS, |api| {
        Box::pin(async move { api.users(&UserSearch::default()).await.is_ok() })
    }),
    (endpoint::USER, |api| {
        Box::pin(async move { api.user("7f").await.is_ok() })
    }),
    (endpoint::UPDATE_USER, |api| {
        Box::pin(async move { api.update_user("7f", &UpdateUser::default()).await.is_ok() })
    }),
    (endpoint::END_USER_SESSIONS, |api| {
        Box::pin(async move { api.end_user_sessions("7f").await.is_ok() })
    }),
];

#[test]
fn every_call_goes_to_its_endpoint_with_the_token() {
    let (mut browser, tab) = Browser::with_alice();
    for (endpoint, call) in CALLS {
        let outcome = browser.begin(call(tab.api()));
        let request = browser.answer(&endpoint.with_id("7f"), problem(ErrorCode::NotFound));
        assert_eq!(request.method, endpoint.method, "{endpoint:?}");
        assert_eq!(request.header_value("Authorization"), Some("Bearer t1"));
        assert_eq!(*outcome.borrow(), Some(false));
    }
}

#[test]
fn every_guarded_endpoint_has_a_call() {
    let guarded =
        |endpoint: &&Endpoint| matches!(endpoint.guard, Guard::Bearer | Guard::Requires(_));
    for endpoint in endpoint::ALL.iter().filter(guarded) {
        assert!(
            CALLS.iter().any(|(known, _)| known == endpoint),
            "{endpoint:?}"
        );
    }
}
