//! A protected call, and an equal route that asks for nothing.

use super::{CLIENTS, Found, Plan};
use crate::client::{header, once};
use crate::scripts::{Call, PASSWORD, Tab, measured};
use crate::server::Server;

/// Somebody who is asked, and what shows who asks.
struct Way {
    name: &'static str,
    server: Server,
    path: &'static str,
    credential: String,
}

/// Everybody in turn, so that noise hits all alike.
pub async fn measure(plan: &Plan, found: &mut Found) {
    let mut ways = vec![
        ours("ours", ("JWT_ALGORITHM", "HS256")).await,
        ours("ours EdDSA", ("JWT_ALGORITHM", "EdDSA")).await,
        ours("ours, no log", ("RUST_LOG", "warn")).await,
    ];
    ways.insert(0, bare(&ways[0].credential));
    if let Some(script) = plan.peer("express.mjs") {
        for (name, kind) in [("express", "object"), ("express string", "string")] {
            let server = Server::peer(&script, kind);
            ways.push(token_shown(name, server).await);
        }
    }
    if let Some(script) = plan.peer("better-auth.mjs") {
        for (name, kind) in [("better-auth", "row"), ("better-auth cookie", "cookie")] {
            ways.push(better_auth(name, Server::peer(&script, kind)).await);
        }
    }
    for round in 0..=plan.rounds {
        for way in &ways {
            let calls = Call::many(way.path, &way.credential, CLIENTS);
            let (outcome, _) = measured(&way.server, calls, plan.length).await;
            found.add_outcome((round, &format!("call {}", way.name)), &outcome);
        }
    }
}

/// The same bytes are sent there, and nobody reads them.
fn bare(credential: &str) -> Way {
    Way {
        name: "bare",
        server: Server::plain(),
        path: "/api/auth/session",
        credential: credential.to_owned(),
    }
}

async fn ours(name: &'static str, given: (&str, &str)) -> Way {
    let server = Server::api_with(Some(crate::ready::CORE), &[given]);
    token_shown(name, server).await
}

async fn token_shown(name: &'static str, server: Server) -> Way {
    let token = Tab::registers(&server.address, 0).await.token;
    Way {
        name,
        server,
        path: "/api/auth/session",
        credential: format!("Authorization: Bearer {token}"),
    }
}

async fn better_auth(name: &'static str, server: Server) -> Way {
    let body = format!(r#"{{"name":"alice","email":"alice@example.org","password":"{PASSWORD}"}}"#);
    let request = format!(
        "POST /api/auth/sign-up/email HTTP/1.1\r\nHost: localhost\r\nOrigin: http://127.0.0.1\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let (head, _) = once(&server.address, &request).await;
    let lines = head.lines().filter_map(|line| header(line, "set-cookie"));
    let cookies: Vec<_> = lines
        .filter_map(|cookie| cookie.split(';').next())
        .collect();
    let way = Way {
        name,
        server,
        path: "/api/auth/get-session",
        credential: format!("Cookie: {}", cookies.join("; ")),
    };
    // It answers `null` to strangers, with 200.
    let Call(request) = Call::many(way.path, &way.credential, 1).remove(0);
    let (_, body) = once(&way.server.address, &request).await;
    assert!(body.contains("alice@example.org"), "{body}");
    way
}
