//! No secret ever reaches the log. I-24.

use crate::world::{JWT_SECRET, PASSWORD, REFRESH_SECRET, World};
use serde_json::json;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

/// All that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_secret_reaches_the_log() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For the whole process: what other stories log meanwhile must hold no secret either.
    tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");

    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut secrets = vec![
        PASSWORD.to_owned(),
        JWT_SECRET.to_owned(),
        REFRESH_SECRET.to_owned(),
    ];
    let mut thief = alice.clone_cookies();
    for attempt in ["one", "two", "three"] {
        secrets.extend(alice.token.clone());
        secrets.extend(alice.cookie.clone());
        alice.refreshes(Some(attempt)).await.is(200);
    }
    let change = json!({"current_password": PASSWORD, "new_password": "seven quiet harbour lamps"});
    alice.posts("/api/me/password", &change).await.is(200);
    thief.refreshes(None).await.is(401);
    alice
        .signs_in("alice", "not her password at all")
        .await
        .is(401);
    secrets.extend([
        "seven quiet harbour lamps".to_owned(),
        "not her password at all".to_owned(),
    ]);
    alice.signs_out("all").await.is(204);

    let bytes = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let log = String::from_utf8_lossy(&bytes);
    assert!(log.contains("/api/auth/refresh"), "the log was heard");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
    assert!(!log.contains("$argon2"), "a hash is in the log");
    let debug = format!("{:?}", world.app.config);
    assert!(
        !debug.contains(JWT_SECRET) && !debug.contains(REFRESH_SECRET),
        "{debug}"
    );
}
