//! Usernames are sorted byte by byte on every database, so that an index finds them by prefix.

use crate::db::entity::user;
use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

/// Changes the collation, which may depend on a language by default. `SQLite` compares bytes.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_names_by_byte"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        collate(manager, "C").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        collate(manager, "default").await
    }
}

/// Rebuilds the unique index; rows are not moved.
async fn collate(manager: &SchemaManager<'_>, collation: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let (table, column) = (user::Entity.to_string(), user::Column::Username.to_string());
    let statement = format!(
        r#"ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE varchar COLLATE "{collation}""#
    );
    manager
        .get_connection()
        .execute_unprepared(&statement)
        .await?;
    Ok(())
}
