//! One's own account and sessions.

use super::guarded::Door;
use super::{ApiClient, Cookie};
use crate::answer;
use crate::error::Error;
use shared::account::{ChangePassword, UpdateMe, User};
use shared::endpoint;
use shared::event::EventPage;
use shared::session::Sessions;
use shared::sign_in::{SignedIn, TokenFacts};

const SESSION: Door = Door::to(&endpoint::SESSION);
const ME: Door = Door::to(&endpoint::ME);
const UPDATE_ME: Door = Door::to(&endpoint::UPDATE_ME);
const CHANGE_PASSWORD: Door = Door::to(&endpoint::CHANGE_PASSWORD);
const SESSIONS: Door = Door::to(&endpoint::SESSIONS);
const SESSION_EVENTS: Door = Door::to(&endpoint::SESSION_EVENTS);
const END_SESSION: Door = Door::to(&endpoint::END_SESSION);

impl ApiClient {
    /// What the access token says.
    pub async fn session(&self) -> Result<TokenFacts, Error> {
        self.read(SESSION.call()).await
    }

    /// One's own account.
    pub async fn me(&self) -> Result<User, Error> {
        let user = self.read(ME.call()).await?;
        self.0.learnt(&user);
        Ok(user)
    }

    /// Changes one's own account.
    pub async fn update_me(&self, change: &UpdateMe) -> Result<User, Error> {
        let user = self.read(UPDATE_ME.call().json(change)).await?;
        self.0.learnt(&user);
        Ok(user)
    }

    /// Changes the password. All other sessions end; this one goes on with a new token.
    pub async fn change_password(&self, change: &ChangePassword) -> Result<(), Error> {
        let request = CHANGE_PASSWORD.call().json(change).request();
        let epoch = self.0.machine().epoch;
        let response = self.exchange(request, Cookie::Replaced).await?;
        let signed_in: SignedIn = answer::body(&response)?;
        // Whoever left meanwhile stays out.
        if self.0.machine().epoch == epoch {
            self.0.signed_in(signed_in);
        }
        Ok(())
    }

    /// One's own sessions.
    pub async fn sessions(&self) -> Result<Sessions, Error> {
        self.read(SESSIONS.call()).await
    }

    /// Ends one of one's own sessions.
    pub async fn end_session(&self, id: &str) -> Result<(), Error> {
        self.run(END_SESSION.call_id(id)).await
    }

    /// The newest of what happened in one of one's own sessions.
    pub async fn session_events(&self, id: &str) -> Result<EventPage, Error> {
        self.read(SESSION_EVENTS.call_id(id)).await
    }
}
