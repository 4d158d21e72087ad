//! Recently revoked sessions, with sequence numbers of the database, and the number below which all
//! sessions are revoked.
//!
//! Triggers fill the table. So every node learns of a revocation, whether a node of this release, a
//! node of the previous one or an operator with `psql` wrote it.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

/// Creates two tables, a column, and the triggers.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_revocations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (table, triggers, now) = match manager.get_database_backend() {
            DbBackend::Postgres => (
                POSTGRES_TABLE,
                POSTGRES_TRIGGERS,
                "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT",
            ),
            _ => (SQLITE_TABLE, SQLITE_TRIGGERS, "unixepoch() * 1000"),
        };
        for statements in [CUTOFF, table, triggers, &recent(now)] {
            let connection = manager.get_connection();
            connection.execute_unprepared(statements).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "DROP TRIGGER sessions_revoked ON sessions; \
                 DROP TRIGGER sessions_inserted_revoked ON sessions; \
                 DROP FUNCTION note_revocation()"
            }
            _ => "DROP TRIGGER sessions_revoked; DROP TRIGGER sessions_inserted_revoked",
        };
        let rest = "DROP TABLE revocations; DROP INDEX sessions_cutoff; \
                    ALTER TABLE sessions DROP COLUMN cutoff; DROP TABLE session_cutoff";
        for statements in [triggers, rest] {
            let connection = manager.get_connection();
            connection.execute_unprepared(statements).await?;
        }
        Ok(())
    }
}

/// The index finds sessions below the cutoff whose rows are not marked as revoked yet.
const CUTOFF: &str = "
CREATE TABLE session_cutoff (id INTEGER PRIMARY KEY, number BIGINT NOT NULL);
INSERT INTO session_cutoff (id, number) VALUES (1, 0);
ALTER TABLE sessions ADD COLUMN cutoff BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sessions_cutoff ON sessions (cutoff) WHERE revoked_at IS NULL;
";

/// `AUTOINCREMENT`: no number is used twice, even after the newest row was deleted.
const SQLITE_TABLE: &str = "
CREATE TABLE revocations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id TEXT NOT NULL,
    reason TEXT,
    at BIGINT NOT NULL DEFAULT (unixepoch() * 1000)
);
CREATE INDEX revocations_at ON revocations (at);
";

/// A number is assigned before its transaction commits, so a higher one may become visible first.
/// The transaction ids tell which transactions a reader has seen.
const POSTGRES_TABLE: &str = "
CREATE TABLE revocations (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    session_id VARCHAR NOT NULL,
    reason VARCHAR,
    at BIGINT NOT NULL DEFAULT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT
);
CREATE INDEX revocations_xid ON revocations (xid, number);
CREATE INDEX revocations_at ON revocations (at);
";

/// A session below the cutoff counts as revoked on every node already.
const SQLITE_TRIGGERS: &str = "
CREATE TRIGGER sessions_revoked AFTER UPDATE OF revoked_at ON sessions
WHEN OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL
BEGIN
    INSERT INTO revocations (session_id, reason) SELECT NEW.id, NEW.revoke_reason
    WHERE NEW.cutoff >= (SELECT number FROM session_cutoff WHERE id = 1);
END;
CREATE TRIGGER sessions_inserted_revoked AFTER INSERT ON sessions
WHEN NEW.revoked_at IS NOT NULL
BEGIN
    INSERT INTO revocations (session_id, reason) SELECT NEW.id, NEW.revoke_reason
    WHERE NEW.cutoff >= (SELECT number FROM session_cutoff WHERE id = 1);
END;
";

const POSTGRES_TRIGGERS: &str = "
CREATE FUNCTION note_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cutoff >= (SELECT number FROM session_cutoff WHERE id = 1) THEN
        INSERT INTO revocations (session_id, reason) VALUES (NEW.id, NEW.revoke_reason);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER sessions_revoked AFTER UPDATE OF revoked_at ON sessions FOR EACH ROW
WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
EXECUTE FUNCTION note_revocation();
CREATE TRIGGER sessions_inserted_revoked AFTER INSERT ON sessions FOR EACH ROW
WHEN (NEW.revoked_at IS NOT NULL)
EXECUTE FUNCTION note_revocation();
";

/// Revocations before this migration: within the lifetime of an access token and an hour, by which
/// the clocks of the nodes that wrote these times may be wrong. Later ones do not depend on such
/// times.
fn recent(now: &str) -> String {
    format!(
        "INSERT INTO revocations (session_id, reason) SELECT id, revoke_reason FROM sessions \
         WHERE revoked_at >= {now} - 4500000"
    )
}
