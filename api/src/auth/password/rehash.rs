//! Replacing a hash that is not as we make them today: one that was brought from elsewhere, one of
//! another cost, or one of a password that is not in NFC. Only a sign-in can do it, because only then the password is here.

use super::hash::PasswordForm;
use crate::AppState;
use crate::db::Cas;
use crate::db::user::{self, User};
use shared::password::Password;

/// Hashes the password anew that was just verified, where that is due. The session that was
/// started stays whatever becomes of this: who cannot be hashed now is hashed next time.
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
    // An outage was logged where it was seen; and whoever was faster hashed this password too, or
    // changed it.
    if let Ok(Cas::Applied) = user::update_hash(app.db.connection(), verified, &hash).await {
        tracing::info!(user = verified.id, "a password hash was renewed");
    }
}
