//! What one call costs, asked one after the other by somebody new each time.

use crate::people::PASSWORD;
use crate::surroundings::Surroundings;
use api::auth::account::admin::{self, Search};
use api::auth::client_info::ClientInfo;
use api::auth::flow::login::login;
use api::auth::flow::refresh::refresh;
use api::auth::session::own;
use api::db::{ConnectionTrait, user};
use sea_orm::Statement;
use shared::admin::UserSort;
use shared::auth::Login;
use shared::claims::AccessClaims;
use shared::password::Password;
use std::fmt;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

const TIMES: u64 = 500;

/// What something costs.
pub struct Cost {
    pub what: &'static str,
    pub middle: Duration,
    pub worst: Duration,
}

impl Cost {
    /// In the middle, and what one in a hundred exceeds.
    pub fn of(what: &'static str, mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        let at = |part: usize| {
            took.get(took.len() * part / 100)
                .copied()
                .unwrap_or_default()
        };
        Self {
            what,
            middle: at(50),
            worst: at(99),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.worst.is_zero() {
            return write!(f, "too short to say");
        }
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(
            f,
            "{:.2} / {:.2} ms",
            millis(self.middle),
            millis(self.worst)
        )
    }
}

/// Every call that people wait for.
pub async fn measure(surroundings: &Surroundings) -> Vec<Cost> {
    vec![
        refreshes(surroundings).await,
        Cost::of(
            "sign-in, without its hash",
            signs_in(surroundings, TIMES).await,
        ),
        lists_sessions(surroundings).await,
        searches(
            surroundings,
            ("admin: first page of people", |_| String::new()),
        )
        .await,
        searches(
            surroundings,
            ("admin: search for a name", |n| format!("person-{n}")),
        )
        .await,
        searches(
            surroundings,
            ("admin: search for nobody", |n| format!("nobody-{n}")),
        )
        .await,
    ]
}

/// Numbers of people, far from one another.
pub fn somebody(people: u64, time: u64) -> u64 {
    time * 7919 % people + 1
}

pub fn caller() -> ClientInfo {
    ClientInfo::new(Ipv4Addr::LOCALHOST.into(), Some("bench"))
}

async fn refreshes(surroundings: &Surroundings) -> Cost {
    let app = &surroundings.app;
    let alive = app.clock.now().0;
    let on = app.db.connection();
    let query = format!(
        "SELECT id, salt FROM sessions WHERE absolute_expires_at > {alive} \
         AND revoked_at IS NULL LIMIT {TIMES}"
    );
    let rows = on.query_all_raw(Statement::from_string(on.get_database_backend(), query));
    let rows = rows.await.expect("it can be read");
    let mut took = Vec::new();
    for row in rows {
        let id: String = row.try_get_by_index(0).expect("an id");
        let salt: Vec<u8> = row.try_get_by_index(1).expect("a salt");
        let token = app.refresh_key.mint(&id, &salt, 0).expect("it is ours");
        let began = Instant::now();
        let answered = refresh(app, token.expose(), Some("one attempt"), &caller()).await;
        took.push(began.elapsed());
        answered.expect("it refreshes");
    }
    Cost::of("refresh", took)
}

/// One after the other, as often.
pub async fn signs_in(surroundings: &Surroundings, times: u64) -> Vec<Duration> {
    let mut took = Vec::new();
    for time in 0..times {
        let form = Login {
            username: format!("person-{}", somebody(surroundings.people, time)),
            password: Password::new(PASSWORD),
        };
        let began = Instant::now();
        let answered = login(&surroundings.app, form, &caller(), None).await;
        took.push(began.elapsed());
        answered.expect("they sign in");
    }
    took
}

async fn lists_sessions(surroundings: &Surroundings) -> Cost {
    let app = &surroundings.app;
    let mut took = Vec::new();
    for time in 0..TIMES {
        let name = format!("person-{}", somebody(surroundings.people, time));
        let user = user::by_username(&app.db, &name).await.expect("it answers");
        let claims = claims(user.expect("they are there").id);
        let began = Instant::now();
        let sessions = own::list(app, &claims).await.expect("it answers");
        took.push(began.elapsed());
        assert!(sessions.sessions.len() <= 10);
    }
    Cost::of("list of own sessions", took)
}

fn claims(sub: String) -> AccessClaims {
    AccessClaims {
        iss: String::new(),
        aud: String::new(),
        sub,
        sid: String::new(),
        jti: String::new(),
        iat: 0,
        nbf: None,
        exp: 0,
        cutoff: 0,
        auth_time: 0,
        roles: Vec::new(),
    }
}

async fn searches(
    surroundings: &Surroundings,
    (what, name): (&'static str, fn(u64) -> String),
) -> Cost {
    let mut took = Vec::new();
    // Each may cost a look at everybody.
    for time in 0..50 {
        let name = name(somebody(surroundings.people, time));
        let search = Search {
            name: &name,
            order: UserSort::Username,
            after: None,
        };
        let began = Instant::now();
        admin::list(&surroundings.app, &search, 20)
            .await
            .expect("it answers");
        took.push(began.elapsed());
    }
    Cost::of(what, took)
}
