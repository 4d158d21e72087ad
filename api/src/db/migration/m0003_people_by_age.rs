//! Sorts users by the time of their registration, for administrators.

use crate::db::entity::user::{Column, Entity};
use sea_orm_migration::prelude::*;

/// Creates an index.
pub struct Migration;

const NAME: &str = "users_created_at";

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_people_by_age"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name(NAME)
            .table(Entity)
            .col(Column::CreatedAt)
            .col(Column::Id)
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name(NAME).table(Entity).to_owned();
        manager.drop_index(index).await
    }
}
