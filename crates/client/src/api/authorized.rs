//! Requests to endpoints that want the access token, and to no others.

use crate::wire::Request;
use serde::Serialize;
use shared::endpoint::{Endpoint, Guard};

/// A request to a guarded endpoint.
pub(super) struct AuthorizedRequest(Request);

/// A guarded endpoint. One that sets up or ends the session itself does not compile here, so the
/// machinery that waits for a refresh can never catch the refresh.
#[derive(Clone, Copy)]
pub(super) struct AuthorizedEndpoint(&'static Endpoint);

impl AuthorizedEndpoint {
    pub(super) const fn new(endpoint: &'static Endpoint) -> Self {
        assert!(
            matches!(endpoint.guard, Guard::Bearer | Guard::Requires(_)),
            "this endpoint belongs to AuthClient"
        );
        Self(endpoint)
    }

    pub(super) fn call(self) -> AuthorizedRequest {
        AuthorizedRequest(Request::new(self.0.method, self.0.path))
    }

    pub(super) fn call_with_id(self, id: &str) -> AuthorizedRequest {
        AuthorizedRequest(Request::new(self.0.method, self.0.with_id(id)))
    }
}

impl AuthorizedRequest {
    pub(super) fn json(self, body: &impl Serialize) -> Self {
        Self(self.0.json(body))
    }

    pub(super) fn query(mut self, query: &str) -> Self {
        self.0.path.push_str(query);
        self
    }

    pub(super) fn request(self) -> Request {
        self.0
    }
}
