//! Tokens that only look like ours: all are refused, and all in the same words, so that nothing
//! can be learnt from the answer. With a secret and with key pairs.

mod claims;
mod headers;
mod spelling;

use crate::answer::Answer;
use crate::browser::send;
use crate::mint::{Mint, part};
use poem::http::{HeaderValue, Method};
use serde_json::Value;

/// What the API answers to whom it does not believe, without what differs in every answer.
type Words = (u16, Value, Vec<(String, String)>);

/// A world, somebody's real token in it, and the words of its refusals.
struct Court {
    mint: Mint,
    token: String,
    refusal: Words,
}

impl Court {
    /// One for each algorithm.
    async fn both() -> [Self; 2] {
        [
            Self::of(Mint::hs256().await).await,
            Self::of(Mint::eddsa().await).await,
        ]
    }

    async fn of(mint: Mint) -> Self {
        let token = mint.world.person("alice").await.token.unwrap();
        let plain = presents(&mint, "x").await.unwrap();
        let plain = plain.refused_as(401, "invalid_token");
        let challenge = plain.header("www-authenticate").unwrap();
        assert_eq!(challenge, r#"Bearer realm="api", error="invalid_token""#);
        Self {
            refusal: words(&plain),
            mint,
            token,
        }
    }

    fn claims(&self) -> Value {
        part(&self.token, 1)
    }

    /// A token by the right hand; without this the tables below would mean nothing.
    async fn believes(&self, header: &Value, claims: &str) {
        let token = self.mint.token(&header.to_string(), claims);
        presents(&self.mint, &token).await.unwrap().is(200);
    }

    /// The token is refused in the words in which all are.
    async fn refuses(&self, token: &str, what: &str) {
        // What cannot stand in a header does not reach us.
        if let Some(answer) = presents(&self.mint, token).await {
            let told = words(&answer);
            assert_eq!(told, self.refusal, "{} {what}", self.mint.algorithm);
        }
    }
}

async fn presents(mint: &Mint, token: &str) -> Option<Answer> {
    let value = format!("Bearer {token}");
    HeaderValue::from_str(&value).ok()?;
    let headers = [("authorization", value)];
    Some(send(&mint.world, Method::GET, "/api/auth/session", &headers, "").await)
}

fn words(answer: &Answer) -> Words {
    let mut body = answer.json();
    let id = body.as_object_mut().unwrap().remove("request_id").unwrap();
    assert_eq!(id.as_str(), answer.header("x-request-id"));
    let named = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id");
    let mut headers: Vec<_> = named
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (answer.status, body, headers)
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}
