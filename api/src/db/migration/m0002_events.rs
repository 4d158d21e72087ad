//! The audit log.

use crate::db::entity::event::{Column, Entity};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string, string_null};

/// Creates the table of events.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(Entity)
            .col(big_pk_auto(Column::Id))
            .col(big_integer(Column::At))
            .col(string(Column::Kind))
            .col(string_null(Column::Reason))
            .col(string_null(Column::UserId))
            .col(string_null(Column::SessionId))
            .col(string_null(Column::ActorId))
            .col(string_null(Column::Ip))
            .col(string_null(Column::UserAgent))
            .to_owned();
        manager.create_table(table).await?;
        // For a session's timeline, a user's events, and pruning by age.
        for (name, first) in [
            ("events_session_id", Some(Column::SessionId)),
            ("events_user_id", Some(Column::UserId)),
            ("events_at", None),
        ] {
            let mut index = Index::create().name(name).table(Entity).to_owned();
            first.map(|column| index.col(column));
            index.col(Column::At).col(Column::Id);
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Table::drop().table(Entity).to_owned();
        manager.drop_table(drop).await
    }
}
