//! Numbers the browsers of a user, so that only a few are known and none from before the last
//! password change.

use crate::db::entity::user::{Column, Entity};
use sea_orm_migration::prelude::*;

/// Adds two numbers to each row of `users`. All start at 0: earlier device cookies are not valid
/// any more.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_known_browsers"
    }
}

/// `SQLite` adds one column per statement.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Column::DeviceNext, Column::DeviceFloor] {
            let mut number = ColumnDef::new(column);
            number.big_integer().not_null().default(0);
            let add = Table::alter().table(Entity).add_column(number).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Column::DeviceNext, Column::DeviceFloor] {
            let drop = Table::alter().table(Entity).drop_column(column).to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }
}
