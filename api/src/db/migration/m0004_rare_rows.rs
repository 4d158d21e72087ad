//! Indexes for rare queries of rare rows: users with more than the default role, and events of one
//! kind.

use crate::db::entity::{event, user};
use sea_orm_migration::prelude::*;

/// Creates two indexes.
pub struct Migration;

const ROLES: &str = "users_with_more_roles";
const KINDS: &str = "events_kind";

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_rare_rows"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let roles = Index::create()
            .name(ROLES)
            .table(user::Entity)
            .col(user::Column::Id)
            .and_where(user::has_more_roles())
            .to_owned();
        manager.create_index(roles).await?;
        let kinds = Index::create()
            .name(KINDS)
            .table(event::Entity)
            .col(event::Column::Kind)
            .col(event::Column::At)
            .col(event::Column::Id)
            .to_owned();
        manager.create_index(kinds).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let roles = Index::drop().name(ROLES).table(user::Entity).to_owned();
        manager.drop_index(roles).await?;
        let kinds = Index::drop().name(KINDS).table(event::Entity).to_owned();
        manager.drop_index(kinds).await
    }
}
