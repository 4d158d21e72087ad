//! The spec's encoder and serde write the same JSON, and read each other's.

use poem_openapi::types::{ParseFromJSON, ToJSON};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::account::{ChangePassword, UpdateProfile, User};
use shared::admin::{AdminUserView, UpdateUser, UserPage};
use shared::auth::{
    AccessToken, Login, Logout, LogoutScope, Refresh, Register, TokenInfo, TokenResponse, TokenType,
};
use shared::error_code::ErrorCode;
use shared::event::{ActivityBucket, ActivitySeries, Event, EventKind, EventPage};
use shared::password::Password;
use shared::problem::Problem;
use shared::role::Role;
use shared::session::{RevocationReason, Session, Sessions};
use shared::validate::{FieldError, Violation};

#[track_caller]
fn agree<T: Serialize + DeserializeOwned + ToJSON + ParseFromJSON>(value: &T) {
    let serde = serde_json::to_value(value).unwrap();
    assert_eq!(value.to_json(), Some(serde.clone()));
    let read = T::parse_from_json(Some(serde.clone()))
        .ok()
        .expect("the spec's encoder reads serde's");
    assert_eq!(serde_json::to_value(&read).unwrap(), serde);
    let read: T = serde_json::from_value(serde.clone()).unwrap();
    assert_eq!(read.to_json(), Some(serde));
}

fn user(display_name: Option<&str>) -> User {
    User {
        id: "1".repeat(32),
        username: "alice".to_owned(),
        display_name: display_name.map(str::to_owned),
        roles: Role::ALL.to_vec(),
        created_at: 1_800_000_000,
    }
}

fn managed(display_name: Option<&str>) -> AdminUserView {
    AdminUserView {
        id: "1".repeat(32),
        username: "alice".to_owned(),
        display_name: display_name.map(str::to_owned),
        roles: vec![Role::User],
        disabled: true,
        created_at: 1_800_000_000,
        live_sessions: 3,
    }
}

#[test]
fn what_signs_in() {
    let password = Password::new("correct zebra battery plum");
    agree(&Register {
        username: "alice".to_owned(),
        password: password.clone(),
    });
    agree(&Login {
        username: "alice".to_owned(),
        password: password.clone(),
    });
    agree(&ChangePassword {
        current_password: password.clone(),
        new_password: password,
    });
    agree(&Refresh {});
    for scope in [
        None,
        Some(LogoutScope::This),
        Some(LogoutScope::Others),
        Some(LogoutScope::All),
    ] {
        agree(&Logout { scope });
    }
    agree(&TokenResponse {
        access_token: AccessToken("a.b.c".to_owned()),
        token_type: TokenType::Bearer,
        expires_in: 900,
        user: user(Some("Älice")),
    });
    let (sub, sid) = ("1".repeat(32), "2".repeat(32));
    agree(&TokenInfo {
        sub,
        sid,
        roles: vec![Role::User],
        expires_in: 0,
    });
}

#[test]
fn people_and_sessions() {
    agree(&user(None));
    agree(&user(Some("")));
    agree(&UpdateProfile { display_name: None });
    agree(&UpdateProfile {
        display_name: Some("x".to_owned()),
    });
    agree(&UpdateUser {
        roles: None,
        disabled: None,
    });
    agree(&UpdateUser {
        roles: Some(Role::ALL.to_vec()),
        disabled: Some(false),
    });
    for next in [None, Some("bob".to_owned())] {
        agree(&UserPage {
            users: vec![managed(None), managed(Some("A"))],
            next,
        });
    }
    let session = |user_agent: Option<&str>| Session {
        id: "3".repeat(32),
        created_at: 1,
        last_used_at: 2,
        user_agent: user_agent.map(str::to_owned),
        ip: user_agent.map(|_| "192.0.2.1".to_owned()),
        current: true,
    };
    agree(&Sessions {
        sessions: vec![session(None), session(Some("\"quoted\""))],
    });
}

#[test]
fn events() {
    let event = |kind, said: Option<&str>| Event {
        id: 7,
        at: 1_800_000_000,
        kind,
        reason: said.map(|_| RevocationReason::SessionLimit),
        session: said.map(str::to_owned),
        username: said.map(str::to_owned),
        by: said.map(str::to_owned),
        ip: said.map(str::to_owned),
        user_agent: said.map(str::to_owned),
    };
    for &kind in EventKind::ALL {
        for next in [None, Some("1-6".to_owned())] {
            agree(&EventPage {
                events: vec![event(kind, None), event(kind, Some("\"x\""))],
                next,
            });
        }
    }
    agree(&ActivitySeries {
        step: 3_600,
        stretches: vec![ActivityBucket {
            from: 1_800_000_000,
            signed_in: 1,
            failed: 2,
            refreshed: 3,
            reused: 4,
        }],
    });
}

#[test]
fn problems() {
    for code in ErrorCode::ALL {
        agree(&Problem::new(code));
    }
    for reason in RevocationReason::ALL {
        agree(&Problem {
            reason: Some(reason),
            ..Problem::new(ErrorCode::SessionRevoked)
        });
    }
    agree(&Problem {
        detail: Some("Do this.".to_owned()),
        errors: Some(vec![FieldError::new("username", Violation::TooShort)]),
        ..Problem::new(ErrorCode::ValidationFailed)
    });
}
