//! The browsers of a user are numbered, so that few are known and none from before a new password.

use crate::db::entity::user::{Column, Entity};
use sea_orm_migration::prelude::*;

/// Two numbers in each row of `users`. All start at 0: cookies from before are not known any more.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_known_browsers"
    }
}

/// `SQLite` adds one column a statement.
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
