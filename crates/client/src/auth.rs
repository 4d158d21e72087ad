//! The ways in and out. No token rides on these calls, and no answer of theirs makes a refresh.

use crate::error::Error;
use crate::response;
use crate::runtime::SessionRuntime;
use crate::sign_out_reason::SignOutReason;
use crate::wire::Request;
use protocol::client::Event;
use serde::Serialize;
use shared::auth::{Login, Logout, LogoutScope, Register, TokenResponse};
use shared::endpoint::{self, Endpoint};
use std::rc::Rc;

/// Calls of the `/api/auth` endpoints.
#[derive(Clone)]
pub struct AuthClient(Rc<SessionRuntime>);

impl AuthClient {
    pub(crate) fn new(driver: Rc<SessionRuntime>) -> Self {
        Self(driver)
    }

    /// Makes an account and signs in.
    pub async fn register(&self, account: &Register) -> Result<(), Error> {
        self.authenticate(request(&endpoint::REGISTER, account))
            .await
    }

    /// Signs in.
    pub async fn login(&self, login: &Login) -> Result<(), Error> {
        self.authenticate(request(&endpoint::LOGIN, login)).await
    }

    /// Signs out of this browser: here at once, at the server as soon as it can be reached, even
    /// after a reload.
    pub fn logout(&self) {
        self.0.sign_out(LogoutScope::This);
    }

    /// Signs out of every browser, in the same way.
    pub fn logout_everywhere(&self) {
        self.0.sign_out(LogoutScope::All);
    }

    /// Signs out of every other browser; this one stays.
    pub async fn logout_others(&self) -> Result<(), Error> {
        let scope = Some(LogoutScope::Others);
        let request = request(&endpoint::LOGOUT, &Logout { scope });
        let serial = self.0.machine().serial;
        let sent = {
            let _turn = self.0.cookie_lock().lock().await;
            self.0.send(request).await
        };
        if let Err(Error::Problem { problem, .. }) = &sent
            && let Some(reason) = SignOutReason::from_problem(problem)
        {
            self.0.dispatch(Event::CallSessionEnded { serial, reason });
        }
        sent.map(drop)
    }

    async fn authenticate(&self, request: Request) -> Result<(), Error> {
        let _turn = self.0.cookie_lock().lock().await;
        let sent = self.0.send(request).await;
        let outcome = sent.and_then(|response| response::decode_body::<TokenResponse>(&response));
        if let Err(Error::Network | Error::UnexpectedResponse { .. }) = &outcome {
            // Its cookie may have arrived: whose token goes with it, only a refresh can tell.
            let serial = self.0.machine().serial;
            self.0.dispatch(Event::CallUnauthorized { serial });
        }
        self.0.signed_in(outcome?);
        Ok(())
    }
}

/// A request that shows that it comes from a script of ours: no form of another site can send
/// that header.
pub(crate) fn request(endpoint: &Endpoint, body: &impl Serialize) -> Request {
    Request::new(endpoint.method, endpoint.path)
        .header("X-CSRF", "1")
        .json(body)
}
