//! How the database finds what is asked for: by an index, however many people there are.

use crate::place::Place;
use crate::world::{PASSWORD, World};
use api::background::prune;
use api::db::{ConnectionTrait, DatabaseTransaction};
use futures::future::join;
use sea_orm::{DbBackend, Statement};
use serde_json::json;

/// Tables that grow.
const TABLES: [&str; 5] = ["users", "sessions", "events", "throttles", "revocations"];

/// An index on few rows.
const FEW: &str = "users_with_more_roles";

/// Everything that people and administrators do, and that happens by itself.
async fn everything(world: &World) {
    let mut admin = world.admin().await;
    let mut alice = world.person("alice").await;
    let thief = alice.clone_cookies();
    alice.signs_in("alice", "not her password").await.is(401);
    alice.refreshes(Some("one")).await.is(200);
    thief.clone().refreshes(Some("another")).await.is(200);
    reads(&alice).await;
    let mut left = world.browser();
    left.signs_in("alice", PASSWORD).await.is(200);
    left.signs_out("others").await.is(204);
    left.signs_out("this").await.is(204);
    left.signs_in("alice", PASSWORD).await.is(200);
    let new = json!({"current_password": PASSWORD, "new_password": "seven quiet harbour lamps"});
    left.posts("/api/me/password", &new).await.is(200);
    left.patches("/api/me", &json!({"display_name": "Al"}))
        .await
        .is(200);
    left.signs_out("all").await.is(204);
    let mut bob = world.person("bob").await;
    let thief = bob.clone_cookies();
    // At once, which has a statement of its own.
    let both = join(bob.refreshes(Some("one")), admin.refreshes(Some("one")));
    let (bobs, admins) = both.await;
    bobs.is(200);
    admins.is(200);
    world.passes(3_600);
    thief.clone().refreshes(Some("late")).await.is(401);
    administers(world, &admin).await;
    world
        .app
        .deny
        .sync(&world.app.db, world.app.clock.now())
        .await
        .unwrap();
    prune(&world.app).await.unwrap();
}

async fn reads(alice: &crate::browser::Browser<'_>) {
    alice.gets("/api/me").await.is(200);
    let sessions = alice.gets("/api/me/sessions").await.is(200).json();
    let id = sessions["sessions"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/me/sessions/{id}");
    alice.gets(&format!("{path}/events?limit=1")).await.is(200);
    let nobody = format!("/api/me/sessions/{}", "0".repeat(32));
    alice.deletes(&nobody).await.is(404);
}

async fn administers(world: &World, admin: &crate::browser::Browser<'_>) {
    let mut admin = admin.clone();
    admin.signs_in("admin", PASSWORD).await.is(200);
    for sort in ["username", "-username", "created_at", "-created_at"] {
        let path = format!("/api/admin/users?limit=1&sort={sort}");
        let page = admin.gets(&path).await.is(200).json();
        let next = page["next"].as_str().unwrap();
        admin.gets(&format!("{path}&after={next}")).await.is(200);
        admin.gets(&format!("{path}&search=bo")).await.is(200);
    }
    let found = admin.gets("/api/admin/users?search=bo").await.is(200);
    let bob = found.json()["users"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/admin/users/{bob}");
    let mut bobs = world.browser();
    bobs.signs_in("bob", PASSWORD).await.is(200);
    for change in [
        json!({"roles": ["user", "admin"]}),
        json!({"roles": ["user"]}),
        json!({"disabled": true}),
    ] {
        admin.patches(&path, &change).await.is(200);
    }
    admin.deletes(&format!("{path}/sessions")).await.is(204);
    for which in ["", "&kind=ended", &format!("&user={bob}")] {
        let path = format!("/api/admin/events?limit=1{which}");
        let page = admin.gets(&path).await.is(200).json();
        if let Some(next) = page["next"].as_str() {
            admin.gets(&format!("{path}&before={next}")).await.is(200);
        }
    }
    for days in [1, 30] {
        let path = format!("/api/admin/activity?days={days}");
        admin.gets(&path).await.is(200);
    }
}

/// How the database would carry that out, a line a step.
async fn plan(on: &DatabaseTransaction, asked: &Statement) -> Vec<String> {
    let (explain, column) = match asked.db_backend {
        DbBackend::Sqlite => ("EXPLAIN QUERY PLAN", 3),
        _ => ("EXPLAIN", 0),
    };
    let mut explained = asked.clone();
    explained.sql = format!("{explain} {}", asked.sql);
    let rows = on.query_all_raw(explained).await.unwrap();
    let steps = rows.iter().map(|row| row.try_get_by_index(column));
    steps.collect::<Result<_, _>>().unwrap()
}

/// Whether a step looks at row after row of a table that grows. Where any row will do, in the order
/// of an index and only until a page is full, it may.
fn is_scan(step: &str, statement: &str) -> bool {
    let any = !statement.contains(" WHERE ") || statement.contains(" WHERE TRUE ORDER ");
    let takes_any = any && statement.contains(" LIMIT ");
    let ends_early = takes_any && step.contains(" INDEX ") || step.contains(FEW);
    TABLES.into_iter().any(|table| {
        let scans = [format!("SCAN {table}"), format!("Seq Scan on {table}")];
        scans.iter().any(|scan| step.contains(scan)) && !ends_early
    })
}

/// Whether it asks for ids in a list of as many as a `LIMIT` says. The plan that PostgreSQL keeps for
/// any number reads a whole table for it, once that is large; the tables here are not.
fn is_list_of_some(statement: &str) -> bool {
    let others = statement.replace(" NOT IN (SELECT", "");
    others.contains(" IN (SELECT") && others.contains(" LIMIT ")
}

fn is_question(statement: &str) -> bool {
    let verbs = ["SELECT", "UPDATE", "DELETE", "WITH"];
    verbs.iter().any(|verb| statement.starts_with(verb))
        && TABLES
            .iter()
            .any(|table| statement.contains(&format!("\"{table}\"")))
}

#[tokio::test]
async fn nothing_that_is_asked_looks_at_every_row_of_a_table_that_grows() {
    let (world, heard) = World::overheard(Place::fresh()).await;
    everything(&world).await;
    let statements = heard.lock().unwrap().clone();
    let questions = statements.values().filter(|one| is_question(&one.sql));
    let questions: Vec<_> = questions.collect();
    assert!(questions.len() > 30, "{questions:#?}");
    let on = world.app.db.begin().await.unwrap();
    if on.get_database_backend() == DbBackend::Postgres {
        // Of a few rows it would read all, rightly.
        let dear = on.execute_unprepared("SET LOCAL enable_seqscan = off");
        dear.await.unwrap();
        let is_shared = |one: &&Statement| one.sql.starts_with("WITH");
        assert!(questions.iter().any(is_shared), "{questions:#?}");
        let list = questions.iter().find(|one| is_list_of_some(&one.sql));
        assert_eq!(list, None);
    }
    for question in &questions {
        let plan = plan(&on, question).await;
        let scan = plan.iter().find(|step| is_scan(step, &question.sql));
        assert_eq!(scan, None, "{}\n{plan:#?}", question.sql);
    }
}
