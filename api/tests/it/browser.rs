//! A person's browser: it keeps the cookie, holds the access token in memory, and says of itself
//! what browsers say.

use crate::answer::Answer;
use crate::world::{PASSWORD, World};
use poem::http::{HeaderName, HeaderValue, Method};
use poem::{Endpoint, Request};
use serde_json::{Value, json};

const COOKIE: &str = "__Host-Http-refresh";
const DEVICE: &str = "__Host-Http-device";

/// A browser in a world.
#[derive(Clone)]
pub struct Browser<'w> {
    world: &'w World,
    pub cookie: Option<String>,
    /// What makes it known to the server, from the last sign-in.
    pub device: Option<String>,
    pub token: Option<String>,
    pub name: String,
}

impl<'w> Browser<'w> {
    pub fn new(world: &'w World) -> Self {
        Self {
            world,
            cookie: None,
            device: None,
            token: None,
            name: String::new(),
        }
    }

    /// Somebody who copied the cookie and nothing else.
    pub fn clone_cookies(&self) -> Self {
        Self {
            cookie: self.cookie.clone(),
            ..Self::new(self.world)
        }
    }

    /// The same browser, after the server was started again.
    pub fn moved_to<'n>(&self, world: &'n World) -> Browser<'n> {
        Browser {
            world,
            cookie: self.cookie.clone(),
            device: self.device.clone(),
            token: self.token.clone(),
            name: self.name.clone(),
        }
    }

    pub async fn registers(&mut self, name: &str) -> Answer {
        self.enters("/api/auth/register", name, PASSWORD).await
    }

    pub async fn signs_in(&mut self, name: &str, password: &str) -> Answer {
        self.enters("/api/auth/login", name, password).await
    }

    async fn enters(&mut self, path: &str, name: &str, password: &str) -> Answer {
        name.clone_into(&mut self.name);
        let body = json!({"username": name, "password": password});
        self.posts(path, &body).await
    }

    /// Refreshes with whatever cookie is there, in that attempt.
    pub async fn refreshes(&mut self, attempt: Option<&str>) -> Answer {
        let mut headers = vec![("x-csrf", "1")];
        headers.extend(attempt.map(|key| ("refresh-attempt", key)));
        let sent = self.send(
            Method::POST,
            "/api/auth/refresh",
            &headers,
            Some("{}"),
            false,
        );
        let answer = sent.await;
        self.keep(answer)
    }

    pub async fn signs_out(&mut self, scope: &str) -> Answer {
        let body = json!({ "scope": scope }).to_string();
        let headers = [("x-csrf", "1")];
        let sent = self.send(
            Method::POST,
            "/api/auth/logout",
            &headers,
            Some(&body),
            false,
        );
        let answer = sent.await;
        self.keep(answer)
    }

    pub async fn gets(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None, true).await
    }

    pub async fn deletes(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], None, true).await
    }

    pub async fn patches(&self, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        self.send(Method::PATCH, path, &[], Some(&body), true).await
    }

    pub async fn posts(&mut self, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        let answer = self.send(Method::POST, path, &[], Some(&body), true).await;
        self.keep(answer)
    }

    /// Sends as a browser does: from our own page, with the cookie.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Option<&str>,
        with_token: bool,
    ) -> Answer {
        let mut all = vec![("sec-fetch-site", "same-origin".to_owned())];
        all.extend(body.map(|_| ("content-type", "application/json".to_owned())));
        all.extend(
            headers
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let cookies = [(COOKIE, &self.cookie), (DEVICE, &self.device)];
        let cookies = cookies.into_iter().filter_map(|(name, value)| {
            let value = value.as_ref()?;
            Some(format!("{name}={value}"))
        });
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        if !cookies.is_empty() {
            all.push(("cookie", cookies));
        }
        let token = self.token.as_ref().filter(|_| with_token);
        all.extend(token.map(|token| ("authorization", format!("Bearer {token}"))));
        send(self.world, method, path, &all, body.unwrap_or_default()).await
    }

    fn keep(&mut self, answer: Answer) -> Answer {
        for set in answer.headers.get_all("set-cookie") {
            let (pair, _) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let kept = match name {
                COOKIE => &mut self.cookie,
                DEVICE => &mut self.device,
                other => panic!("{other} is no cookie of ours"),
            };
            *kept = (!value.is_empty()).then(|| value.to_owned());
        }
        if let Some(token) = answer.json()["access_token"].as_str() {
            self.token = Some(token.to_owned());
        }
        answer
    }
}

/// Sends exactly this; a later header of a name replaces the one that a browser would send.
pub async fn send(
    world: &World,
    method: Method,
    path: &str,
    headers: &[(&'static str, String)],
    body: &str,
) -> Answer {
    let mut request = Request::builder().method(method).uri_str(path);
    if headers.iter().all(|(name, _)| *name != "host") {
        request = request.header("host", "app.example.org");
    }
    for (name, value) in headers {
        let name = HeaderName::from_static(name);
        request = request.header(name, HeaderValue::from_str(value).unwrap());
    }
    let request = request.body(body.to_owned());
    let response = world.endpoint.call(request).await;
    Answer::read(response.expect("the edge answers everything")).await
}
