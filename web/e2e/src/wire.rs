//! HTTP without a browser: what a thief uses, and who looks behind the stage.

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, Response};
use serde_json::Value;

/// Speaks to the API directly.
#[derive(Clone, Debug)]
pub struct Wire {
    client: Client,
    base: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The problem's code, if it is one.
    pub code: Option<String>,
    /// Whether it changes the cookie.
    pub sets_cookie: bool,
}

impl Wire {
    /// To the API on that port.
    pub(crate) fn to(port: u16) -> Self {
        let client = Client::builder().no_proxy().build();
        Self {
            client: client.expect("BUG: it needs nothing"),
            base: format!("http://127.0.0.1:{port}"),
        }
    }

    /// Presents a refresh token as a browser at that origin would.
    pub async fn refreshes_with(&self, token: &str, origin: &str) -> Answer {
        let request = self.client.post(self.url("/api/auth/refresh"));
        let port = origin.rsplit(':').next().expect("it has a port");
        let request = request
            .header(COOKIE, format!("refresh-{port}={token}"))
            .header(ORIGIN, origin)
            .header("X-CSRF", "1")
            .json(&serde_json::json!({}));
        Answer::of(request.send().await.expect("the API answers")).await
    }

    /// Asks what an access token says.
    pub async fn asks_with(&self, token: &str) -> Answer {
        let request = self.client.get(self.url("/api/auth/session"));
        let response = request.bearer_auth(token).send().await;
        Answer::of(response.expect("the API answers")).await
    }

    /// Signs somebody in, and returns their access token.
    pub async fn signs_in(&self, (name, password): (&str, &str), origin: &str) -> String {
        let request = self.client.post(self.url("/api/auth/login"));
        let request = request.header(ORIGIN, origin).header("X-CSRF", "1");
        let body = serde_json::json!({ "username": name, "password": password });
        let response = request.json(&body).send().await.expect("the API answers");
        let body: Value = response.json().await.expect("it is JSON");
        let token = body["access_token"].as_str().expect("they are let in");
        token.to_owned()
    }

    /// A header of the app's document.
    pub async fn header_of_the_document(&self, name: &str) -> Option<String> {
        let response = self.client.get(self.url("/")).header("Accept", "text/html");
        let response = response.send().await.expect("the API answers");
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(value.to_owned())
    }

    pub(crate) async fn is_ready(&self) -> bool {
        let response = self.client.get(self.url("/readyz")).send().await;
        response.is_ok_and(|response| response.status().is_success())
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

impl Answer {
    async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let sets_cookie = response.headers().contains_key(SET_COOKIE);
        let body: Option<Value> = response.json().await.ok();
        let code = body.and_then(|body| Some(body["code"].as_str()?.to_owned()));
        Self {
            status,
            code,
            sets_cookie,
        }
    }
}
