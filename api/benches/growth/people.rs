//! Many people at once, by statements about all of them.

use crate::surroundings::CHEAPEST;
use api::auth::password::hash::Hasher;
use api::db::{ConnectionTrait, Database, commit};
use protocol::Millis;
use sea_orm::DbBackend;
use shared::password::Password;

/// Everybody's.
pub const PASSWORD: &str = "correct zebra battery plum";
pub const SESSIONS_EACH: u64 = 5;
const DAY: u64 = 86_400_000;

/// The words in which the two databases differ.
struct Dialect {
    numbers: fn(&str, u64) -> String,
    id: &'static str,
    salt: &'static str,
    chance: &'static str,
    /// No statement of the application may take so long.
    patience: &'static str,
}

/// So many people, their sessions of the last 36 days, a sixth of which are over, and what happened
/// in them.
pub async fn fill(db: &Database, people: u64, now: Millis) {
    let hasher = Hasher::new(CHEAPEST);
    let place = hasher.try_acquire().expect("it is not busy");
    let hash = hasher.hash(place, Password::new(PASSWORD)).await;
    let hash = hash.expect("it is not busy");
    let dialect = match db.connection().get_database_backend() {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    let transaction = db.begin().await.expect("it answers");
    for statement in [
        dialect.patience.to_owned(),
        users(&dialect, people, &hash, now),
        sessions(&dialect, people * SESSIONS_EACH, people, now),
        events(now),
        // As it is where it has run for a while: what is in the tables is known to the planner.
        "ANALYZE".to_owned(),
    ] {
        let done = transaction.execute_unprepared(&statement).await;
        done.expect("it can be written");
    }
    commit(transaction).await.expect("it can be written");
}

const SQLITE: Dialect = Dialect {
    numbers: |name, most| {
        format!(
            "WITH RECURSIVE {name}(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM {name} WHERE n < {most})"
        )
    },
    id: "lower(hex(randomblob(16)))",
    salt: "randomblob(16)",
    chance: "(abs(random()) % 1000000 / 1000000.0)",
    patience: "SELECT 1",
};

const POSTGRES: Dialect = Dialect {
    numbers: |name, most| {
        format!("WITH {name}(n) AS (SELECT generate_series(CAST(1 AS BIGINT), {most}))")
    },
    id: "replace(gen_random_uuid()::text, '-', '')",
    salt: "uuid_send(gen_random_uuid())",
    chance: "random()",
    patience: "SET LOCAL statement_timeout = 0",
};

fn users(dialect: &Dialect, people: u64, hash: &str, now: Millis) -> String {
    let (numbers, id) = ((dialect.numbers)("number", people), dialect.id);
    let began = now.0 - 300 * DAY;
    let step = 300 * DAY / people;
    format!(
        "{numbers} INSERT INTO users (id, username, password_hash, roles, created_at) \
         SELECT {id}, 'person-' || n, '{hash}', 'user', {began} + n * {step} FROM number"
    )
}

/// Each began at a time of its own, by chance, and belongs to whoever has that number.
fn sessions(dialect: &Dialect, sessions: u64, people: u64, now: Millis) -> String {
    let (numbers, id) = ((dialect.numbers)("number", sessions), dialect.id);
    let (salt, chance) = (dialect.salt, dialect.chance);
    let (began, span, life) = (now.0 - 36 * DAY, 36 * DAY, 30 * DAY);
    format!(
        "{numbers}, drawn AS MATERIALIZED (SELECT {id} AS id, 'person-' || (n % {people} + 1) AS name, \
         {salt} AS salt, {began} + CAST({chance} * {span} AS BIGINT) AS at FROM number) \
         INSERT INTO sessions (id, user_id, created_at, salt, generation, rotated_at, race_uses, \
         idle_expires_at, absolute_expires_at, user_agent, ip) \
         SELECT drawn.id, users.id, at, salt, 0, at, 0, at + {life}, at + {life}, \
         'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '192.0.2.1' \
         FROM drawn JOIN users ON users.username = drawn.name ORDER BY drawn.id"
    )
}

/// One of each session, a twelfth of them too old to be kept.
fn events(now: Millis) -> String {
    let shift = 60 * DAY;
    let recent = now.0 - 33 * DAY;
    format!(
        "INSERT INTO events (at, kind, user_id, session_id, ip) \
         SELECT CASE WHEN created_at < {recent} THEN created_at - {shift} ELSE created_at END, \
         'signed_in', user_id, id, ip FROM sessions"
    )
}
