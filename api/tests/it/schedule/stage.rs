//! Two nodes on one database, and requests to them.

use super::deed::{Access, Act, Change, Deed, Due, Entered, Seen};
use super::ledger::Ledger;
use super::model::{ABSOLUTE, IDLE, SECOND, SESSIONS};
use crate::answer::Answer;
use crate::browser::Browser;
use crate::world::{PASSWORD, World};
use api::auth::token::refresh_token::UnverifiedToken;
use poem::http::Method;
use protocol::Millis;
use serde_json::{Value, json};

/// Everybody's first password, and the other one.
const PASSWORDS: [&str; 2] = [PASSWORD, "seven quiet harbour lamps"];
/// Nobody is slowed down here; that is another story.
const LIMITLESS: u32 = 1_000_000;

/// Where schedules are played, one after the other, by new people each time.
pub struct Stage {
    pub nodes: [World; 2],
    pub played: u32,
    admin: Option<String>,
}

impl Stage {
    pub async fn new() -> Self {
        let first = World::with(|config| {
            config.policy.refresh_token_ttl = Millis(IDLE);
            config.policy.session_max_age = Millis(ABSOLUTE);
            config.policy.max_sessions_per_user = u32::try_from(SESSIONS).unwrap();
            config.policy.login_limit = LIMITLESS;
            config.policy.address_limit = LIMITLESS;
            config.policy.refresh_limit = LIMITLESS;
        })
        .await;
        first.admin().await;
        let second = first.restarted().await;
        Self {
            nodes: [first, second],
            played: 0,
            admin: None,
        }
    }

    pub fn now(&self) -> u64 {
        self.nodes[0].app.clock.now().0
    }

    pub async fn restarts(&mut self, node: usize) {
        self.nodes[node] = self.nodes[1 - node].restarted().await;
    }

    pub async fn catches_up(&self, node: usize) {
        let app = &self.nodes[node].app;
        app.deny.sync(&app.db, app.clock.now()).await.unwrap();
    }

    /// The administrator, who is no part of the schedule, signs in if one of these needs them.
    pub async fn prepares(&mut self, deeds: &[Deed]) {
        let wanted = |deed: &Deed| matches!(deed.act, Act::Change(..));
        if deeds.iter().any(wanted) {
            let mut admin = self.nodes[0].browser();
            admin.signs_in("admin", PASSWORD).await.is(200);
            self.admin = admin.token.take();
        }
    }

    pub fn name(&self, who: usize) -> String {
        format!("person-{}-{who}", self.played)
    }

    pub async fn performs(&self, deed: &Deed, ledger: &Ledger) -> Seen {
        let mut browser = self.nodes[deed.node].browser();
        let by = |access: &Access| Some(access.token.clone());
        let answer = match &deed.act {
            Act::Register(who) => browser.registers(&self.name(*who)).await,
            Act::SignIn(who, password) => {
                let name = self.name(*who);
                browser.signs_in(&name, PASSWORDS[*password]).await
            }
            Act::Refresh(by, attempt) => {
                browser.cookie = Some(by.token.clone());
                let attempt = attempt.map(|key| format!("attempt-{key}"));
                browser.refreshes(attempt.as_deref()).await
            }
            Act::Leave(by, scope) => {
                browser.cookie = Some(by.token.clone());
                browser.signs_out(scope).await
            }
            Act::LeaveByAccess(access, scope) => {
                browser.token = by(access);
                let scope = json!({ "scope": scope });
                browser.posts("/api/auth/logout", &scope).await
            }
            Act::Call(access) => {
                browser.token = by(access);
                browser.gets("/api/auth/session").await
            }
            Act::Administer(access) => {
                browser.token = by(access);
                browser.gets("/api/admin/users?limit=1").await
            }
            Act::ChangePassword(access, current) => {
                browser.token = by(access);
                let new = PASSWORDS[1 - current];
                let form = json!({"current_password": PASSWORDS[*current], "new_password": new});
                browser.posts("/api/me/password", &form).await
            }
            Act::EndOne(access, target) => {
                browser.token = by(access);
                browser.deletes(&format!("/api/me/sessions/{target}")).await
            }
            Act::Change(who, change) => {
                browser.token = self.admin.clone();
                changes(&browser, ledger.sub(*who).unwrap(), *change).await
            }
            Act::Forge(Due::Refresh, text) => {
                browser.cookie = Some(text.clone());
                browser.refreshes(None).await
            }
            Act::Forge(Due::Access, text) => {
                browser.token = Some(text.clone());
                browser.gets("/api/auth/session").await
            }
        };
        seen(&browser, &answer)
    }
}

async fn changes(admin: &Browser<'_>, sub: &str, change: Change) -> Answer {
    let path = format!("/api/admin/users/{sub}");
    let roles = |admin| {
        if admin {
            json!(["user", "admin"])
        } else {
            json!(["user"])
        }
    };
    let body = match change {
        Change::Disabled(disabled) => json!({ "disabled": disabled }),
        Change::Admin(admin) => json!({ "roles": roles(admin) }),
        Change::EndSessions => return admin.deletes(&format!("{path}/sessions")).await,
    };
    admin
        .send(Method::PATCH, &path, &[], Some(&body.to_string()), true)
        .await
}

fn seen(browser: &Browser<'_>, answer: &Answer) -> Seen {
    let body = answer.json();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if answer.status >= 300 {
        return Seen::Refused {
            status: answer.status,
            code: text(&body["code"]).unwrap_or_default(),
            reason: text(&body["reason"]),
        };
    }
    let Some(access) = text(&body["access_token"]) else {
        return Seen::Done;
    };
    let claims = claims(&access);
    let refresh = browser.cookie.clone().expect("tokens come in pairs");
    let presented = UnverifiedToken::parse(&refresh).expect("it has our form");
    let set = answer.header("set-cookie").unwrap();
    let (_, max_age) = set.split_once("Max-Age=").expect("it ends");
    // I-14: body, claims and cookie are about one person and one session.
    assert_eq!(body["user"]["id"], claims["sub"]);
    assert_eq!(body["user"]["roles"], claims["roles"]);
    assert_eq!(claims["sid"], presented.session_id());
    Seen::Entered(Entered {
        sid: presented.session_id(),
        sub: text(&claims["sub"]).unwrap(),
        name: text(&body["user"]["username"]).unwrap(),
        generation: presented.generation(),
        admin: claims["roles"].as_array().unwrap().len() > 1,
        ends: claims["exp"].as_u64().unwrap() * SECOND,
        max_age: max_age.split(';').next().unwrap().parse::<u64>().unwrap() * SECOND,
        refresh,
        access,
    })
}

/// What an access token says, unverified: whoever asks does not have the key.
fn claims(token: &str) -> Value {
    use base64::Engine;
    let payload = token.split('.').nth(1).unwrap();
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    serde_json::from_slice(&engine.decode(payload).unwrap()).unwrap()
}
