//! A person's own account.

use super::issue::person;
use crate::App;
use crate::db::{Outage, user};
use shared::account::{UpdateMe, User};
use shared::claims::AccessClaims;

/// The account of the token's person; `None` where it is gone.
pub async fn me(app: &App, claims: &AccessClaims) -> Result<Option<User>, Outage> {
    let user = user::by_id(&app.db.calls(), &claims.sub).await?;
    Ok(user.as_ref().map(person))
}

/// Changes what is given, and answers with the account as it is then.
pub async fn update(
    app: &App,
    claims: &AccessClaims,
    change: UpdateMe,
) -> Result<Option<User>, Outage> {
    if let Some(name) = change.display_name {
        let name = name.trim();
        let name = (!name.is_empty()).then(|| name.to_owned());
        user::rename(&app.db, &claims.sub, name).await?;
    }
    me(app, claims).await
}
