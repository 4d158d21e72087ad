//! Imports users with their existing password hashes: all of them or none.

use crate::auth::audit::log;
use crate::auth::audit::log::user_event;
use crate::auth::password::hash::{Hasher, UnsupportedHash};
use crate::auth::random;
use crate::db::user::{self, Insertion, User, roles_to_column};
use crate::db::{self, Database, DbError};
use crate::json::{self, JsonError};
use protocol::Millis;
use serde::Deserialize;
use shared::account::check_display_name;
use shared::event::EventKind;
use shared::role::Role;
use shared::username;
use shared::validate::{FieldErrors, Validate};
use std::collections::HashMap;
use thiserror::Error;

/// The maximum number of usernames in an error message; it gives the number of the others.
const MAX_LISTED: usize = 20;

/// Why a line is invalid. Messages never contain a part of a hash.
#[derive(Debug, Error)]
pub enum LineError {
    /// The line is not one JSON object.
    #[error("line {0}: this is not one JSON object in UTF-8, each key once")]
    Malformed(usize),
    /// A field is invalid.
    #[error("line {0}: {1}")]
    Invalid(usize, String),
    /// The hash cannot be verified.
    #[error("line {0}: password_hash: {1}")]
    Hash(usize, UnsupportedHash),
    /// Two lines have the same username.
    #[error("line {0}: {1} is already in line {2}")]
    Duplicate(usize, String, usize),
}

/// Why no user was imported although every line is valid.
#[derive(Debug, Error)]
pub enum TakenError {
    /// These usernames exist already.
    #[error("these names are taken: {}", summarize(.0))]
    Names(Vec<String>),
    /// A concurrent request took one of the usernames.
    #[error("one of the names was taken meanwhile; try again")]
    ConcurrentlyTaken,
}

fn summarize(names: &[String]) -> String {
    let some = names.iter().take(MAX_LISTED).map(String::as_str);
    let some = some.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MAX_LISTED) {
        0 => some,
        rest => format!("{some} and {rest} more"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    username: String,
    password_hash: String,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    roles: Vec<Role>,
}

impl Validate for Line {
    fn validate(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.add("username", username::check(&self.username));
        let name = self.display_name.as_deref().unwrap_or_default();
        errors.add("display_name", check_display_name(name));
        errors
    }
}

/// Parses the lines; the error names the first invalid one. Empty lines are ignored.
pub fn read(bytes: &[u8], hasher: &Hasher, now: Millis) -> Result<Vec<User>, LineError> {
    let mut people = Vec::new();
    let mut seen = HashMap::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let user = parse_line(number, line, hasher, now)?;
        if let Some(first) = seen.insert(user.username.clone(), number) {
            return Err(LineError::Duplicate(number, user.username, first));
        }
        people.push(user);
    }
    Ok(people)
}

fn parse_line(number: usize, line: &[u8], hasher: &Hasher, now: Millis) -> Result<User, LineError> {
    let line: Line = json::read(line).map_err(|error| match error {
        JsonError::Malformed => LineError::Malformed(number),
        JsonError::Invalid(errors) => {
            let broken = errors.0.iter();
            let said = broken.map(|error| format!("{}: {}", error.field, error.message));
            LineError::Invalid(number, said.collect::<Vec<_>>().join(" "))
        }
    })?;
    let admitted = hasher.supports(&line.password_hash);
    admitted.map_err(|error| LineError::Hash(number, error))?;
    let display_name = line.display_name.as_deref().map(str::trim);
    let mut roles = line.roles;
    roles.push(Role::User);
    Ok(User {
        id: random::generate(),
        username: username::canonical(&line.username),
        display_name: display_name
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
        password_hash: line.password_hash,
        roles: roles_to_column(&roles),
        created_at: i64::try_from(now.0).unwrap_or(i64::MAX),
        disabled_at: None,
        device_next: 0,
        device_floor: 0,
    })
}

/// Creates the accounts in one transaction and returns how many.
pub async fn insert(
    db: &Database,
    people: Vec<User>,
    now: Millis,
) -> Result<Result<usize, TakenError>, DbError> {
    let transaction = db.begin().await?;
    let names: Vec<_> = people.iter().map(|user| user.username.as_str()).collect();
    let taken = user::existing_usernames(&transaction, &names).await?;
    if !taken.is_empty() {
        return Ok(Err(TakenError::Names(taken)));
    }
    let event = |user: &User| user_event(EventKind::Registered, &user.id, None, now);
    let events: Vec<_> = people.iter().map(event).collect();
    let count = people.len();
    if user::insert_all(&transaction, people).await? == Insertion::NameTaken {
        return Ok(Err(TakenError::ConcurrentlyTaken));
    }
    log::insert(&transaction, events).await?;
    db::commit(transaction).await?;
    Ok(Ok(count))
}
