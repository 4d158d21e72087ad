//! What the server may say.

#![expect(
    clippy::unnecessary_wraps,
    reason = "each stands where a lost answer may stand"
)]

use super::Answer;
use client::{NetworkError, Response};
use serde::Serialize;
use shared::account::User;
use shared::auth::{AccessToken, TokenResponse, TokenType};
use shared::error_code::ErrorCode;
use shared::problem::Problem;
use shared::role::Role;
use shared::session::RevocationReason;

/// How long the tokens of these tests live, in seconds.
const TTL: u64 = 900;

pub fn user(name: &str) -> User {
    User {
        id: format!("id-of-{name}"),
        username: name.to_owned(),
        display_name: None,
        roles: vec![Role::User],
        created_at: 1_700_000_000,
    }
}

fn json(status: u16, body: &impl Serialize) -> Answer {
    Ok(Response {
        status,
        retry_after: None,
        body: serde_json::to_string(body).expect("BUG: the contract is JSON"),
    })
}

/// A page of the API: any body of the contract.
pub fn page(body: &impl Serialize) -> Answer {
    json(200, body)
}

pub fn signed_in(name: &str, token: &str) -> Answer {
    page(&TokenResponse {
        access_token: AccessToken(token.to_owned()),
        token_type: TokenType::Bearer,
        expires_in: TTL,
        user: user(name),
    })
}

pub fn no_content() -> Answer {
    Ok(Response {
        status: 204,
        retry_after: None,
        body: String::new(),
    })
}

pub fn problem(code: ErrorCode) -> Answer {
    json(code.status(), &Problem::new(code))
}

/// A problem that asks to be left alone for so many seconds.
pub fn hasty_problem(code: ErrorCode, retry_after: &str) -> Answer {
    problem(code).map(|response| Response {
        retry_after: Some(retry_after.to_owned()),
        ..response
    })
}

pub fn ended(reason: RevocationReason) -> Answer {
    let mut problem = Problem::new(ErrorCode::SessionRevoked);
    problem.reason = Some(reason);
    json(401, &problem)
}

/// An answer that is not the API's.
pub fn proxy(status: u16) -> Answer {
    Ok(Response {
        status,
        retry_after: None,
        body: "<h1>A page of a proxy</h1>".to_owned(),
    })
}

pub const fn offline() -> Answer {
    Err(NetworkError)
}
