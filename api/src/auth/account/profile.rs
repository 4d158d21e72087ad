//! The profile of the signed-in user.

use crate::AppState;
use crate::auth::session::issue::to_user;
use crate::db::acting::{ActingUser, Denied, Holder};
use crate::db::{DbError, user};
use shared::account::{UpdateProfile, User};
use shared::claims::AccessClaims;

/// The account of the token's user; `None` if it was deleted.
pub async fn me(app: &AppState, claims: &AccessClaims) -> Result<Option<User>, DbError> {
    let user = user::by_id(&app.db.calls(), &claims.sub).await?;
    Ok(user.as_ref().map(to_user))
}

/// Changes the fields that are given, and returns the account after the change.
pub async fn update(
    app: &AppState,
    claims: &AccessClaims,
    change: UpdateProfile,
) -> Result<User, Denied> {
    let acting = ActingUser::begin(&app.db, holder(claims)).await?;
    let mut user = acting.user().clone();
    if let Some(name) = change.display_name {
        let name = name.trim();
        user.display_name = (!name.is_empty()).then(|| name.to_owned());
        user::rename(&acting, user.display_name.clone()).await?;
    }
    acting.commit().await?;
    Ok(to_user(&user))
}

/// The user and the session of an access token.
pub(crate) fn holder(claims: &AccessClaims) -> Holder<'_> {
    Holder {
        user_id: &claims.sub,
        session_id: &claims.sid,
    }
}
