//! Replaces an outdated hash: an imported one, one with other parameters, or one of a password that
//! is not in NFC. This is possible only at sign-in, because only then the password is available.

use super::hash::PasswordForm;
use crate::AppState;
use crate::db::Cas;
use crate::db::user::{self, User};
use shared::password::Password;

/// Rehashes the password that was just verified, if its hash is outdated. The new session does not
/// depend on the result: if hashing fails now, the next sign-in tries again.
pub(crate) async fn rehash_if_outdated(
    app: &AppState,
    verified: &User,
    password: Password,
    form: PasswordForm,
) {
    let hash = &verified.password_hash;
    if !app.hasher.is_outdated(&password, form, hash) {
        return;
    }
    let Ok(place) = app.hasher.try_acquire() else {
        return;
    };
    let Ok(hash) = app.hasher.hash(place, password).await else {
        return;
    };
    // A database error was logged where it occurred. If the swap is stale, a concurrent request
    // rehashed or changed the password.
    if let Ok(Cas::Applied) = user::update_hash(app.db.connection(), verified, &hash).await {
        tracing::info!(user = verified.id, "a password hash was renewed");
    }
}
