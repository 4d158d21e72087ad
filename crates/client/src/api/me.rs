//! One's own account and sessions.

use super::authorized::AuthorizedEndpoint;
use super::{ApiClient, SetsCookie};
use crate::error::Error;
use crate::response;
use shared::account::{ChangePassword, UpdateProfile, User};
use shared::auth::{TokenInfo, TokenResponse};
use shared::endpoint;
use shared::event::EventPage;
use shared::session::Sessions;

const SESSION: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::SESSION);
const ME: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::ME);
const UPDATE_ME: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::UPDATE_ME);
const CHANGE_PASSWORD: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::CHANGE_PASSWORD);
const SESSIONS: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::SESSIONS);
const SESSION_EVENTS: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::SESSION_EVENTS);
const END_SESSION: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::END_SESSION);

impl ApiClient {
    /// What the access token says.
    pub async fn session(&self) -> Result<TokenInfo, Error> {
        self.fetch(SESSION.call()).await
    }

    /// One's own account.
    pub async fn me(&self) -> Result<User, Error> {
        let user = self.fetch(ME.call()).await?;
        self.0.update_user(&user);
        Ok(user)
    }

    /// Changes one's own account.
    pub async fn update_me(&self, change: &UpdateProfile) -> Result<User, Error> {
        let user = self.fetch(UPDATE_ME.call().json(change)).await?;
        self.0.update_user(&user);
        Ok(user)
    }

    /// Changes the password. All other sessions end; this one goes on with a new token.
    pub async fn change_password(&self, change: &ChangePassword) -> Result<(), Error> {
        let request = CHANGE_PASSWORD.call().json(change).request();
        let epoch = self.0.machine().epoch;
        let response = self.send_authorized(request, SetsCookie::Yes).await?;
        let signed_in: TokenResponse = response::decode_body(&response)?;
        // Whoever left meanwhile stays out.
        if self.0.machine().epoch == epoch {
            self.0.signed_in(signed_in);
        }
        Ok(())
    }

    /// One's own sessions.
    pub async fn sessions(&self) -> Result<Sessions, Error> {
        self.fetch(SESSIONS.call()).await
    }

    /// Ends one of one's own sessions.
    pub async fn end_session(&self, id: &str) -> Result<(), Error> {
        self.execute(END_SESSION.call_with_id(id)).await
    }

    /// The newest of what happened in one of one's own sessions.
    pub async fn session_events(&self, id: &str) -> Result<EventPage, Error> {
        self.fetch(SESSION_EVENTS.call_with_id(id)).await
    }
}
