//! Users, their sessions, and the rate limit counters.

use crate::db::entity::{session, throttle, user};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, binary_null, integer, string, string_null,
};

/// The first schema.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(users()).await?;
        manager.create_table(sessions()).await?;
        manager.create_table(throttles()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            throttle::Entity.into_table_ref(),
            session::Entity.into_table_ref(),
            user::Entity.into_table_ref(),
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn users() -> TableCreateStatement {
    use user::Column;
    Table::create()
        .table(user::Entity)
        .col(string(Column::Id).primary_key())
        .col(string(Column::Username).unique_key())
        .col(string_null(Column::DisplayName))
        .col(string(Column::PasswordHash))
        .col(string(Column::Roles))
        .col(big_integer(Column::CreatedAt))
        .col(big_integer_null(Column::DisabledAt))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    use session::Column;
    Table::create()
        .table(session::Entity)
        .col(string(Column::Id).primary_key())
        .col(string(Column::UserId))
        .col(big_integer(Column::CreatedAt))
        .col(binary(Column::Salt))
        .col(big_integer(Column::Generation))
        .col(big_integer(Column::RotatedAt))
        .col(binary_null(Column::AttemptHash))
        .col(integer(Column::RaceUses))
        .col(big_integer(Column::IdleExpiresAt))
        .col(big_integer(Column::AbsoluteExpiresAt))
        .col(big_integer_null(Column::RevokedAt))
        .col(string_null(Column::RevokeReason))
        .col(string_null(Column::UserAgent))
        .col(string_null(Column::Ip))
        .foreign_key(
            ForeignKey::create()
                .from(session::Entity, Column::UserId)
                .to(user::Entity, user::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn throttles() -> TableCreateStatement {
    use throttle::Column;
    Table::create()
        .table(throttle::Entity)
        .col(string(Column::Key).primary_key())
        .col(big_integer(Column::StartedAt))
        .col(big_integer(Column::Tries))
        .to_owned()
}

/// One index for each query by something other than an id.
fn indexes() -> [IndexCreateStatement; 4] {
    use session::Column;
    [
        Index::create()
            .name("sessions_user_id")
            .table(session::Entity)
            .col(Column::UserId)
            .col(Column::CreatedAt)
            .to_owned(),
        Index::create()
            .name("sessions_revoked_at")
            .table(session::Entity)
            .col(Column::RevokedAt)
            .to_owned(),
        Index::create()
            .name("sessions_absolute_expires_at")
            .table(session::Entity)
            .col(Column::AbsoluteExpiresAt)
            .to_owned(),
        Index::create()
            .name("throttles_started_at")
            .table(throttle::Entity)
            .col(throttle::Column::StartedAt)
            .to_owned(),
    ]
}
