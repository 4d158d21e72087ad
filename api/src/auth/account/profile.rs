//! A person's own account.

use crate::App;
use crate::auth::session::issue::to_user;
use crate::db::acting::{ActingUser, Denied, Holder};
use crate::db::{Outage, user};
use shared::account::{UpdateProfile, User};
use shared::claims::AccessClaims;

/// The account of the token's person; `None` where it is gone.
pub async fn me(app: &App, claims: &AccessClaims) -> Result<Option<User>, Outage> {
    let user = user::by_id(&app.db.calls(), &claims.sub).await?;
    Ok(user.as_ref().map(to_user))
}

/// Changes what is given, and answers with the account as it is then.
pub async fn update(
    app: &App,
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

/// Who an access token speaks for.
pub(crate) fn holder(claims: &AccessClaims) -> Holder<'_> {
    Holder {
        user_id: &claims.sub,
        session_id: &claims.sid,
    }
}
