//! Signing out: this session, the others, or all.

use super::caller::Caller;
use super::ending::{self, Cause};
use super::refresh_token::Presented;
use crate::App;
use crate::db::Outage;
use crate::db::session::{self, Which};
use protocol::server::over;
use shared::session::EndReason;
use shared::sign_in::LogoutScope;

/// The session that a sign-out speaks for.
#[derive(Clone, Debug)]
pub struct Leaver {
    session_id: String,
    user_id: String,
    /// Whether it may speak for the person's other sessions too.
    lives: bool,
}

/// Who leaves, by the refresh cookie. A spent token may end its own session, as its reuse would.
pub async fn by_cookie(app: &App, token: &str) -> Result<Option<Leaver>, Outage> {
    let Some(presented) = Presented::parse(token) else {
        return Ok(None);
    };
    let found = session::find(&app.db, &presented.session_id()).await?;
    let known = found.filter(|(session, _)| app.refresh_key.verify(&presented, &session.salt));
    Ok(known.map(|(session, user)| {
        let row = session::facts(&session, &user);
        Leaver {
            lives: over(&row, app.clock.now()).is_none()
                && presented.generation() == row.generation,
            session_id: session.id,
            user_id: user.id,
        }
    }))
}

/// Who leaves, by the access token. An expired one may still end its own session.
pub fn by_access_token(app: &App, token: &str) -> Option<Leaver> {
    let now = app.clock.now();
    let claims = app.access.verify_signed(token, now).ok()?;
    Some(Leaver {
        lives: app.access.verify(token, now).is_ok(),
        session_id: claims.sid,
        user_id: claims.sub,
    })
}

/// Whether the browser's own session is over after a sign-out, and its cookie with it.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Clear the cookie.
    This,
    /// Keep it.
    OthersOnly,
}

/// Ends the sessions of that scope. Doing it again changes nothing, and neither does a leaver whom
/// nobody knows.
pub async fn logout(
    app: &App,
    leaver: Option<Leaver>,
    scope: LogoutScope,
    caller: &Caller,
) -> Result<Left, Outage> {
    let left = match scope {
        LogoutScope::This | LogoutScope::All => Left::This,
        LogoutScope::Others => Left::OthersOnly,
    };
    let Some(leaver) = leaver else {
        return Ok(left);
    };
    let which = match scope {
        LogoutScope::Others if leaver.lives => Which::AllBut(&leaver.session_id, &leaver.user_id),
        LogoutScope::Others => return Ok(left),
        LogoutScope::All if leaver.lives => Which::AllOf(&leaver.user_id),
        // What only proves to have been this session speaks for this session alone.
        LogoutScope::All | LogoutScope::This => Which::One(&leaver.session_id),
    };
    let cause = Cause {
        reason: EndReason::SignedOut,
        by: None,
        caller: Some(caller),
        at: app.clock.now(),
    };
    ending::end_now(app, which, cause).await?;
    Ok(left)
}
