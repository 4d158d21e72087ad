//! One statement for many sessions: each has its own condition.

use super::*;
use crate::config::DatabaseUrl;
use crate::db::session::{Session, find, insert};
use crate::db::user::{self, User};
use tempfile::TempDir;

const NOW: Millis = Millis(1_000_000);
const LATER: i64 = 2_000_000;

struct World {
    db: Database,
    _folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let url = DatabaseUrl::parse(&url).expect("it is good");
        let db = Database::connect(&url).await.expect("it opens");
        db.migrate().await.expect("it migrates");
        for (id, disabled_at) in [("alice", None), ("mallory", Some(1))] {
            let user = User {
                id: id.to_owned(),
                username: id.to_owned(),
                display_name: None,
                password_hash: String::new(),
                roles: "user".to_owned(),
                created_at: 0,
                disabled_at,
                device_next: 0,
                device_floor: 0,
            };
            let _ = user::insert(db.connection(), user)
                .await
                .expect("it is told");
        }
        Self {
            db,
            _folder: folder,
        }
    }

    /// Inserts a session at generation 7, with the changes of the test.
    async fn starts(&self, id: &str, change: impl FnOnce(&mut Session)) {
        let mut session = Session {
            id: id.to_owned(),
            user_id: "alice".to_owned(),
            created_at: 0,
            salt: vec![1; 16],
            generation: 7,
            rotated_at: 0,
            attempt_hash: None,
            race_uses: 3,
            idle_expires_at: LATER,
            absolute_expires_at: LATER,
            revoked_at: None,
            cutoff: 0,
            revoke_reason: None,
            user_agent: None,
            ip: None,
        };
        change(&mut session);
        insert(self.db.connection(), session)
            .await
            .expect("it is told");
    }

    async fn asks(&self, all: &[Rotation]) -> Vec<Cas> {
        let swaps = Rotation::execute_batch(&self.db.connection, all.to_vec()).await;
        swaps.expect("it is told")
    }

    async fn row(&self, id: &str) -> Session {
        find(&self.db, id)
            .await
            .expect("it is told")
            .expect("it is there")
            .0
    }
}

/// A rotation from this generation to the next.
fn rotation(id: &str, from: u32) -> Rotation {
    Rotation {
        id: id.to_owned(),
        next: server::Session {
            generation: from + 1,
            rotated_at: NOW,
            attempt_key: Some([9; 32]),
            grace_reuses: 0,
            idle_expires_at: Millis(1_500_000),
            absolute_expires_at: Millis(2_000_000),
            revoked: false,
            user_enabled: true,
        },
        now: NOW,
    }
}

#[tokio::test]
async fn each_of_a_group_is_judged_by_its_own_condition() {
    use Cas::{Applied, Stale};
    let world = World::new().await;
    world.starts("first", |_| {}).await;
    world.starts("ended", |row| row.revoked_at = Some(5)).await;
    world
        .starts("idle", |row| row.idle_expires_at = 1_000_000)
        .await;
    world
        .starts("old", |row| row.absolute_expires_at = 1_000_000)
        .await;
    world
        .starts("barred", |row| row.user_id = "mallory".to_owned())
        .await;
    world.starts("moved", |row| row.generation = 8).await;
    world.starts("last", |_| {}).await;
    let lost = ["ended", "idle", "old", "barred", "moved"];
    let mut all: Vec<_> = lost.iter().map(|id| rotation(id, 7)).collect();
    all.insert(0, rotation("first", 7));
    all.push(rotation("nobody's", 7));
    all.push(rotation("last", 7));
    let expected = [Applied, Stale, Stale, Stale, Stale, Stale, Stale, Applied];
    assert_eq!(world.asks(&all).await, expected);

    for id in ["first", "last"] {
        let row = world.row(id).await;
        assert_eq!((row.generation, row.rotated_at), (8, 1_000_000), "{id}");
        assert_eq!(row.attempt_hash, Some(vec![9; 32]), "{id}");
        assert_eq!((row.race_uses, row.idle_expires_at), (0, 1_500_000), "{id}");
    }
    for id in lost {
        let row = world.row(id).await;
        assert_eq!((row.rotated_at, row.race_uses), (0, 3), "{id} is untouched");
    }
}

#[tokio::test]
async fn of_equal_moves_in_one_group_one_wins_and_a_stale_one_harms_nobody() {
    use Cas::{Applied, Stale};
    let world = World::new().await;
    world.starts("mine", |_| {}).await;
    let by = |from, attempt| {
        let mut rotation = rotation("mine", from);
        rotation.next.attempt_key = Some([attempt; 32]);
        rotation
    };
    let all = [by(6, 1), by(7, 2), by(7, 3), by(7, 4), by(8, 5)];
    assert_eq!(
        world.asks(&all).await,
        [Stale, Applied, Stale, Stale, Stale]
    );
    let row = world.row("mine").await;
    assert_eq!(row.generation, 8);
    assert_eq!(row.attempt_hash, Some(vec![2; 32]), "the winner's");
}

#[tokio::test]
async fn groups_of_any_size_find_and_move_everybody() {
    let world = World::new().await;
    for number in 0..64 {
        world.starts(&format!("session-{number}"), |_| {}).await;
    }
    for (round, size) in [1, 2, 3, 33, 64].into_iter().enumerate() {
        let from = 7 + u32::try_from(round).expect("it is small");
        let all: Vec<_> = (0..64)
            .map(|number| rotation(&format!("session-{number}"), from))
            .collect();
        for group in all.chunks(size) {
            let swaps = world.asks(group).await;
            assert_eq!(swaps, vec![Cas::Applied; group.len()], "{size}");
        }
    }
    assert_eq!(world.row("session-63").await.generation, 12);
}
